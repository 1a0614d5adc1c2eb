//! The words of a bulletin: `telegram.toml` of a pack, read strictly, and a sheet made of facts.
//!
//! A paragraph is a sentence with names in braces. A name is an answer of the report that the
//! security services may read, or one of [`FACTS`]; a paragraph that lacks a fact is left out, so
//! that an unknown is never printed as one. Not for: what is sent to whom.

use crate::language::LanguageTag;
use crate::text::{Plural, Template, plural};
use crate::{Pack, PackError, PackParts};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tifli_domain::bulletin::{Cause, TelegramKind, may_hold};
use tifli_domain::intake::Field;
use tifli_domain::telegram::Sheet;

/// The file within a pack.
const FILE: &str = "telegram.toml";
/// What may stand in braces beside the answers of a report.
const FACTS: &[&str] = &[
    "authority",
    "district",
    "services",
    "received",
    "full_name",
    "age",
    "clothes",
    "marks",
    "place",
    "point",
    "call",
    "cause",
    "first_number",
    "first_time",
    // Answers that a country's form may ask for.
    "child_nationality",
    "father_name",
    "mother_name",
];

/// Facts by name, in the words of one language.
pub type Facts = BTreeMap<String, String>;

/// What a sheet is made of.
pub struct SheetFacts<'f> {
    /// What the telegram says.
    pub kind: TelegramKind,
    /// Its number and year, `27/2026`.
    pub number: &'f str,
    /// Its date and time, in words and as a date-time group.
    pub time: &'f str,
    /// Whether the family must not learn of it.
    pub family_uninformed: bool,
    /// Whether it takes up a search that had ceased, with a telegram that the facts name as the first.
    pub resumes: bool,
    /// All else.
    pub facts: &'f Facts,
}

/// The e-mail that says that a telegram waits, and nothing else.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailWords {
    /// Always the same.
    pub subject: String,
    body: String,
}

/// How a country writes telegrams.
#[derive(Debug, Clone)]
pub struct Telegrams {
    languages: Vec<LanguageTag>,
    remind_minutes: u32,
    reminders: u32,
    silent_minutes: u32,
    mail: MailWords,
    sheets: BTreeMap<LanguageTag, SheetWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    languages: Vec<LanguageTag>,
    remind_minutes: u32,
    reminders: u32,
    silent_minutes: u32,
    mail: MailWords,
    sheet: BTreeMap<LanguageTag, SheetWords>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetWords {
    letterhead: Vec<String>,
    precedence: String,
    from: String,
    to: String,
    family_uninformed: String,
    restriction: String,
    closing: String,
    labels: HeadLabels,
    reference: String,
    values: BTreeMap<String, String>,
    age: BTreeMap<String, String>,
    search: Kind,
    resumption: Resumption,
    update: Kind,
    cessation: Kind,
    cause: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadLabels {
    number: String,
    time: String,
    from: String,
    to: String,
    subject: String,
    reference: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    title: String,
    subject: String,
    paragraphs: Vec<String>,
}

/// What a search says first that takes up one that had ceased.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Resumption {
    title: String,
    subject: String,
    paragraph: String,
}

impl MailWords {
    /// The body, with the address where the telegram is read.
    pub fn body(&self, link: &str) -> String {
        self.body.replace("{link}", link)
    }
}

impl Telegrams {
    pub(crate) fn read(parts: &PackParts) -> Result<Self, PackError> {
        let file: File = parts.toml(FILE)?;
        let refuse = |at: &str, why: &str| Err(PackError::rule(format!("{FILE}, {at}"), why));
        if file.languages.is_empty() || file.languages.iter().any(|l| !file.sheet.contains_key(l)) {
            return refuse("languages", "each language has a sheet, and there is one");
        }
        if file.remind_minutes == 0 || file.silent_minutes == 0 {
            return refuse("remind_minutes", "minutes are more than none");
        }
        if file.mail.body.matches("{link}").count() != 1 || file.mail.body.matches('{').count() != 1
        {
            return refuse(
                "mail.body",
                "the body holds {link} once and nothing else in braces",
            );
        }
        if file.mail.subject.contains(['{', '\n', '\r']) {
            return refuse(
                "mail.subject",
                "the subject is one line and always the same",
            );
        }
        for (language, sheet) in &file.sheet {
            sheet.check(*language)?;
        }
        Ok(Self {
            languages: file.languages,
            remind_minutes: file.remind_minutes,
            reminders: file.reminders,
            silent_minutes: file.silent_minutes,
            mail: file.mail,
            sheets: file.sheet,
        })
    }

    /// Whom a telegram is for and nobody else, in each of its languages.
    pub fn restriction(&self) -> String {
        let words = self.languages.iter().filter_map(|l| self.sheets.get(l));
        let words: Vec<&str> = words.map(|sheet| sheet.restriction.as_str()).collect();
        words.join(" / ")
    }

    /// The languages of a telegram, in the order of its sheets.
    pub fn languages(&self) -> &[LanguageTag] {
        &self.languages
    }

    /// Milliseconds after which a service that has not acknowledged is reminded.
    pub fn remind_ms(&self) -> i64 {
        i64::from(self.remind_minutes) * 60_000
    }

    /// How many times a service is reminded.
    pub fn reminders(&self) -> u32 {
        self.reminders
    }

    /// Milliseconds after which the room is told of silent services.
    pub fn silent_ms(&self) -> i64 {
        i64::from(self.silent_minutes) * 60_000
    }

    /// The e-mail that says that a telegram waits.
    pub fn mail(&self) -> &MailWords {
        &self.mail
    }

    /// An age in words.
    pub fn age(&self, language: LanguageTag, years: u32) -> String {
        let Some(sheet) = self.sheets.get(&language) else {
            return years.to_string();
        };
        let category = match plural(language, years) {
            Plural::Zero => "zero",
            Plural::One => "one",
            Plural::Two => "two",
            Plural::Few => "few",
            Plural::Many => "many",
            Plural::Other => "other",
        };
        let words = sheet.age.get(category).or_else(|| sheet.age.get("other"));
        let none = sheet.age.get("zero").filter(|_| years == 0);
        let words = none.or(words).map_or("{n}", String::as_str);
        words.replace("{n}", &years.to_string())
    }

    /// A fixed answer (`girl`, `forced` …) in words; an unknown one as it is.
    pub fn value<'w>(&'w self, language: LanguageTag, word: &'w str) -> &'w str {
        let sheet = self.sheets.get(&language);
        sheet
            .and_then(|sheet| sheet.values.get(word))
            .map_or(word, String::as_str)
    }

    /// Why a search ceases, in words.
    pub fn cause(&self, language: LanguageTag, cause: Cause) -> &str {
        let sheet = self.sheets.get(&language);
        sheet
            .and_then(|sheet| sheet.cause.get(cause.as_str()))
            .map_or(cause.as_str(), String::as_str)
    }

    /// The telegram in one of its languages; `None` for a language it does not have.
    pub fn sheet(&self, language: LanguageTag, given: &SheetFacts<'_>) -> Option<Sheet> {
        let words = self.sheets.get(&language)?;
        let kind = words.kind(given);
        let fill = |text: &str| fill(text, given.facts);
        let mut head = vec![
            (words.labels.number.clone(), given.number.to_owned()),
            (words.labels.time.clone(), given.time.to_owned()),
            (
                words.labels.from.clone(),
                fill(&words.from).unwrap_or_default(),
            ),
            (words.labels.to.clone(), fill(&words.to).unwrap_or_default()),
            (words.labels.subject.clone(), kind.subject.clone()),
        ];
        let refers = given.kind != TelegramKind::Search || given.resumes;
        if let Some(reference) = fill(&words.reference).filter(|_| refers) {
            head.push((words.labels.reference.clone(), reference));
        }
        Some(Sheet {
            language: language.as_str().to_owned(),
            letterhead: words
                .letterhead
                .iter()
                .filter_map(|line| fill(line))
                .collect(),
            title: kind.title.clone(),
            precedence: words.precedence.clone(),
            head,
            warning: given
                .family_uninformed
                .then(|| words.family_uninformed.clone()),
            paragraphs: kind
                .paragraphs
                .iter()
                .filter_map(|words| fill(words))
                .collect(),
            closing: words.closing.clone(),
        })
    }
}

impl SheetWords {
    /// The words of a kind. A search that is resumed says what any search says, under another title
    /// and after another first paragraph.
    fn kind(&self, given: &SheetFacts<'_>) -> Cow<'_, Kind> {
        Cow::Borrowed(match given.kind {
            TelegramKind::Search if given.resumes => return Cow::Owned(self.resumed()),
            TelegramKind::Search => &self.search,
            TelegramKind::Update => &self.update,
            TelegramKind::Cessation => &self.cessation,
        })
    }

    fn resumed(&self) -> Kind {
        let first = std::iter::once(&self.resumption.paragraph);
        let rest = self.search.paragraphs.iter().skip(1);
        Kind {
            title: self.resumption.title.clone(),
            subject: self.resumption.subject.clone(),
            paragraphs: first.chain(rest).cloned().collect(),
        }
    }

    fn check(&self, language: LanguageTag) -> Result<(), PackError> {
        let at = format!("{FILE}, sheet.{language}");
        let mut texts = vec![&self.from, &self.to, &self.reference];
        texts.extend(&self.letterhead);
        for kind in [&self.search, &self.update, &self.cessation] {
            texts.extend(&kind.paragraphs);
        }
        texts.push(&self.resumption.paragraph);
        for text in texts {
            let template = Template::parse(text).map_err(|why| PackError::rule(&at, why))?;
            if let Some(name) = template.names().find(|name| !is_known(name)) {
                return Err(PackError::rule(&at, format!("nothing is called `{name}`")));
            }
        }
        if let Some(cause) = Cause::ALL
            .iter()
            .find(|c| !self.cause.contains_key(c.as_str()))
        {
            return Err(PackError::rule(
                &at,
                format!("no words for the cause `{}`", cause.as_str()),
            ));
        }
        if !self.age.contains_key("other") {
            return Err(PackError::rule(&at, "age has no form `other`"));
        }
        Ok(())
    }
}

impl Pack {
    /// How this country writes telegrams.
    pub fn telegrams(&self) -> &Telegrams {
        &self.telegrams
    }
}

fn is_known(name: &str) -> bool {
    FACTS.contains(&name) || Field::find(name).is_some_and(may_hold)
}

/// The text with its facts; `None` when one of them is not known. The texts were checked at load.
fn fill(text: &str, facts: &Facts) -> Option<String> {
    let known = |name: &str| {
        facts
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    };
    Template::parse(text).ok()?.fill(known).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let facts = [
            ("full_name", "Salma Exemple"),
            ("child_sex", "féminin"),
            ("age", "9 ans"),
            ("authority", "DGSN"),
            ("district", "Rabat-Agdal"),
            ("services", "46"),
            ("cause", "mineur retrouvé"),
            ("first_number", "27/2026"),
            ("first_time", "22/11/2026"),
        ];
        facts
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    fn sheet(kind: TelegramKind, facts: &Facts) -> Sheet {
        let pack = Pack::load("ma").unwrap();
        let given = SheetFacts {
            kind,
            number: "28/2026",
            time: "221305Z NOV 26",
            family_uninformed: true,
            resumes: false,
            facts,
        };
        pack.telegrams().sheet(LanguageTag::FR, &given).unwrap()
    }

    #[test]
    fn a_paragraph_without_its_fact_is_left_out_and_no_brace_is_ever_printed() {
        for kind in TelegramKind::ALL {
            let text = sheet(*kind, &facts()).text();
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(!text.contains("Vêtements"), "{text}");
        }
        let mut more = facts();
        more.insert("clothes".to_owned(), "manteau {rouge}".to_owned());
        let text = sheet(TelegramKind::Search, &more).text();
        assert!(text.contains("Vêtements : manteau {rouge}."), "{text}");
    }

    #[test]
    fn what_is_not_known_of_a_child_takes_neither_its_name_nor_the_hour_away() {
        let mut facts = facts();
        facts.remove("child_sex");
        facts.remove("age");
        facts.insert("last_seen_at".to_owned(), "22/11/2026 14:05".to_owned());
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            for kind in [TelegramKind::Search, TelegramKind::Update] {
                let given = SheetFacts {
                    kind,
                    number: "28/2026",
                    time: "221305Z NOV 26",
                    family_uninformed: false,
                    resumes: false,
                    facts: &facts,
                };
                for language in pack.telegrams().languages() {
                    let text = pack.telegrams().sheet(*language, &given).unwrap().text();
                    let told = text.contains("Salma") && text.contains("22/11/2026 14:05");
                    assert!(told, "{code} {language}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_cessation_names_its_cause_and_the_telegram_it_ends_and_nothing_of_the_child() {
        let text = sheet(TelegramKind::Cessation, &facts()).text();
        assert!(text.contains("mineur retrouvé") && text.contains("27/2026"));
        assert!(!text.contains("Salma"), "{text}");
    }

    #[test]
    fn a_search_that_resumes_says_so_names_the_cessation_and_describes_the_child() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            for language in pack.telegrams().languages() {
                let facts = facts();
                let of = |resumes| {
                    let given = SheetFacts {
                        kind: TelegramKind::Search,
                        number: "29/2026",
                        time: "221405Z NOV 26",
                        family_uninformed: false,
                        resumes,
                        facts: &facts,
                    };
                    pack.telegrams().sheet(*language, &given).unwrap()
                };
                let (anew, resumed) = (of(false), of(true));
                assert_ne!(anew.title, resumed.title, "{code} {language}");
                assert!(resumed.text().contains("27/2026"), "{code} {language}");
                assert!(!anew.text().contains("27/2026"), "{code} {language}");
                assert!(resumed.text().contains("Salma"), "{code} {language}");
            }
        }
    }

    #[test]
    fn the_email_of_every_pack_is_the_same_whatever_it_announces() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            let mail = pack.telegrams().mail();
            let body = mail.body("https://h.example/x");
            assert!(
                body.contains("https://h.example/x") && !body.contains('{'),
                "{code}"
            );
            for language in pack.telegrams().languages() {
                assert!(
                    !pack.telegrams().age(*language, 0).contains("{n}"),
                    "{code}"
                );
            }
        }
    }
}
