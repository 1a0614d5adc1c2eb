//! Bounces: what a house writes to the sender of a letter it could not deliver (RFC 3464, and RFC
//! 6533 where an address is beyond ASCII).

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::ledger::Mail;

/// The name of the house that reports.
const HOUSE: &str = "sandbox.tifli.invalid";

/// A bounce, sent with an empty envelope sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// To whom: the envelope sender of the letter.
    pub to: String,
    /// The whole report with its headers, lines ended by CR and LF.
    pub raw: String,
}

/// Why there is no bounce for a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BounceError {
    /// It has no envelope sender: nobody bounces a bounce.
    #[error("a letter without a sender has no bounce")]
    NoSender,
    /// It is not `class.subject.detail` of class 2, 4 or 5.
    #[error("a status is 2, 4 or 5, then two numbers, as in 5.1.1")]
    Status,
}

/// What a status says (RFC 3464 2.3.3, 2.3.6).
struct Verdict {
    action: &'static str,
    subject: &'static str,
    code: u16,
    says: &'static str,
}

/// The words that differ when an address or a header is beyond ASCII (RFC 6533).
struct Words {
    address_type: &'static str,
    status_type: &'static str,
    headers_type: &'static str,
    encoding: &'static str,
}

const ASCII: Words = Words {
    address_type: "rfc822",
    status_type: "message/delivery-status",
    headers_type: "text/rfc822-headers",
    encoding: "7bit",
};

const BEYOND_ASCII: Words = Words {
    address_type: "utf-8",
    status_type: "message/global-delivery-status",
    headers_type: "message/global-headers",
    encoding: "8bit",
};

impl Bounce {
    /// The report for one recipient of a letter.
    pub(super) fn of(mail: &Mail, status: &str, now_ms: u64) -> Result<Self, BounceError> {
        if mail.from.is_empty() {
            return Err(BounceError::NoSender);
        }
        let verdict = verdict(status)?;
        let head = mail.raw.split("\r\n\r\n").next().unwrap_or_default();
        let [of_addresses, of_headers, of_all] = [
            words(&[&mail.to, &mail.from]),
            words(&[head]),
            words(&[&mail.to, &mail.from, head]),
        ];
        let boundary = format!("=_bounce-{}-{now_ms}", mail.seq);
        let parts = [
            human(mail, &verdict, of_addresses),
            machine(mail, (status, &verdict), of_addresses, now_ms),
            format!(
                "Content-Type: {}\r\nContent-Transfer-Encoding: {}\r\n\r\n{head}\r\n",
                of_headers.headers_type, of_headers.encoding
            ),
        ];
        let mut raw = headers(mail, &verdict, of_all, (&boundary, now_ms));
        for part in parts {
            raw.push_str(&format!("--{boundary}\r\n{part}\r\n"));
        }
        raw.push_str(&format!("--{boundary}--\r\n"));
        Ok(Self {
            to: mail.from.clone(),
            raw,
        })
    }
}

fn words(texts: &[&str]) -> &'static Words {
    if texts.iter().all(|text| text.is_ascii()) {
        &ASCII
    } else {
        &BEYOND_ASCII
    }
}

fn verdict(status: &str) -> Result<Verdict, BounceError> {
    let number = |part: &&str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = status.split('.').collect();
    if parts.len() != 3 || !parts.iter().all(number) {
        return Err(BounceError::Status);
    }
    match parts[0] {
        "2" => Ok(Verdict {
            action: "delivered",
            subject: "Successful Mail Delivery Report",
            code: 250,
            says: "was delivered",
        }),
        "4" => Ok(Verdict {
            action: "delayed",
            subject: "Delayed Mail (still being retried)",
            code: 451,
            says: "is not delivered yet; nothing needs to be done",
        }),
        "5" => Ok(Verdict {
            action: "failed",
            subject: "Undelivered Mail Returned to Sender",
            code: 550,
            says: "could not be delivered",
        }),
        _ => Err(BounceError::Status),
    }
}

fn headers(
    mail: &Mail,
    verdict: &Verdict,
    words: &Words,
    (boundary, now_ms): (&str, u64),
) -> String {
    format!(
        "From: Mail Delivery System <MAILER-DAEMON@{HOUSE}>\r\n\
         To: <{to}>\r\n\
         Subject: {subject}\r\n\
         Date: {date}\r\n\
         Message-ID: <bounce.{seq}.{now_ms}@{HOUSE}>\r\n\
         Auto-Submitted: auto-replied\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status;\r\n\
         \tboundary=\"{boundary}\"\r\n\
         Content-Transfer-Encoding: {encoding}\r\n\
         \r\n\
         This is a MIME-encapsulated message.\r\n\
         \r\n",
        to = mail.from,
        subject = verdict.subject,
        date = date(now_ms),
        seq = mail.seq,
        encoding = words.encoding,
    )
}

fn human(mail: &Mail, verdict: &Verdict, words: &Words) -> String {
    format!(
        "Content-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: {}\r\n\
         \r\n\
         This is the sandbox mail system at {HOUSE}.\r\n\
         \r\n\
         Your message to <{}> {}.\r\n",
        words.encoding, mail.to, verdict.says
    )
}

fn machine(mail: &Mail, (status, verdict): (&str, &Verdict), words: &Words, now_ms: u64) -> String {
    format!(
        "Content-Type: {status_type}\r\n\
         Content-Transfer-Encoding: {encoding}\r\n\
         \r\n\
         Reporting-MTA: dns; {HOUSE}\r\n\
         Arrival-Date: {arrival}\r\n\
         \r\n\
         Final-Recipient: {address_type}; {to}\r\n\
         Action: {action}\r\n\
         Status: {status}\r\n\
         Remote-MTA: dns; mailbox.{HOUSE}\r\n\
         Diagnostic-Code: smtp; {code} {status} the mailbox's own house says so\r\n\
         Last-Attempt-Date: {now}\r\n",
        status_type = words.status_type,
        encoding = words.encoding,
        arrival = date(mail.at_ms),
        address_type = words.address_type,
        to = mail.to,
        action = verdict.action,
        code = verdict.code,
        now = date(now_ms),
    )
}

/// A date of RFC 5322; the beginning of time for a clock beyond all dates.
fn date(ms: u64) -> String {
    let at = i64::try_from(ms)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .unwrap_or_default();
    rfc2822::DateTimePrinter::new()
        .timestamp_to_string(&at)
        .unwrap_or_default()
}
