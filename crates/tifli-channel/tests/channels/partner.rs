//! A partner that takes HTTP calls on loopback and answers each by the next line of its script.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tifli_channel::http::{AllowList, ClientSettings, GuardedClient};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the partner does with one call, after it read all of it.
#[derive(Clone)]
pub enum Play {
    /// Says this, and closes.
    Say(String),
    /// Says nothing, and closes.
    Close,
    /// Says nothing, and keeps the connection.
    Silence,
}

/// One call as it came: the head in small letters, and the body.
#[derive(Clone, Debug)]
pub struct Call {
    pub head: String,
    pub body: Vec<u8>,
}

/// A running partner. It ends with the test's runtime.
pub struct Partner {
    pub address: SocketAddr,
    calls: Arc<Mutex<Vec<Call>>>,
}

/// A whole answer.
pub fn say(status: u16, headers: &str, body: &str) -> Play {
    let length = body.len();
    Play::Say(format!(
        "HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ))
}

/// An answer that ends before its body does.
pub fn say_half(status: u16) -> Play {
    Play::Say(format!(
        "HTTP/1.1 {status} Said\r\ncontent-length: 900\r\n\r\n{{\"ok\":"
    ))
}

impl Partner {
    pub async fn start(script: Vec<Play>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let book = Arc::clone(&calls);
        tokio::spawn(async move {
            let mut kept = Vec::new();
            for play in script {
                let (mut socket, _) = listener.accept().await.unwrap();
                let call = read_call(&mut socket).await;
                book.lock().unwrap().push(call);
                match play {
                    Play::Say(text) => socket.write_all(text.as_bytes()).await.unwrap(),
                    Play::Close => {}
                    Play::Silence => kept.push(socket),
                }
            }
            std::future::pending::<()>().await;
        });
        Self { address, calls }
    }

    pub fn url(&self) -> String {
        format!("http://{}/in", self.address)
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    pub fn client(&self) -> GuardedClient {
        client(self.address)
    }
}

impl Call {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (held, value) = line.split_once(": ")?;
            (held.eq_ignore_ascii_case(name)).then_some(value)
        })
    }
}

/// A client that may call this address.
pub fn client(address: SocketAddr) -> GuardedClient {
    GuardedClient::new(ClientSettings {
        allowed: AllowList::partners([address]).unwrap(),
        ..ClientSettings::default()
    })
    .unwrap()
}

async fn read_call(socket: &mut TcpStream) -> Call {
    let mut bytes = Vec::new();
    let end = loop {
        let mut part = [0_u8; 4096];
        let read = socket.read(&mut part).await.unwrap();
        bytes.extend_from_slice(&part[..read]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        assert!(read > 0, "the head ends");
    };
    let call = Call {
        head: String::from_utf8(bytes[..end].to_vec()).unwrap(),
        body: Vec::new(),
    };
    let length: usize = call
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = bytes[end..].to_vec();
    let mut rest = vec![0; length - body.len()];
    socket.read_exact(&mut rest).await.unwrap();
    body.extend_from_slice(&rest);
    Call { body, ..call }
}
