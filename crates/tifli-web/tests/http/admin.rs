//! The listener for this machine.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tifli_app::testing::TestHouse;
use tifli_web::admin::{AdminState, admin_router};
use tower::ServiceExt;

pub(super) async fn ask(house: &TestHouse, request: Request<Body>) -> (u16, String) {
    let state = AdminState {
        app: house.app.clone(),
        data: house.folder().to_owned(),
        metrics: Arc::new(|| "tifli_up 1\n".to_owned()),
    };
    let response = admin_router(state).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn get(house: &TestHouse, path: &str) -> (u16, String) {
    ask(house, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn back_up(house: &TestHouse, body: Value) -> (u16, String) {
    let request = Request::post("/backup").header(header::CONTENT_TYPE, "application/json");
    ask(house, request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_house_that_works_is_alive_ready_and_measured() {
    let house = TestHouse::new().await;
    assert_eq!(get(&house, "/healthz").await.0, 200);
    let (status, body) = get(&house, "/readyz").await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        get(&house, "/metrics").await,
        (200, "tifli_up 1\n".to_owned())
    );
}

#[tokio::test]
async fn a_house_whose_database_is_closed_is_not_ready() {
    let house = TestHouse::new().await;
    house.app.db().close().await;
    let (status, body) = get(&house, "/readyz").await;
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("\"disk\":\"ok\""), "{body}");
}

#[tokio::test]
async fn a_backup_is_taken_into_an_absolute_folder_and_the_chain_verifies() {
    let house = TestHouse::new().await;
    house.officer().await;
    let target = tempfile::tempdir().unwrap();
    std::fs::write(house.folder().join("cap-certificate.pem"), "pinned").unwrap();
    let (status, body) = back_up(&house, json!({ "dir": target.path().join("new") })).await;
    assert_eq!(status, 200, "{body}");
    assert!(target.path().join("new").join("tifli.db").exists());
    let kept = std::fs::read_to_string(target.path().join("new/cap-certificate.pem")).unwrap();
    assert_eq!(kept, "pinned", "partners have pinned exactly this one");
    assert!(body.contains("cap-certificate.pem"), "{body}");
    assert_eq!(back_up(&house, json!({ "dir": "relative" })).await.0, 400);
    let (status, body) = get(&house, "/audit/verify").await;
    assert_eq!(status, 200, "{body}");
    assert!(body.contains("\"ok\":true"), "{body}");
}
