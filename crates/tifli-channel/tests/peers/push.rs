//! `http_ece` opens what we encrypt, `py-vapid` takes our tokens, and `web-push-testing` plays a push
//! service that checks both and lets subscriptions expire.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};
use tifli_channel::http::{AllowList, ClientSettings, GuardedClient};
use tifli_channel::web_push::{
    Outcome, PushRequest, Subscription, Urgency, Vapid, WebPush, encrypt,
};

use crate::ask::Peer;

/// The longest a token may be good for, in seconds; RFC 8292 allows 24 hours.
const TWELVE_HOURS: i64 = 43_200;

fn vapid() -> Vapid {
    Vapid::new(&[9; 32], "mailto:duty@tifli.example").unwrap()
}

fn subscription(of: &Value) -> Subscription {
    let part = |name: &str| of["keys"][name].as_str().unwrap();
    let endpoint = of["endpoint"].as_str().unwrap();
    Subscription::from_base64(endpoint, part("p256dh"), part("auth")).unwrap()
}

#[test]
fn http_ece_opens_what_we_encrypt_up_to_the_longest() {
    let Some(mut python) = Peer::python("http_ece", ECE) else {
        return;
    };
    let phone = subscription(&python.say(&json!({"ask": "keys"})));
    for payload in ["نداء".as_bytes().to_vec(), vec![b'x'; 1], vec![b'x'; 3_993]] {
        let body = encrypt(&phone, &payload).unwrap();
        assert!(body.len() <= 4_096);
        let opened = python.say(&json!({"body": BASE64.encode(&body)}));
        assert_eq!(opened["opened"], BASE64.encode(&payload));
        let mut altered = body;
        *altered.last_mut().unwrap() ^= 1;
        let opened = python.say(&json!({"body": BASE64.encode(&altered)}));
        assert_eq!(opened["opened"], Value::Null, "{opened}");
    }
}

#[test]
fn py_vapid_takes_a_token_of_each_origin_and_no_altered_one() {
    let Some(mut python) = Peer::python("py-vapid", VAPID) else {
        return;
    };
    let vapid = vapid();
    let now = python.say(&json!({"ask": "now"}))["now"].as_i64().unwrap();
    for origin in ["https://push.example", "https://updates.push.example:8443"] {
        let token = vapid.authorization(origin, now).unwrap();
        let token = token.to_str().unwrap();
        let answer = python.say(&json!({"token": token}));
        assert_eq!(answer["good"], true, "{answer}");
        assert_eq!(answer["claims"]["aud"], origin);
        assert_eq!(answer["claims"]["sub"], "mailto:duty@tifli.example");
        let good_for = answer["claims"]["exp"].as_i64().unwrap() - now;
        assert!((1..=TWELVE_HOURS).contains(&good_for), "{good_for} s");
        let claims = token.split('.').nth(1).unwrap();
        let other = BASE64.encode(br#"{"aud":"https://other.example"}"#);
        let altered = token.replace(claims, &other);
        assert_eq!(python.say(&json!({"token": altered}))["good"], false);
    }
}

#[tokio::test]
async fn web_push_testing_shows_what_we_sent_and_says_410_of_who_left() {
    let Some(mut service) = Peer::node("web-push-testing", SERVICE) else {
        return;
    };
    let port = service.say(&json!({"ask": "port"}))["port"]
        .as_u64()
        .unwrap();
    let now = service.say(&json!({"ask": "now"}))["now"].as_i64().unwrap();
    let address = format!("127.0.0.1:{port}");
    let allowed = AllowList::partners([address.parse().unwrap()]).unwrap();
    let client = GuardedClient::new(ClientSettings {
        allowed,
        ..ClientSettings::default()
    });
    let sender = WebPush::new(client.unwrap(), vapid(), None);
    let key = BASE64.encode(sender.public_key());
    let other = Vapid::new(&[8; 32], "mailto:duty@tifli.example").unwrap();
    let other = BASE64.encode(other.public_key());
    let ours = ask(&address, "subscribe", &wish(&key)).await;
    let of_another = ask(&address, "subscribe", &wish(&other)).await;
    let send = async |to: &Value, text: &str| {
        let push = PushRequest {
            payload: text.as_bytes(),
            topic: "K7Q2",
            urgency: Urgency::High,
            ttl_seconds: 3_600,
        };
        let to = subscription(&to["data"]);
        sender.send(&to, &push, now, &|| true).await
    };
    let hash = ours["data"]["clientHash"].as_str().unwrap();
    for text in ["نداء", "تحديث"] {
        let sent = send(&ours, text).await;
        assert!(matches!(sent, Outcome::Accepted { .. }), "{sent:?}");
    }
    let shown = ask(&address, "get-notifications", &json!({"clientHash": hash})).await;
    assert_eq!(shown["data"]["messages"], json!(["نداء", "تحديث"]));
    let refused = send(&of_another, "نداء").await;
    assert_eq!(refused, Outcome::Rejected { status: 400 });
    service.say(&json!({"ask": "expire", "hash": hash}));
    assert_eq!(send(&ours, "تحديث").await, Outcome::Gone);
}

fn wish(key: &str) -> Value {
    json!({"userVisibleOnly": "true", "applicationServerKey": key})
}

async fn ask(address: &str, what: &str, body: &Value) -> Value {
    let url = format!("http://{address}/{what}");
    let answer = reqwest::Client::new().post(url).json(body).send();
    answer.await.unwrap().json().await.unwrap()
}

const ECE: &str = r#"
import base64, os, http_ece
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import ec
key, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
point = key.public_key().public_bytes(s.Encoding.X962, s.PublicFormat.UncompressedPoint)
def text(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
def answer(q):
    if q.get("ask") == "keys":
        keys = {"p256dh": text(point), "auth": text(auth)}
        return {"endpoint": "https://push.example/1", "keys": keys}
    body = base64.urlsafe_b64decode(q["body"] + "===")
    try:
        plain = http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm")
        return {"opened": text(plain)}
    except Exception as e:
        return {"opened": None, "why": type(e).__name__}
"#;

/// It splits at the last blank, so the two parts of the token stand together.
const VAPID: &str = r#"
import base64, time
from py_vapid import Vapid02
def answer(q):
    if q.get("ask") == "now":
        return {"now": int(time.time())}
    token = q["token"].replace(", ", ",")
    claims = token.split("t=")[1].split(",")[0].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(claims + "==="))
    return {"good": Vapid02.verify(token), "claims": claims}
"#;

/// Its own start listens on every interface, so it is made to listen here.
const SERVICE: &str = r#"
const { createInterface } = require('node:readline');
const Service = require('web-push-testing/src/server.js');
const { PushApiModel } = require('web-push-testing/src/PushApiModel.js');
console.log = console.error = () => {};
const model = new PushApiModel();
const service = new Service(model, 0);
service.setRequestHandlers();
const listening = service._app.listen(0, '127.0.0.1');
const answers = {
    port: () => {
        const { port } = listening.address();
        model.notifyUrl = `http://127.0.0.1:${port}/notify/`;
        return { port };
    },
    now: () => ({ now: Math.floor(Date.now() / 1000) }),
    expire: ({ hash }) => {
        model.expireSubscription(hash);
        return {};
    },
};
listening.on('listening', () => {
    createInterface({ input: process.stdin }).on('line', (line) => {
        const question = JSON.parse(line);
        process.stdout.write(`${JSON.stringify(answers[question.ask](question))}
`);
    });
});
"#;
