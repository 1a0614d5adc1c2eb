//! Writing down a found child. Nothing is required but one word of description or a name: a child in
//! front of somebody is written down at once.

use tifli_domain::Actor;
use tifli_domain::found::Facts;
use tifli_domain::id::FoundId;
use tifli_domain::permission::Act;
use tifli_domain::text::{self, TextError};
use tifli_domain::typed;
use tifli_store::Tx;
use tifli_store::found;

use super::audit;
use crate::bus::Event;
use crate::report::text_problem;
use crate::{App, AppError, AppResult, Problem};

/// The most characters of a line.
const LINE: usize = 200;
/// The most characters of several lines.
const WORDS: usize = 2_000;
/// Nobody of more years is a child.
const OLDEST: i64 = 17;

/// What is typed about a found child, each as typed. Its `Debug` shows no words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FoundForm {
    /// When, local time; empty is now.
    pub found_at: String,
    /// Where: a place of the gazetteer by its id or by any of its names.
    pub place: String,
    /// Where, in words.
    pub place_words: String,
    /// By whom.
    pub found_by: String,
    /// What the child says.
    pub words: String,
    /// Its name as heard.
    pub name: String,
    /// The language it speaks.
    pub language: String,
    /// At least so many years.
    pub age_low: String,
    /// At most so many.
    pub age_high: String,
    /// `girl`, `boy`, `unknown`, or empty.
    pub sex: String,
    /// What it looks like.
    pub description: String,
    /// What it wears.
    pub clothes: String,
    /// How it is.
    pub health: String,
    /// Where it is safe.
    pub safety: String,
}

impl std::fmt::Debug for FoundForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FoundForm")
    }
}

struct Job {
    found: FoundId,
    actor: Actor,
    sealed: Vec<u8>,
}

impl App {
    /// Writes a found child down in the actor's district.
    pub async fn register_found(&self, actor: &Actor, form: &FoundForm) -> AppResult<FoundId> {
        self.permit(actor, Act::RegisterFound, &actor.district)?;
        if actor.district.is_empty() {
            return Err(AppError::conflict("no_district"));
        }
        let facts = self.accept_found(form)?;
        let found = FoundId::new(self.now_ms(), self.entropy());
        // The key is durable before its row; a crash between leaves a key that the next start sweeps.
        let key = self.db().keys().create(&found.to_string()).await?;
        let plain = serde_json::to_vec(&facts).map_err(|_| AppError::internal("found_facts"))?;
        let job = Job {
            found,
            actor: actor.clone(),
            sealed: key.seal(&found::facts_context(found), &plain),
        };
        self.db()
            .write("register_found", job, |tx, job| {
                Box::pin(register_in(tx, job))
            })
            .await?;
        self.bus().ring(Event::Board);
        Ok(found)
    }

    /// Everything typed, checked; problems stand beside their fields.
    fn accept_found(&self, form: &FoundForm) -> AppResult<Facts> {
        let mut problems = Vec::new();
        let mut plain = |field: &str, typed: &str, limit: usize| {
            text::plain(typed, limit).unwrap_or_else(|error| {
                problems.push(text_problem(field, error));
                String::new()
            })
        };
        let mut facts = Facts {
            found_at: String::new(),
            place: String::new(),
            place_words: plain("place_words", &form.place_words, LINE),
            found_by: plain("found_by", &form.found_by, LINE),
            words: plain("words", &form.words, WORDS),
            name: plain("name", &form.name, LINE),
            language: plain("language", &form.language, LINE),
            age_low: None,
            age_high: None,
            sex: String::new(),
            description: plain("description", &form.description, WORDS),
            clothes: plain("clothes", &form.clothes, WORDS),
            health: plain("health", &form.health, WORDS),
            safety: plain("safety", &form.safety, LINE),
        };
        self.accept_when_and_where(form, &mut facts, &mut problems);
        accept_who(form, &mut facts, &mut problems);
        let nothing = [&facts.name, &facts.description, &facts.words]
            .iter()
            .all(|text| text.is_empty());
        if nothing && problems.is_empty() {
            problems.push(text_problem("description", TextError::Missing));
        }
        if problems.is_empty() {
            Ok(facts)
        } else {
            Err(AppError::invalid(problems))
        }
    }

    fn accept_when_and_where(
        &self,
        form: &FoundForm,
        facts: &mut Facts,
        problems: &mut Vec<Problem>,
    ) {
        let now = self.now().to_zoned(self.pack().zone().clone()).datetime();
        let at = match form.found_at.trim() {
            "" => Some(now),
            typed => typed::local_time(typed),
        };
        match at {
            None => problems.push(Problem::new("found_at", "not_a_date")),
            Some(at) if at > now => problems.push(Problem::new("found_at", "in_the_future")),
            Some(at) => facts.found_at = at.strftime("%Y-%m-%dT%H:%M").to_string(),
        }
        let typed = form.place.trim();
        if typed.is_empty() {
            return;
        }
        let places = self.pack().places();
        let known = places.find(typed).map(|place| place.id.clone());
        let first = || places.search(typed, 1).into_iter().next();
        match known.or_else(|| first().map(|hit| hit.place_id)) {
            Some(place) => facts.place = place,
            None => problems.push(Problem::new("place", "place_not_found")),
        }
    }
}

fn accept_who(form: &FoundForm, facts: &mut Facts, problems: &mut Vec<Problem>) {
    let mut years = |field: &str, typed: &str| match typed.trim() {
        "" => None,
        typed => match typed::whole::<i64>(typed) {
            Some(years) if (0..=OLDEST).contains(&years) => Some(years),
            _ => {
                let problem = Problem::new(field, "not_in_range");
                problems.push(problem.with("low", 0).with("high", OLDEST));
                None
            }
        },
    };
    let ages = (
        years("age_low", &form.age_low),
        years("age_high", &form.age_high),
    );
    (facts.age_low, facts.age_high) = match ages {
        (Some(low), Some(high)) if low > high => (Some(high), Some(low)),
        other => other,
    };
    facts.sex = match form.sex.trim() {
        "" => "unknown".to_owned(),
        word @ ("girl" | "boy" | "unknown") => word.to_owned(),
        _ => {
            problems.push(Problem::new("sex", "not_an_answer"));
            String::new()
        }
    };
}

async fn register_in(tx: &mut Tx, job: &Job) -> AppResult<()> {
    let place = (job.found, job.actor.district.as_str());
    found::insert(tx, place, job.actor.person, &job.sealed).await?;
    let row = found::get(tx, job.found).await?;
    audit(tx, job.actor.person, "found.register", &row)
}
