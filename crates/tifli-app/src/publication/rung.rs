//! Choosing the rung: an officer proposes, an approver decides; either may differ from the table,
//! with a reason. A decision that nothing goes out opens what the guardian is owed.

use tifli_domain::Actor;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::permission::{Act, check};
use tifli_domain::qualify::{Certainty, Facts, Moving, Rung, Sign, qualify};
use tifli_store::audit::{Detail, Entry as Trail, ObjectId};
use tifli_store::publication::{self, Kind};
use tifli_store::{Reads, Tx};

use super::known::Known;
use super::words::{self, Words};
use super::write::{Writing, settle, trail};
use crate::{App, AppResult, duty};

/// Hours after a decision that nothing goes out at which it is made again.
pub(super) const AGAIN_HOURS: [i64; 3] = [2, 6, 12];

/// What a person says when they choose a rung.
#[derive(Clone, Default)]
pub struct Qualifying {
    /// The rung; none takes the table's.
    pub rung: Option<Rung>,
    /// Why, where it is not the table's.
    pub reason: String,
    /// Signs of danger; none leaves those said before.
    pub signs: Option<Vec<Sign>>,
    /// How sure the reporter is; none leaves what was said before.
    pub certainty: Option<Certainty>,
    /// Whether the child moves away; none leaves what was said before.
    pub moving: Option<Moving>,
}

impl App {
    /// Proposes or decides a rung, as the person may; returns the one written down.
    pub async fn qualify(
        &self,
        actor: &Actor,
        case_id: CaseId,
        said: &Qualifying,
    ) -> AppResult<Rung> {
        self.may(actor, Act::Qualify, case_id).await?;
        let row = self.case_row(case_id).await?;
        let kind = match check(actor, Act::ApproveAlert, &row.district) {
            Ok(()) => Kind::Decided,
            Err(_) => Kind::Proposed,
        };
        self.choose(actor, case_id, kind, said).await
    }

    /// Writes a chosen rung down and opens or settles what follows from it.
    pub(super) async fn choose(
        &self,
        actor: &Actor,
        case_id: CaseId,
        kind: Kind,
        said: &Qualifying,
    ) -> AppResult<Rung> {
        let known = self.known(actor, case_id).await?;
        let (rung, words) = self.weigh(&known, said)?;
        let what = (kind, rung.as_str());
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| Box::pin(follow(tx, writing)))
            .await?;
        Ok(rung)
    }

    /// The entry that a rung which an approver proposed and the author took over will be written as: it is decided by
    /// both. The caller writes it with [`taken`].
    pub(crate) async fn taking(
        &self,
        actor: &Actor,
        case_id: CaseId,
        (rung, reason): (Rung, &str),
    ) -> AppResult<Writing> {
        self.may(actor, Act::DraftAlert, case_id).await?;
        let known = self.known(actor, case_id).await?;
        let said = Qualifying {
            rung: Some(rung),
            reason: reason.to_owned(),
            ..Qualifying::default()
        };
        let (_, words) = self.weigh(&known, &said)?;
        let what = (Kind::Decided, rung.as_str());
        self.writing(actor, case_id, what, &words).await
    }

    fn weigh(&self, known: &Known, said: &Qualifying) -> AppResult<(Rung, Words)> {
        let before = &known.facts;
        let signs = said.signs.as_ref();
        let facts = Facts {
            signs: signs.map_or_else(|| before.signs.clone(), |s| s.iter().copied().collect()),
            certainty: said.certainty.unwrap_or(before.certainty),
            moving: said.moving.unwrap_or(before.moving),
            ..before.clone()
        };
        let by_table = qualify(&facts, &self.pack().qualification().thresholds());
        let rung = said.rung.unwrap_or(by_table.rung);
        let note = if rung == by_table.rung {
            words::optional("reason", &said.reason)?
        } else {
            words::needed("reason", &said.reason)?
        };
        let word = |word: &'static str| word.to_owned();
        let words = Words {
            note,
            signs: facts.signs.iter().map(|s| word(s.as_str())).collect(),
            certainty: word(facts.certainty.as_str()),
            moving: match facts.moving {
                Moving::Away => word("away"),
                Moving::NotKnown => String::new(),
            },
            by_table: word(by_table.rung.as_str()),
            met: by_table.met.iter().map(|c| word(c.as_str())).collect(),
            missing: by_table
                .missing
                .iter()
                .map(|(_, c)| word(c.as_str()))
                .collect(),
            ..Words::default()
        };
        Ok((rung, words))
    }
}

/// Writes down a rung that was taken over, within the write that makes the draft fit it.
pub(crate) async fn taken(tx: &mut Tx, writing: &Writing, by: PersonId) -> AppResult<()> {
    publication::insert(tx, &writing.entry).await?;
    decided_for(tx, (&writing.actor, writing.entry.case)).await?;
    let detail = Detail::none()
        .with("code", &writing.entry.code)
        .with("proposed_by", by);
    let object = ObjectId::new("case", writing.entry.case);
    let entry = Trail::new(writing.actor.person, "case.take_rung", object);
    Ok(tx.audit(entry.with_detail(detail))?)
}

async fn follow(tx: &mut Tx, writing: &Writing) -> AppResult<()> {
    let (case, kind) = (writing.entry.case, writing.entry.kind);
    if kind == Kind::Reviewed {
        settle(tx, writing, (DutyKind::ReviewRefusal, "")).await?;
    }
    if writing.entry.code == Rung::Bulletin.as_str() {
        decided_against(tx, &writing.app, (&writing.actor, case)).await?;
    } else if kind != Kind::Proposed {
        decided_for(tx, (&writing.actor, case)).await?;
    }
    let verb = match kind {
        Kind::Decided => "case.decide_rung",
        Kind::Reviewed => "case.review_rung",
        _ => "case.propose_rung",
    };
    trail(tx, writing, verb, case)
}

/// Nothing goes out: it is explained to the guardian, and decided again at two, six and twelve
/// hours. Deciding the same again counts as the next of these.
pub(crate) async fn decided_against(
    tx: &mut Tx,
    app: &App,
    (actor, case): (&Actor, CaseId),
) -> AppResult<()> {
    for hours in AGAIN_HOURS {
        let subject = hours.to_string();
        let waits = (case, DutyKind::DecideAgain, subject.as_str());
        if duty::settle(tx, waits, (DutyEnd::Done, Some(actor.person))).await? {
            return Ok(());
        }
    }
    let all = tifli_store::duty::list_by_case(tx, case).await?;
    let decided_thrice = all.iter().any(|duty| {
        duty.kind == DutyKind::DecideAgain && duty.ending == Some(DutyEnd::Done) && is_last(duty)
    });
    if decided_thrice {
        return Ok(());
    }
    for hours in AGAIN_HOURS {
        let subject = hours.to_string();
        let due_ms = tx.now_ms() + hours * 3_600_000;
        let waits = (case, DutyKind::DecideAgain, subject.as_str());
        duty::open_until(tx, app, waits, due_ms).await?;
    }
    duty::open(tx, app, (case, DutyKind::ExplainToGuardian, "")).await
}

fn is_last(duty: &tifli_store::duty::DutyRow) -> bool {
    AGAIN_HOURS.last().map(i64::to_string).as_ref() == Some(&duty.subject)
}

/// Something may go out after all: nothing is owed any more.
pub(crate) async fn decided_for(tx: &mut Tx, (actor, case): (&Actor, CaseId)) -> AppResult<()> {
    let needless = (DutyEnd::Needless, Some(actor.person));
    for hours in AGAIN_HOURS {
        let subject = hours.to_string();
        duty::settle(tx, (case, DutyKind::DecideAgain, &subject), needless).await?;
    }
    for kind in [DutyKind::ExplainToGuardian, DutyKind::ReviewRefusal] {
        duty::settle(tx, (case, kind, ""), needless).await?;
    }
    Ok(())
}
