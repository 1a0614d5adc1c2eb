//! The SMTP client against the sandbox mail server: what becomes of a letter, by the trouble it meets.

use std::sync::Arc;

use tifli_channel::smtp::{Handing, Letter, Mailer, Security, SmtpSettings};
use tifli_sandbox::faults::Fault;
use tifli_sandbox::smtp::{MailServer, RunningMail};

async fn start() -> (RunningMail, Mailer) {
    let address = "127.0.0.1:0".parse().unwrap();
    let server = MailServer::start(address, Arc::new(|| 7)).await.unwrap();
    let mailer = Mailer::new(&SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port: server.addr().port(),
        security: Security::None,
        sign_in: None,
        from: "duty@tifli.example".to_owned(),
    });
    (server, mailer.unwrap())
}

fn letter(to: &str) -> Letter {
    Letter {
        id: "telegram_1.police-fes.0".to_owned(),
        to: to.to_owned(),
        subject: "برقية في انتظاركم".to_owned(),
        text: "\n.a line with a dot\nhttps://tifli.example/x\n".to_owned(),
        at_ms: 1_700_000_000_000,
    }
}

#[tokio::test]
async fn a_letter_arrives_once_with_its_identifier() {
    let (server, mailer) = start().await;
    assert_eq!(mailer.hand(&letter("a@x.example")).await, Handing::Handed);
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "a@x.example");
    assert_eq!(letters[0].from, "duty@tifli.example");
    assert_eq!(
        letters[0].message_id,
        "<telegram_1.police-fes.0@tifli.example>"
    );
    server.stop().await;
}

#[tokio::test]
async fn each_trouble_says_what_to_do_next() {
    let (server, mailer) = start().await;
    server.play(vec![
        Fault::permanent().to("gone@x.example"),
        Fault::throttle(60).to("grey@x.example").times(1),
        Fault::unknown_after_accept().to("cut@x.example").times(1),
        Fault::code(530).to("unsigned@x.example"),
    ]);
    let hand = async |to: &str| mailer.hand(&letter(to)).await;
    assert_eq!(
        hand("gone@x.example").await,
        Handing::Refused("smtp.550".to_owned())
    );
    assert_eq!(
        hand("grey@x.example").await,
        Handing::Later("smtp.451".to_owned())
    );
    assert_eq!(hand("grey@x.example").await, Handing::Handed);
    assert_eq!(
        hand("unsigned@x.example").await,
        Handing::Later("smtp.530".to_owned()),
        "the house is to sign in: no fault of the letter"
    );
    let cut = hand("cut@x.example").await;
    assert!(matches!(cut, Handing::Unknown(_)), "{cut:?}");
    assert_eq!(hand("cut@x.example").await, Handing::Handed);
    let letters = server.letters();
    let cut: Vec<_> = letters
        .iter()
        .filter(|mail| mail.to == "cut@x.example")
        .collect();
    assert_eq!(cut.len(), 2, "it was taken, and handed over once more");
    assert_eq!(
        cut[0].message_id, cut[1].message_id,
        "and can be recognized"
    );
    server.stop().await;
}
