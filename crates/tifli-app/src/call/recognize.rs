//! Recognizing the case a caller speaks of: a short list of open cases from the words in memory, opened for whoever
//! holds the line with one audit entry. It proposes; the person chooses, and may choose none.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::call::{self, Question, Spoken};
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;
use tifli_store::audit::ObjectId;
use tifli_store::case::{self, AnswerRow, CaseRow};
use tifli_store::{AuditedRead, Sealed};

use crate::report::ChildLine;
use crate::{App, AppError, AppResult};

/// Most cases proposed.
const MOST: usize = 6;
/// Most cases looked at for their state before the list is cut.
const LOOKED_AT: usize = 60;
/// What a candidate is shown by.
const SHOWN: [Field; 10] = [
    Field::ChildFirstNameAr,
    Field::ChildFirstName,
    Field::ChildBirthDate,
    Field::ChildAge,
    Field::LastSeenPlace,
    Field::LastSeenWords,
    Field::LastSeenAt,
    Field::ClothesAr,
    Field::Clothes,
    Field::ChildSex,
];

/// An open case that a caller may speak of. Its `Debug` names nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct CallCandidate {
    /// The case.
    pub case: CaseId,
    /// Its number as people say it.
    pub label: String,
    /// The district that keeps it.
    pub district: String,
    /// The child's first name and age.
    pub child: ChildLine,
    /// `girl`, `boy` or empty.
    pub sex: String,
    /// A place of the gazetteer where it was last seen.
    pub place: String,
    /// The same in words.
    pub place_words: String,
    /// When, local time.
    pub seen_at: String,
    /// Clothes in Arabic and in the other language of alerts.
    pub clothes: [String; 2],
    /// How much the words speak for it.
    pub score: u32,
}

impl std::fmt::Debug for CallCandidate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CallCandidate({})", self.case)
    }
}

impl App {
    /// The open cases that a caller's words speak for, the likeliest first; one audit entry that names them.
    pub async fn call_candidates(
        &self,
        actor: &Actor,
        said: &Spoken,
    ) -> AppResult<Vec<CallCandidate>> {
        self.permit_anywhere(actor, Act::TakeCall)?;
        let text = format!("{} {} {}", said.words, said.place_words, said.clothes);
        let places = self.find_place_in(&text).into_iter().collect();
        let found = self.index().recognize(&text, places);
        let scores: BTreeMap<CaseId, u32> = found.iter().copied().collect();
        let looked: Vec<CaseId> = found.into_iter().take(LOOKED_AT).map(|(c, _)| c).collect();
        let open = self.open_of(looked).await?;
        let mut lines = self.candidate_lines(actor, open).await?;
        for line in &mut lines {
            line.score = scores.get(&line.case).copied().unwrap_or(0);
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.score));
        Ok(lines)
    }

    /// What is still worth asking a caller.
    pub fn call_questions(&self, said: &Spoken) -> Vec<Question> {
        let now = self.local_now();
        let when = call::read_when(&said.when, now).unwrap_or(call::When::At(now));
        call::questions(said, &when, now)
    }

    /// Those of these cases whose child is still sought, in their order.
    async fn open_of(&self, cases: Vec<CaseId>) -> AppResult<Vec<(CaseRow, Vec<AnswerRow>)>> {
        self.db()
            .read("open_cases_of", cases, |reads, cases| {
                Box::pin(async move {
                    let mut open = Vec::new();
                    for id in cases {
                        let row = case::find(reads, *id).await?;
                        if let Some(row) = row.filter(|row| is_sought(row.state)) {
                            let answers = case::list_standing(reads, *id).await?;
                            open.push((row, answers));
                        }
                        if open.len() == MOST {
                            break;
                        }
                    }
                    Ok::<_, AppError>(open)
                })
            })
            .await
    }

    async fn candidate_lines(
        &self,
        actor: &Actor,
        open: Vec<(CaseRow, Vec<AnswerRow>)>,
    ) -> AppResult<Vec<CallCandidate>> {
        let open: Vec<_> = open
            .into_iter()
            .filter(|(row, _)| self.permit(actor, Act::TakeCall, &row.district).is_ok())
            .collect();
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "call".to_owned(),
            objects: open
                .iter()
                .map(|(row, _)| ObjectId::new("case", row.case))
                .collect(),
        };
        let answers = open.iter().flat_map(|(_, answers)| answers);
        let wanted: Vec<&AnswerRow> = answers.filter(|a| SHOWN.contains(&a.field)).collect();
        let sealed: Vec<Sealed> = wanted.iter().map(|answer| answer.value.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut values: BTreeMap<CaseId, BTreeMap<Field, String>> = BTreeMap::new();
        for (place, answer) in wanted.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default().to_owned();
            let of_case = values.entry(answer.case).or_default();
            of_case.insert(answer.field, value);
        }
        let lines = open.into_iter().map(|(row, _)| {
            let own = values.remove(&row.case).unwrap_or_default();
            self.candidate(&row, own)
        });
        Ok(lines.collect())
    }

    fn candidate(&self, row: &CaseRow, mut told: BTreeMap<Field, String>) -> CallCandidate {
        let mut take = |field| told.remove(&field).unwrap_or_default();
        let age = self.age_today(&take(Field::ChildBirthDate), &take(Field::ChildAge));
        CallCandidate {
            case: row.case,
            label: self.case_label(row),
            district: row.district.clone(),
            child: ChildLine {
                first_name_ar: take(Field::ChildFirstNameAr),
                first_name: take(Field::ChildFirstName),
                age,
            },
            sex: take(Field::ChildSex),
            place: take(Field::LastSeenPlace),
            place_words: take(Field::LastSeenWords),
            seen_at: take(Field::LastSeenAt),
            clothes: [take(Field::ClothesAr), take(Field::Clothes)],
            score: 0,
        }
    }
}

/// Whether the child of a case in this state is still looked for: from the first alarm on.
pub(super) fn is_sought(state: CaseState) -> bool {
    matches!(
        state,
        CaseState::Draft | CaseState::Received | CaseState::Alerted
    )
}
