//! Text that looks like a vehicle's plate, by shapes the country pack lists. It only asks: a person
//! says whether it is one.

use serde::Deserialize;

/// What a run of a plate is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Made {
    /// Digits of any script.
    Digits,
    /// Letters of any script.
    Letters,
}

/// One run of a plate, of so many characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Of what.
    pub of: Made,
    /// At least.
    pub least: usize,
    /// At most.
    pub most: usize,
}

/// A shape: its runs, with nothing but blanks and strokes between them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Shape(pub Vec<Run>);

/// Whether a text holds something of one of these shapes.
pub fn looks_like_one(text: &str, shapes: &[Shape]) -> bool {
    let words = words(text);
    shapes.iter().any(|shape| {
        !shape.0.is_empty() && words.windows(shape.0.len()).any(|found| fits(found, shape))
    })
}

/// A run of a text, and whether only blanks and strokes lie between it and the one before.
struct Word {
    made: Made,
    length: usize,
    joined: bool,
}

fn fits(found: &[Word], shape: &Shape) -> bool {
    let mut pairs = found.iter().zip(&shape.0).enumerate();
    pairs.all(|(place, (word, run))| {
        word.made == run.of
            && (run.least..=run.most).contains(&word.length)
            && (place == 0 || word.joined)
    })
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut open, mut joined) = (false, false);
    for c in text.chars().filter(|c| *c != '\u{640}') {
        let made = if c.is_numeric() {
            Made::Digits
        } else if c.is_alphabetic() {
            Made::Letters
        } else {
            joined = (open || joined) && (c.is_whitespace() || "-|/–".contains(c));
            open = false;
            continue;
        };
        match words.last_mut() {
            Some(last) if open && last.made == made => last.length += 1,
            _ => words.push(Word {
                made,
                length: 1,
                joined: open || joined,
            }),
        }
        (open, joined) = (true, false);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(of: Made, least: usize, most: usize) -> Run {
        Run { of, least, most }
    }

    #[test]
    fn plates_are_seen_in_both_scripts_and_ordinary_text_is_not() {
        let series = Shape(vec![
            run(Made::Digits, 1, 5),
            run(Made::Letters, 1, 1),
            run(Made::Digits, 1, 2),
        ]);
        for plate in [
            "car 12345-A-6",
            "سيارة 12345 | أ | 6",
            "١٢٣٤٥ أ ٦",
            "8123 b 40",
        ] {
            assert!(
                looks_like_one(plate, std::slice::from_ref(&series)),
                "{plate}"
            );
        }
        for other in [
            "aged 9, red coat",
            "22/11/2026 14:05",
            "160 km around Rabat",
            "19",
        ] {
            assert!(
                !looks_like_one(other, std::slice::from_ref(&series)),
                "{other}"
            );
        }
        let number = Shape(vec![run(Made::Digits, 5, 6)]);
        assert!(looks_like_one(
            "a white car, 204518",
            std::slice::from_ref(&number)
        ));
        assert!(!looks_like_one(
            "call 44556677",
            std::slice::from_ref(&number)
        ));
    }
}
