//! Who answers the questions of the report page and which stage of them is shown: choosing and adding a person, and
//! choosing whose answer the report takes.

use tifli_app::Kind;
use tifli_app::report::{AnswerView, CaseFile};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Kind as FieldKind, Source, Tie, Tier};
use tifli_domain::typed;

use super::desk::Desk;
use super::report::Again;
use crate::console::problems::beside;
use crate::console::report::{OtherSaid, TierLink};
use crate::forms::Choice;
use crate::problem::Refused;
use crate::request::Form;
use crate::server::moment;

/// Which questions are asked, and whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The stage.
    pub(super) tier: Tier,
    /// The person.
    pub(super) source: Source,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            tier: Tier::First,
            source: Source::REPORTER,
        }
    }
}

impl Asked {
    /// From a stage's word, which may be anything, and a person's number.
    pub(super) fn new(tier: &str, source: u32) -> Self {
        Self {
            tier: tier.parse().unwrap_or(Tier::First),
            source: Source::new(source),
        }
    }

    /// From the hidden fields of a form.
    pub(super) fn of(form: &Form) -> Self {
        Self::new(form.text("tier"), form.text("source").parse().unwrap_or(0))
    }

    /// The query of the page that shows this.
    pub(super) fn query(self) -> String {
        format!(
            "tier={}&source={}",
            self.tier.as_str(),
            self.source.number()
        )
    }
}

/// When something was said: nothing typed is now; not a moment is an error.
pub(super) fn said_at(desk: &Desk, typed: &str) -> Result<Option<i64>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    let local = typed::local_time(typed).ok_or(())?;
    let zone = desk.app().pack().zone().clone();
    let zoned = zone
        .to_ambiguous_zoned(local)
        .compatible()
        .map_err(|_| ())?;
    Ok(Some(zoned.timestamp().as_millisecond()))
}

/// The buttons around sources: show another person's answers, add a person, take an answer into the report.
pub(super) async fn on_sources(
    desk: &Desk,
    case: CaseId,
    form: &Form,
    again: &mut Again,
) -> Result<(), Refused> {
    let mut parts = form.text("intent").split(':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("who"), ..) => {
            again.asked.source = Source::new(form.text("who").parse().unwrap_or(0));
        }
        (Some("add-source"), ..) => {
            let tie = form.text("tie").parse().unwrap_or(Tie::Other);
            let new = (tie, form.text("name"));
            match desk.app().add_source(&desk.actor, case, new).await {
                Ok(source) => again.asked.source = source,
                Err(error) if error.kind == Kind::Invalid => {
                    let wrong = beside(&desk.shell, &error.problems, str::to_owned);
                    again.errors.list.extend(wrong.list);
                }
                Err(error) => return Err(error.into()),
            }
        }
        (Some("prefer"), Some(field), Some(source)) => {
            let field = Field::find(field).ok_or_else(Refused::not_found)?;
            let source = source.parse().map_err(|_| Refused::not_found())?;
            let pick = (field, Source::new(source));
            desk.app().prefer_source(&desk.actor, case, pick).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Everybody who answers, to choose from.
pub(super) fn sources(desk: &Desk, file: &CaseFile, asked: Source) -> Vec<Choice> {
    let reporter = Choice::new("0", desk.shell.say("source-reporter"));
    let others = file.sources.iter().map(|source| {
        let label = desk.who_says(file, source.source);
        Choice::new(source.source.number().to_string(), label)
    });
    let all = std::iter::once(reporter).chain(others).collect();
    Choice::select(all, &asked.number().to_string())
}

/// How far each stage is answered, by anybody.
pub(super) fn tiers(file: &CaseFile) -> Vec<TierLink> {
    let answered = |field: &Field| {
        let open = file
            .said
            .iter()
            .any(|((of, _), said)| of == field && !said.is_empty());
        open || file.sealed.keys().any(|(of, _)| of == field)
    };
    let link = |tier: Tier| {
        let fields = Field::ALL
            .iter()
            .filter(|field| field.section().tier() == tier && **field != Field::Confirmed);
        TierLink {
            tier,
            answered: fields.clone().filter(|field| answered(field)).count(),
            total: fields.count(),
        }
    };
    Tier::ALL.map(link).to_vec()
}

impl Desk {
    /// Who a source is, in words of the page.
    pub fn who_says(&self, file: &CaseFile, source: Source) -> String {
        let known = file.sources.iter().find(|known| known.source == source);
        match known {
            None => self.shell.say("source-reporter"),
            Some(known) => {
                let tie = self.shell.word("tie-{}", known.tie.as_str());
                self.with_unit(&known.name, &tie)
            }
        }
    }

    /// An answer with its mark in words of the page.
    pub fn said(&self, field: Field, answer: &AnswerView) -> String {
        let value = match answer.value.is_empty() && answer.said.mark.is_some() {
            true => String::new(),
            false => self.answer(field, &answer.value),
        };
        let mark = answer.said.mark;
        let mark = mark.map(|mark| self.shell.word("answer-{}", mark.as_str()));
        match (mark, value.is_empty()) {
            (None, _) => value,
            (Some(mark), true) => mark,
            (Some(mark), false) => format!("{mark} – {value}"),
        }
    }

    /// A sealed answer that was opened for a reason, with its mark.
    pub fn opened(&self, field: Field, answer: &AnswerView) -> String {
        let value = match field.kind() {
            FieldKind::OneOf(_) => self.shell.answer(field.name(), &answer.value),
            _ => answer.value.clone(),
        };
        let mark = answer.said.mark;
        let mark = mark.map(|mark| self.shell.word("answer-{}", mark.as_str()));
        match (mark, answer.value.is_empty()) {
            (None, _) => value,
            (Some(mark), true) => mark,
            (Some(mark), false) => format!("{mark} – {value}"),
        }
    }

    /// What others than `key`'s source said to its question.
    pub fn others(&self, file: &CaseFile, key: (Field, Source)) -> Vec<OtherSaid> {
        let (field, source) = key;
        let said = file.said.iter();
        said.filter(|((of, by), said)| *of == field && *by != source && !said.is_empty())
            .map(|((_, by), said)| OtherSaid {
                source: by.number(),
                who: self.who_says(file, *by),
                said: self.said(field, said),
                at: moment(said.said.said_ms.unwrap_or(said.at_ms)),
                taken: file.source_of(field) == *by,
            })
            .collect()
    }
}
