//! "We searched here, nothing": where, when, how well. Kept with the case; a place to check that was given to the
//! unit gets the result as well. It narrows, delays and ends no search.

use tifli_domain::Actor;
use tifli_domain::check::{CheckedPlace, Outcome, Reason};
use tifli_domain::id::{BulletinId, CaseId, PersonId, SearchId};
use tifli_domain::permission::{self, Act};
use tifli_domain::service::ServiceId;
use tifli_domain::unit_report::{Cover, SearchedPlace};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::unit_report::{self, SearchRow};
use tifli_store::{Claim, DataKey, Sealed, Tx, case, check};

use super::line;
use crate::bus::Event;
use crate::report::{find_made, not_erased, reading, still_open};
use crate::{App, AppError, AppResult, Problem};

/// The most characters of a place.
const LINE: usize = 200;
/// The most characters of a note.
const NOTE: usize = 500;

/// What was searched, as typed. Its `Debug` shows no words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SearchForm {
    /// A place to check that was given to the unit, by its number within the case; or empty.
    pub item: String,
    /// Where, in words, where it is none of those.
    pub place: String,
    /// When; empty is now.
    pub when: String,
    /// How well: a word of [`Cover`].
    pub cover: String,
    /// What else there is to say.
    pub note: String,
}

impl std::fmt::Debug for SearchForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SearchForm")
    }
}

/// A place to choose from: one that was given to the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOption {
    /// Its number within the case.
    pub item: i64,
    /// Why it is on the list.
    pub reason: Reason,
    /// The place.
    pub place: CheckedPlace,
}

/// A search that was kept, opened for one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// Its id.
    pub search: SearchId,
    /// The service that looked.
    pub service: ServiceId,
    /// The place to check it stands for.
    pub item: Option<i64>,
    /// Where.
    pub place: SearchedPlace,
    /// How well.
    pub cover: Cover,
    /// When it was searched.
    pub searched_ms: i64,
    /// Who wrote it down.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
}

struct Keeping {
    actor: Actor,
    claim: Claim,
    key: DataKey,
    row: SearchRow,
}

impl App {
    /// The places of a bulletin's case that were given to this person's unit and still wait for a look.
    pub async fn places_to_search(
        &self,
        actor: &Actor,
        id: BulletinId,
    ) -> AppResult<Vec<PlaceOption>> {
        let (row, _) = self.reported_on(actor, id).await?;
        let mut given = self.given_places(actor, row.case).await?;
        given.retain(|(_, open)| *open);
        Ok(given.into_iter().map(|(place, _)| place).collect())
    }

    /// The places of a case that were given to this person's unit, and whether each still waits for a look.
    async fn given_places(
        &self,
        actor: &Actor,
        case: CaseId,
    ) -> AppResult<Vec<(PlaceOption, bool)>> {
        if permission::check_anywhere(actor, Act::RecordPlace).is_err() {
            return Ok(Vec::new());
        }
        let given = self.places_of_unit(actor).await?.into_iter();
        let ours = given.filter(|one| one.case == case);
        Ok(ours
            .map(|one| {
                let open = one.place.is_open();
                let option = PlaceOption {
                    item: one.place.item,
                    reason: one.place.reason,
                    place: one.place.place,
                };
                (option, open)
            })
            .collect())
    }

    /// Keeps where the person's service looked and found nothing. The same key again gives the same search.
    pub async fn record_search(
        &self,
        actor: &Actor,
        (id, key): (BulletinId, &str),
        form: &SearchForm,
    ) -> AppResult<SearchId> {
        let (bulletin, service) = self.reported_on(actor, id).await?;
        // A place that was looked into already may be searched again, and a form may come twice.
        let given = self.given_places(actor, bulletin.case).await?;
        let given: Vec<PlaceOption> = given.into_iter().map(|(place, _)| place).collect();
        let mut problems = Vec::new();
        let mut place = SearchedPlace {
            words: line("place", &form.place, LINE, &mut problems),
            note: line("note", &form.note, NOTE, &mut problems),
            ..SearchedPlace::default()
        };
        let item = self.chosen(form, &given, (&mut place, &mut problems));
        let searched_ms = self.typed_moment(&form.when, &mut problems);
        let cover = form.cover.parse::<Cover>();
        if cover.is_err() {
            problems.push(Problem::new("cover", "missing"));
        }
        let (true, Ok(cover)) = (problems.is_empty(), cover) else {
            return Err(AppError::invalid(problems));
        };
        let asked = [&form.item, &form.place, &form.when, &form.cover, &form.note];
        let asked = format!("{id}\n{}", asked.map(String::as_str).join("\n"));
        let search = SearchId::new(self.now_ms(), self.entropy());
        let data_key = self.case_key(bulletin.case).await?;
        let plain = serde_json::to_vec(&place).map_err(|_| AppError::internal("search_place"))?;
        let context = unit_report::place_context(search);
        let sealed = data_key.seal(&context, &plain);
        let keeping = Keeping {
            actor: actor.clone(),
            claim: self.claim(actor, ("search", key), &asked)?,
            key: data_key,
            row: SearchRow {
                search,
                case: bulletin.case,
                bulletin: id,
                service,
                item,
                cover,
                place: Sealed::new(&bulletin.case.to_string(), &context, sealed),
                searched_ms,
                by: actor.person,
                at_ms: self.now_ms(),
            },
        };
        let kept = self
            .db()
            .write("record_search", keeping, |tx, keeping| {
                Box::pin(keep_in(tx, keeping))
            })
            .await?;
        self.bus().ring(Event::Case(bulletin.case.to_string()));
        Ok(kept)
    }

    /// Where units looked for the child of a case and found nothing, the latest first; one audit entry.
    pub async fn searches(&self, actor: &Actor, case_id: CaseId) -> AppResult<Vec<Searched>> {
        let (file, rows) = self
            .db()
            .read("searches", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    let rows = unit_report::list_searches(reads, *case_id).await?;
                    Ok::<_, AppError>((file, rows))
                })
            })
            .await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        not_erased(&file)?;
        let sealed = rows.iter().map(|row| row.place.clone()).collect();
        let read = reading(actor, case_id, "searches");
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut searches = Vec::with_capacity(rows.len());
        for (at, row) in rows.into_iter().enumerate() {
            let plain = opened.bytes(at).unwrap_or_default();
            searches.push(Searched {
                search: row.search,
                service: row.service,
                item: row.item,
                place: serde_json::from_slice(plain)
                    .map_err(|_| AppError::internal("search_place"))?,
                cover: row.cover,
                searched_ms: row.searched_ms,
                by: row.by,
                at_ms: row.at_ms,
            });
        }
        Ok(searches)
    }

    /// The place that was chosen or typed: one of them is needed.
    fn chosen(
        &self,
        form: &SearchForm,
        given: &[PlaceOption],
        (place, problems): (&mut SearchedPlace, &mut Vec<Problem>),
    ) -> Option<i64> {
        if form.item.trim().is_empty() {
            place.place = self.find_place_in(&place.words);
            let known = place
                .place
                .as_ref()
                .and_then(|id| self.pack().places().find(id));
            place.point = known.map(|known| known.position);
            if place.words.is_empty() && problems.is_empty() {
                problems.push(Problem::new("place", "missing"));
            }
            return None;
        }
        let item = form.item.trim().parse().ok();
        let chosen = given.iter().find(|one| Some(one.item) == item);
        match chosen {
            Some(one) => {
                place.point = one.place.point;
                if place.words.is_empty() {
                    place.words.clone_from(&one.place.words);
                }
            }
            None => problems.push(Problem::new("place", "not_an_answer")),
        }
        chosen.map(|one| one.item)
    }
}

async fn keep_in(tx: &mut Tx, keeping: &Keeping) -> AppResult<SearchId> {
    if let Some(kept) = find_made(tx, &keeping.claim).await? {
        return Ok(kept);
    }
    let row = &keeping.row;
    still_open(&case::get(tx, row.case).await?)?;
    unit_report::insert_search(tx, row).await?;
    if let Some(item) = row.item {
        let place = (row.case, item);
        let seq = check::next_result(tx, place).await?;
        let note = keeping
            .key
            .seal(&check::note_context(row.case, (item, seq)), b"");
        let by = keeping.actor.person;
        check::insert_result(tx, (row.case, item, seq), Outcome::Nothing, &note, by).await?;
    }
    tx.settle(&keeping.claim, row.search, 201).await?;
    let detail = Detail::none()
        .with("bulletin", row.bulletin)
        .with("service", &row.service)
        .with("cover", row.cover.as_str());
    let object = ObjectId::new("case", row.case);
    tx.audit(Entry::new(keeping.actor.person, "unit.searched", object).with_detail(detail))?;
    Ok(row.search)
}
