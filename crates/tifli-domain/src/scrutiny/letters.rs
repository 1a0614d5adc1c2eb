//! Letters and digits made alike before they are compared: what a person reads as the same counts as the same.

use tifli_units::western_digit;

use crate::text::is_hidden;

/// Letters that Arabic writes before a word: "and", "so", "by", "for", "like", "the".
const BEFORE: [&str; 3] = ["وف", "بلك", "ال"];
/// So many digits and more may be a number to call.
const CALLABLE: usize = 8;
/// So many digits from the end tell one number to call from another, whatever stands before them.
const TELLING: usize = 8;

/// A word or number of a text, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// As it is written.
    pub(super) written: String,
}

impl Token {
    /// The number it is, if it is one.
    pub(super) fn number(&self) -> Option<f64> {
        let number = self.text.parse::<f64>().ok()?;
        number.is_finite().then_some(number)
    }
}

/// The words and numbers of a text; a unit written against its number is a word of its own.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Option<bool> = None;
    for c in text.chars().filter(|c| !is_ornament(*c)) {
        let plain = folded(c);
        let point = plain == '.' && open == Some(true);
        let digit = plain.is_ascii_digit() || point;
        if !digit && !plain.is_alphanumeric() {
            open = None;
            continue;
        }
        match tokens.last_mut() {
            Some(last) if open == Some(digit) => {
                last.text.extend(plain.to_lowercase());
                last.written.push(c);
            }
            _ => tokens.push(Token {
                text: plain.to_lowercase().collect(),
                written: c.to_string(),
            }),
        }
        open = Some(digit);
    }
    for token in &mut tokens {
        let whole = token.text.trim_end_matches('.').len();
        token.text.truncate(whole);
    }
    tokens
}

/// The place of the first word that begins as `stem` does; a stem of several words fits as many in a row.
pub(super) fn find(tokens: &[Token], stem: &str) -> Option<usize> {
    let stem: Vec<String> = self::tokens(stem).into_iter().map(|one| one.text).collect();
    let (last, first) = stem.split_last()?;
    tokens.windows(stem.len()).position(|found| {
        let (end, begin) = (&found[found.len() - 1], &found[..found.len() - 1]);
        let same = begin.iter().zip(first);
        same.enumerate().all(|(place, (token, word))| match place {
            0 => bare(&token.text).any(|one| one == word),
            _ => token.text == *word,
        }) && bare(&end.text).any(|one| one.starts_with(last.as_str()))
    })
}

/// Whether a token is one of these words, and not only begins like one.
pub(super) fn is_one_of(token: &Token, words: &[String]) -> bool {
    words.iter().any(|word| {
        let word = tokens(word);
        matches!(word.as_slice(), [one] if one.text == token.text)
    })
}

/// A word, and what is left of it without the letters that Arabic writes before it.
fn bare(word: &str) -> impl Iterator<Item = &str> {
    let mut forms = vec![word];
    let mut rest = word;
    for (place, letters) in BEFORE.into_iter().enumerate() {
        let cut = match place {
            2 => rest
                .strip_prefix(letters)
                .or_else(|| rest.strip_prefix('ل')),
            _ => rest.strip_prefix(|c| letters.contains(c)),
        };
        if let Some(shorter) = cut.filter(|left| left.chars().count() > 1) {
            rest = shorter;
            forms.push(rest);
        }
    }
    forms.into_iter()
}

/// Every run of digits of a text, whatever stands between them but letters: `+212 6-61…` is one.
pub(super) fn digit_runs(text: &str) -> Vec<String> {
    runs(text, |c| !c.is_alphanumeric())
}

/// Runs of digits that look like a number to call: only what people write within one stands between its digits.
pub(super) fn callable(text: &str) -> Vec<String> {
    let mut found = runs(text, |c| {
        c == '.' || c == '(' || c == ')' || c == '-' || c == ' '
    });
    found.retain(|run| (CALLABLE..=15).contains(&run.len()));
    found
}

/// Whether a run of digits holds this number, with or without its country code.
pub(super) fn holds_number(run: &str, number: &str) -> bool {
    let own = number.trim_start_matches('0');
    let telling = own.get(own.len().saturating_sub(TELLING)..).unwrap_or(own);
    telling.len() >= 6 && run.contains(telling)
}

fn runs(text: &str, joins: impl Fn(char) -> bool) -> Vec<String> {
    let mut found = vec![String::new()];
    for c in text.chars().filter(|c| !is_ornament(*c)).map(folded) {
        let last = found.last_mut();
        match last {
            Some(run) if c.is_ascii_digit() => run.push(c),
            Some(run) if !run.is_empty() && !joins(c) => found.push(String::new()),
            _ => {}
        }
    }
    found.retain(|run| !run.is_empty());
    found
}

/// What is written for looks or direction and is no letter of its own.
fn is_ornament(c: char) -> bool {
    is_hidden(c)
        || matches!(c, '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The letter it is read as.
fn folded(c: char) -> char {
    match western_digit(c) {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10).unwrap_or(c),
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'à' | 'â' | 'ä' | 'á' | 'À' | 'Â' | 'Ä' | 'Á' => 'a',
        'î' | 'ï' | 'í' | 'Î' | 'Ï' | 'Í' => 'i',
        'ô' | 'ö' | 'ó' | 'Ô' | 'Ö' | 'Ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => 'u',
        'ç' | 'Ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_to_call_is_known_in_any_digits_and_any_spelling() {
        for text in [
            "call 0661234567",
            "06 61 23 45 67",
            "06.61.23.45.67 or later",
            "+212 6-61-23-45-67",
            "(00212) 661 / 234 567",
            "اتصلوا بـ ٠٦٦١٢٣٤٥٦٧",
            "۰۶۶۱۲۳۴۵۶۷",
            "０６６１２３４５６７",
            "0\u{200e}6\u{200b}6 1 2 3 4 5 6 7",
        ] {
            let runs = digit_runs(text);
            assert!(
                runs.iter().any(|run| holds_number(run, "0661234567")),
                "{text}"
            );
        }
        for text in ["0661234568", "9 years, 160 km", "22/11/2026 14:05"] {
            let runs = digit_runs(text);
            assert!(
                !runs.iter().any(|run| holds_number(run, "0661234567")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_date_or_a_measure_is_no_number_to_call() {
        assert_eq!(callable("22/11/2026 14:05, 120 cm"), Vec::<String>::new());
        assert_eq!(callable("appelez le 05 22 98 76 54"), ["0522987654"]);
        assert_eq!(callable("5555 1234"), ["55551234"]);
    }

    #[test]
    fn a_stem_fits_words_that_begin_with_it_with_or_without_what_arabic_writes_before() {
        let fits = |text: &str, stem: &str| find(&tokens(text), stem).is_some();
        assert!(fits("un enfant FUGUEUR", "fugue"));
        assert!(!fits("la refugiee", "fugue"));
        assert!(fits("الطفلة الهاربة", "هارب"));
        assert!(fits("وللهاربين", "هارب"));
        assert!(fits("هَارِبٌ من البيت", "هارب"));
        assert!(fits("placée en foyer d'accueil", "foyer d'accueil"));
        assert!(!fits("foyer", "foyer d'accueil"));
    }

    #[test]
    fn a_unit_against_its_number_is_a_word_of_its_own() {
        let texts =
            |text: &str| -> Vec<String> { tokens(text).into_iter().map(|one| one.text).collect() };
        assert_eq!(texts("160m, 1.5 km."), ["160", "m", "1.5", "km"]);
        assert_eq!(texts("١٦٠ م"), ["160", "م"]);
    }
}
