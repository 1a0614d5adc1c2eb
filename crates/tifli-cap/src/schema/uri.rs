//! Whether a text is a URI or a relative reference, as `xs:anyURI` of libxml2 sees it.
//!
//! For: the schema's verdict on `web` and `uri`. Not for: our own links, which are held to more
//! (see `syntax`). Grammar of RFC 3986; what a URI may not hold but an IRI may counts as a letter.

/// Whether the text, its white space made even, is a reference; the empty one is.
pub(crate) fn is_reference(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().map(as_letter).collect();
    let (before, fragment) = split(&bytes, b'#');
    let fragment_ok = fragment.is_none_or(|part| is_made_of(part, b"/?[]:@"));
    if !fragment_ok {
        return false;
    }
    let (path, query) = split(before, b'?');
    query.is_none_or(|part| is_made_of(part, b"/?:@")) && (has_scheme(path) || is_relative(path))
}

/// What is no ASCII, blanks, and the marks that IRIs allow count as letters.
fn as_letter(byte: u8) -> u8 {
    let stray = !(33..127).contains(&byte) || b"<>\"{}|\\^`".contains(&byte);
    if stray { b'_' } else { byte }
}

fn split(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    match bytes.iter().position(|byte| *byte == mark) {
        Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
        None => (bytes, None),
    }
}

fn has_scheme(bytes: &[u8]) -> bool {
    let (scheme, Some(rest)) = split(bytes, b':') else {
        return false;
    };
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(letter)
        && is_hierarchy(rest)
}

fn is_relative(bytes: &[u8]) -> bool {
    let first = split(bytes, b'/').0;
    (first.is_empty() || !first.contains(&b':')) && is_hierarchy(bytes)
}

fn is_hierarchy(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"//") else {
        return is_made_of(bytes, b"/:@");
    };
    let (authority, path) = split(rest, b'/');
    is_authority(authority) && path.is_none_or(|path| is_made_of(path, b"/:@"))
}

fn is_authority(bytes: &[u8]) -> bool {
    let place = match split(bytes, b'@') {
        (user, Some(place)) if is_made_of(user, b":") => place,
        (_, Some(_)) => return false,
        (place, None) => place,
    };
    let (host, port) = match place.strip_prefix(b"[") {
        Some(literal) => match split(literal, b']') {
            (_, Some([])) => (&b""[..], None),
            (_, Some([b':', port @ ..])) => (&b""[..], Some(port)),
            _ => return false,
        },
        None => split(place, b':'),
    };
    is_made_of(host, b"") && port.is_none_or(is_port)
}

fn is_port(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) && text.parse::<i32>().is_ok()
}

/// Whether there is nothing but unreserved characters, sub-delimiters, escapes and these.
fn is_made_of(bytes: &[u8], also: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte);
        if plain || also.contains(&byte) {
            at += 1;
        } else if byte == b'%'
            && bytes.len() > at + 2
            && bytes[at + 1..=at + 2].iter().all(u8::is_ascii_hexdigit)
        {
            at += 3;
        } else {
            return false;
        }
    }
    true
}
