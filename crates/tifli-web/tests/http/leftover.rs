//! Bodies that are refused while they are still being sent: over a socket, for a router in memory loses no answer.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

use crate::house::Web;

const MEGABYTE: usize = 1_000_000;
/// What the machine keeps between both ends: so little that nobody finishes writing before the other end has read.
const UNDER_WAY: u32 = 16_384;

/// The router behind a listener that ends with the test.
async fn listen(web: &Web) -> SocketAddr {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(UNDER_WAY).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(16).unwrap();
    let address = listener.local_addr().unwrap();
    let service = web
        .router
        .clone()
        .into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

/// Writes the whole request, then reads the whole answer: its status line and its JSON.
async fn say(address: SocketAddr, head: &str, body: &[u8]) -> (String, Value) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_send_buffer_size(UNDER_WAY).unwrap();
    let mut connection = socket.connect(address).await.unwrap();
    let head = format!(
        "{head}\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.lines().next().unwrap().to_owned();
    (status, serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn a_tip_of_a_megabyte_is_refused_in_words_to_who_writes_it_all_first() {
    let web = Web::new().await;
    let (code, ..) = web.live_alert().await;
    let address = listen(&web).await;
    let path = format!("POST /api/v1/alerts/by-code/{code}/tips HTTP/1.1");
    let body = format!("{{\"words\":\"{}\"}}", "x".repeat(MEGABYTE));
    for _ in 0..5 {
        let (status, problem) = say(address, &path, body.as_bytes()).await;
        assert!(status.contains("413"), "{status}");
        assert_eq!(problem["code"], "too_large");
        assert!(!problem["title"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_so_after_a_megabyte() {
    let web = Web::new().await;
    let address = listen(&web).await;
    let body = vec![b' '; MEGABYTE];
    for _ in 0..5 {
        let (status, problem) = say(address, "POST /api/v1/cases HTTP/1.1", &body).await;
        assert!(status.contains("401"), "{status}");
        assert_eq!(problem["code"], "not_signed_in");
    }
}
