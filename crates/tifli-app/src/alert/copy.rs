//! Whether a pasted text is a copy of what went out, letter for letter. Only keyed digests are held: of an alert that has
//! ended no word is kept in memory, and still a copy of it is known.
//!
//! What counts as the same: canonically equal characters (NFC); any run of white space, line breaks included, as one
//! blank; the invisible marks that messengers set around a change of direction, which cannot turn a number round. What
//! counts as different: everything else. Presentation forms of Arabic letters, the tatweel, Arabic-Indic for European
//! digits, look-alikes of other scripts, a joiner, and the marks that override the direction do not come about by
//! copying; somebody or some program wrote them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::hmac;
use tifli_domain::Realm;
use tifli_domain::id::{MessageId, PublicCode};
use tifli_domain::message::{Message, MsgType, PublicText};
use tifli_domain::partner::first_lines;
use tifli_store::message::MessageRow;
use unicode_normalization::UnicodeNormalization as _;

use crate::{App, AppError, AppResult};

/// Keeps these digests apart from those of other things under the same key.
const LABEL: &[u8] = b"copy\0";

type Digest = [u8; 32];

/// Copies known to this process, by message.
#[derive(Default)]
pub struct Copies {
    held: RwLock<HashMap<MessageId, Arc<Copy>>>,
}

/// The parts of one message, as digests. A copy is made of such parts and of nothing else.
pub(super) struct Copy {
    pub(super) alert: PublicCode,
    pub(super) version: u32,
    parts: HashMap<Digest, Part>,
    lengths: BTreeSet<usize>,
}

/// What a part is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Headline or description: says what happened.
    Body,
    /// Headline or description of the end: the same for every alert.
    End,
    /// A number, an address, the name of the authority: stands beside it.
    Beside,
}

/// What the parts of a text have said so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Said {
    alert: bool,
    end: bool,
}

/// How a pasted text stands to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Made of its parts alone.
    Whole,
    /// Made of the words of an end alone, and of what names the alert.
    EndNotice,
    /// One of its sentences stands in it, and something that is not of the message.
    Partly,
    /// None of its sentences stands in it.
    Not,
}

/// A pasted text as words, with the digests that were asked for already.
pub(super) struct Pasted {
    words: Vec<String>,
    key: hmac::Key,
    known: HashMap<(usize, usize), Digest>,
}

impl Copies {
    /// Remembers the parts of a message that asks to look for a child.
    pub(super) fn learn(&self, app: &App, row: &MessageRow, message: &Message) -> AppResult<()> {
        if message.msg_type != MsgType::Cancel {
            let copy = Arc::new(Copy::of(app, message)?);
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            held.insert(row.message, copy);
        }
        Ok(())
    }

    pub(super) fn find(&self, message: MessageId) -> Option<Arc<Copy>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.get(&message).map(Arc::clone)
    }

    /// Forgets every message of the alert with this public code: it has been erased.
    pub fn forget(&self, code: &PublicCode) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, copy| copy.alert != *code);
    }
}

impl Copy {
    fn of(app: &App, message: &Message) -> AppResult<Self> {
        let key = key(app);
        let mut copy = Self {
            alert: message.alert.clone(),
            version: message.version,
            parts: HashMap::new(),
            lengths: BTreeSet::new(),
        };
        for text in &message.texts {
            let mark = app.realm_word(message.realm, &text.language)?;
            for (part, words) in parts(message, text, mark) {
                copy.insert(&key, part, &words);
            }
        }
        for language in app.alert_languages() {
            let ended = app.pack().render_ended(language);
            let ended = ended.map_err(|_| AppError::internal("ended_template"))?;
            for words in [&ended.headline, &ended.description] {
                copy.insert(&key, Part::End, words);
            }
            copy.insert(&key, Part::Beside, &ended.instruction);
        }
        for address in addresses(app.base_url(), message) {
            copy.insert(&key, Part::Beside, &address);
        }
        Ok(copy)
    }

    fn insert(&mut self, key: &hmac::Key, part: Part, text: &str) {
        let words = words_of(text);
        if !words.is_empty() {
            self.lengths.insert(words.len());
            self.parts.insert(digest(key, &words), part);
        }
    }

    /// Whether the text is made of parts of this message, in any order, and says what happened.
    pub(super) fn fit(&self, text: &mut Pasted) -> Fit {
        let count = text.words.len();
        // For each place: the ways in which it can be reached by whole parts, by what was said.
        let mut reached: Vec<Vec<Said>> = vec![Vec::new(); count + 1];
        reached[0].push(Said::default());
        let mut met = false;
        for from in 0..count {
            for length in self.lengths.iter().take_while(|n| from + **n <= count) {
                let Some(part) = self.parts.get(&text.digest(from, *length)) else {
                    continue;
                };
                met |= *part == Part::Body;
                for before in reached[from].clone() {
                    let said = before.and(*part);
                    let to = &mut reached[from + length];
                    if !to.contains(&said) {
                        to.push(said);
                    }
                }
            }
        }
        let is = |alert, end| reached[count].contains(&Said { alert, end });
        if is(true, false) {
            Fit::Whole
        } else if is(false, true) {
            Fit::EndNotice
        } else if met {
            Fit::Partly
        } else {
            Fit::Not
        }
    }
}

impl Said {
    fn and(self, part: Part) -> Self {
        Self {
            alert: self.alert || part == Part::Body,
            end: self.end || part == Part::End,
        }
    }
}

impl Pasted {
    pub(super) fn new(app: &App, text: &str) -> Self {
        Self {
            words: words_of(text),
            key: key(app),
            known: HashMap::new(),
        }
    }

    fn digest(&mut self, from: usize, length: usize) -> Digest {
        let (words, key) = (&self.words, &self.key);
        let digest = || digest(key, &words[from..from + length]);
        *self.known.entry((from, length)).or_insert_with(digest)
    }
}

impl App {
    /// The word before every text of an exercise or a demonstration; none in a live house.
    pub(super) fn realm_word(&self, realm: Realm, language: &str) -> AppResult<Option<&str>> {
        let Ok(language) = language.parse() else {
            return Ok(None);
        };
        let word = match realm {
            Realm::Live => return Ok(None),
            Realm::Drill => self.pack().drill_label(language),
            Realm::Demo => self.pack().demo_label(language),
        };
        word.map(Some)
            .map_err(|_| AppError::internal("realm_label"))
    }
}

/// What stands in the text of one language, as it goes out by page, feed, mail and post.
fn parts(message: &Message, text: &PublicText, mark: Option<&str>) -> Vec<(Part, String)> {
    let number = &message.number_to_call;
    let mut headlines = vec![text.headline.clone()];
    headlines.extend(mark.map(|word| format!("{word} - {}", text.headline)));
    let mut parts = Vec::new();
    for headline in headlines {
        parts.push((Part::Body, first_lines(&headline, &text.place, number)));
        parts.push((Part::Body, headline));
    }
    parts.push((Part::Body, text.description.clone()));
    let beside = [
        &text.instruction,
        &text.event,
        &text.area,
        &text.sender_name,
        number,
    ];
    parts.extend(beside.map(|words| (Part::Beside, words.clone())));
    parts.extend(mark.map(|word| (Part::Beside, word.to_owned())));
    parts
}

/// The code, and every address of ours that leads to the alert, with and without the scheme.
fn addresses(base: &str, message: &Message) -> Vec<String> {
    let code = &message.alert;
    let languages = message.texts.iter().map(|text| text.language.as_str());
    let mut paths: Vec<String> = languages
        .flat_map(|language| {
            [
                format!("/{language}/a/{code}"),
                format!("/{language}/v/{code}"),
            ]
        })
        .collect();
    paths.extend([format!("/a/{code}"), format!("/v/{code}")]);
    let bare = base.split_once("://").map_or(base, |(_, rest)| rest);
    let mut all: Vec<String> = paths
        .iter()
        .flat_map(|path| [format!("{base}{path}"), format!("{bare}{path}")])
        .collect();
    all.push(code.to_string());
    all
}

/// The text as words: see the note of this file for what counts as the same.
fn words_of(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|c| !is_mark(*c)).nfc().collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Left-to-right, right-to-left and Arabic-letter marks, the isolates, and the byte order mark. Embeddings and overrides
/// are no marks: an override can show 91 as 19.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn key(app: &App) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, app.pepper())
}

fn digest(key: &hmac::Key, words: &[String]) -> Digest {
    let mut context = hmac::Context::with_key(key);
    context.update(LABEL);
    for (place, word) in words.iter().enumerate() {
        if place > 0 {
            context.update(b" ");
        }
        context.update(word.as_bytes());
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_composition_and_marks_of_direction_make_no_difference() {
        let plain = words_of("Disparition d'une fille : Zoé, 9 ans");
        for same in [
            "Disparition\u{a0}d'une  fille\u{202f}: Zoé,\r\n9 ans ",
            "Disparition d'une fille : Zoe\u{301}, 9 ans",
            "\u{feff}Disparition d'une fille\u{200e} : \u{2068}Zoé\u{2069}, 9 ans",
        ] {
            assert_eq!(words_of(same), plain, "{same:?}");
        }
    }

    #[test]
    fn what_copying_never_does_makes_a_difference() {
        let plain = words_of("اختفاء طفلة: سلمى، 19");
        for other in [
            "اختفاء طفلة: سلمي، 19",
            "اختفاء طفلة: سلـمى، 19",
            "اختفاء طفلة: \u{FEB3}لمى، 19",
            "اختفاء طفلة: سلمى، ١٩",
            "اختفاء طفلة: سلمى، \u{202e}91\u{202c}",
            "اختفاء طفلة: سلمى 19",
            "اختفاء طفلة: سل\u{200d}مى، 19",
        ] {
            assert_ne!(words_of(other), plain, "{other:?}");
        }
    }
}
