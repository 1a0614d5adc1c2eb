//! The ranked queue and its acts. One form per row: the button says the act, the hidden field the tips it stands for.

use std::collections::BTreeMap;

use axum::extract::State;
use tifli_app::report::ChildLine;
use tifli_app::tip::{BandCount, OpenedTip, QueueTip, Triage};
use tifli_app::{AppError, Kind};
use tifli_domain::id::{CaseId, PersonId, TipId};
use tifli_domain::triage::{Info, Source, Tag};

use super::desk::{Desk, Names, Sent, go_to};
use super::tips::row;
use crate::console::queue::{BandTile, FoldedRow, Holder, Queue, QueueRow, QueueRows};
use crate::console::tips::{DISMISSALS, dismissals};
use crate::forms::Choice;
use crate::problem::{Answer, Refused};
use crate::request::Form;
use crate::server::{WebState, moment};

/// What an act may come to, as the query `said` has it; each has its words.
const SAID: [&str; 6] = [
    "undone",
    "nothing_to_undo",
    "tip_moved_on",
    "tip_taken",
    "not_a_triager",
    "gone",
];

/// What the rows are made of.
struct Stuff {
    children: BTreeMap<CaseId, ChildLine>,
    labels: BTreeMap<CaseId, String>,
    names: Names,
    colleagues: Vec<(PersonId, String)>,
}

/// The queue, or its rows alone.
pub(super) async fn queue(desk: &Desk, part: &str, (skip, said): (usize, &str)) -> Answer {
    let queue = desk.app().tip_queue(&desk.actor, None, skip).await?;
    let stuff = Stuff::of(desk, &queue.rows).await?;
    let rows = queue.rows.iter().map(|tip| shown(desk, &stuff, tip));
    let rows: Vec<QueueRow> = rows.collect();
    let bands = tiles(&queue.bands);
    if part == "rows" {
        return Ok(desk.page(&QueueRows {
            now: desk.now,
            bands,
            rows,
            shell: desk.shell.clone(),
        }));
    }
    let next = skip + queue.taken;
    Ok(desk.page(&Queue {
        now: desk.now,
        bands,
        rows,
        more: queue.more.then(|| format!("/console/tips?skip={next}")),
        said: SAID
            .contains(&said)
            .then(|| desk.shell.word("queue-said-{}", said)),
        shell: desk.shell.clone(),
    }))
}

/// `POST /console/tips/triage`.
pub async fn act(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let tips: Result<Vec<TipId>, _> = form
        .text("tips")
        .split_whitespace()
        .map(str::parse)
        .collect();
    let tips = tips.map_err(|_| Refused::not_found())?;
    let Some(head) = tips.first().copied() else {
        return Ok(go_to("/console/tips"));
    };
    let act = form.text("act");
    if act == "ask" {
        return asked(&desk, head, form.text("question")).await;
    }
    let Some(act) = read(act, &form) else {
        return Err(Refused::not_found());
    };
    // A grade, like every word on a row, is said of all the tips that stand in it.
    match desk.app().triage(&desk.actor, &tips, act).await {
        Ok(()) => Ok(go_to(format!("/console/tips#{head}"))),
        Err(error) => refused(error),
    }
}

/// `POST /console/tips/undo`.
pub async fn undo(State(_): State<WebState>, Sent { desk, .. }: Sent) -> Answer {
    match desk.app().undo_triage(&desk.actor).await {
        Ok(undone) => {
            let tip = undone.tips.first().map(|tip| format!("#{tip}"));
            let tip = tip.unwrap_or_default();
            Ok(go_to(format!("/console/tips?said=undone{tip}")))
        }
        Err(error) => refused(error),
    }
}

/// How many wait in each band.
pub(super) fn tiles(bands: &[BandCount]) -> Vec<BandTile> {
    let tile = |count: &BandCount| BandTile {
        band: count.band,
        waiting: count.waiting,
        late: count.late,
    };
    bands.iter().map(tile).collect()
}

/// What a colleague was faster with is no failure of the page: the queue says so.
fn refused(error: AppError) -> Answer {
    let known = SAID.contains(&error.code.as_str());
    match error.kind {
        Kind::Conflict if known => Ok(go_to(format!("/console/tips?said={}", error.code))),
        Kind::Conflict => Ok(go_to("/console/tips?said=gone")),
        _ => Err(error.into()),
    }
}

async fn asked(desk: &Desk, tip: TipId, question: &str) -> Answer {
    match desk.app().ask(&desk.actor, tip, question).await {
        Ok(()) => Ok(go_to(format!("/console/tips#{tip}"))),
        // The page of the tip says what is wrong with the question, beside its field.
        Err(error) if error.kind == Kind::Invalid => {
            Ok(go_to(format!("/console/tips/{tip}#question")))
        }
        Err(error) => Err(error.into()),
    }
}

fn read(act: &str, form: &Form) -> Option<Triage> {
    let (verb, word) = act.split_once('-').unwrap_or((act, ""));
    Some(match (verb, word) {
        ("take", _) => Triage::Take,
        ("release", _) => Triage::Release,
        ("link", _) => Triage::Link,
        ("apart", _) => Triage::Apart,
        ("together", _) => Triage::Together,
        ("untag", _) => Triage::Tag(None),
        ("tag", word) => Triage::Tag(Some(word.parse::<Tag>().ok()?)),
        ("source", word) => Triage::Grade(Some(word.parse::<Source>().ok()?), None),
        ("info", word) => Triage::Grade(None, Some(word.parse::<Info>().ok()?)),
        ("give", _) => Triage::Give(form.text("to").parse().ok()?),
        ("dismiss", "") => dismissal(form.text("reason"))?,
        ("dismiss", word) => dismissal(word)?,
        _ => return None,
    })
}

fn dismissal(word: &str) -> Option<Triage> {
    DISMISSALS
        .contains(&word)
        .then(|| Triage::Dismiss(word.to_owned()))
}

impl Stuff {
    async fn of(desk: &Desk, rows: &[QueueTip]) -> Result<Self, Refused> {
        let app = desk.app();
        let mut cases: Vec<CaseId> = rows.iter().map(|row| row.opened.summary.case).collect();
        cases.sort_unstable();
        cases.dedup();
        let mut labels = BTreeMap::new();
        for case in &cases {
            let label = app.case_summary(&desk.actor, *case).await?.label;
            labels.insert(*case, label);
        }
        let colleagues = app.triagers(&desk.actor).await?.into_iter();
        let colleagues = colleagues.filter(|(person, _)| *person != desk.actor.person);
        Ok(Self {
            children: app.child_lines(&desk.actor, &cases).await?,
            labels,
            names: desk.names().await?,
            colleagues: colleagues
                .map(|(person, (name, unit))| (person, desk.with_unit(&name, &unit)))
                .collect(),
        })
    }

    fn label(&self, tip: &OpenedTip) -> &str {
        let label = self.labels.get(&tip.summary.case);
        label.map_or("", String::as_str)
    }
}

fn shown(desk: &Desk, stuff: &Stuff, tip: &QueueTip) -> QueueRow {
    let standing = &tip.opened.summary.standing;
    let line = |tip: &OpenedTip| row(desk, tip, &stuff.children, stuff.label(tip));
    let others = stuff.colleagues.iter();
    let others = others.filter(|(person, _)| standing.taken_by != Some(*person));
    QueueRow {
        tip: line(&tip.opened),
        band: standing.band,
        why: standing.why.clone(),
        due: moment(standing.due_ms),
        late: tip.late,
        holder: standing.taken_by.map(|person| Holder {
            name: stuff.names.of(person),
            me: person == desk.actor.person,
        }),
        source: standing.source,
        info: standing.info,
        tag: standing.tag,
        apart: standing.apart_ms.is_some(),
        reach: tip.reach,
        journey: tip.journey,
        folded: tip
            .folded
            .iter()
            .map(|(tip, why)| FoldedRow {
                tip: line(tip),
                why: *why,
            })
            .collect(),
        reasons: dismissals(&desk.shell, ""),
        colleagues: others
            .map(|(person, name)| Choice::new(person.to_string(), name.clone()))
            .collect(),
    }
}
