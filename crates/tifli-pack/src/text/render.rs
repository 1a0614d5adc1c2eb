//! Puts facts into the templates. Strict: an unknown or hidden character, an empty needed fact is
//! an error, never a gap in a public text.

use super::facts::{AlertFacts, AlertText, AreaFacts, TextKind};
use super::plural::{Plural, plural};
use super::template::Template;
use super::texts::{Table, Texts};
use crate::language::Digits;
use tifli_domain::text::is_hidden;

/// Why a text cannot be rendered. It names the fact, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The pack writes no alerts in this language.
    #[error("the pack has no alert texts in this language")]
    NoSuchLanguage,
    /// A needed fact is empty.
    #[error("the fact `{0}` is needed")]
    Missing(&'static str),
    /// A fact holds characters that hide or reorder text.
    #[error("the fact `{0}` holds hidden characters")]
    Hidden(&'static str),
    /// A template names what has no value; the check at load should have refused the pack.
    #[error("the template asks for `{0}`, which has no value")]
    NoValue(String),
}

/// Facts after cleaning, plus the words that follow from them.
struct Values {
    first_name: String,
    age: String,
    age_oblique: String,
    place: String,
    time_local: String,
    number: String,
    clothes_sentence: String,
    marks_sentence: String,
}

impl Texts {
    /// Renders one kind of text. `number` in the facts must be set; the end uses no fact at all.
    pub fn render(
        &self,
        kind: TextKind,
        facts: &AlertFacts<'_>,
        digits: Digits,
    ) -> Result<AlertText, RenderError> {
        if kind == TextKind::Ended {
            return self.render_ended();
        }
        let values = self.values(facts, digits)?;
        self.three(kind, |t| self.fill(t, facts, |name| values.get(name)))
    }

    /// The words of an end, which are the same for all.
    pub fn render_ended(&self) -> Result<AlertText, RenderError> {
        self.three(TextKind::Ended, |t| {
            t.fill(|_| None).map_err(RenderError::NoValue)
        })
    }

    fn three(
        &self,
        kind: TextKind,
        fill: impl Fn(&Template) -> Result<String, RenderError>,
    ) -> Result<AlertText, RenderError> {
        let three = self.of(kind);
        Ok(AlertText {
            headline: fill(&three.headline)?,
            description: fill(&three.description)?,
            instruction: fill(&three.instruction)?,
        })
    }

    /// Describes the area.
    pub fn render_area(&self, area: &AreaFacts<'_>, digits: Digits) -> Result<String, RenderError> {
        let (template, place, distance) = match area {
            AreaFacts::Regions { names, more } => return self.regions(names, *more, digits),
            AreaFacts::Circle { radius, place } => {
                // A radius is 1 to 1 000 km; a fraction is rounded for the reader.
                let km = radius.get().round().clamp(1.0, 100_000.0) as u32;
                (
                    &self.circle,
                    place,
                    self.count(&self.kilometres, km, digits),
                )
            }
            AreaFacts::Polygon { place } => (&self.polygon, place, String::new()),
        };
        let place = needed("place", place)?;
        template
            .fill(|name| match name {
                "place" => Some(place.as_str()),
                "kilometres" => Some(distance.as_str()),
                _ => None,
            })
            .map_err(RenderError::NoValue)
    }

    /// Names in a row, and how many more there are.
    fn regions(
        &self,
        names: &[String],
        more: usize,
        digits: Digits,
    ) -> Result<String, RenderError> {
        let names = names.iter().map(|name| needed("regions", name));
        let names = names.collect::<Result<Vec<_>, _>>()?;
        let row = needed("regions", &names.join(&self.between))?;
        if more == 0 {
            return Ok(row);
        }
        let more = digits.apply(&more.to_string());
        self.regions_more
            .fill(|name| match name {
                "regions" => Some(row.as_str()),
                "more" => Some(more.as_str()),
                _ => None,
            })
            .map_err(RenderError::NoValue)
    }

    fn values(&self, facts: &AlertFacts<'_>, digits: Digits) -> Result<Values, RenderError> {
        let clothes = clean("clothes", facts.clothes)?;
        let marks = clean("marks", facts.marks)?;
        Ok(Values {
            first_name: needed("first_name", facts.first_name)?,
            age: self.count(&self.age, facts.age, digits),
            age_oblique: self.count(&self.age_oblique, facts.age, digits),
            place: needed("place", facts.place)?,
            time_local: needed("time_local", facts.time_local)?,
            number: needed("number", facts.number)?,
            clothes_sentence: self.sentence(&self.clothes, facts, ("clothes", &clothes))?,
            marks_sentence: self.sentence(&self.marks, facts, ("marks", &marks))?,
        })
    }

    /// An optional sentence: empty when its fact is.
    fn sentence(
        &self,
        template: &Template,
        facts: &AlertFacts<'_>,
        (name, value): (&str, &str),
    ) -> Result<String, RenderError> {
        if value.is_empty() {
            return Ok(String::new());
        }
        self.fill(template, facts, |asked| (asked == name).then_some(value))
    }

    fn fill<'a>(
        &'a self,
        template: &Template,
        facts: &AlertFacts<'_>,
        value: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<String, RenderError> {
        let word = |name: &str| self.words.get(name).map(|w| w.get(facts.sex));
        template
            .fill(|name| value(name).or_else(|| word(name)))
            .map_err(RenderError::NoValue)
    }

    /// A number with its counted word.
    fn count(&self, table: &Table, n: u32, digits: Digits) -> String {
        let zero = (n == 0).then(|| table.get(Plural::Zero)).flatten();
        let words = zero
            .or_else(|| table.get(plural(self.language, n)))
            .or_else(|| table.get(Plural::Other))
            .unwrap_or_default();
        words.replace("{n}", &digits.apply(&n.to_string()))
    }
}

impl Values {
    fn get(&self, name: &str) -> Option<&str> {
        Some(match name {
            "first_name" => &self.first_name,
            "age" => &self.age,
            "age_oblique" => &self.age_oblique,
            "place" => &self.place,
            "time_local" => &self.time_local,
            "number" => &self.number,
            "clothes_sentence" => &self.clothes_sentence,
            "marks_sentence" => &self.marks_sentence,
            _ => return None,
        })
    }
}

/// The fact on one line, without a closing full stop (the sentence brings its own).
fn clean(name: &'static str, value: &str) -> Result<String, RenderError> {
    if value.chars().any(is_hidden) {
        return Err(RenderError::Hidden(name));
    }
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(line.trim_end_matches(['.', '،', ',', ' ']).to_owned())
}

fn needed(name: &'static str, value: &str) -> Result<String, RenderError> {
    let value = clean(name, value)?;
    if value.is_empty() {
        Err(RenderError::Missing(name))
    } else {
        Ok(value)
    }
}
