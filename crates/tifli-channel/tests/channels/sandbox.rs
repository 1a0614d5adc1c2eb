//! The adapters against the sandbox partners, which were written from the standards: every trouble
//! they can play, what the worker is told, and what the partner has in the end.

use std::sync::Arc;
use std::time::Duration;

use tifli_channel::cap::{CapEndpoint, CapPartner};
use tifli_channel::mail::bounce::{Action, parse};
use tifli_channel::mail::{AlertMail, AlertMailer};
use tifli_channel::webhook::{Webhook, WebhookEndpoint, WebhookEvent, WebhookSecret};
use tifli_channel::{Kind, Outcome};
use tifli_sandbox::Clock;
use tifli_sandbox::cap::{Audience, CapIntake, CapSettings};
use tifli_sandbox::faults::Fault;
use tifli_sandbox::smtp::{MailRules, MailServer};
use tifli_sandbox::webhook::{Secret, SecretAge, WebhookReceiver, WebhookSettings};

use super::mail::{mail, settings};
use super::partner::client;

/// 2026-11-22T12:00:00Z.
const NOON_S: i64 = 1_795_348_800;
const PATIENCE: Duration = Duration::from_millis(400);

fn clock() -> Clock {
    Arc::new(|| 1_795_348_800_000)
}

/// Every trouble of a partner that is called over HTTP: what the worker is told, and whether the
/// partner has it.
fn http_troubles() -> Vec<(Fault, &'static str, Kind, bool)> {
    vec![
        (Fault::slow(20), "accepted", Kind::Sent, true),
        (Fault::throttle(7), "throttled", Kind::Again, false),
        (Fault::transient(), "unavailable", Kind::Again, false),
        (Fault::code(502), "service_fault", Kind::Again, false),
        (Fault::code(504), "service_fault", Kind::Again, false),
        (Fault::permanent(), "rejected", Kind::Refused, false),
        (Fault::gone(), "gone", Kind::Refused, false),
        (Fault::code(401), "misconfigured", Kind::Refused, false),
        (Fault::lies(), "said_error", Kind::Refused, false),
        (
            Fault::redirect("http://10.0.0.1/"),
            "rejected",
            Kind::Refused,
            false,
        ),
        (Fault::hang_up(), "unknown", Kind::Unknown, false),
        (
            Fault::unknown_after_accept(),
            "unknown",
            Kind::Unknown,
            true,
        ),
        (Fault::never_answers(), "unknown", Kind::Unknown, false),
        (
            Fault::never_answers().takes(),
            "unknown",
            Kind::Unknown,
            true,
        ),
        (Fault::garbage(), "unknown", Kind::Unknown, false),
        (Fault::close_mid_body(), "unknown", Kind::Unknown, true),
    ]
}

fn secret(octet: u8) -> WebhookSecret {
    WebhookSecret::from_random([octet; 32])
}

#[tokio::test]
async fn a_webhook_meets_every_trouble_and_a_repeat_is_known_by_its_identifier() {
    for (fault, code, kind, has) in http_troubles() {
        let settings = WebhookSettings {
            secret: Secret::parse(&secret(1).to_text()).unwrap(),
            clock: clock(),
        };
        let address = "127.0.0.1:0".parse().unwrap();
        let receiver = WebhookReceiver::start(address, settings).await.unwrap();
        receiver.play(vec![fault.next(1)]);
        let webhook = Webhook::with_patience(&client(receiver.addr()), PATIENCE);
        let to = WebhookEndpoint {
            url: receiver.base_url(),
            secrets: vec![secret(1)],
        };
        let event = WebhookEvent {
            id: "message_1-partner_7",
            body: br#"{"type":"alert","timestamp":"2026-11-22T12:00:00Z","data":{}}"#,
        };
        let outcome = webhook.send(&to, &event, NOON_S, &|| true).await;
        assert_eq!((outcome.code(), outcome.kind()), (code, kind));
        if let Outcome::Retry {
            after: Some(after), ..
        } = outcome
        {
            assert_eq!(after, Duration::from_secs(7));
        }
        assert_eq!(receiver.events()[0].taken, u32::from(has), "{code}");
        let again = webhook.send(&to, &event, NOON_S + 5, &|| true).await;
        assert_eq!(again.kind(), Kind::Sent);
        let events = receiver.events();
        assert_eq!(
            (events.len(), events[0].altered),
            (1, false),
            "one event, told twice"
        );
        assert_eq!(events[0].attempts[1].timestamp, NOON_S + 5);
        receiver.stop().await;
    }
}

#[tokio::test]
async fn a_webhook_is_let_in_by_either_secret_while_they_rotate() {
    let parse = |octet| Secret::parse(&secret(octet).to_text()).unwrap();
    let settings = WebhookSettings {
        secret: parse(1),
        clock: clock(),
    };
    let address = "127.0.0.1:0".parse().unwrap();
    let receiver = WebhookReceiver::start(address, settings).await.unwrap();
    let webhook = Webhook::new(&client(receiver.addr()));
    let send = async |id: &str, secrets: &[u8]| {
        let to = WebhookEndpoint {
            url: receiver.base_url(),
            secrets: secrets.iter().map(|octet| secret(*octet)).collect(),
        };
        let body = br#"{"type":"alert","timestamp":"2026-11-22T12:00:00Z","data":{}}"#;
        let event = WebhookEvent { id, body };
        webhook.send(&to, &event, NOON_S, &|| true).await.kind()
    };
    // We sign with both before the partner changes, while it takes both, and after.
    assert_eq!(send("a", &[2, 1]).await, Kind::Sent);
    receiver.rotate(parse(2));
    assert_eq!(send("b", &[2, 1]).await, Kind::Sent);
    let ages: Vec<_> = receiver.events()[1].attempts[0]
        .signatures
        .iter()
        .map(|check| check.verified_by)
        .collect();
    assert_eq!(ages, [Some(SecretAge::Current), Some(SecretAge::Former)]);
    receiver.retire_former_secret();
    assert_eq!(send("c", &[2, 1]).await, Kind::Sent);
    assert_eq!(
        send("d", &[1]).await,
        Kind::Refused,
        "the old one alone is refused"
    );
    receiver.stop().await;
}

fn cap(identifier: &str, sent: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
        <alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>{identifier}</identifier>\
        <sender>alerts@tifli.example</sender><sent>{sent}</sent><status>Actual</status>\
        <msgType>Alert</msgType><scope>Public</scope>\
        <info><language>ar-MA</language><category>Rescue</category><event>طفل مفقود</event>\
        <urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>\
        <expires>2026-11-22T13:00:00-00:00</expires><headline>بحث عن طفل</headline>\
        <area><areaDesc>الرباط</areaDesc><circle>33.97,-6.85 160</circle></area></info></alert>"
    )
}

#[tokio::test]
async fn cap_meets_every_trouble_and_what_is_unknown_is_settled_by_reading_back() {
    for (fault, code, kind, has) in http_troubles() {
        let settings = CapSettings {
            token: "let-me-in".to_owned(),
            audience: Audience::Public,
            clock: clock(),
        };
        let address = "127.0.0.1:0".parse().unwrap();
        let intake = CapIntake::start(address, settings).await.unwrap();
        intake.play(vec![fault.next(1)]);
        let partner = CapPartner::with_patience(&client(intake.addr()), PATIENCE);
        let to = CapEndpoint {
            url: intake.base_url(),
            bearer: Some("let-me-in".to_owned()),
        };
        let name = "urn:oid:2.49.0.0.504.1";
        let xml = cap(name, "2026-11-22T11:59:00-00:00");
        let send = async |xml: &str| partner.send(&to, xml.as_bytes(), NOON_S, &|| true).await;
        let outcome = send(&xml).await;
        assert_eq!((outcome.code(), outcome.kind()), (code, kind));
        let held = partner.find(&to, name, NOON_S).await;
        assert_eq!(held, Ok(has.then(|| xml.clone().into_bytes())), "{code}");
        assert_eq!(send(&xml).await.kind(), Kind::Sent, "a repeat does no harm");
        assert_eq!(intake.messages().len(), 1);
        let other = cap(name, "2026-11-22T11:58:00-00:00");
        assert_eq!(send(&other).await.code(), "identifier_taken");
        intake.stop().await;
    }
}

#[tokio::test]
async fn a_wrong_token_and_a_broken_message_are_told_apart() {
    let settings = CapSettings {
        token: "let-me-in".to_owned(),
        audience: Audience::Public,
        clock: clock(),
    };
    let address = "127.0.0.1:0".parse().unwrap();
    let intake = CapIntake::start(address, settings).await.unwrap();
    let partner = CapPartner::new(&client(intake.addr()));
    let to = |bearer: Option<&str>| CapEndpoint {
        url: intake.base_url(),
        bearer: bearer.map(str::to_owned),
    };
    let send = async |bearer, xml: &str| {
        let to = to(bearer);
        partner.send(&to, xml.as_bytes(), NOON_S, &|| true).await
    };
    let good = cap("a-1", "2026-11-22T11:59:00-00:00");
    let mine = Some("let-me-in");
    assert_eq!(
        send(None, &good).await,
        Outcome::Misconfigured { status: 401 }
    );
    assert_eq!(
        send(mine, "<alert/>").await,
        Outcome::Rejected { status: 400 }
    );
    let cancel = good.replace(">Alert<", ">Cancel<").replace(
        "<info>",
        "<references>alerts@tifli.example,never,2026-11-22T11:00:00-00:00</references><info>",
    );
    let refused = send(mine, &cancel).await;
    assert_eq!(
        refused.code(),
        "rejected",
        "the address lives, it only knows nothing to cancel"
    );
    intake.stop().await;
}

#[tokio::test]
async fn a_letter_meets_every_trouble_of_a_mail_server() {
    for (fault, code, kind, has) in [
        (Fault::slow(20), "accepted", Kind::Sent, true),
        (Fault::throttle(7), "greylisted", Kind::Again, false),
        (Fault::transient(), "throttled", Kind::Again, false),
        (Fault::permanent(), "gone", Kind::Refused, false),
        (
            Fault::permanent().after_letter(),
            "gone",
            Kind::Refused,
            false,
        ),
        (Fault::gone(), "gone", Kind::Refused, false),
        (Fault::code(421), "unavailable", Kind::Again, false),
        (Fault::code(552), "rejected", Kind::Refused, false),
        (Fault::code(554), "mail_policy", Kind::Refused, false),
        (Fault::lies(), "said_error", Kind::Refused, false),
        (Fault::hang_up(), "unknown", Kind::Unknown, false),
        (
            Fault::unknown_after_accept(),
            "unknown",
            Kind::Unknown,
            true,
        ),
        (Fault::never_answers(), "unknown", Kind::Unknown, false),
        (Fault::garbage(), "unknown", Kind::Unknown, false),
        (Fault::close_mid_body(), "unknown", Kind::Unknown, true),
    ] {
        let address = "127.0.0.1:0".parse().unwrap();
        let server = MailServer::start(address, clock()).await.unwrap();
        server.play(vec![fault.times(1)]);
        let mailer = AlertMailer::new(&settings(server.addr().port())).unwrap();
        let mailer = mailer.with_patience(PATIENCE);
        let send = async || mailer.send(&mail("a@x.example"), &|| true).await;
        let outcome = send().await;
        assert_eq!((outcome.code(), outcome.kind()), (code, kind));
        assert_eq!(server.letters().len(), usize::from(has), "{code}");
        assert_eq!(send().await.kind(), Kind::Sent);
        let letters = server.letters();
        let known =
            |letter: &tifli_sandbox::smtp::Mail| letter.message_id == "<m1.r7@tifli.example>";
        assert!(letters.iter().all(known), "a repeat can be recognized");
        server.stop().await;
    }
}

#[tokio::test]
async fn an_address_beyond_ascii_goes_only_where_it_is_understood() {
    let address = "127.0.0.1:0".parse().unwrap();
    let server = MailServer::start(address, clock()).await.unwrap();
    let mailer = AlertMailer::new(&settings(server.addr().port())).unwrap();
    let mail = AlertMail {
        to: "طفل@x.example".to_owned(),
        ..mail("")
    };
    assert_eq!(mailer.send(&mail, &|| true).await.kind(), Kind::Sent);
    assert!(server.letters()[0].smtputf8);
    server.rule(MailRules {
        smtputf8: false,
        ..MailRules::default()
    });
    let why = "mail_smtputf8";
    assert_eq!(mailer.send(&mail, &|| true).await, Outcome::Refused { why });
    server.stop().await;
}

#[tokio::test]
async fn the_bounce_of_a_letter_names_its_recipient_by_the_token() {
    let address = "127.0.0.1:0".parse().unwrap();
    let server = MailServer::start(address, clock()).await.unwrap();
    let mailer = AlertMailer::new(&settings(server.addr().port())).unwrap();
    for to in ["a@x.example", "طفل@x.example"] {
        let mail = AlertMail {
            to: to.to_owned(),
            ..mail("")
        };
        assert_eq!(mailer.send(&mail, &|| true).await.kind(), Kind::Sent);
        let letter = server.letters().pop().unwrap();
        for (status, read, action, permanent) in [
            ("5.1.1", (5, 1, 1), Action::Failed, true),
            ("4.4.1", (4, 4, 1), Action::Delayed, false),
            ("2.0.0", (2, 0, 0), Action::Delivered, false),
        ] {
            let report = server.dsn(&letter, status).unwrap();
            assert_eq!(report.to, "bounces+7f3a-c9@mail.tifli.example");
            let bounce = parse(report.raw.as_bytes()).unwrap();
            assert_eq!(bounce.token, "7f3a-c9", "{to}");
            assert_eq!(
                (bounce.status, bounce.action, bounce.permanent),
                (read, action, permanent)
            );
        }
    }
    server.stop().await;
}
