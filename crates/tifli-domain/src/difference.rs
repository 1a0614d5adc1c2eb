//! What is different between two texts, word by word, so that an approver of an update reads what is new and
//! not the whole again. Not for: deciding whether a difference matters.

use similar::{ChangeTag, TextDiff};

/// Texts longer than this together are told apart as a whole: no text of an alert is.
const LONGEST: usize = 40_000;

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It stands in both.
    Kept,
    /// It stood in the earlier one only.
    Gone,
    /// It stands in the later one only.
    Added,
}

/// A run of words of one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// The words, with the blanks among and after them.
    pub text: String,
}

words!(Fate {
    Kept = "kept",
    Gone = "gone",
    Added = "added",
});

/// The runs of both texts in their order; equal texts give one run, or none where they are empty. Kept and gone
/// runs make the earlier text letter for letter, kept and added ones the later.
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    if before.len() + after.len() > LONGEST {
        let gone = piece(Fate::Gone, before);
        return [gone, piece(Fate::Added, after)]
            .into_iter()
            .flatten()
            .collect();
    }
    let diff = TextDiff::from_unicode_words(before, after);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let fate = match change.tag() {
            ChangeTag::Equal => Fate::Kept,
            ChangeTag::Delete => Fate::Gone,
            ChangeTag::Insert => Fate::Added,
        };
        match pieces.last_mut() {
            Some(last) if last.fate == fate => last.text.push_str(change.value()),
            _ => pieces.extend(piece(fate, change.value())),
        }
    }
    joined(pieces)
}

/// Between two changes a lone blank is no text to read: it goes with both.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut gone, mut added) = (String::new(), String::new());
    let count = pieces.len();
    for (place, piece) in pieces.into_iter().enumerate() {
        let blank = piece.text.chars().all(char::is_whitespace);
        let between = blank && place > 0 && place + 1 < count;
        match piece.fate {
            Fate::Gone => gone.push_str(&piece.text),
            Fate::Added => added.push_str(&piece.text),
            Fate::Kept if between && !(gone.is_empty() && added.is_empty()) => {
                gone.push_str(&piece.text);
                added.push_str(&piece.text);
            }
            Fate::Kept => {
                settle(&mut out, &mut gone, &mut added);
                out.push(piece);
            }
        }
    }
    settle(&mut out, &mut gone, &mut added);
    out
}

/// Writes down what is gone and added since the last kept run; blanks that both end with are kept.
fn settle(out: &mut Vec<Piece>, gone: &mut String, added: &mut String) {
    let (was, is) = (std::mem::take(gone), std::mem::take(added));
    if was == is {
        out.extend(piece(Fate::Kept, &is));
        return;
    }
    out.extend(piece(Fate::Gone, &was));
    out.extend(piece(Fate::Added, &is));
}

fn piece(fate: Fate, text: &str) -> Option<Piece> {
    (!text.is_empty()).then(|| Piece {
        fate,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(before: &str, after: &str) -> String {
        let mark = |piece: Piece| match piece.fate {
            Fate::Kept => piece.text,
            Fate::Gone => format!("[-{}-]", piece.text),
            Fate::Added => format!("[+{}+]", piece.text),
        };
        words(before, after).into_iter().map(mark).collect()
    }

    fn side(pieces: &[Piece], other: Fate) -> String {
        let kept = pieces.iter().filter(|piece| piece.fate != other);
        kept.map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn one_word_is_told_apart_in_every_script() {
        assert_eq!(
            shown("manteau rouge, jean bleu", "manteau vert, jean bleu"),
            "manteau [-rouge-][+vert+], jean bleu"
        );
        assert_eq!(
            shown("معطف أحمر وسروال أزرق", "معطف أخضر وسروال أزرق"),
            "معطف [-أحمر-][+أخضر+] وسروال أزرق"
        );
        assert_eq!(
            shown("9 years old", "10 years old"),
            "[-9-][+10+] years old"
        );
    }

    #[test]
    fn a_text_that_is_new_or_gone_is_one_run_and_an_equal_one_is_kept() {
        assert_eq!(shown("", "a scar"), "[+a scar+]");
        assert_eq!(shown("a scar", ""), "[-a scar-]");
        assert_eq!(shown("a scar", "a scar"), "a scar");
        assert_eq!(words("", ""), []);
    }

    #[test]
    fn a_blank_alone_between_two_changes_is_no_run_of_its_own() {
        assert_eq!(
            shown("near old station", "near new market"),
            "near [-old station-][+new market+]"
        );
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_runs(before in "[a-c بتث.، ]{0,40}", after in "[a-c بتث.، ]{0,40}") {
            let pieces = words(&before, &after);
            prop_assert_eq!(side(&pieces, Fate::Added), before);
            prop_assert_eq!(side(&pieces, Fate::Gone), after);
        }
    }
}
