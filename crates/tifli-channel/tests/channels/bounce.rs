//! Bounces as mail servers write them, and what is none.

use tifli_channel::mail::bounce::{Action, Bounce, parse};

/// A notification in the form of RFC 3464, as a Postfix writes it.
fn notification(to: &str, report: &str, returned: &str) -> String {
    format!(
        "Received: by mx.tifli.example (Postfix)\tid 77A0E; Sun, 22 Nov 2026 13:00:00 +0000 (UTC)\r\n\
Date: Sun, 22 Nov 2026 13:00:00 +0000 (UTC)\r\n\
From: MAILER-DAEMON@mx.tifli.example (Mail Delivery System)\r\n\
Subject: Undelivered Mail Returned to Sender\r\n\
To: {to}\r\n\
Auto-Submitted: auto-replied\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"77A0E.1/mx\"\r\n\r\n\
This is a MIME-encapsulated message.\r\n\r\n\
--77A0E.1/mx\r\nContent-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n\
I'm sorry to have to inform you that your message could not\r\nbe delivered.\r\n\
Status: 2.0.0\r\nAction: delivered\r\n\r\n\
--77A0E.1/mx\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
Reporting-MTA: dns; mx.tifli.example\r\nArrival-Date: Sun, 22 Nov 2026 12:59:58 +0000 (UTC)\r\n\r\n\
{report}\r\n\
--77A0E.1/mx\r\nContent-Description: Undelivered Message\r\n{returned}\r\n\
--77A0E.1/mx--\r\n"
    )
}

fn report(action: &str, status: &str) -> String {
    format!(
        "Final-Recipient: rfc822; a@x.example\r\nOriginal-Recipient: rfc822;a@x.example\r\n\
Action: {action}\r\nStatus: {status}\r\nRemote-MTA: dns; mx.x.example\r\n\
Diagnostic-Code: smtp; 550 5.1.1 <a@x.example>: Recipient address rejected\r\n"
    )
}

const RETURNED: &str = "Content-Type: message/rfc822\r\n\r\n\
Return-Path: <bounces+7f3a-c9@mail.tifli.example>\r\nFrom: alerts@tifli.example\r\n\
To: a@x.example\r\nSubject: x\r\n\r\ntext\r\n";
const RETURNED_HEAD: &str = "Content-Type: text/rfc822-headers\r\n\r\n\
Return-Path: <bounces+7f3a-c9@mail.tifli.example>\r\nFrom: alerts@tifli.example\r\n";
const OURS: &str = "bounces+7f3a-c9@mail.tifli.example";

fn read(to: &str, action: &str, status: &str, returned: &str) -> Option<Bounce> {
    parse(notification(to, &report(action, status), returned).as_bytes())
}

#[test]
fn each_action_and_status_is_read_and_only_a_missing_address_retires_at_once() {
    for (action, status, read_as, permanent, bad) in [
        ("failed", "5.1.1", Action::Failed, true, true),
        ("failed", "5.1.10 (null MX)", Action::Failed, true, true),
        ("Failed", "5.2.2", Action::Failed, true, false),
        ("failed", "5.1.8", Action::Failed, true, false),
        ("failed", "5.7.1", Action::Failed, true, false),
        ("failed", "4.4.1", Action::Failed, false, false),
        ("delayed", "4.4.1", Action::Delayed, false, false),
        ("delivered", "2.0.0", Action::Delivered, false, false),
        ("relayed", "2.0.0", Action::Relayed, false, false),
        (
            "expanded (to the list)",
            "2.0.0",
            Action::Expanded,
            false,
            false,
        ),
    ] {
        let bounce = read(OURS, action, status, RETURNED).unwrap();
        assert_eq!(bounce.token, "7f3a-c9");
        let seen = (bounce.action, bounce.permanent, bounce.is_bad_address());
        assert_eq!(seen, (read_as, permanent, bad), "{action} {status}");
    }
}

#[test]
fn the_token_is_found_in_the_notification_or_in_what_it_returns() {
    for (to, returned) in [
        (OURS, ""),
        ("<bounces+7f3a-c9@mail.tifli.example>", ""),
        ("\"Bounces\" <bounces+7f3a-c9@mail.tifli.example>", RETURNED),
        ("bounces@mail.tifli.example", RETURNED),
        ("bounces@mail.tifli.example", RETURNED_HEAD),
    ] {
        let bounce = read(to, "failed", "5.1.1", returned).unwrap();
        assert_eq!(
            (bounce.token.as_str(), bounce.status),
            ("7f3a-c9", (5, 1, 1)),
            "{to}"
        );
    }
    assert_eq!(
        read("bounces@mail.tifli.example", "failed", "5.1.1", ""),
        None
    );
}

#[test]
fn the_worst_report_of_several_counts() {
    let both = format!(
        "{}\r\n{}",
        report("delivered", "2.0.0"),
        report("failed", "5.1.1")
    );
    let bounce = parse(notification(OURS, &both, "").as_bytes()).unwrap();
    assert_eq!((bounce.action, bounce.status), (Action::Failed, (5, 1, 1)));
}

#[test]
fn what_is_no_bounce_is_none() {
    let out_of_office = format!(
        "From: a@x.example\r\nTo: {OURS}\r\nSubject: away\r\nAuto-Submitted: auto-replied\r\n\r\n\
Action: failed\r\nStatus: 5.1.1\r\n"
    );
    for text in [
        String::new(),
        "\u{0}\u{1}".to_owned(),
        out_of_office,
        notification(OURS, "", ""),
        notification(OURS, &report("exploded", "5.1.1"), ""),
        notification(OURS, &report("failed", "7.1.1"), ""),
        notification(OURS, &report("failed", "5.1"), ""),
        notification(
            "bounces+@mail.tifli.example",
            &report("failed", "5.1.1"),
            "",
        ),
        notification(
            "bounces+a b@mail.tifli.example",
            &report("failed", "5.1.1"),
            "",
        ),
    ] {
        assert_eq!(parse(text.as_bytes()), None, "{text}");
    }
    let mut endless = notification(OURS, &report("failed", "5.1.1"), RETURNED).into_bytes();
    endless.resize(2_000_000, b'x');
    assert_eq!(parse(&endless), None, "too long to be read");
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_fall_over(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let mut text = notification(OURS, "", "").into_bytes();
        text.extend_from_slice(&bytes);
        assert_eq!(parse(&text), None);
        assert_eq!(parse(&bytes), None);
    }
}

#[test]
fn bounces_made_by_a_postfix_are_read() {
    // Postfix 3.7 wrote these when the next server refused the recipient; the third is for an
    // address beyond ASCII (RFC 6533).
    for (bytes, token, status, bad) in [
        (
            &include_bytes!("bounces/postfix-unknown.eml")[..],
            "7f3a-c9",
            (5, 1, 1),
            true,
        ),
        (
            &include_bytes!("bounces/postfix-full.eml")[..],
            "7f3a-d0",
            (5, 2, 2),
            false,
        ),
        (
            &include_bytes!("bounces/postfix-global.eml")[..],
            "7f3a-d1",
            (5, 1, 1),
            true,
        ),
    ] {
        let bounce = parse(bytes).unwrap();
        assert_eq!((bounce.token.as_str(), bounce.status), (token, status));
        assert_eq!((bounce.action, bounce.permanent), (Action::Failed, true));
        assert_eq!(bounce.is_bad_address(), bad);
    }
}
