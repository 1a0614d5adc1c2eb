//! What stands in letters to those who asked for alerts by e-mail, besides the words of the alert itself. Read from
//! `letters.toml`. Not for how a letter is built or sent, nor for the letters of the house (see `telegram`).

use crate::language::{Labels, LanguageTag};
use crate::{PackError, PackParts};
use serde::Deserialize;

const FILE: &str = "letters.toml";

/// The whole of `letters.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// Words around an alert, its update and its end.
    pub alert: AlertLetter,
    /// The letter that asks for a confirmation.
    pub confirm: ConfirmLetter,
}

/// Words around an alert, its update and its end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertLetter {
    /// The link to the page.
    pub read_on: Labels,
    /// The link to the form for tips.
    pub tell: Labels,
    /// Why this letter came.
    pub why: Labels,
    /// How to know that it is ours.
    pub ours: Labels,
    /// The link that unsubscribes.
    pub leave: Labels,
}

/// The letter that asks for a confirmation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmLetter {
    /// The subject.
    pub subject: Labels,
    /// The first line.
    pub headline: Labels,
    /// The text.
    pub text: Labels,
    /// The link that leads to the button.
    pub link: Labels,
    /// What to do if nobody asked.
    pub ignore: Labels,
    /// The link that takes the request back.
    pub leave: Labels,
}

impl Letters {
    /// Reads and checks the letters of a pack that speaks these languages.
    pub(crate) fn read(parts: &PackParts, spoken: &[LanguageTag]) -> Result<Self, PackError> {
        let read: Self = parts.toml(FILE)?;
        let missing = |words: &&Labels| spoken.iter().any(|l| words.find(*l).is_none());
        if read.all().iter().any(missing) {
            return Err(PackError::rule(
                FILE,
                "its words are not there in every language",
            ));
        }
        Ok(read)
    }

    fn all(&self) -> [&Labels; 11] {
        let (alert, confirm) = (&self.alert, &self.confirm);
        [
            &alert.read_on,
            &alert.tell,
            &alert.why,
            &alert.ours,
            &alert.leave,
            &confirm.subject,
            &confirm.headline,
            &confirm.text,
            &confirm.link,
            &confirm.ignore,
            &confirm.leave,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;

    #[test]
    fn every_pack_has_its_letters_in_every_language_of_its_alerts() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            for language in pack.languages().alert.iter().copied() {
                let mut words = pack.letters().all().into_iter().map(|l| l.find(language));
                assert!(words.all(|w| w.is_some_and(|w| !w.contains('{'))), "{code}");
            }
        }
    }

    #[test]
    fn a_pack_without_a_word_of_its_letters_is_refused() {
        let mut parts = PackParts::embedded("ma").unwrap();
        let text = parts.get(FILE).unwrap().to_owned();
        let spoken = [LanguageTag::AR, LanguageTag::FR];
        assert!(Letters::read(&parts, &spoken).is_ok());
        parts.insert(FILE, text.replacen("fr = \"Se désabonner\", ", "", 1));
        assert!(Letters::read(&parts, &spoken).is_err());
    }
}
