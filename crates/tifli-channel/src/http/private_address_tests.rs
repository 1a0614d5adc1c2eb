//! Server-side request forgery: every spelling of a private address, a name that changes its
//! mind, and a server that redirects. The measure is always the same: nobody connected.
//! And a server that answers without end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::client::{Call, CallError, ClientSettings, GuardedClient};
use super::endpoint::{AllowList, EndpointError};
use super::resolver::Lookup;

/// Literal hosts, one spelling each, all of them somewhere a message must never go.
const CLOSED: &str = "
127.0.0.1 127.1 127.0.1 127.255.255.254 127.0.0.1. 2130706433 2130706433. 017700000001
0x7f000001 0X7F000001 0x7f.1 0x7f.0.0.1 0177.0.0.1 0177.1 0x7f.0x0.0x0.0x1 127.0x0.0.01 127.0.0.0x1
%31%32%37.0.0.1 127%2e0%2e0%2e1 0 0.0.0.0 0x0 00 0.1.2.3 00000000000
10.0.0.1 10.255.255.255 167772161 0xa000001 012.0.0.1 10.1 0x0a.0.0.1 10.0.0.1.
172.16.0.1 172.31.255.254 2886729729 0xac100001 0254.020.0.1 172.16.1
192.168.0.1 192.168.255.255 3232235521 0xc0a80001 0300.0250.0.1 192.168.1 0xc0.0xa8.0.1
169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 169.254.0.1
100.64.0.1 100.127.255.254 100.100.100.200 1681915905 0x64400001 168.63.129.16
192.0.0.1 192.0.0.192 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.255
192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1 224.0.0.1 239.255.255.250 233.252.0.1
240.0.0.1 250.1.2.3 255.255.255.255 4294967295 0xffffffff 0xe0000001 3758096385
[::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::] [0::0] [::2]
[::127.0.0.1] [::10.0.0.1] [::8.8.8.8] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:7f00:1]
[::ffff:10.0.0.1] [::ffff:a00:1] [::FFFF:192.168.0.1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
[0:0:0:0:0:ffff:172.16.0.1] [::ffff:100.64.0.1] [::ffff:0.0.0.0] [::ffff:224.0.0.1]
[64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe]
[64:ff9b::192.168.1.1] [64:ff9b:1::1] [64:ff9b:1::8.8.8.8]
[2002:7f00:1::] [2002:a00:1::1] [2002:c0a8:1::1] [2002:a9fe:a9fe::] [2002:808:808::1]
[2001::1] [2001:0:7f00:1::] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:0:0:0:0:0:f5ff:fffe]
[fe80::1] [fe80::a9fe:a9fe] [febf::1] [fec0::1] [feff::1] [fc00::1] [fd00::1] [fd00:ec2::254]
[fdff:ffff::1] [ff02::1] [ff05::2] [ff0e::1] [100::1] [2001:db8::1] [3fff::1] [3fff:fff::1]
[2001:2::1] [2001:10::1] [2001:20::1] [2001:1::1] [5f00::1] [4000::1] [2620:4f:8000::1]
[2a00::5efe:10.0.0.1] [2a00::200:5efe:127.0.0.1] [8000::1] [200::1] [0:0:0:0:0:5efe:a00:1]
";

/// Whole addresses that are refused for their form or their name.
const CRAFTED: &str = "
https://user@127.0.0.1/ https://push.tifli.net@127.0.0.1/ https://push.tifli.net:443@10.0.0.1/
https://127.0.0.1%23@push.tifli.net/ https://:pw@push.tifli.net/ https://push.tifli.net%40127.0.0.1/
https://[fe80::1%25eth0]/ https://[fe80::1%eth0]/ https://[::1%25lo]/ https://[::1]:80/
https://[v1.fe80]/ https://[::1 https://1.2.3.4.5/ https://256.0.0.1/ https://0x100000000/
https://08.0.0.1/ https://127.0.0.1\\@push.tifli.net/ https:\\\\127.0.0.1/ //127.0.0.1/
https://１２７.０.０.１/ https://①②⑦.0.0.1/ https://127。0。0。1/ https://localhost/ https://LOCALHOST/
https://localhost./ https://a.localhost/ https://ｌｏｃａｌｈｏｓｔ/ https://router/ https://nas.local/
https://vault.service.internal/ https://db.corp/ https://tv.lan/ https://1.0.0.127.in-addr.arpa/
https://x.onion/ https://push.test/ https://push.invalid/ https://push.example/ http://8.8.8.8/
http://push.tifli.net/ ftp://8.8.8.8/ gopher://8.8.8.8/ file:///etc/passwd data:text/plain,x
unix:/run/x.sock javascript:1 https://8.8.8.8:22/ https://push.tifli.net:80/ https://push.tifli.net:0/
https://push.tifli.net:99999/ https://%00/ https://a%00.tifli.net/ https:///
";

/// Counts connections to a loopback listener.
async fn trap() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connects = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connects);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let mut head = [0_u8; 2048];
            let _ = socket.read(&mut head).await;
            let _ = socket
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .await;
        }
    });
    (address, connects)
}

fn client(allowed: &[SocketAddr], lookup: Lookup, https_port: u16) -> GuardedClient {
    let allowed = AllowList::partners(allowed.iter().copied()).unwrap();
    GuardedClient::build(
        ClientSettings {
            allowed,
            ..ClientSettings::default()
        },
        lookup,
        https_port,
    )
    .unwrap()
}

fn always(text: &'static str) -> Lookup {
    Arc::new(move |_| Box::pin(async move { Ok(vec![text.parse().unwrap()]) }))
}

fn post() -> Call {
    Call {
        method: Method::POST,
        headers: HeaderMap::new(),
        body: b"x".to_vec(),
    }
}

#[tokio::test]
async fn no_spelling_of_a_private_address_is_ever_connected_to() {
    let (trap, connects) = trap().await;
    // The port rule is bent to the trap's port, so that only the address rule stands in between.
    let client = client(&[], always("127.0.0.1"), trap.port());
    let mut tried = 0;
    for host in CLOSED.split_whitespace() {
        let address = format!("https://{host}:{}/p", trap.port());
        let error = client.check_endpoint(&address).expect_err(host);
        assert_eq!(error, EndpointError::PrivateAddress, "{host}");
        tried += 1;
    }
    for address in CRAFTED.split_whitespace() {
        assert!(client.check_endpoint(address).is_err(), "{address}");
        assert!(super::check_endpoint(address).is_err(), "{address}");
        tried += 1;
    }
    assert!(tried >= 190, "{tried}");
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_endpoint_checked_by_looser_rules_is_checked_again() {
    let (trap, connects) = trap().await;
    let loose = client(&[trap], always("127.0.0.1"), 443);
    let strict = client(&[], always("127.0.0.1"), trap.port());
    let endpoint = loose.check_endpoint(&format!("http://{trap}/p")).unwrap();
    assert!(matches!(
        strict.call(&endpoint, post()).await,
        Err(CallError::Refused(_))
    ));
    assert_eq!(connects.load(Ordering::SeqCst), 0);
    assert_eq!(loose.call(&endpoint, post()).await.unwrap().status, 200);
    assert_eq!(connects.load(Ordering::SeqCst), 1, "the trap does count");
}

#[tokio::test]
async fn a_name_that_resolves_to_a_private_address_is_not_connected_to() {
    let (trap, connects) = trap().await;
    for private in [
        "127.0.0.1",
        "10.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "169.254.169.254",
    ] {
        let client = client(&[], always(private), trap.port());
        let endpoint = client
            .check_endpoint(&format!("https://push.tifli.net:{}/p", trap.port()))
            .unwrap();
        let refused = client.call(&endpoint, post()).await.unwrap_err();
        assert_eq!(
            refused,
            CallError::Refused(EndpointError::PrivateAddress),
            "{private}"
        );
    }
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_answer_after_the_check_is_not_connected_to() {
    let (trap, connects) = trap().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let turns = Arc::clone(&asked);
    // Public when someone subscribes and looks, private ever after.
    let lookup: Lookup = Arc::new(move |_| {
        let turn = turns.fetch_add(1, Ordering::SeqCst);
        let answer: IpAddr = if turn == 0 {
            [8, 8, 8, 8].into()
        } else {
            [127, 0, 0, 1].into()
        };
        Box::pin(async move { Ok(vec![answer]) })
    });
    let looked_up = lookup("rebind.tifli.net".to_owned()).await.unwrap();
    assert!(looked_up.into_iter().all(super::address_is_public));
    let client = client(&[], lookup, trap.port());
    let endpoint = client
        .check_endpoint(&format!("https://rebind.tifli.net:{}/p", trap.port()))
        .unwrap();
    for _ in 0..5 {
        let refused = client.call(&endpoint, post()).await.unwrap_err();
        assert_eq!(refused, CallError::Refused(EndpointError::PrivateAddress));
    }
    assert_eq!(
        asked.load(Ordering::SeqCst),
        6,
        "every connection judges its own resolution"
    );
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (trap, connects) = trap().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let partner = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for status in [301, 302, 303, 307, 308] {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut head = [0_u8; 2048];
            let _ = socket.read(&mut head).await;
            let text = format!(
                "HTTP/1.1 {status} Elsewhere\r\nlocation: http://{trap}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            let _ = socket.write_all(text.as_bytes()).await;
        }
    });
    let client = client(&[partner], always("127.0.0.1"), 443);
    let endpoint = client
        .check_endpoint(&format!("http://{partner}/p"))
        .unwrap();
    for status in [301, 302, 303, 307, 308] {
        assert_eq!(
            client
                .call(&endpoint, post())
                .await
                .unwrap()
                .status
                .as_u16(),
            status
        );
    }
    assert_eq!(connects.load(Ordering::SeqCst), 0);
}

/// Answers one call with so many octets of body.
async fn talkative(octets: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let partner = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut head = [0_u8; 2048];
        let _ = socket.read(&mut head).await;
        let head = format!("HTTP/1.1 201 Created\r\ncontent-length: {octets}\r\n\r\n");
        let _ = socket.write_all(head.as_bytes()).await;
        let _ = socket.write_all(&vec![b'a'; octets]).await;
    });
    partner
}

#[tokio::test]
async fn an_answer_is_read_up_to_64_kib_and_no_further() {
    for (octets, kept) in [
        (0, true),
        (65_536, true),
        (65_537, false),
        (50_000_000, false),
    ] {
        let partner = talkative(octets).await;
        let client = client(&[partner], always("127.0.0.1"), 443);
        let endpoint = client
            .check_endpoint(&format!("http://{partner}/p"))
            .unwrap();
        let answer = client.call(&endpoint, post()).await.unwrap();
        assert_eq!(
            answer.status, 201,
            "the status stands whatever the body does"
        );
        assert_eq!(answer.body.map(|body| body.len()), kept.then_some(octets));
    }
}
