//! Checks DKIM signatures as a receiver does (RFC 6376, relaxed/relaxed, rsa-sha256), from the letter as it came and the
//! text of the key's DNS record. Written from the standard, not from whoever signs.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The tag of what holds the key in its record (RFC 5280).
const BIT_STRING: u8 = 0x03;

/// Why a letter's signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DkimError(&'static str);

/// A signature that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The domain that answers for the letter.
    pub domain: String,
    /// Under which its key is published.
    pub selector: String,
    /// The headers that are signed, in small letters.
    pub headers: Vec<String>,
}

/// Checks the first signature of a letter with the text of its DNS record (`v=DKIM1; k=rsa; p=…`).
///
/// # Errors
/// The first rule that it breaks.
pub fn verify(raw: &str, record: &str) -> Result<Signed, DkimError> {
    let (head, body) = raw
        .split_once("\r\n\r\n")
        .ok_or(DkimError("a letter has a head and a body"))?;
    let fields = unfold(head);
    let own = fields
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("dkim-signature"))
        .ok_or(DkimError("there is no signature"))?;
    let tags = tags(&own.1);
    let tag = |name: &str| find(&tags, name).ok_or(DkimError("a tag is missing"));
    if tag("a")? != "rsa-sha256" || tag("c")? != "relaxed/relaxed" || tag("v")? != "1" {
        return Err(DkimError("this way of signing is not known here"));
    }
    let bare = |text: String| text.split_whitespace().collect::<String>();
    let body_hash = STANDARD.encode(digest(&SHA256, relax_body(body).as_bytes()));
    if bare(tag("bh")?) != body_hash {
        return Err(DkimError("the body is not the one that was signed"));
    }
    let headers: Vec<String> = bare(tag("h")?)
        .split(':')
        .map(str::to_ascii_lowercase)
        .collect();
    if !headers.iter().any(|name| name == "from") {
        return Err(DkimError("the sender is not signed"));
    }
    let signed = signed_text(&fields, &headers, own);
    let signature = STANDARD
        .decode(bare(tag("b")?))
        .map_err(|_| DkimError("the signature is not base64"))?;
    let key = read_key(record)?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
        .verify(signed.as_bytes(), &signature)
        .map_err(|_| DkimError("the signature is not the key's"))?;
    Ok(Signed {
        domain: tag("d")?,
        selector: tag("s")?,
        headers,
    })
}

/// Each header with its value, folded lines still in it.
fn unfold(head: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        match fields.last_mut() {
            Some((_, value)) if line.starts_with([' ', '\t']) => {
                value.push_str("\r\n");
                value.push_str(line);
            }
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                fields.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    fields
}

fn tags(value: &str) -> Vec<(String, String)> {
    let pairs = value.split(';').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn find(tags: &[(String, String)], name: &str) -> Option<String> {
    let found = tags.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.clone())
}

/// Each named header from the bottom up, each once, then the signature without its own value.
fn signed_text(fields: &[(String, String)], headers: &[String], own: &(String, String)) -> String {
    let mut left: Vec<&(String, String)> = fields.iter().collect();
    let mut text = String::new();
    for name in headers {
        let at = left
            .iter()
            .rposition(|(known, _)| known.eq_ignore_ascii_case(name));
        // A header that is named and not there signs its absence.
        if let Some(at) = at {
            let (name, value) = left.remove(at);
            text.push_str(&relax_field(name, value));
            text.push_str("\r\n");
        }
    }
    let parts: Vec<&str> = own.1.split(';').collect();
    let emptied = parts.iter().map(|part| match part.split_once('=') {
        Some((name, _)) if name.trim() == "b" => format!("{name}="),
        _ => (*part).to_owned(),
    });
    text.push_str(&relax_field(&own.0, &emptied.collect::<Vec<_>>().join(";")));
    text
}

fn relax_field(name: &str, value: &str) -> String {
    let value: Vec<&str> = value.split_ascii_whitespace().collect();
    format!("{}:{}", name.trim().to_ascii_lowercase(), value.join(" "))
}

fn relax_body(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split("\r\n") {
        let line = relax_line(line);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        text.push_str(&"\r\n".repeat(empty));
        empty = 0;
        text.push_str(&line);
        text.push_str("\r\n");
    }
    text
}

/// Blanks within a line become one, those at its end go.
fn relax_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for letter in line.chars() {
        let blank = matches!(letter, ' ' | '\t');
        if blank && text.ends_with(' ') {
            continue;
        }
        text.push(if blank { ' ' } else { letter });
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

/// The RSA key of a record, as PKCS #1.
fn read_key(record: &str) -> Result<Vec<u8>, DkimError> {
    let wrong = DkimError("the record holds no RSA key");
    let tags = tags(record);
    if find(&tags, "k").is_some_and(|kind| kind != "rsa") {
        return Err(wrong);
    }
    let der = STANDARD
        .decode(find(&tags, "p").ok_or(wrong)?)
        .map_err(|_| wrong)?;
    // SubjectPublicKeyInfo: a sequence of the algorithm and a bit string that holds the key.
    let (_, inner, _) = open(&der).ok_or(wrong)?;
    let (_, _, bits) = open(inner).ok_or(wrong)?;
    match open(bits) {
        Some((BIT_STRING, [0, key @ ..], _)) => Ok(key.to_vec()),
        _ => Err(wrong),
    }
}

/// The first value in DER: its tag, its octets, and what follows.
fn open(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        _ => {
            let octets = usize::from(first & 0x7f);
            let (length, rest) = rest.split_at_checked(octets)?;
            let length = length.iter().try_fold(0_usize, |sum, octet| {
                sum.checked_mul(256)?.checked_add(usize::from(*octet))
            })?;
            (length, rest)
        }
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some((tag, value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_empty_lines_at_the_end_are_not_part_of_what_is_signed() {
        assert_eq!(
            relax_body("a \t b \r\n\r\nc\r\n\r\n\r\n"),
            "a b\r\n\r\nc\r\n"
        );
        assert_eq!(relax_body(""), "");
        assert_eq!(relax_field("SUBJect", " a\r\n\t b "), "subject:a b");
    }

    #[test]
    fn what_is_no_signed_letter_is_refused_by_name() {
        for (raw, why) in [
            ("no head", "a letter has a head and a body"),
            ("From: a\r\n\r\nb", "there is no signature"),
            ("DKIM-Signature: v=1\r\n\r\nb", "a tag is missing"),
            (
                "DKIM-Signature: v=1; a=rsa-sha1; c=relaxed/relaxed\r\n\r\nb",
                "this way of signing is not known here",
            ),
        ] {
            assert_eq!(verify(raw, "").unwrap_err().to_string(), why);
        }
    }
}
