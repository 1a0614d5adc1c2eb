//! What single pieces of text must look like: characters, identifiers, URIs, tags.
//!
//! For: the writer's rules on one value. Not for: rules between values (see `check`).

/// What is wrong with a piece of free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextFault {
    Blank,
    Control,
    Bidi,
}

/// The first fault of a free text: blank, control characters, or invisible direction marks.
///
/// Line feed and tab are allowed. Carriage return is not: XML readers turn it into a line feed.
pub(crate) fn text_fault(text: &str) -> Option<TextFault> {
    if text.trim().is_empty() {
        return Some(TextFault::Blank);
    }
    text.chars().find_map(|c| match c {
        '\n' | '\t' => None,
        c if c.is_control() || is_noncharacter(c) => Some(TextFault::Control),
        c if is_bidi_control(c) => Some(TextFault::Bidi),
        _ => None,
    })
}

/// Whether the text may be an identifier or a sender.
pub(crate) fn is_identifier(text: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || matches!(c, ',' | '<' | '&');
    !text.is_empty() && !text.contains(forbidden)
}

/// Whether the text is an absolute URI of plain ASCII, with what is not ASCII percent-encoded.
pub(crate) fn is_absolute_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let allowed = |c: char| c.is_ascii_graphic() && !"<>\"{}|\\^`[]".contains(c);
    scheme_ok
        && !rest.is_empty()
        && rest.chars().all(allowed)
        && rest.matches('#').count() <= 1
        && percents_are_sound(rest)
        && rest.strip_prefix("//").is_none_or(authority_is_sound)
}

/// Whether the text is a language tag as the schema's `xs:language` wants it.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let length_ok = |part: &str| (1..=8).contains(&part.len());
    let first_ok = parts
        .next()
        .is_some_and(|part| length_ok(part) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    first_ok && parts.all(|part| length_ok(part) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether the text is `type/subtype`.
pub(crate) fn is_media_type(text: &str) -> bool {
    let token = |part: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b);
        !part.is_empty() && part.bytes().all(allowed)
    };
    text.split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

/// Whether the text is a SHA-1 in hexadecimal.
pub(crate) fn is_sha1(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether the text is padded base64 in one piece.
pub(crate) fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty()
        && text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

fn percents_are_sound(text: &str) -> bool {
    text.split('%')
        .skip(1)
        .all(|after| after.len() >= 2 && after.bytes().take(2).all(|b| b.is_ascii_hexdigit()))
}

fn authority_is_sound(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority
        .rsplit_once('@')
        .map_or(authority, |(_, place)| place);
    let (host, port) = place.split_once(':').unwrap_or((place, "1"));
    let port_ok = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    !host.is_empty() && port_ok && authority.matches('@').count() <= 1
}

/// Whether the character is an invisible mark that changes the direction of text.
pub(crate) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the code point is none that text may hold.
pub(crate) fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_script_with_line_breaks_is_sound() {
        for text in [
            "Enfant disparu\nAppelez le 19",
            "طفلة مفقودة",
            "ⴰⵔⴱⴰ",
            "a\tb",
            "<&>]]>",
        ] {
            assert_eq!(text_fault(text), None, "{text}");
        }
    }

    #[test]
    fn controls_direction_marks_and_blanks_are_faults() {
        for (text, fault) in [
            ("", TextFault::Blank),
            (" \n", TextFault::Blank),
            ("a\u{0}b", TextFault::Control),
            ("a\rb", TextFault::Control),
            ("a\u{85}b", TextFault::Control),
            ("a\u{FFFE}b", TextFault::Control),
            ("a\u{FDD0}b", TextFault::Control),
            ("a\u{202E}b", TextFault::Bidi),
            ("a\u{2068}b", TextFault::Bidi),
            ("a\u{200F}b", TextFault::Bidi),
        ] {
            assert_eq!(text_fault(text), Some(fault), "{text:?}");
        }
    }

    #[test]
    fn only_whole_plain_uris_pass() {
        for uri in [
            "https://alerte.example/a/1?x=%D8%B7#y",
            "http://127.0.0.1:80/",
            "mailto:a@b.example",
            "tel:19",
            "urn:uuid:1-2",
        ] {
            assert!(is_absolute_uri(uri), "{uri}");
        }
        for uri in [
            "",
            "alerte.example",
            "/a",
            "http:",
            "http://",
            "http://a:b/",
            "http://a:/",
            "http://a b/",
            "http://a/%4",
            "http://a/%G0",
            "http://طفلي/",
            "http://a/#b#c",
            "http://[::1]/",
            "1http://a/",
        ] {
            assert!(!is_absolute_uri(uri), "{uri}");
        }
    }

    #[test]
    fn tags_types_and_digests_are_told_apart() {
        assert!(
            ["ar", "ar-MA", "zgh-Tfng", "en-US"]
                .into_iter()
                .all(is_language)
        );
        assert!(
            !["", "ar_MA", "ar-", "1a", "abcdefghi"]
                .into_iter()
                .any(is_language)
        );
        assert!(is_media_type("image/jpeg") && is_media_type("application/cap+xml"));
        assert!(!is_media_type("image") && !is_media_type("image/") && !is_media_type("a/b c"));
        assert!(is_sha1(&"0aF3".repeat(10)) && !is_sha1("0aF3"));
        assert!(is_base64("QUJD") && is_base64("QQ==") && !is_base64("QQ=") && !is_base64("===="));
    }
}
