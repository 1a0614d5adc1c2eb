//! dkimpy, which verifies signatures of letters, and aiosmtpd, which takes letters.

use std::time::Duration;

use serde_json::json;
use tifli_channel::mail::{
    AlertMail, AlertMailer, DkimError, DkimKey, MailSettings, Words, direction_of,
};
use tifli_channel::smtp::{Security, SmtpSettings};
use tifli_channel::{Kind, Outcome};

use crate::ask::Peer;

#[test]
fn dkimpy_verifies_rsa_and_ed25519_and_notices_every_change() {
    let Some(mut python) = Peer::python("dkimpy", DKIM) else {
        return;
    };
    let keys = python.say(&json!({"ask": "keys"}));
    let key = |selector: &str| {
        let pem = keys[selector].as_str().unwrap();
        DkimKey::from_pem("tifli.example", selector, pem)
    };
    assert_eq!(key("short").unwrap_err(), DkimError::Key);
    let keys = ["rsa", "pkcs1", "ed"].map(|selector| key(selector).unwrap());
    let records: Vec<_> = keys.iter().map(|key| key.dns_record().unwrap()).collect();
    let mailer = AlertMailer::new(&settings(1, keys.to_vec())).unwrap();
    let letter = mailer.compose(&mail("a@x.example", "m1.r7")).unwrap();
    let letter = String::from_utf8(letter.bytes).unwrap();
    let mut verify = |letter: &str| {
        let answer = python.say(&json!({"letter": letter, "records": records}));
        answer["good"].as_array().unwrap().clone()
    };
    assert_eq!(verify(&letter), [json!(true), json!(true), json!(true)]);
    for name in ["list-unsubscribe:", "list-unsubscribe-post:", "message-id:"] {
        assert_eq!(
            letter.matches(&format!("\r\n  {name}")).count(),
            6,
            "{name} twice in each h="
        );
    }
    // As a relay may fold it and a server end it: nothing changed.
    assert_eq!(
        verify(&format!("{letter}\r\n")),
        [json!(true), json!(true), json!(true)]
    );
    let head = "List-Unsubscribe: <https://tifli.example/u/7>\r\n";
    for changed in [
        letter.replace(head, ""),
        letter.replace(head, &head.replace("/7", "/8")),
        letter.replace(head, &format!("{head}{head}")),
        letter.replace("Subject: ", "Subject: a\r\nSubject: "),
        letter.replace("Feedback-ID: ", "Reply-To: x@y.example\r\nFeedback-ID: "),
        letter
            .replacen("<html", "<html x", 1)
            .replacen("PGh0bWw", "PGh0bWx", 1)
            .replacen("=3D", "=3d", 1),
    ] {
        assert_ne!(changed, letter);
        assert_eq!(verify(&changed), [json!(false), json!(false), json!(false)]);
    }
}

#[tokio::test]
async fn aiosmtpd_takes_a_letter_and_refuses_others_by_recipient() {
    let Some(mut python) = Peer::python("aiosmtpd", SMTPD) else {
        return;
    };
    let port = python.say(&json!({"ask": "port"}))["port"]
        .as_u64()
        .unwrap();
    let mailer = AlertMailer::new(&settings(u16::try_from(port).unwrap(), Vec::new())).unwrap();
    let mailer = mailer.with_patience(Duration::from_secs(10));
    let send = async |to: &str| mailer.send(&mail(to, "m1.r7"), &|| true).await;
    assert_eq!(send("good@x.example").await.kind(), Kind::Sent);
    assert_eq!(send("gone@x.example").await, Outcome::Gone);
    let later = Outcome::Retry {
        after: None,
        why: "greylisted",
    };
    assert_eq!(send("grey@x.example").await, later);
    assert_eq!(send("policy@x.example").await.code(), "mail_policy");
    assert_eq!(send("cut@x.example").await, Outcome::Unknown);
    let taken = python.say(&json!({"ask": "taken"}));
    let taken = taken["taken"].as_array().unwrap();
    assert_eq!(taken.len(), 2, "{taken:?}");
    for (letter, to) in taken.iter().zip(["good@x.example", "cut@x.example"]) {
        assert_eq!(letter["from"], "bounces+token-1@mail.tifli.example");
        assert_eq!(letter["to"], json!([to]));
        assert_eq!(letter["subject"], "نداء عاجل: طفل مفقود");
        assert_eq!(letter["kinds"], json!(["text/plain", "text/html"]));
        assert_eq!(letter["id"], "<m1.r7@tifli.example>");
        assert!(
            letter["html"]
                .as_str()
                .unwrap()
                .contains("lang=\"ar\" dir=\"rtl\"")
        );
        assert_eq!(letter["defects"], json!([]));
    }
}

fn settings(port: u16, keys: Vec<DkimKey>) -> MailSettings {
    MailSettings {
        server: SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port,
            security: Security::None,
            sign_in: None,
            from: "alerts@tifli.example".to_owned(),
        },
        name: "طفلي".to_owned(),
        bounces: "bounces@mail.tifli.example".to_owned(),
        list_id: "alerts.tifli.example".to_owned(),
        keys,
    }
}

fn mail(to: &str, id: &str) -> AlertMail {
    assert_eq!(direction_of("ar"), "rtl");
    AlertMail {
        id: id.to_owned(),
        thread: vec!["m0.r7".to_owned()],
        to: to.to_owned(),
        token: "token-1".to_owned(),
        campaign: "alert_1".to_owned(),
        unsubscribe_url: "https://tifli.example/u/7".to_owned(),
        subject: "نداء عاجل: طفل مفقود".to_owned(),
        words: vec![Words {
            language: "ar".to_owned(),
            headline: "طفل مفقود في فاس".to_owned(),
            paragraphs: vec!["  شوهد  آخر مرة.  ".to_owned(), ".نقطة".to_owned()],
            picture: None,
            links: Vec::new(),
            footer: Vec::new(),
            unsubscribe: "إلغاء الاشتراك".to_owned(),
        }],
        at_ms: 1_700_000_000_000,
    }
}

const DKIM: &str = r#"
import dkim
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa, ed25519
def pem(key, form):
    return key.private_bytes(s.Encoding.PEM, form, s.NoEncryption()).decode()
def answer(q):
    if q.get("ask") == "keys":
        one, two = (rsa.generate_private_key(65537, 2048) for _ in range(2))
        return {
            "rsa": pem(one, s.PrivateFormat.PKCS8),
            "pkcs1": pem(two, s.PrivateFormat.TraditionalOpenSSL),
            "short": pem(rsa.generate_private_key(65537, 1024), s.PrivateFormat.PKCS8),
            "ed": pem(ed25519.Ed25519PrivateKey.generate(), s.PrivateFormat.PKCS8),
        }
    records = {name.encode() + b".": text.encode() for name, text in q["records"]}
    def look_up(name, timeout=5):
        return records.get(name)
    letter = q["letter"].encode()
    good = []
    for index in range(len(records)):
        try:
            good.append(dkim.DKIM(letter).verify(index, dnsfunc=look_up))
        except dkim.DKIMException:
            good.append(False)
    return {"good": good}
"#;

const SMTPD: &str = r#"
import asyncio, email, email.policy, threading
from aiosmtpd.smtp import SMTP
taken = []
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        say = {"gone": "550 5.1.1 no such user", "grey": "451 4.7.1 greylisted",
               "policy": "554 5.7.1 policy"}.get(address.split("@")[0])
        if say:
            return say
        envelope.rcpt_tos.append(address)
        return "250 OK"
    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = list(letter.iter_parts())
        taken.append({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": letter["subject"],
            "id": letter["message-id"], "kinds": [p.get_content_type() for p in parts],
            "html": parts[1].get_content(), "defects": [str(d) for d in letter.defects],
        })
        if envelope.rcpt_tos[0].startswith("cut"):
            server.transport.abort()
        return "250 OK"
loop = asyncio.new_event_loop()
def answer(q):
    if q["ask"] == "port":
        opening = loop.create_server(lambda: SMTP(Handler(), loop=loop), "127.0.0.1", 0)
        server = loop.run_until_complete(opening)
        threading.Thread(target=loop.run_forever, daemon=True).start()
        return {"port": server.sockets[0].getsockname()[1]}
    return {"taken": taken}
"#;
