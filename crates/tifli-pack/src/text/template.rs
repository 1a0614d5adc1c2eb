//! A text with names in braces, read once and strict: an unknown name, a stray brace or a name
//! without a value is an error. Values are put in as they are and never read again as a template.

/// A template, read.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Words(String),
    Name(String),
}

impl Template {
    /// Reads `{name}` pieces. `Err` says what is wrong with the braces.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            let (words, tail) = rest.split_at(open);
            pieces.push(Piece::Words(words.to_owned()));
            let tail = tail.strip_prefix('{').ok_or("a } stands alone")?;
            let close = tail.find('}').ok_or("a { is not closed")?;
            let name = &tail[..close];
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                return Err("a name in braces is lower-case letters and _");
            }
            pieces.push(Piece::Name(name.to_owned()));
            rest = &tail[close + 1..];
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// The names it uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|p| match p {
            Piece::Name(name) => Some(name.as_str()),
            Piece::Words(_) => None,
        })
    }

    /// The text with every name replaced by what `value` gives; `Err` holds a name without value.
    pub fn fill<'a>(&self, value: impl Fn(&str) -> Option<&'a str>) -> Result<String, String> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Name(name) => out.push_str(value(name).ok_or_else(|| name.clone())?),
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_strict_and_values_are_never_read_again() {
        let t = Template::parse("a {x} b").unwrap();
        assert_eq!(t.fill(|_| Some("{y}")).as_deref(), Ok("a {y} b"));
        assert_eq!(t.fill(|_| None), Err("x".to_owned()));
        for bad in ["{", "}", "{X}", "{}", "a } b", "{a{b}}"] {
            assert!(Template::parse(bad).is_err(), "{bad}");
        }
    }
}
