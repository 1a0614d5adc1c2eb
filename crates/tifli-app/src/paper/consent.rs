//! Consent by channel, withdrawn when asked, and substituted by the prosecutor. Not for whether an alert may go out
//! otherwise.

use tifli_domain::Actor;
use tifli_domain::consent::{
    ChannelAnswer, ChannelConsent, Covers, Substitution, covers_with, may_answer,
};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::Reads;
use tifli_store::paper::{self, Entry, Kind};

use super::{Draft, LONGEST_REASON, Words, name, optional_name};
use crate::report::{still_open, text_problem};
use crate::{App, AppError, AppResult};

/// What a guardian answered for one channel.
#[derive(Clone)]
pub struct NewConsent {
    /// The channel, by the pack's list.
    pub channel: String,
    /// The answer.
    pub answer: ChannelAnswer,
    /// Who answered.
    pub given_by: String,
    /// Before whom.
    pub before: String,
    /// The signed paper, if it was scanned.
    pub scan: Option<Vec<u8>>,
}

/// A substitution by the prosecutor.
#[derive(Clone)]
pub struct NewSubstitution {
    /// The prosecutor's name.
    pub name: String,
    /// The article of law, by the pack's list.
    pub article: String,
    /// Why it serves the child.
    pub reason: String,
}

impl App {
    /// Writes down what a guardian answered for a channel. A withdrawal stands at once.
    pub async fn record_consent(
        &self,
        actor: &Actor,
        case: CaseId,
        new: NewConsent,
    ) -> AppResult<()> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &row.district)?;
        still_open(&row)?;
        let words = self.consent_words(&new)?;
        let entries = self.paper_entries(case).await?;
        may_answer(present(&entries, &new.channel), new.answer)
            .map_err(|_| AppError::field("answer", "nothing_to_withdraw"))?;
        let scan = self.store_scan(case, new.scan.as_deref()).await?;
        let draft = Draft {
            case,
            kind: Kind::Consent,
            subject: new.channel,
            code: new.answer.as_str().to_owned(),
            scan: scan.clone(),
        };
        let entry = self.paper_entry(actor, draft, &words).await?;
        let written = self
            .write_paper_entry(actor, Act::TakeReport, "case.consent", entry)
            .await;
        self.keep_or_discard(scan, written).await
    }

    /// The prosecutor's consent in the guardian's place: named, by an article of law, with a reason. It stands for every
    /// channel from the commit on.
    pub async fn substitute_consent(
        &self,
        actor: &Actor,
        case: CaseId,
        new: NewSubstitution,
    ) -> AppResult<()> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::SubstituteConsent, &row.district)?;
        still_open(&row)?;
        let mut problems = Vec::new();
        let name = name("name", &new.name)
            .map_err(|problem| problems.push(problem))
            .ok();
        let reason = text::required(&new.reason, LONGEST_REASON)
            .map_err(|error| problems.push(text_problem("reason", error)))
            .ok();
        if !self
            .pack()
            .articles()
            .iter()
            .any(|known| known.id == new.article)
        {
            problems.push(crate::Problem::new("article", "not_an_answer"));
        }
        let (Some(name), Some(reason), true) = (name, reason, problems.is_empty()) else {
            return Err(AppError::invalid(problems));
        };
        let words = Words {
            name,
            reason,
            ..Words::default()
        };
        let draft = Draft {
            case,
            kind: Kind::Substitution,
            subject: new.article,
            code: "substituted".to_owned(),
            scan: None,
        };
        let entry = self.paper_entry(actor, draft, &words).await?;
        self.write_paper_entry(
            actor,
            Act::SubstituteConsent,
            "case.substitute_consent",
            entry,
        )
        .await
    }

    /// Whether consent covers this channel now. Codes only: nothing sealed is opened.
    pub async fn consent_for(
        &self,
        actor: &Actor,
        case: CaseId,
        channel: &str,
    ) -> AppResult<Covers> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        self.db()
            .read(
                "consent_for",
                (case, channel.to_owned()),
                |reads, (case, channel)| {
                    Box::pin(async move { covers_in(reads, *case, channel).await })
                },
            )
            .await
    }

    /// The guardian's answer as recorded, or `substituted`.
    pub(crate) async fn consent_word(&self, case: CaseId, recorded: String) -> AppResult<String> {
        let entries = self.paper_entries(case).await?;
        Ok(match substitution_of(&entries) {
            Substitution::Standing => "substituted".to_owned(),
            Substitution::None => recorded,
        })
    }

    fn consent_words(&self, new: &NewConsent) -> AppResult<Words> {
        let mut problems = Vec::new();
        let channels = self.pack().consent_channels();
        if !channels.iter().any(|known| known.id == new.channel) {
            problems.push(crate::Problem::new("channel", "not_an_answer"));
        }
        let check = if new.answer == ChannelAnswer::NotAsked {
            optional_name
        } else {
            name
        };
        let given_by = check("given_by", &new.given_by)
            .map_err(|problem| problems.push(problem))
            .ok();
        let before = check("before", &new.before)
            .map_err(|problem| problems.push(problem))
            .ok();
        match (given_by, before, problems.is_empty()) {
            (Some(name), Some(before), true) => Ok(Words {
                name,
                before,
                ..Words::default()
            }),
            _ => Err(AppError::invalid(problems)),
        }
    }
}

/// What the guardian answered channel by channel, and whether the prosecutor stands in.
#[derive(Debug, Clone)]
pub(crate) struct Consents {
    answers: Vec<ChannelConsent>,
    /// Whether the prosecutor stands in.
    pub(crate) substitution: Substitution,
}

impl Consents {
    /// Whether they cover this channel.
    pub(crate) fn cover(&self, channel: &str) -> Covers {
        covers_with(&self.answers, channel, self.substitution)
    }
}

/// The consents of a case as they stand.
pub(crate) async fn consents(reads: &mut impl Reads, case: CaseId) -> AppResult<Consents> {
    let entries = paper::list(reads, case).await?;
    Ok(Consents {
        answers: answers_of(&entries),
        substitution: substitution_of(&entries),
    })
}

/// Whether consent covers a channel of a case, within a transaction.
async fn covers_in(reads: &mut impl Reads, case: CaseId, channel: &str) -> AppResult<Covers> {
    Ok(consents(reads, case).await?.cover(channel))
}

/// What stands for each channel that was asked about.
pub(super) fn answers_of(entries: &[Entry]) -> Vec<ChannelConsent> {
    let read = |entry: &Entry| {
        Some(ChannelConsent {
            channel: entry.subject.clone(),
            answer: entry.code.parse().ok()?,
        })
    };
    let standing = super::standing(entries, Kind::Consent);
    standing.into_iter().filter_map(read).collect()
}

/// Whether the prosecutor substituted the consent.
pub(super) fn substitution_of(entries: &[Entry]) -> Substitution {
    if entries.iter().any(|entry| entry.kind == Kind::Substitution) {
        Substitution::Standing
    } else {
        Substitution::None
    }
}

fn present(entries: &[Entry], channel: &str) -> Option<ChannelAnswer> {
    let answers = answers_of(entries);
    let found = answers.into_iter().find(|one| one.channel == channel);
    found.map(|one| one.answer)
}
