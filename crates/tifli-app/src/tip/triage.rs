//! What the room does with tips of the queue: take, give, release, grade, tag, keep apart, decide; and taking the last
//! act back. Several tips at once are one act, for a row of the queue stands for all that say the same.
//!
//! Every act stands in the journal with what was before, moves the clock of its band, and leaves an audit entry.

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{CaseId, PersonId, TipId};
use tifli_domain::permission::{self, Act};
use tifli_domain::text;
use tifli_domain::tip::{Telling, TipAct};
use tifli_domain::triage::{Band, Facts, Info, Limits, Ranking, Seen, Source, Tag, rank};
use tifli_domain::unit_report::FirstGrade;
use tifli_domain::{Actor, typed};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::tip::{self, TipRow};
use tifli_store::triage::{self as journal, NewAct, Standing};
use tifli_store::{Reads, Tx, people};

use crate::bus::Event;
use crate::report::text_problem;
use crate::{App, AppError, AppResult, duty};

/// The most characters of a reason.
const REASON: usize = 1_000;
/// The most tips of one act.
const MOST: usize = 200;
/// How long an act can be taken back.
const UNDO_MS: i64 = 10 * 60_000;

/// Something the room does with tips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Triage {
    /// Takes what nobody has.
    Take,
    /// Lets go of it.
    Release,
    /// Gives it to a colleague, whoever has it.
    Give(PersonId),
    /// It is a sighting.
    Link,
    /// It is not, for this reason.
    Dismiss(String),
    /// Grades the source, the information, or both; what is left out stays.
    Grade(Option<Source>, Option<Info>),
    /// Says what it is, or takes that back; the band follows.
    Tag(Option<Tag>),
    /// Keeps it apart from others that say the same.
    Apart,
    /// Lets it stand with them again.
    Together,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The act, as its code.
    pub act: String,
    /// The tips it was done to.
    pub tips: Vec<TipId>,
}

/// An act on its way.
struct Work {
    app: App,
    actor: Actor,
    tips: Vec<TipId>,
    act: Triage,
}

impl Triage {
    /// The act as a code, for the journal and the audit.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Take => "tip.take",
            Self::Release => "tip.release",
            Self::Give(_) => "tip.give",
            Self::Link => "tip.link",
            Self::Dismiss(_) => "tip.dismiss",
            Self::Grade(..) => "tip.grade",
            Self::Tag(_) => "tip.tag",
            Self::Apart => "tip.apart",
            Self::Together => "tip.together",
        }
    }
}

impl App {
    /// Does one act to tips, all or none. Refused with `tip_taken` when a colleague has one of them, apart from giving
    /// and from grading.
    pub async fn triage(&self, actor: &Actor, tips: &[TipId], act: Triage) -> AppResult<()> {
        let mut tips = tips.to_vec();
        tips.sort_unstable();
        tips.dedup();
        if tips.is_empty() || tips.len() > MOST {
            return Err(AppError::not_found());
        }
        let act = match act {
            Triage::Dismiss(reason) => Triage::Dismiss(
                text::required(&reason, REASON)
                    .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?,
            ),
            act => act,
        };
        let rung = tips.clone();
        let work = Work {
            app: self.clone(),
            actor: actor.clone(),
            tips,
            act,
        };
        self.permit_work(&work).await?;
        self.db()
            .write("triage", work, |tx, work| {
                Box::pin(async move { work.run(tx).await })
            })
            .await?;
        self.ring_tips(&rung);
        Ok(())
    }

    /// Takes back the last act of this person, if it is a few minutes old at most and nobody did anything to its tips
    /// since: everything is as it was before.
    pub async fn undo_triage(&self, actor: &Actor) -> AppResult<Undone> {
        self.permit_anywhere(actor, Act::TriageTips)?;
        let args = (self.clone(), actor.clone());
        let undone = self
            .db()
            .write("undo_triage", args, |tx, (app, actor)| {
                Box::pin(async move { undo(tx, app, actor).await })
            })
            .await?;
        self.ring_tips(&undone.tips);
        Ok(undone)
    }

    /// How soon a tip is taken up, by what it tells.
    pub(crate) fn rank_telling(&self, telling: &Telling, photos: usize) -> Ranking {
        let place =
            !telling.place_words.is_empty() || telling.place.is_some() || telling.point.is_some();
        let facts = Facts {
            seen: self.seen(telling, self.now_ms()),
            place,
            photo: photos > 0,
            tag: None,
        };
        rank(&facts, self.limits())
    }

    /// When something was seen, in UTC milliseconds: the time told, or the moment of telling when it was *now*.
    pub(super) fn seen_ms(&self, telling: &Telling, received_ms: i64) -> Option<i64> {
        match self.seen(telling, received_ms) {
            Seen::Now => Some(received_ms),
            Seen::Before(minutes) => Some(received_ms - minutes * 60_000),
            Seen::Untold => None,
        }
    }

    fn seen(&self, telling: &Telling, received_ms: i64) -> Seen {
        let zone = self.pack().zone().clone();
        let told = typed::local_time(&telling.seen_at).and_then(|at| at.to_zoned(zone).ok());
        if let Some(at) = told {
            let before = received_ms - at.timestamp().as_millisecond();
            return Seen::Before(before.div_euclid(60_000));
        }
        let triage = self.pack().triage();
        if triage.says_now(&telling.seen_at) || triage.says_now(&telling.words) {
            return Seen::Now;
        }
        Seen::Untold
    }

    fn limits(&self) -> Limits {
        let triage = self.pack().triage();
        Limits {
            live: i64::from(triage.live_minutes()),
            recent: i64::from(triage.recent_minutes()),
        }
    }

    async fn permit_work(&self, work: &Work) -> AppResult<()> {
        let given = match work.act {
            Triage::Give(person) => Some(person),
            _ => None,
        };
        let args = (work.tips.clone(), given);
        let (districts, person) = self
            .db()
            .read("permit_triage", args, |reads, (tips, given)| {
                Box::pin(async move {
                    let mut districts = Vec::with_capacity(tips.len());
                    for tip in tips {
                        districts.push(tip::get(reads, *tip).await?.district);
                    }
                    let person = match given {
                        Some(person) => Some(people::get(reads, *person).await?),
                        None => None,
                    };
                    Ok::<_, AppError>((districts, person))
                })
            })
            .await?;
        for district in &districts {
            self.permit(&work.actor, Act::TriageTips, district)?;
        }
        let able = person.is_none_or(|row| {
            let reach = permission::reach(row.role, Act::TriageTips);
            row.disabled_ms.is_none() && reach == permission::Reach::Everywhere
        });
        if able {
            Ok(())
        } else {
            Err(AppError::conflict("not_a_triager"))
        }
    }

    fn ring_tips(&self, tips: &[TipId]) {
        for tip in tips {
            self.bus().ring(Event::Tip(tip.to_string()));
        }
        self.bus().ring(Event::Board);
    }

    fn due_ms(&self, band: Band, from_ms: i64) -> i64 {
        from_ms + self.pack().triage().due_ms(band.as_str())
    }
}

impl Work {
    async fn run(&self, tx: &mut Tx) -> AppResult<()> {
        let batch = journal::next_batch(tx).await?;
        let new = NewAct {
            batch,
            act: self.act.verb(),
            by: self.actor.person,
        };
        for tip in &self.tips {
            let row = tip::get(tx, *tip).await?;
            let after = self.apply(tx, &row).await?;
            if after == row.standing {
                continue;
            }
            journal::note(tx, &row, &new).await?;
            journal::write(tx, row.tip, &after).await?;
            self.write_reason(tx, &row).await?;
            self.audit(tx, &row)?;
            let end = (DutyEnd::Done, Some(self.actor.person));
            for band in bands(&row.standing, &after) {
                reclock(tx, &self.app, (row.case, band), end).await?;
            }
        }
        Ok(())
    }

    /// What stands after the act.
    async fn apply(&self, tx: &mut Tx, row: &TipRow) -> AppResult<Standing> {
        let now = tx.now_ms();
        let me = self.actor.person;
        let mut after = row.standing.clone();
        let held = after.taken_by.is_some_and(|holder| holder != me);
        let free = matches!(self.act, Triage::Give(_) | Triage::Grade(..));
        if held && !free {
            return Err(AppError::conflict("tip_taken"));
        }
        match &self.act {
            Triage::Take => {
                if after.taken_by.is_some() {
                    return Ok(after);
                }
                if !journal::take(tx, row.tip, me).await? {
                    return Err(AppError::conflict("tip_taken"));
                }
                (after.taken_by, after.taken_ms) = (Some(me), Some(now));
                after.due_ms = self.app.due_ms(after.band, now);
            }
            Triage::Give(person) => {
                if after.taken_by == Some(*person) {
                    return Ok(after);
                }
                (after.taken_by, after.taken_ms) = (Some(*person), Some(now));
                after.due_ms = self.app.due_ms(after.band, now);
            }
            Triage::Release => {
                (after.taken_by, after.taken_ms) = (None, None);
                after.due_ms = self.app.due_ms(after.band, row.received_ms);
            }
            Triage::Link => decide(&mut after, TipAct::Link, (me, now))?,
            Triage::Dismiss(_) => decide(&mut after, TipAct::Dismiss, (me, now))?,
            Triage::Grade(source, info) => {
                after.source = source.or(after.source);
                after.info = info.or(after.info);
                (after.graded_by, after.graded_ms) = (Some(me), Some(now));
            }
            Triage::Tag(tag) => {
                if after.tag == *tag {
                    return Ok(after);
                }
                let limits = self.app.limits();
                let ranking = rank(&Facts::again(&after.why, *tag, limits), limits);
                (after.tag, after.band, after.why) = (*tag, ranking.band, ranking.why);
                let from = after.taken_ms.unwrap_or(row.received_ms);
                after.due_ms = self.app.due_ms(after.band, from);
            }
            Triage::Apart => after.apart_ms = after.apart_ms.or(Some(now)),
            Triage::Together => after.apart_ms = None,
        }
        Ok(after)
    }

    /// A dismissal has its reason; a link has none.
    async fn write_reason(&self, tx: &mut Tx, row: &TipRow) -> AppResult<()> {
        let reason = match &self.act {
            Triage::Dismiss(reason) => {
                let key = self.app.db().keys().get(&row.case.to_string()).await?;
                Some(key.seal(&tip::reason_context(row.tip), reason.as_bytes()))
            }
            Triage::Link => None,
            _ => return Ok(()),
        };
        Ok(journal::write_reason(tx, row.tip, reason).await?)
    }

    fn audit(&self, tx: &mut Tx, row: &TipRow) -> AppResult<()> {
        let detail = Detail::none().with("case", row.case);
        let detail = match &self.act {
            Triage::Give(person) => detail.with("to", person),
            Triage::Grade(source, info) => detail
                .with("source", source.map_or("none", Source::as_str))
                .with("info", info.map_or("none", Info::as_str)),
            Triage::Tag(tag) => detail.with("tag", tag.map_or("none", Tag::as_str)),
            _ => detail,
        };
        let object = ObjectId::new("tip", row.tip);
        let entry = Entry::new(self.actor.person, self.act.verb(), object);
        Ok(tx.audit(entry.with_detail(detail))?)
    }
}

/// Ranks a tip that has just come, and starts the clock of its band.
/// A source that is known gives it a first grade.
pub(crate) async fn begin(
    tx: &mut Tx,
    app: &App,
    tip: TipId,
    (ranking, first): (&Ranking, Option<(FirstGrade, PersonId)>),
) -> AppResult<()> {
    let row = tip::get(tx, tip).await?;
    let grade = first.map(|(grade, _)| grade);
    let graded = first.map(|(_, by)| by);
    let standing = Standing {
        band: ranking.band,
        why: ranking.why.clone(),
        due_ms: app.due_ms(ranking.band, row.received_ms),
        source: grade.and_then(|grade| letter(grade.source).parse().ok()),
        info: grade.and_then(|grade| grade.information.to_string().parse().ok()),
        graded_by: graded,
        graded_ms: graded.map(|_| row.received_ms),
        ..row.standing
    };
    journal::write(tx, tip, &standing).await?;
    reclock(tx, app, (row.case, ranking.band), (DutyEnd::Done, None)).await
}

fn letter(source: char) -> String {
    source.to_ascii_lowercase().to_string()
}

fn decide(after: &mut Standing, act: TipAct, (by, now): (PersonId, i64)) -> AppResult<()> {
    after.state = after.state.after(act)?;
    (after.decided_by, after.decided_ms) = (Some(by), Some(now));
    Ok(())
}

/// The bands whose clocks an act may have moved.
fn bands(before: &Standing, after: &Standing) -> Vec<Band> {
    let mut bands = vec![before.band, after.band];
    bands.dedup();
    bands
}

/// The duty of a band of a case ends with the first of its tips that waits; with none, it is settled.
async fn reclock(
    tx: &mut Tx,
    app: &App,
    (case, band): (CaseId, Band),
    end: (DutyEnd, Option<PersonId>),
) -> AppResult<()> {
    let of_band = (case, DutyKind::TriageTips, band.as_str());
    let open = tifli_store::duty::find_open(tx, of_band.0, of_band.1, of_band.2).await?;
    let due = journal::find_earliest_due(tx, case, band).await?;
    match (open, due) {
        (Some(row), Some(due)) if row.due_ms != due => {
            tifli_store::duty::move_due(tx, row.duty, due).await?;
        }
        (Some(_), None) => {
            duty::settle(tx, of_band, end).await?;
        }
        (None, Some(due)) => duty::open_until(tx, app, of_band, due).await?,
        _ => {}
    }
    Ok(())
}

async fn undo(tx: &mut Tx, app: &App, actor: &Actor) -> AppResult<Undone> {
    let since = tx.now_ms() - UNDO_MS;
    let acts = journal::list_last_batch(tx, actor.person, since).await?;
    let Some(first) = acts.first() else {
        return Err(AppError::conflict("nothing_to_undo"));
    };
    let (batch, act) = (first.batch, first.act.clone());
    let mut tips = Vec::with_capacity(acts.len());
    for done in &acts {
        let row = tip::get(tx, done.tip).await?;
        app.permit(actor, Act::TriageTips, &row.district)?;
        if journal::moved_on(tx, done).await? {
            return Err(AppError::conflict("tip_moved_on"));
        }
        journal::write(tx, row.tip, &done.before).await?;
        journal::write_reason(tx, row.tip, done.reason.clone()).await?;
        let detail = Detail::none().with("case", row.case).with("act", &act);
        let entry = Entry::new(actor.person, "tip.undo", ObjectId::new("tip", row.tip));
        tx.audit(entry.with_detail(detail))?;
        let end = (DutyEnd::Done, Some(actor.person));
        for band in bands(&row.standing, &done.before) {
            reclock(tx, app, (row.case, band), end).await?;
        }
        tips.push(row.tip);
    }
    journal::mark_undone(tx, batch).await?;
    Ok(Undone { act, tips })
}
