//! The mail server, spoken to line by line.

use serde_json::json;
use tifli_sandbox::faults::Fault;
use tifli_sandbox::smtp::{BounceError, MailRules, MailServer, RunningMail};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::support::{Heard, NOON_MS, StandingClock, ask, client, hear, until_closed};

const LETTER: &str = "From: duty@tifli.example\r\nMessage-ID: <a1@tifli.example>\r\n\
    Subject: x\r\n\r\nhello\r\n..a dot\r\n";

async fn start() -> (RunningMail, StandingClock) {
    let clock = StandingClock::at_noon();
    let address = "127.0.0.1:0".parse().unwrap();
    let server = MailServer::start(address, clock.clock()).await.unwrap();
    (server, clock)
}

/// One who calls the server and reads whole replies.
struct Caller(BufReader<TcpStream>);

impl Caller {
    async fn greeted(server: &RunningMail) -> Self {
        let stream = TcpStream::connect(server.addr()).await.unwrap();
        let mut caller = Self(BufReader::new(stream));
        assert_eq!(caller.reply().await.unwrap().0, 220);
        caller
    }

    /// The code and lines of the next reply; `None` when there is none that can be read.
    async fn reply(&mut self) -> Option<(u16, Vec<String>)> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.ok()?;
            let code: u16 = line.get(..3)?.parse().ok()?;
            let whole = line.strip_suffix("\r\n")?;
            lines.push(whole.get(4..)?.to_owned());
            if whole.as_bytes()[3] == b' ' {
                return Some((code, lines));
            }
        }
    }

    async fn say(&mut self, line: &str) -> Option<(u16, Vec<String>)> {
        let line = format!("{line}\r\n");
        self.0.get_mut().write_all(line.as_bytes()).await.ok()?;
        self.reply().await
    }

    async fn code(&mut self, line: &str) -> u16 {
        self.say(line).await.map_or(0, |(code, _)| code)
    }

    /// An envelope for these, each answered with the code given.
    async fn envelope(&mut self, to: &[(&str, u16)]) {
        assert_eq!(self.code("MAIL FROM:<bounce+1@tifli.example>").await, 250);
        for (to, code) in to {
            assert_eq!(self.code(&format!("RCPT TO:<{to}>")).await, *code, "{to}");
        }
    }

    /// The letter; 0 when it is not answered.
    async fn letter(&mut self, text: &str) -> u16 {
        assert_eq!(self.code("DATA").await, 354);
        self.code(&format!("{text}.")).await
    }

    async fn send(&mut self, to: &str) -> u16 {
        self.envelope(&[(to, 250)]).await;
        self.letter(LETTER).await
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_sent_for_each_recipient() {
    let (server, _) = start().await;
    let mut caller = Caller::greeted(&server).await;
    assert_eq!(caller.code("EHLO tifli.example").await, 250);
    caller
        .envelope(&[("a@x.example", 250), ("b@x.example", 250)])
        .await;
    assert_eq!(caller.letter(LETTER).await, 250);
    assert_eq!(caller.code("QUIT").await, 221);
    let letters = server.letters();
    let to: Vec<_> = letters.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["a@x.example", "b@x.example"]);
    assert_eq!(letters[0].from, "bounce+1@tifli.example");
    assert_eq!(letters[0].message_id, "<a1@tifli.example>");
    assert_eq!(letters[0].raw, LETTER.replace("\r\n..", "\r\n."));
    assert_eq!(letters[0].at_ms, NOON_MS);
}

#[tokio::test]
async fn each_recipient_has_an_answer_of_its_own() {
    let (server, _) = start().await;
    server.play(vec![
        Fault::permanent().to("nobody@x.example"),
        Fault::throttle(60).to("busy@x.example"),
        Fault::transient().to("full@x.example"),
        Fault::gone().to("moved@x.example"),
        Fault::code(554).to("never@x.example"),
        Fault::redirect("b@y.example").to("there@x.example"),
    ]);
    let mut caller = Caller::greeted(&server).await;
    caller
        .envelope(&[
            ("nobody@x.example", 550),
            ("busy@x.example", 451),
            ("full@x.example", 452),
            ("moved@x.example", 550),
            ("never@x.example", 554),
            ("there@x.example", 551),
            ("good@x.example", 250),
        ])
        .await;
    let (_, lines) = caller.say("RCPT TO:<nobody@x.example>").await.unwrap();
    assert_eq!(lines.len(), 2, "a refusal has two lines");
    assert!(
        lines.iter().all(|line| line.starts_with("5.1.1 ")),
        "{lines:?}"
    );
    assert_eq!(caller.letter(LETTER).await, 250);
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "good@x.example");
    let totals = ask(&format!("{}/received", server.origin())).await;
    assert_eq!(
        totals["refused"],
        json!({ "451": 1, "452": 1, "550": 3, "551": 1, "554": 1 })
    );
}

#[tokio::test]
async fn a_refusal_may_wait_for_the_letter() {
    let (server, _) = start().await;
    server.play(vec![
        Fault::code(554).after_letter().to("strict@x.example"),
        Fault::throttle(1)
            .after_letter()
            .times(1)
            .to("busy@x.example"),
    ]);
    let mut caller = Caller::greeted(&server).await;
    assert_eq!(caller.send("strict@x.example").await, 554);
    assert_eq!(caller.send("busy@x.example").await, 451);
    assert_eq!(caller.send("busy@x.example").await, 250);
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_letter_cut_off_after_its_end_was_taken_or_not() {
    for (fault, kept) in [
        (Fault::unknown_after_accept(), 1),
        (Fault::hang_up(), 0),
        (Fault::garbage(), 0),
        (Fault::garbage().takes(), 1),
        (Fault::close_mid_body(), 1),
    ] {
        let (server, _) = start().await;
        server.play(vec![fault.clone().next(1)]);
        let mut caller = Caller::greeted(&server).await;
        assert_eq!(caller.send("a@x.example").await, 0, "{fault:?}");
        let mut rest = Vec::new();
        caller.0.read_to_end(&mut rest).await.unwrap();
        assert_eq!(rest, b"", "the connection is over: {fault:?}");
        assert_eq!(server.letters().len(), kept, "{fault:?}");
        let mut caller = Caller::greeted(&server).await;
        assert_eq!(caller.send("a@x.example").await, 250);
        assert_eq!(server.letters().len(), kept + 1);
    }
}

#[tokio::test]
async fn a_lie_is_a_success_that_keeps_nothing() {
    let (server, _) = start().await;
    server.play(vec![Fault::lies()]);
    let mut caller = Caller::greeted(&server).await;
    assert_eq!(caller.send("a@x.example").await, 250);
    assert_eq!(server.letters(), []);
}

#[tokio::test]
async fn slow_and_silent_recipients_hold_up_only_their_caller() {
    for (fault, kept) in [
        (Fault::slow(600_000), 0),
        (Fault::slow(600_000).after_letter(), 0),
        (Fault::never_answers(), 0),
        (Fault::never_answers().takes(), 1),
    ] {
        let (server, _) = start().await;
        server.play(vec![fault.clone().to("slow@x.example")]);
        let mut slow = Caller::greeted(&server).await;
        let waiting = tokio::spawn(async move {
            let from = slow.code("MAIL FROM:<a@tifli.example>").await;
            let to = slow.code("RCPT TO:<slow@x.example>").await;
            let data = slow.code("DATA").await;
            (from, to, data, slow.code(&format!("{LETTER}.")).await)
        });
        let mut caller = Caller::greeted(&server).await;
        assert_eq!(caller.send("a@x.example").await, 250);
        while server.letters().len() < 1 + kept {
            tokio::task::yield_now().await;
        }
        assert!(!waiting.is_finished(), "{fault:?}");
        server.stop().await;
        assert_eq!(waiting.await.unwrap().3, 0, "{fault:?}");
    }
}

#[tokio::test]
async fn a_slow_answer_comes_in_the_end() {
    let (server, _) = start().await;
    server.play(vec![Fault::slow(1), Fault::slow(1).after_letter()]);
    let mut caller = Caller::greeted(&server).await;
    assert_eq!(caller.send("a@x.example").await, 250);
}

#[tokio::test]
async fn a_greylist_lets_in_who_comes_back_after_the_wait() {
    let (server, clock) = start().await;
    server.rule(MailRules {
        greylist_ms: Some(300_000),
        ..MailRules::default()
    });
    let mut caller = Caller::greeted(&server).await;
    caller.envelope(&[("a@x.example", 451)]).await;
    assert_eq!(caller.code("DATA").await, 503, "nobody is left to write to");
    assert_eq!(caller.code("RSET").await, 250);
    clock.pass(299_999);
    caller
        .envelope(&[("a@x.example", 451), ("b@x.example", 451)])
        .await;
    assert_eq!(caller.code("RSET").await, 250);
    clock.pass(1);
    caller
        .envelope(&[("a@x.example", 250), ("b@x.example", 451)])
        .await;
    assert_eq!(caller.letter(LETTER).await, 250);
    assert_eq!(caller.send("a@x.example").await, 250, "known from now on");
}

#[tokio::test]
async fn a_letter_may_be_as_long_as_size_says_and_no_longer() {
    let (server, _) = start().await;
    // The dot that is doubled for the way is not of the letter (RFC 1870).
    let longest = LETTER.len() - 1;
    server.rule(MailRules {
        longest,
        ..MailRules::default()
    });
    let mut caller = Caller::greeted(&server).await;
    let (_, offer) = caller.say("EHLO tifli.example").await.unwrap();
    assert!(offer.contains(&format!("SIZE {longest}")), "{offer:?}");
    let mail = |size| format!("MAIL FROM:<a@tifli.example> SIZE={size}");
    assert_eq!(caller.code(&mail(longest + 1)).await, 552);
    assert_eq!(caller.code(&mail(longest)).await, 250);
    assert_eq!(caller.code("RCPT TO:<b@x.example>").await, 250);
    assert_eq!(caller.letter(LETTER).await, 250);
    caller.envelope(&[("b@x.example", 250)]).await;
    assert_eq!(caller.letter(&format!("{LETTER}x\r\n")).await, 552);
    assert_eq!(caller.send("b@x.example").await, 250, "it goes on");
}

#[tokio::test]
async fn octets_beyond_ascii_must_be_offered_and_announced() {
    let (server, _) = start().await;
    let arabic = "Subject: بحث\r\n\r\nطفل\r\n";
    let mut caller = Caller::greeted(&server).await;
    let (_, offer) = caller.say("EHLO tifli.example").await.unwrap();
    assert!(offer.contains(&"8BITMIME".to_owned()) && offer.contains(&"SMTPUTF8".to_owned()));
    caller.envelope(&[("a@x.example", 250)]).await;
    assert_eq!(caller.letter(arabic).await, 554, "not announced");
    for (parameters, to, code) in [
        ("BODY=8BITMIME", "a@x.example", 250),
        ("BODY=8BITMIME", "طفل@x.example", 553),
        ("SMTPUTF8", "طفل@x.example", 250),
    ] {
        let from = format!("MAIL FROM:<b@tifli.example> {parameters}");
        assert_eq!(caller.code(&from).await, 250);
        assert_eq!(caller.code(&format!("RCPT TO:<{to}>")).await, code, "{to}");
        match code {
            250 => assert_eq!(caller.letter(arabic).await, 250),
            _ => assert_eq!(caller.code("RSET").await, 250),
        }
    }
    let letters = server.letters();
    let announced: Vec<_> = letters
        .iter()
        .map(|mail| (mail.eight_bit, mail.smtputf8))
        .collect();
    assert_eq!(announced, [(true, false), (false, true)]);
    assert_eq!(letters[0].raw, arabic);
    server.rule(MailRules {
        eight_bit_mime: false,
        smtputf8: false,
        ..MailRules::default()
    });
    let (_, offer) = caller.say("EHLO tifli.example").await.unwrap();
    assert_eq!(offer.len(), 3, "name, size, codes: {offer:?}");
    for parameter in ["BODY=8BITMIME", "SMTPUTF8"] {
        let from = format!("MAIL FROM:<b@tifli.example> {parameter}");
        assert_eq!(caller.code(&from).await, 555);
    }
}

#[tokio::test]
async fn what_breaks_the_protocol_is_refused_and_the_conversation_goes_on() {
    let (server, _) = start().await;
    let mut caller = Caller::greeted(&server).await;
    for (line, code) in [
        ("RCPT TO:<a@x.example>", 503),
        ("DATA", 503),
        ("MAIL FROM:a@x.example", 501),
        ("MAIL FROM:<nobody>", 553),
        ("MAIL FROM:<a@x.example> FUNNY=1", 555),
        ("MAIL FROM:<>", 250),
        ("MAIL FROM:<a@x.example>", 503),
        ("RCPT TO:<b@x.example> NOTIFY=NEVER", 555),
        ("RCPT TO:<@>", 553),
        ("DATA", 503),
        ("RCPT TO:<postmaster>", 250),
        ("VRFY a", 502),
        ("NOOP", 250),
        ("HELO tifli.example", 250),
    ] {
        assert_eq!(caller.code(line).await, code, "{line}");
    }
    assert_eq!(
        caller.letter(&format!("{}\r\n", "a".repeat(998))).await,
        250
    );
    for letter in ["a\nb\r\n".to_owned(), format!("{}\r\n", "a".repeat(999))] {
        caller.envelope(&[("a@x.example", 250)]).await;
        assert_eq!(caller.letter(&letter).await, 554);
    }
}

#[tokio::test]
async fn a_bounce_tells_the_envelope_sender_which_recipient_failed_and_why() {
    let (server, clock) = start().await;
    let mut caller = Caller::greeted(&server).await;
    assert_eq!(caller.send("gone@x.example").await, 250);
    clock.pass(60_000);
    let mail = server.letters().remove(0);
    let bounce = server.dsn(&mail, "5.1.1").unwrap();
    assert_eq!(bounce.to, "bounce+1@tifli.example");
    for line in [
        "To: <bounce+1@tifli.example>",
        "Auto-Submitted: auto-replied",
        "Content-Type: multipart/report; report-type=delivery-status;",
        "Content-Type: message/delivery-status",
        "Reporting-MTA: dns; sandbox.tifli.invalid",
        "Arrival-Date: Sun, 22 Nov 2026 12:00:00 -0000",
        "Final-Recipient: rfc822; gone@x.example",
        "Action: failed",
        "Status: 5.1.1",
        "Last-Attempt-Date: Sun, 22 Nov 2026 12:01:00 -0000",
        "Content-Type: text/rfc822-headers",
        "Message-ID: <a1@tifli.example>",
    ] {
        let found = bounce.raw.split("\r\n").filter(|one| *one == line).count();
        assert_eq!(found, 1, "{line} in {}", bounce.raw);
    }
    assert!(!bounce.raw.contains("hello"), "the text is not sent back");
    let url = format!("{}/letters/1/dsn?status=5.1.1", server.origin());
    let over_http = client().get(url).send().await.unwrap().text().await;
    assert_eq!(over_http.unwrap(), bounce.raw);
    let delayed = server.dsn(&mail, "4.2.2").unwrap().raw;
    assert!(delayed.contains("\r\nAction: delayed\r\nStatus: 4.2.2\r\n"));
    for status in [
        "5", "5.1", "5.1.x", "3.1.1", "5.1.1.1", "5.1.1234", "5.+1.1", "",
    ] {
        assert_eq!(
            server.dsn(&mail, status),
            Err(BounceError::Status),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_bounce_for_an_address_beyond_ascii_says_so_and_a_bounce_has_none() {
    let (server, _) = start().await;
    let mut caller = Caller::greeted(&server).await;
    let from = "MAIL FROM:<b@tifli.example> SMTPUTF8";
    assert_eq!(caller.code(from).await, 250);
    assert_eq!(caller.code("RCPT TO:<طفل@x.example>").await, 250);
    assert_eq!(caller.letter(LETTER).await, 250);
    assert_eq!(caller.code("MAIL FROM:<>").await, 250);
    assert_eq!(caller.code("RCPT TO:<a@x.example>").await, 250);
    assert_eq!(caller.letter(LETTER).await, 250);
    let letters = server.letters();
    let bounce = server.dsn(&letters[0], "5.1.1").unwrap().raw;
    assert!(bounce.contains("Content-Type: message/global-delivery-status\r\n"));
    assert!(bounce.contains("Final-Recipient: utf-8; طفل@x.example\r\n"));
    assert!(
        bounce.contains("Content-Type: text/rfc822-headers\r\n"),
        "its headers are ASCII"
    );
    assert_eq!(server.dsn(&letters[1], "5.1.1"), Err(BounceError::NoSender));
}

#[tokio::test]
async fn whoever_asks_is_told_what_arrived_and_sets_rules_and_faults() {
    let (server, _) = start().await;
    let mut caller = Caller::greeted(&server).await;
    assert_eq!(caller.send("a@x.example").await, 250);
    let at = |path: &str| format!("{}{path}", server.origin());
    assert_eq!(
        ask(&at("/received")).await,
        json!({
            "received": 1, "unique": 1, "recipients": { "a@x.example": 1 }, "refused": {},
        })
    );
    assert_eq!(ask(&at("/letters?after=0")).await, json!(server.letters()));
    assert_eq!(ask(&at("/letters?after=1")).await, json!([]));
    assert_eq!(ask(&at("/rules")).await, json!(MailRules::default()));
    let strict = client()
        .put(at("/rules"))
        .json(&json!({ "smtputf8": false }));
    assert_eq!(hear(strict).await, Heard::Status(204));
    let set = async |fault| hear(client().post(at("/faults")).json(&[fault])).await;
    assert_eq!(set(json!({ "asleep": true })).await, Heard::Status(400));
    assert_eq!(set(json!({ "code": 250 })).await, Heard::Status(400));
    let old_words = json!({ "to": "a@x.example", "code": 550 });
    assert_eq!(set(old_words).await, Heard::Status(204));
    caller.envelope(&[("a@x.example", 550)]).await;
}

#[tokio::test]
async fn a_mail_server_that_is_dropped_ends() {
    let (server, _) = start().await;
    let address = server.addr();
    let mut caller = Caller::greeted(&server).await;
    drop(server);
    until_closed(address).await;
    assert_eq!(caller.code("NOOP").await, 0);
}
