//! Just enough reading of Rust source for the rules: blanking of comments and strings, matching of brackets, which lines
//! are tests, where functions are. Not a parser; what it cannot follow it skips.

/// The text with comments and the contents of strings and characters replaced by spaces; lines stay where they are.
pub(super) fn blank(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = skip_one(bytes, at);
        let kept = if end == at + 1 { 1 } else { 0 };
        out.extend_from_slice(&bytes[at..at + kept]);
        out.extend(
            bytes[at + kept..end]
                .iter()
                .map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }),
        );
        at = end;
    }
    // Only whole tokens were replaced, and a byte outside ASCII outside of them stands alone in `out` as it did in `text`.
    String::from_utf8(out).unwrap_or_default()
}

/// Where what begins at `at` ends: a comment, a string, a character, or one byte of anything else.
fn skip_one(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let after_word = at > 0 && is_word(bytes[at - 1]);
    match rest {
        [b'/', b'/', ..] => {
            at + rest
                .iter()
                .position(|byte| *byte == b'\n')
                .unwrap_or(rest.len())
        }
        [b'/', b'*', ..] => at + block_comment(rest),
        [b'"', ..] => at + quoted(rest, b'"'),
        [b'\'', ..] => at + character(rest),
        [b'r', b'"' | b'#', ..] if !after_word => at + raw_string(rest, 1),
        [b'b' | b'c', b'r', b'"' | b'#', ..] if !after_word => at + raw_string(rest, 2),
        _ => at + 1,
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// A character literal; a lifetime is one byte like anything else.
fn character(rest: &[u8]) -> usize {
    let text = std::str::from_utf8(&rest[1..rest.len().min(8)]);
    let first = match text {
        Ok(text) => text.chars().next(),
        Err(error) => std::str::from_utf8(&rest[1..=error.valid_up_to()])
            .ok()
            .and_then(|text| text.chars().next()),
    };
    match first {
        Some('\\') => quoted(rest, b'\''),
        Some(one) if rest.get(1 + one.len_utf8()) == Some(&b'\'') => 2 + one.len_utf8(),
        _ => 1,
    }
}

fn raw_string(rest: &[u8], prefix: usize) -> usize {
    let hashes = rest[prefix..]
        .iter()
        .take_while(|byte| **byte == b'#')
        .count();
    if rest.get(prefix + hashes) != Some(&b'"') {
        return 1;
    }
    let close = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
    let body = prefix + hashes + 1;
    let found = rest[body..]
        .windows(close.len())
        .position(|window| window == close);
    found.map_or(rest.len(), |length| body + length + close.len())
}

pub(super) fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// The position of the bracket that closes the one at `open`; the end of the code when none does.
pub(super) fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

/// The line of a position, counted from one.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// Every place where `word` stands as a word of its own (as far as its ends are letters).
pub(super) fn find_words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = code.as_bytes();
    let (first, last) = (word.as_bytes()[0], word.as_bytes()[word.len() - 1]);
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = at.checked_sub(1).map(|at| bytes[at]);
            let after = bytes.get(at + word.len()).copied();
            let joined_before = is_word(first) && before.is_some_and(is_word);
            let joined_after = is_word(last) && after.is_some_and(is_word);
            !joined_before && !joined_after
        })
}

/// The ranges of lines (from, to, both counted) of items under `#[cfg(test)]` or the like.
pub(super) fn test_lines(code: &str) -> Vec<(usize, usize)> {
    let attributes = code.match_indices("#[cfg(").filter_map(|(at, _)| {
        let end = closing(code, at + 1);
        find_words(&code[at..end].replace("not(test)", ""), "test")
            .next()
            .map(|_| (at, end))
    });
    attributes
        .map(|(at, end)| {
            let item = code[end..]
                .find(['{', ';'])
                .map_or(code.len(), |found| end + found);
            let last = if code[item..].starts_with('{') {
                closing(code, item)
            } else {
                item
            };
            (line_of(code, at), line_of(code, last.min(code.len())))
        })
        .collect()
}

/// A function with a body or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    /// The line of `fn`.
    pub(super) line: usize,
    /// From `fn` to the closing brace.
    pub(super) lines: usize,
    /// The types of its parameters, the receiver left out.
    pub(super) parameters: Vec<&'a str>,
}

/// The functions of a file, nested ones included.
pub(super) fn functions(code: &str) -> Vec<Function<'_>> {
    find_words(code, "fn")
        .filter_map(|at| read_function(code, at))
        .collect()
}

fn read_function(code: &str, at: usize) -> Option<Function<'_>> {
    let name_at = at + 2 + code[at + 2..].find(|c: char| !c.is_whitespace())?;
    let name_end = name_at
        + code[name_at..]
            .bytes()
            .take_while(|byte| is_word(*byte))
            .count();
    let name = &code[name_at..name_end];
    if name.is_empty() {
        return None;
    }
    let open = name_end + generics(&code[name_end..]);
    if !code[open..].starts_with('(') {
        return None;
    }
    let close = closing(code, open);
    let last = body(code, close);
    let parameters = split_parameters(code.get(open + 1..close)?);
    let lines = line_of(code, last) - line_of(code, at) + 1;
    Some(Function {
        name,
        line: line_of(code, at),
        lines,
        parameters,
    })
}

/// The length of `<…>` and the space before `(`.
fn generics(code: &str) -> usize {
    let mut depth = 0usize;
    let mut before = b' ';
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'<' => depth += 1,
            b'>' if before != b'-' && before != b'=' => depth = depth.saturating_sub(1),
            b'(' if depth == 0 => return at,
            _ => {}
        }
        before = byte;
    }
    code.len()
}

/// The end of what follows the parameters: the closing brace of the body, or the semicolon.
fn body(code: &str, close: usize) -> usize {
    let mut at = close + 1;
    while at < code.len() {
        match code.as_bytes()[at] {
            b'{' => return closing(code, at).min(code.len() - 1),
            b';' => return at,
            b'(' | b'[' => at = closing(code, at),
            _ => {}
        }
        at += 1;
    }
    code.len() - 1
}

fn split_parameters(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut before) = (0usize, 0, b' ');
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'>' if before != b'-' && before != b'=' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        before = byte;
    }
    parts.push(&list[start..]);
    let typed = parts.into_iter().filter_map(|part| part.split_once(':'));
    typed
        .filter(|(name, _)| name.trim() != "self")
        .map(|(_, kind)| kind.trim())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blanked_and_lines_stay() {
        let text = "a // b\n\"c\\\"d\" /* e /* f */ g */ h\nr#\"i\"j\"# k 'l' '\\'' 'm\n";
        let code = blank(text);
        assert_eq!(
            code.split_whitespace().collect::<Vec<_>>(),
            ["a", "h", "k", "'m"]
        );
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn letters_outside_ascii_do_not_confuse() {
        assert_eq!(blank("'é' 'ط' \"طفلي\" x").trim(), "x");
        assert_eq!(blank("fn f<'a>(x: &'a str)"), "fn f<'a>(x: &'a str)");
    }

    #[test]
    fn a_function_is_measured_with_its_parameters() {
        let code = "pub async fn go<F: Fn(u8) -> u8>(\n    &self, f: F,\n    on: bool,\n) -> [u8; 2]\nwhere F: Copy {\n    x\n}\n";
        let found = functions(code);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name, found[0].line, found[0].lines), ("go", 1, 7));
        assert_eq!(found[0].parameters, ["F", "bool"]);
    }

    #[test]
    fn a_pointer_to_a_function_is_not_a_function() {
        assert_eq!(functions("type F = fn(u8) -> u8;"), []);
        assert_eq!(functions("trait T { fn f(self: Box<Self>); }").len(), 1);
    }

    #[test]
    fn the_lines_of_tests_are_known() {
        let code = "a\n#[cfg(test)]\nmod tests {\n  b\n}\nc\n#[cfg(any(test, feature = \"\"))]\npub mod testing;\nd\n";
        assert_eq!(test_lines(code), [(2, 5), (7, 8)]);
        assert_eq!(test_lines("#[cfg(not(test))]\nfn f() {}\n"), []);
    }

    #[test]
    fn a_word_is_not_found_inside_another() {
        assert_eq!(
            find_words("x_todo! todo! todo", "todo!").collect::<Vec<_>>(),
            [8]
        );
    }
}
