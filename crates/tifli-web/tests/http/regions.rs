//! Areas that are regions of the country, by the API and on the public page.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tifli_app::alert::DraftChange;
use tifli_app::report::Confirmation;
use tifli_domain::Role;
use tifli_domain::area::AreaSpec;

use crate::house::Web;

#[tokio::test]
async fn the_regions_of_the_country_are_listed_by_name_with_their_provinces() {
    let web = Web::new().await;
    let listed = web.get("/api/v1/regions?lang=fr").await.is(200).json();
    let listed = listed["regions"].as_array().unwrap();
    assert_eq!(listed.len(), 12 + 75);
    let find = |id: &str| listed.iter().find(|one| one["id"] == id).unwrap();
    assert_eq!(find("r04")["iso"], "MA-04");
    assert_eq!(find("r04")["region"], Value::Null);
    assert_eq!(find("p04421")["region"], "r04");
}

#[tokio::test]
async fn a_draft_takes_regions_and_refuses_what_are_none() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let who = web.house.officer().await;
    let case = web.house.received_case(&who).await;
    let path = format!("/cases/{case}/alerts");
    let begun = web.api("POST", &path, (&officer, Value::Null)).await;
    let message = begun.is(201).json()["message"].as_str().unwrap().to_owned();
    let draft = format!("/drafts/{message}");
    let seen = web.api("GET", &draft, (&officer, Value::Null)).await;
    let base = seen.is(200).json()["base"].clone();
    for (ids, code) in [
        (json!([]), "regions_none"),
        (json!(["r04", "mDA"]), "region_unknown"),
        (json!(["r04", "r04"]), "regions_repeated"),
    ] {
        let change = json!({ "base": base, "area": { "shape": "regions", "ids": ids } });
        let refused = web.api("PATCH", &draft, (&officer, change)).await.is(422);
        let problem = &refused.json()["errors"][0];
        assert_eq!(problem["field"], "regions");
        assert_eq!(problem["code"], code);
    }
    for malformed in [
        json!({ "shape": "regions" }),
        json!({ "shape": "regions", "ids": "r04" }),
    ] {
        let change = json!({ "base": base, "area": malformed });
        let refused = web.api("PATCH", &draft, (&officer, change)).await;
        assert!(refused.status.is_client_error(), "{}", refused.status);
        assert_ne!(refused.status, StatusCode::NOT_FOUND);
    }
    let area = json!({ "shape": "regions", "ids": ["r04", "r03"] });
    let change = json!({ "base": base, "area": area });
    let changed = web.api("PATCH", &draft, (&officer, change)).await.is(200);
    assert_eq!(changed.json()["area"], area);
}

#[tokio::test]
async fn the_public_page_names_each_region_of_the_area() {
    let web = Web::new().await;
    let (officer, approver) = (web.house.officer().await, web.house.approver().await);
    let case = web.house.received_case(&officer).await;
    let app = &web.house.app;
    let message = app.begin_alert(&officer, case).await.unwrap();
    let ids = ["p01511", "p01571", "p03061", "p04421", "p04441", "p06141"];
    let area = AreaSpec::Regions {
        ids: ids.map(str::to_owned).to_vec(),
    };
    let change = DraftChange {
        area: Some(area),
        ..DraftChange::default()
    };
    app.save_draft(&officer, message, change).await.unwrap();
    let submitted = app.submit(&officer, message, Confirmation::Given).await;
    let binding = submitted.unwrap().binding;
    let alert = binding.alert;
    app.approve(&approver, message, binding).await.unwrap();
    let code = app.summary(&approver, alert).await.unwrap().code;
    let french = web.get(&format!("/fr/a/{code}")).await.is(200).text();
    let arabic = web.get(&format!("/ar/a/{code}")).await.is(200).text();
    for (page, names) in [
        (&french, ["Tanger-Assilah", "Casablanca"]),
        (&arabic, ["طنجة-أصيلة", "الدار البيضاء"]),
    ] {
        for name in names {
            assert!(
                page.contains(&format!("dir=\"auto\">{name}</li>")),
                "{name}"
            );
        }
    }
    assert!(french.contains("<svg"), "and shows them on a map");
}
