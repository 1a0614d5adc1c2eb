//! One language's templates, read from `templates/<language>.toml` and checked so that rendering
//! can only fail on a fact. Not for: rendering (see `render`).

use super::facts::TextKind;
use super::plural::{Plural, needed};
use super::template::Template;
use crate::{LanguageTag, PackError, fold};
use serde::Deserialize;
use std::collections::BTreeMap;
use tifli_domain::intake::Sex;

/// Names a template may use besides the pack's own `[words]`.
const ALERT_NAMES: [&str; 8] = [
    "first_name",
    "age",
    "age_oblique",
    "place",
    "time_local",
    "number",
    "clothes_sentence",
    "marks_sentence",
];

/// The checked templates of one language.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    pub language: LanguageTag,
    pub drill: String,
    pub demo: String,
    pub age: Table,
    pub age_oblique: Table,
    pub kilometres: Table,
    pub words: BTreeMap<String, Agreeing>,
    pub clothes: Template,
    pub marks: Template,
    pub alert: Three,
    pub update: Three,
    pub ended: Three,
    pub circle: Template,
    pub polygon: Template,
    /// Regions by name, and how many more.
    pub regions_more: Template,
    /// What stands between names in a row.
    pub between: String,
}

/// Words per plural category; `{n}` stands for the number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    zero: Option<String>,
    one: Option<String>,
    two: Option<String>,
    few: Option<String>,
    many: Option<String>,
    other: Option<String>,
}

/// Words that agree with the child.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agreeing {
    girl: String,
    boy: String,
    unknown: String,
}

/// The three texts of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Three {
    pub headline: Template,
    pub description: Template,
    pub instruction: Template,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    drill: String,
    demo: String,
    age: Table,
    age_oblique: Table,
    kilometres: Table,
    words: BTreeMap<String, Agreeing>,
    sentences: Sentences,
    alert: ThreeFile,
    update: ThreeFile,
    ended: ThreeFile,
    area: AreaFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    clothes: String,
    marks: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThreeFile {
    headline: String,
    description: String,
    instruction: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaFile {
    circle: String,
    polygon: String,
    regions_more: String,
    between: String,
}

impl Table {
    /// The words for a category; zero falls back to what the language counts zero as.
    pub fn get(&self, category: Plural) -> Option<&str> {
        match category {
            Plural::Zero => self.zero.as_deref(),
            Plural::One => self.one.as_deref(),
            Plural::Two => self.two.as_deref(),
            Plural::Few => self.few.as_deref(),
            Plural::Many => self.many.as_deref(),
            Plural::Other => self.other.as_deref(),
        }
    }
}

impl Agreeing {
    /// The form that agrees.
    pub fn get(&self, sex: Sex) -> &str {
        match sex {
            Sex::Girl => &self.girl,
            Sex::Boy => &self.boy,
            Sex::Unknown => &self.unknown,
        }
    }
}

impl Texts {
    /// Reads and checks the templates of `language` in the TOML `text`. `never_say` holds the words
    /// that no public text may hold.
    pub fn read(
        language: LanguageTag,
        text: &str,
        never_say: &[String],
    ) -> Result<Self, PackError> {
        let at = path(language);
        refuse_words(&at, text, never_say)?;
        let file: File = toml::from_str(text).map_err(|source| PackError::Toml {
            file: at.clone(),
            source: Box::new(source),
        })?;
        let texts = Self::build(language, file)?;
        texts.check(&at)?;
        Ok(texts)
    }

    /// The three templates of one kind.
    pub fn of(&self, kind: TextKind) -> &Three {
        match kind {
            TextKind::Alert => &self.alert,
            TextKind::Update => &self.update,
            TextKind::Ended => &self.ended,
        }
    }

    fn build(language: LanguageTag, file: File) -> Result<Self, PackError> {
        let read = |at: &str, text: &str| {
            if text.trim().is_empty() {
                return Err(PackError::rule(
                    format!("{}: {at}", path(language)),
                    "the text is empty",
                ));
            }
            Template::parse(text)
                .map_err(|why| PackError::rule(format!("{}: {at}", path(language)), why))
        };
        let three = |at: &str, t: &ThreeFile| {
            Ok::<_, PackError>(Three {
                headline: read(&format!("{at}.headline"), &t.headline)?,
                description: read(&format!("{at}.description"), &t.description)?,
                instruction: read(&format!("{at}.instruction"), &t.instruction)?,
            })
        };
        Ok(Self {
            language,
            clothes: read("sentences.clothes", &file.sentences.clothes)?,
            marks: read("sentences.marks", &file.sentences.marks)?,
            alert: three("alert", &file.alert)?,
            update: three("update", &file.update)?,
            ended: three("ended", &file.ended)?,
            circle: read("area.circle", &file.area.circle)?,
            polygon: read("area.polygon", &file.area.polygon)?,
            regions_more: read("area.regions_more", &file.area.regions_more)?,
            between: file.area.between,
            drill: file.drill,
            demo: file.demo,
            age: file.age,
            age_oblique: file.age_oblique,
            kilometres: file.kilometres,
            words: file.words,
        })
    }

    fn check(&self, at: &str) -> Result<(), PackError> {
        for (name, table) in [
            ("age", &self.age),
            ("age_oblique", &self.age_oblique),
            ("kilometres", &self.kilometres),
        ] {
            let zero: &[Plural] = if name == "kilometres" {
                &[]
            } else {
                &[Plural::Zero]
            };
            for category in needed(self.language).iter().chain(zero) {
                let words = table.get(*category).unwrap_or_default();
                if words.is_empty() || words.replace("{n}", "").contains(['{', '}']) {
                    return Err(PackError::rule(
                        format!("{at}: {name}"),
                        format!("{category:?} has no words, or braces other than {{n}}"),
                    ));
                }
            }
        }
        self.check_words(at)?;
        let with = |extra: &'static [&'static str]| {
            move |name: &str| extra.contains(&name) || self.words.contains_key(name)
        };
        known(at, [&self.clothes], with(&["clothes"]))?;
        known(at, [&self.marks], with(&["marks"]))?;
        known(at, self.alert.all(), with(&ALERT_NAMES))?;
        known(at, self.update.all(), with(&ALERT_NAMES))?;
        known(at, self.ended.all(), |_| false)?;
        known(at, [&self.circle], |n| ["kilometres", "place"].contains(&n))?;
        known(at, [&self.polygon], |n| n == "place")?;
        known(at, [&self.regions_more], |n| {
            ["regions", "more"].contains(&n)
        })?;
        if self.between.trim().is_empty() {
            return Err(PackError::rule(
                format!("{at}: area.between"),
                "nothing stands between the names of regions".to_owned(),
            ));
        }
        Ok(())
    }

    fn check_words(&self, at: &str) -> Result<(), PackError> {
        let empty = |w: &Agreeing| {
            [&w.girl, &w.boy, &w.unknown]
                .iter()
                .any(|f| f.trim().is_empty())
        };
        let taken = |n: &str| ALERT_NAMES.contains(&n) || ["clothes", "marks"].contains(&n);
        for (name, words) in &self.words {
            if empty(words) || taken(name) {
                return Err(PackError::rule(
                    format!("{at}: words.{name}"),
                    "a form is empty, or the name is the program's own",
                ));
            }
        }
        if self.drill.trim().is_empty() || self.demo.trim().is_empty() {
            return Err(PackError::rule(at, "drill or demo is empty"));
        }
        Ok(())
    }
}

impl Three {
    fn all(&self) -> [&Template; 3] {
        [&self.headline, &self.description, &self.instruction]
    }
}

/// Where the templates of `language` are within a pack.
pub(crate) fn path(language: LanguageTag) -> String {
    format!("templates/{language}.toml")
}

fn known<'t>(
    at: &str,
    templates: impl IntoIterator<Item = &'t Template>,
    allowed: impl Fn(&str) -> bool,
) -> Result<(), PackError> {
    for template in templates {
        if let Some(name) = template.names().find(|n| !allowed(n)) {
            return Err(PackError::rule(at, format!("{{{name}}} is not known here")));
        }
    }
    Ok(())
}

fn refuse_words(at: &str, text: &str, never_say: &[String]) -> Result<(), PackError> {
    let folded = fold(text);
    match never_say.iter().find(|w| folded.contains(&fold(w))) {
        Some(word) => Err(PackError::rule(
            at,
            format!("a public text never says `{word}`"),
        )),
        None => Ok(()),
    }
}
