//! A partner's address that leads inside: by its name, by a redirect, or by a name that changes its
//! mind between check and connect. The measure is always the same: nobody connected.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Webhook, WebhookEndpoint, WebhookEvent, WebhookSecret};
use crate::Outcome;
use crate::http::{AllowList, ClientSettings, GuardedClient, Lookup};

const EVENT: WebhookEvent<'static> = WebhookEvent {
    id: "event-1",
    body: b"{}",
};

/// Counts connections; answers nothing.
async fn trap() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connects = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connects);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, connects)
}

/// The port rule is bent to the trap's port, so that only the address rule stands in between.
fn webhook(allowed: &[SocketAddr], lookup: Lookup, https_port: u16) -> Webhook {
    let settings = ClientSettings {
        allowed: AllowList::partners(allowed.iter().copied()).unwrap(),
        ..ClientSettings::default()
    };
    Webhook::new(&GuardedClient::build(settings, lookup, https_port).unwrap())
}

fn to(url: String) -> WebhookEndpoint {
    WebhookEndpoint {
        url,
        secrets: vec![WebhookSecret::from_random([1; 32])],
    }
}

fn always(address: &'static str) -> Lookup {
    Arc::new(move |_| Box::pin(async move { Ok(vec![address.parse().unwrap()]) }))
}

#[tokio::test]
async fn a_webhook_whose_name_or_address_is_private_is_refused_and_nobody_connects() {
    let (trap, connects) = trap().await;
    let port = trap.port();
    for (host, private) in [
        ("hook.tifli.net", "127.0.0.1"),
        ("hook.tifli.net", "10.0.0.1"),
        ("hook.tifli.net", "::ffff:127.0.0.1"),
        ("hook.tifli.net", "169.254.169.254"),
        ("127.0.0.1", "8.8.8.8"),
        ("2130706433", "8.8.8.8"),
        ("[::ffff:127.0.0.1]", "8.8.8.8"),
    ] {
        let webhook = webhook(&[], always(private), port);
        let to = to(format!("https://{host}:{port}/p"));
        let outcome = webhook.send(&to, &EVENT, 0, &|| true).await;
        let refused = Outcome::Refused {
            why: "endpoint_private",
        };
        assert_eq!(outcome, refused, "{host} {private}");
    }
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_webhook_whose_name_changes_between_check_and_connect_is_refused() {
    let (trap, connects) = trap().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let turns = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |_| {
        let first = turns.fetch_add(1, Ordering::SeqCst) == 0;
        let answer: IpAddr = if first {
            [8, 8, 8, 8].into()
        } else {
            [127, 0, 0, 1].into()
        };
        Box::pin(async move { Ok(vec![answer]) })
    });
    let looked_up = lookup("rebind.tifli.net".to_owned()).await.unwrap();
    assert!(looked_up.into_iter().all(crate::http::address_is_public));
    let webhook = webhook(&[], lookup, trap.port());
    let to = to(format!("https://rebind.tifli.net:{}/p", trap.port()));
    assert!(webhook.check_endpoint(&to.url).is_ok());
    let outcome = webhook.send(&to, &EVENT, 0, &|| true).await;
    let refused = Outcome::Refused {
        why: "endpoint_private",
    };
    assert_eq!(outcome, refused);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_webhook_that_redirects_to_a_private_address_is_refused_and_not_followed() {
    let (trap, connects) = trap().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let partner = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for status in [301, 302, 303, 307, 308] {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut head = [0_u8; 4096];
            let _ = socket.read(&mut head).await;
            let text = format!(
                "HTTP/1.1 {status} Elsewhere\r\nlocation: http://{trap}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            let _ = socket.write_all(text.as_bytes()).await;
        }
    });
    let webhook = webhook(&[partner], always("127.0.0.1"), 443);
    let to = to(format!("http://{partner}/p"));
    for status in [301, 302, 303, 307, 308] {
        let outcome = webhook.send(&to, &EVENT, 0, &|| true).await;
        assert_eq!(outcome, Outcome::Rejected { status });
    }
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}
