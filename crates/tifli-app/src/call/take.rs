//! Taking a call: the form becomes a durable, sealed row with a receipt, as a tip of a case or with a clock of its
//! own. The same form sent again is kept once and answered with the same receipt.

use tifli_domain::Actor;
use tifli_domain::call::{CallKind, InTheFuture, Spoken, When, read_when};
use tifli_domain::id::{CallId, CaseId, ReceiptCode, TipId};
use tifli_domain::permission::Act;
use tifli_domain::tip::Telling;
use tifli_domain::triage::Ranking;
use tifli_domain::unit_report::{SeenHow, TipOrigin};
use tifli_store::call::{self, NewCall};
use tifli_store::tip::{self, NewTip};
use tifli_store::unit_report::{self, SourceRow};
use tifli_store::{DataKey, Reads, Tx, alert, case};

use super::audit;
use super::recognize::is_sought;
use crate::bus::Event;
use crate::codes::sha256;
use crate::report::text_problem;
use crate::stages::Stage;
use crate::tip::receipt;
use crate::tip::triage;
use crate::{App, AppError, AppResult, Problem};

/// What a call is about, as the person at the line chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A child who is sought.
    Case(CaseId),
    /// None of the open cases.
    Other(CallKind),
}

/// The form as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallForm {
    /// What was said.
    pub spoken: Spoken,
    /// When the caller rang, if it is typed in later; empty is now.
    pub called_at: String,
    /// What it is about.
    pub about: About,
}

/// A call that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenCall {
    /// Its id.
    pub call: CallId,
    /// The number people say.
    pub number: i64,
    /// What it is.
    pub kind: CallKind,
    /// The case it is about, and the tip it became.
    pub about: Option<(CaseId, TipId)>,
    /// What the caller is read; never stored.
    pub receipt: Option<ReceiptCode>,
    /// When the caller rang.
    pub called_ms: i64,
    /// By when somebody must see to it.
    pub due_ms: Option<i64>,
}

struct Taking {
    actor: Actor,
    app: App,
    new: NewCall,
    tip: Option<(NewTip, Ranking)>,
}

impl About {
    fn kind(self) -> CallKind {
        match self {
            Self::Case(_) => CallKind::Tip,
            Self::Other(kind) => kind,
        }
    }
}

impl App {
    /// Keeps a call and answers once it is durable. `key` is the form's hidden token. Problems stand beside their
    /// fields (`words`, `place`, `when`, `called_at`, …), and nothing is kept then.
    pub async fn take_call(
        &self,
        actor: &Actor,
        key: &str,
        form: &CallForm,
    ) -> AppResult<TakenCall> {
        self.permit_anywhere(actor, Act::TakeCall)?;
        let kind = form.about.kind();
        if form.about == About::Other(CallKind::Tip) {
            return Err(AppError::field("about", "missing"));
        }
        let (spoken, called_ms) = self.check_call(form, kind)?;
        let body = serde_json::to_vec(&spoken).map_err(|_| AppError::internal("call_body"))?;
        let asked = format!(
            "{:?}\n{}\n{}",
            form.about,
            form.called_at,
            form.spoken.key()
        );
        let receipt = receipt::of_form(self.pepper(), key, &sha256(asked.as_bytes()));
        let receipt_hash = receipt::stored(self.pepper(), &receipt);
        let call = CallId::new(self.now_ms(), self.entropy());
        if let Some(kept) = self.find_taken(receipt_hash).await? {
            return Ok(taken(&kept, receipt));
        }
        let stage = Stage::begin("call.take", call);
        let (owner, tip) = match form.about {
            About::Case(case) => {
                let key = self.case_key(case).await?;
                let tip = self
                    .tip_of_call(case, &key, (&spoken, receipt_hash))
                    .await?;
                (key, Some(tip))
            }
            // The key is durable before its row; a crash between leaves a key that the next start sweeps.
            About::Other(_) => (self.db().keys().create(&call.to_string()).await?, None),
        };
        let new = NewCall {
            call,
            kind,
            about: tip.as_ref().map(|(tip, _)| (tip.case, tip.tip)),
            receipt_hash,
            body: owner.seal(&call::body_context(call), &body),
            called_ms,
            taken_by: actor.person,
            due_ms: kind
                .minutes()
                .map(|minutes| self.now_ms() + minutes * 60_000),
        };
        let taking = Taking {
            actor: actor.clone(),
            app: self.clone(),
            new,
            tip,
        };
        let row = self
            .db()
            .write("take_call", taking, |tx, taking| {
                Box::pin(take_in(tx, taking))
            })
            .await?;
        stage.commit();
        if let Some(tip) = row.tip {
            self.bus().ring(Event::Tip(tip.to_string()));
        }
        self.bus().ring(Event::Board);
        Ok(taken(&row, receipt))
    }

    /// The checked words with their time, and when the caller rang.
    fn check_call(&self, form: &CallForm, kind: CallKind) -> AppResult<(Spoken, i64)> {
        let now = self.local_now();
        let mut problems: Vec<Problem> = Vec::new();
        let checked = form.spoken.check(kind).unwrap_or_else(|errors| {
            problems.extend(errors.iter().map(|e| text_problem(e.field, e.problem)));
            Spoken::default()
        });
        let mut moment = |field: &'static str, typed: &str| match read_when(typed, now) {
            Ok(when) => when,
            Err(InTheFuture) => {
                problems.push(Problem::new(field, "in_the_future"));
                When::At(now)
            }
        };
        let when = moment("when", &form.spoken.when);
        let called = moment("called_at", &form.called_at);
        let called_ms = match called {
            _ if form.called_at.trim().is_empty() => self.now_ms(),
            When::At(at) => self.moment_ms(at),
            When::Words(_) => {
                problems.push(Problem::new("called_at", "not_a_date"));
                self.now_ms()
            }
        };
        if !problems.is_empty() {
            return Err(AppError::invalid(problems));
        }
        let when = match when {
            When::At(at) => at.strftime("%Y-%m-%dT%H:%M").to_string(),
            When::Words(words) => words,
        };
        Ok((Spoken { when, ..checked }, called_ms))
    }

    /// The tip a call becomes on an open case, sealed under its key.
    pub(super) async fn tip_of_call(
        &self,
        case: CaseId,
        key: &DataKey,
        (spoken, receipt_hash): (&Spoken, [u8; 32]),
    ) -> AppResult<(NewTip, Ranking)> {
        let alert = self
            .db()
            .read("alert_of_call", case, |reads, case| {
                Box::pin(async move {
                    let row = case::get(reads, *case).await?;
                    if !is_sought(row.state) {
                        return Err(AppError::conflict("case_not_open"));
                    }
                    let alerts = alert::list_by_case(reads, *case).await?;
                    let mut live = alerts.into_iter().filter(|alert| alert.live_ms.is_some());
                    Ok(live.next_back().map(|alert| alert.alert))
                })
            })
            .await?;
        let tip = TipId::new(self.now_ms(), self.entropy());
        let place = self.find_place_in(&spoken.place_words);
        let point = place.as_ref().and_then(|id| self.pack().places().find(id));
        let telling = Telling {
            words: spoken.story(),
            place_words: spoken.place_words.clone(),
            point: point.map(|place| place.position),
            place,
            seen_at: spoken.when.clone(),
            language: self.first_language(),
        };
        let body = serde_json::to_vec(&telling).map_err(|_| AppError::internal("telling"))?;
        let new = NewTip {
            tip,
            case,
            alert,
            receipt_hash,
            body: key.seal(&tip::body_context(tip), &body),
        };
        Ok((new, self.rank_telling(&telling, 0)))
    }

    /// The language of the house's consoles.
    pub(crate) fn first_language(&self) -> String {
        let languages = &self.pack().languages().console;
        languages
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    async fn find_taken(&self, receipt_hash: [u8; 32]) -> AppResult<Option<call::CallRow>> {
        self.db()
            .read("find_taken", receipt_hash, |reads, hash| {
                Box::pin(async move { Ok(call::find_by_receipt(reads, hash).await?) })
            })
            .await
    }
}

async fn take_in(tx: &mut Tx, taking: &Taking) -> AppResult<call::CallRow> {
    if let Some(kept) = call::find_by_receipt(tx, &taking.new.receipt_hash).await? {
        return Ok(kept);
    }
    if let Some(tip) = &taking.tip {
        keep_tip(tx, (&taking.app, tip), (&taking.actor, taking.new.call)).await?;
    }
    call::insert(tx, &taking.new).await?;
    let row = call::get(tx, taking.new.call).await?;
    audit(tx, taking.actor.person, "call.take", &row)?;
    Ok(row)
}

/// The tip of a call with where it came from. Nothing of a caller can be judged yet.
pub(super) async fn keep_tip(
    tx: &mut Tx,
    (app, (tip, ranking)): (&App, &(NewTip, Ranking)),
    (actor, call): (&Actor, CallId),
) -> AppResult<()> {
    let row = case::get(tx, tip.case).await?;
    if !is_sought(row.state) {
        return Err(AppError::conflict("case_not_open"));
    }
    tip::insert(tx, tip).await?;
    let source = SourceRow {
        tip: tip.tip,
        case: tip.case,
        origin: TipOrigin::Call,
        call: Some(call),
        unit: None,
        by: actor.person,
        grade: SeenHow::Told.grade(),
        at_ms: tx.now_ms(),
    };
    unit_report::insert_source(tx, &source).await?;
    triage::begin(tx, app, tip.tip, (ranking, None)).await
}

fn taken(row: &call::CallRow, receipt: ReceiptCode) -> TakenCall {
    TakenCall {
        call: row.call,
        number: row.number,
        kind: row.kind,
        about: row.case.zip(row.tip),
        receipt: row.kind.gives_receipt().then_some(receipt),
        called_ms: row.called_ms,
        due_ms: row.due_ms,
    }
}
