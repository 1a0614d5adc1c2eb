//! What a typed text may hold: limits in characters, and no characters that only deceive.

/// Why a text is refused. The caller words it beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was typed where something is needed.
    #[error("a text is needed")]
    Missing,
    /// More than `limit` characters.
    #[error("the text is longer than {limit} characters")]
    TooLong {
        /// The most characters allowed.
        limit: usize,
    },
    /// Characters that reorder or hide text (bidi controls, zero-width, control characters).
    #[error("the text holds hidden control characters")]
    HiddenCharacters,
    /// Markup was typed; a text here is plain.
    #[error("the text holds markup")]
    Markup,
}

/// Whether a letter is Arabic.
pub fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}')
}

/// Checks a text that a person typed and gives it back trimmed. HTML is kept as characters (every
/// page escapes), but hidden characters are refused, for they change what a reader sees.
pub fn plain(text: &str, limit: usize) -> Result<String, TextError> {
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(TextError::TooLong { limit });
    }
    if text.chars().any(is_hidden) {
        return Err(TextError::HiddenCharacters);
    }
    Ok(text.to_owned())
}

/// Like [`plain`], and refuses an empty text.
pub fn required(text: &str, limit: usize) -> Result<String, TextError> {
    let text = plain(text, limit)?;
    if text.is_empty() {
        Err(TextError::Missing)
    } else {
        Ok(text)
    }
}

/// Like [`plain`], and refuses tags: for words of the public, which never need one.
pub fn without_markup(text: &str, limit: usize) -> Result<String, TextError> {
    let text = plain(text, limit)?;
    if looks_like_markup(&text) {
        Err(TextError::Markup)
    } else {
        Ok(text)
    }
}

/// Whether `c` changes how neighbours are shown without being seen itself. Newline and tab are
/// allowed; so are the zero-width joiner and non-joiner, which Arabic script needs.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' | '\u{200c}' | '\u{200d}' => false,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

/// A `<` directly followed by a letter, `/`, `!` or `?`.
fn looks_like_markup(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '<'
            && chars
                .peek()
                .is_some_and(|n| n.is_ascii_alphabetic() || "/!?".contains(*n))
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_and_markup_are_refused_and_arabic_is_not() {
        assert_eq!(
            plain("abc\u{202e}def", 20),
            Err(TextError::HiddenCharacters)
        );
        assert_eq!(without_markup("<b>x</b>", 20), Err(TextError::Markup));
        assert_eq!(without_markup("age < 12", 20).as_deref(), Ok("age < 12"));
        assert_eq!(plain(" قميص أحمر ", 20).as_deref(), Ok("قميص أحمر"));
        assert_eq!(plain("xxxx", 3), Err(TextError::TooLong { limit: 3 }));
        assert_eq!(required("  ", 3), Err(TextError::Missing));
    }
}
