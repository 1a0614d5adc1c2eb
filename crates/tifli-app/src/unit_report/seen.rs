//! "Seen": a unit saw the child, or was told of it on the spot. A tip of the case like any other, with the grade its
//! source has, and nobody holds its receipt.

use tifli_domain::Actor;
use tifli_domain::id::{BulletinId, ReceiptCode, TipId};
use tifli_domain::tip::{LINE_LIMIT, Telling, WORDS_LIMIT};
use tifli_domain::triage::Ranking;
use tifli_domain::unit_report::{SeenHow, TipOrigin};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::tip::{self, NewTip};
use tifli_store::unit_report::{self, SourceRow};
use tifli_store::{Reads, Tx, case};

use super::line;
use crate::bus::Event;
use crate::codes::sha256;
use crate::report::still_open;
use crate::stages::Stage;
use crate::tip::receipt;
use crate::tip::triage;
use crate::{App, AppError, AppResult, Problem};

/// What was seen, as typed. Its `Debug` shows no words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SeenForm {
    /// How the unit knows: a word of [`SeenHow`].
    pub how: String,
    /// What was seen.
    pub words: String,
    /// Where.
    pub place: String,
    /// When; empty is now.
    pub when: String,
}

impl std::fmt::Debug for SeenForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SeenForm")
    }
}

struct Seeing {
    actor: Actor,
    app: App,
    tip: NewTip,
    ranking: Ranking,
    source: SourceRow,
}

impl App {
    /// Keeps a sighting by the person's service as a graded tip of the case. The same key and words again give the
    /// same tip.
    pub async fn report_seen(
        &self,
        actor: &Actor,
        (id, key): (BulletinId, &str),
        form: &SeenForm,
    ) -> AppResult<TipId> {
        let (bulletin, service) = self.reported_on(actor, id).await?;
        let (telling, how) = self.check_seen(form)?;
        let body = serde_json::to_vec(&telling).map_err(|_| AppError::internal("telling"))?;
        // Nobody is read these digits: they make the same form one tip.
        let token = format!("unit:{}:{key}", actor.person);
        let asked = [id.to_string().as_bytes(), b"\n", &body].concat();
        let nobodys: ReceiptCode = receipt::of_form(self.pepper(), &token, &sha256(&asked));
        let data_key = self.case_key(bulletin.case).await?;
        let tip = TipId::new(self.now_ms(), self.entropy());
        let seeing = Seeing {
            actor: actor.clone(),
            app: self.clone(),
            ranking: self.rank_telling(&telling, 0),
            tip: NewTip {
                tip,
                case: bulletin.case,
                alert: None,
                receipt_hash: receipt::stored(self.pepper(), &nobodys),
                body: data_key.seal(&tip::body_context(tip), &body),
            },
            source: SourceRow {
                tip,
                case: bulletin.case,
                origin: TipOrigin::Police,
                call: None,
                unit: Some((service, id)),
                by: actor.person,
                grade: how.grade(),
                at_ms: self.now_ms(),
            },
        };
        let stage = Stage::begin("unit.seen", tip);
        let kept = self
            .db()
            .write("report_seen", seeing, |tx, seeing| {
                Box::pin(see_in(tx, seeing))
            })
            .await?;
        stage.commit();
        self.bus().ring(Event::Tip(kept.to_string()));
        self.bus().ring(Event::Board);
        Ok(kept)
    }

    fn check_seen(&self, form: &SeenForm) -> AppResult<(Telling, SeenHow)> {
        let mut problems = Vec::new();
        let words = line("words", &form.words, WORDS_LIMIT, &mut problems);
        let place_words = line("place", &form.place, LINE_LIMIT, &mut problems);
        if place_words.is_empty() && problems.is_empty() {
            problems.push(Problem::new("place", "missing"));
        }
        let at = self.typed_moment(&form.when, &mut problems);
        let how = form.how.parse::<SeenHow>();
        if how.is_err() {
            problems.push(Problem::new("how", "missing"));
        }
        let (true, Ok(how)) = (problems.is_empty(), how) else {
            return Err(AppError::invalid(problems));
        };
        let at = jiff::Timestamp::from_millisecond(at).unwrap_or(self.now());
        let at = at.to_zoned(self.pack().zone().clone()).datetime();
        let place = self.find_place_in(&place_words);
        let known = place.as_ref().and_then(|id| self.pack().places().find(id));
        let telling = Telling {
            words,
            point: known.map(|place| place.position),
            place,
            place_words,
            seen_at: at.strftime("%Y-%m-%dT%H:%M").to_string(),
            language: self.first_language(),
        };
        Ok((telling, how))
    }
}

async fn see_in(tx: &mut Tx, seeing: &Seeing) -> AppResult<TipId> {
    still_open(&case::get(tx, seeing.tip.case).await?)?;
    let kept = tip::insert(tx, &seeing.tip).await?;
    if kept != seeing.tip.tip {
        return Ok(kept);
    }
    let source = SourceRow {
        at_ms: tx.now_ms(),
        ..seeing.source.clone()
    };
    unit_report::insert_source(tx, &source).await?;
    let first = Some((source.grade, seeing.actor.person));
    triage::begin(tx, &seeing.app, kept, (&seeing.ranking, first)).await?;
    let mut detail = Detail::none().with("case", seeing.tip.case);
    if let Some((service, bulletin)) = &source.unit {
        detail = detail.with("service", service).with("bulletin", bulletin);
    }
    let object = ObjectId::new("tip", kept);
    tx.audit(Entry::new(seeing.actor.person, "unit.seen", object).with_detail(detail))?;
    Ok(kept)
}
