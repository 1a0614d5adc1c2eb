//! Alerts by e-mail: the letter as it arrives, what becomes of it, and how a bounce is read.

use std::time::Duration;

use mail_parser::{Address, HeaderValue, MessageParser, MimeHeaders};
use tifli_channel::mail::{
    AlertMail, AlertMailer, Link, MailSettings, MailSetupError, Picture, Words,
};
use tifli_channel::smtp::{Security, SmtpSettings};
use tifli_channel::{Kind, Outcome};

use super::mail_server::{MailServer, Trouble};

pub fn settings(port: u16) -> MailSettings {
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
        keys: Vec::new(),
    }
}

pub fn mail(to: &str) -> AlertMail {
    AlertMail {
        id: "m1.r7".to_owned(),
        thread: Vec::new(),
        to: to.to_owned(),
        token: "7f3a-c9".to_owned(),
        campaign: "alert_1".to_owned(),
        unsubscribe_url: "https://tifli.example/u/7f3ac9".to_owned(),
        subject: "نداء عاجل: طفل مفقود في فاس".to_owned(),
        words: vec![Words {
            language: "ar".to_owned(),
            headline: "طفل مفقود في فاس".to_owned(),
            paragraphs: vec![
                "شوهد آخر مرة قرب باب بوجلود.".to_owned(),
                ".سطر يبدأ بنقطة".to_owned(),
            ],
            picture: Some(Picture {
                url: "https://tifli.example/p/1.jpg".to_owned(),
                alt: "صورة الطفل".to_owned(),
            }),
            links: vec![Link {
                words: "اقرأ النداء".to_owned(),
                url: "https://tifli.example/a/1".to_owned(),
            }],
            footer: vec!["تصلكم هذه الرسالة لأنكم اشتركتم في النداءات.".to_owned()],
            unsubscribe: "إلغاء الاشتراك".to_owned(),
        }],
        at_ms: 1_700_000_000_123,
    }
}

async fn mailer(server: &MailServer) -> AlertMailer {
    AlertMailer::new(&settings(server.address.port()))
        .unwrap()
        .with_patience(Duration::from_millis(400))
}

/// What becomes of a letter when the server does this, and what the server took.
async fn meet(script: &[(&'static str, Trouble)]) -> (Outcome, usize) {
    let server = MailServer::start(script).await;
    let outcome = mailer(&server)
        .await
        .send(&mail("a@x.example"), &|| true)
        .await;
    (outcome, server.taken(1).await.len())
}

#[tokio::test]
async fn a_letter_arrives_with_all_its_heads_and_both_bodies() {
    let server = MailServer::start(&[]).await;
    let mut mail = mail("a@x.example");
    mail.thread = vec!["m0.r7".to_owned(), "m0b.r7".to_owned()];
    let outcome = mailer(&server).await.send(&mail, &|| true).await;
    let reference = Some("4F9D-1".to_owned());
    assert_eq!(outcome, Outcome::Accepted { reference });
    let taken = server.taken(1).await.remove(0);
    assert_eq!(taken.sender, "bounces+7f3a-c9@mail.tifli.example");
    assert_eq!(taken.recipient, "a@x.example");
    for head in [
        "Message-ID: <m1.r7@tifli.example>\r\n",
        "In-Reply-To: <m0.r7@tifli.example>\r\n",
        "References: <m0.r7@tifli.example> <m0b.r7@tifli.example>\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "List-Id: <alerts.tifli.example>\r\n",
        "List-Unsubscribe: <https://tifli.example/u/7f3ac9>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "Content-Language: ar\r\n",
        "Feedback-ID: alert_1:alert:tifli.example\r\n",
        "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n",
    ] {
        assert!(taken.text.contains(head), "{head} {}", taken.text);
    }
    assert!(!taken.text.contains("Precedence"));
    let read = MessageParser::default()
        .parse(taken.text.as_bytes())
        .unwrap();
    assert_eq!(read.subject(), Some(mail.subject.as_str()));
    assert_eq!(read.content_type().unwrap().subtype(), Some("alternative"));
    let plain = read.body_text(0).unwrap();
    assert!(
        plain.contains("\n.سطر يبدأ بنقطة") && plain.contains("https://tifli.example/u/7f3ac9"),
        "{plain}"
    );
    let html = read.body_html(0).unwrap();
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");
    let kinds: Vec<_> = read.parts[1..]
        .iter()
        .map(|part| part.content_type().unwrap().subtype().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["plain", "html"], "the plain text comes first");
    match read.header("From") {
        Some(HeaderValue::Address(Address::List(from))) => {
            assert_eq!(from[0].name(), Some("طفلي"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_letter_is_the_same_bytes() {
    let mailer = AlertMailer::new(&settings(1)).unwrap();
    let first = mailer.compose(&mail("a@x.example")).unwrap();
    let second = mailer.compose(&mail("a@x.example")).unwrap();
    assert!(first == second);
}

#[tokio::test]
async fn every_trouble_at_every_step_says_what_the_worker_must_do() {
    use Trouble::{Cut, Say, Silence};
    for (step, trouble, code, kind) in [
        ("greeting", Cut, "broken", Kind::Again),
        ("greeting", Silence, "service_timeout", Kind::Again),
        ("greeting", Say("hello"), "broken", Kind::Again),
        ("greeting", Say("421 busy"), "unavailable", Kind::Again),
        (
            "greeting",
            Say("554 no service"),
            "misconfigured",
            Kind::Refused,
        ),
        (
            "MAIL",
            Say("550 5.7.1 not you"),
            "misconfigured",
            Kind::Refused,
        ),
        ("MAIL", Say("451 4.3.0 later"), "later", Kind::Again),
        ("RCPT", Say("550 5.1.1 no such user"), "gone", Kind::Refused),
        ("RCPT", Say("550 no"), "rejected", Kind::Refused),
        (
            "RCPT",
            Say("554 5.7.1 policy"),
            "mail_policy",
            Kind::Refused,
        ),
        (
            "RCPT",
            Say("451 4.7.1 greylisted"),
            "greylisted",
            Kind::Again,
        ),
        ("RCPT", Cut, "broken", Kind::Again),
        ("RCPT", Silence, "service_timeout", Kind::Again),
        ("DATA", Say("452 4.3.1 full"), "throttled", Kind::Again),
        ("DATA", Cut, "broken", Kind::Again),
    ] {
        let (outcome, taken) = meet(&[(step, trouble)]).await;
        assert_eq!(
            (outcome.code(), outcome.kind(), taken),
            (code, kind, 0),
            "{step}"
        );
    }
    for (trouble, code, kind) in [
        (Cut, "unknown", Kind::Unknown),
        (Silence, "unknown", Kind::Unknown),
        (Say("what?"), "unknown", Kind::Unknown),
        (Say("451 4.3.0 later"), "later", Kind::Again),
        (Say("552 5.3.4 too big"), "too_large", Kind::Refused),
        (
            Say("550 5.7.26 unauthenticated"),
            "misconfigured",
            Kind::Refused,
        ),
        (Say("250 fine"), "accepted", Kind::Sent),
        (
            Say("250 5.7.1 error: not stored"),
            "said_error",
            Kind::Refused,
        ),
    ] {
        let (outcome, taken) = meet(&[(".", trouble)]).await;
        assert_eq!((outcome.code(), outcome.kind(), taken), (code, kind, 1));
    }
}

#[tokio::test]
async fn a_letter_overtaken_before_its_first_byte_is_withdrawn() {
    let server = MailServer::start(&[]).await;
    let mailer = mailer(&server).await;
    assert_eq!(
        mailer.send(&mail("a@x.example"), &|| false).await,
        Outcome::Withdrawn
    );
    let asked = std::sync::atomic::AtomicUsize::new(0);
    // Wanted when the connection is made, overtaken while the envelope was spoken of.
    let wanted = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
    let outcome = mailer.send(&mail("a@x.example"), &wanted).await;
    assert_eq!(outcome, Outcome::Withdrawn);
    assert!(server.taken(1).await.is_empty());
    assert_eq!(server.steps(1).await, ["DATA"], "it came as far as that");
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_is_tried_again() {
    let outcome = AlertMailer::new(&settings(1))
        .unwrap()
        .send(&mail("a@x.example"), &|| true)
        .await;
    assert_eq!((outcome.code(), outcome.kind()), ("connect", Kind::Again));
}

#[tokio::test]
async fn what_breaks_our_own_rules_never_leaves() {
    let mailer = AlertMailer::new(&settings(1)).unwrap();
    let good = mail("a@x.example");
    let broken = [
        (
            "mail_address",
            AlertMail {
                to: "a@b@c\r\nRCPT TO:<x@y>".to_owned(),
                ..good.clone()
            },
        ),
        (
            "mail_id",
            AlertMail {
                id: "a>\r\nBcc: x@y".to_owned(),
                ..good.clone()
            },
        ),
        (
            "mail_id",
            AlertMail {
                thread: vec!["a b".to_owned()],
                ..good.clone()
            },
        ),
        (
            "mail_token",
            AlertMail {
                token: "t".repeat(41),
                ..good.clone()
            },
        ),
        (
            "mail_campaign",
            AlertMail {
                campaign: String::new(),
                ..good.clone()
            },
        ),
        (
            "mail_link",
            AlertMail {
                unsubscribe_url: "http://tifli.example/u".to_owned(),
                ..good.clone()
            },
        ),
        (
            "payload_empty",
            AlertMail {
                words: Vec::new(),
                ..good.clone()
            },
        ),
        (
            "mail_date",
            AlertMail {
                at_ms: -1,
                ..good.clone()
            },
        ),
    ];
    for (why, mail) in broken {
        assert_eq!(mailer.send(&mail, &|| true).await, Outcome::Refused { why });
    }
}

#[test]
fn a_subject_is_one_line_and_no_other_header() {
    let mailer = AlertMailer::new(&settings(1)).unwrap();
    let named = AlertMail {
        subject: "a\r\nBcc: x@y.example".to_owned(),
        ..mail("a@x.example")
    };
    let composed = mailer.compose(&named).unwrap();
    let text = String::from_utf8(composed.bytes).unwrap();
    assert!(text.contains("Subject: a Bcc: x@y.example\r\n"), "{text}");
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let refuse = |change: &dyn Fn(&mut MailSettings)| {
        let mut settings = settings(1);
        change(&mut settings);
        AlertMailer::new(&settings).unwrap_err()
    };
    assert_eq!(
        refuse(&|s| s.server.from = "x".to_owned()),
        MailSetupError::From
    );
    assert_eq!(
        refuse(&|s| s.bounces = "a+b@x.example".to_owned()),
        MailSetupError::Bounces
    );
    assert_eq!(
        refuse(&|s| s.list_id = "two words".to_owned()),
        MailSetupError::ListId
    );
}
