//! Printing a paper of a case: the statement gets its number, the reading its audit entry. Not for how it looks.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::paper::{PaperKind, number};
use tifli_domain::permission::Act;
use tifli_pack::LanguageTag;
use tifli_paper::Paper;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::{case, paper, people};

use super::compose::{Facts, compose};
use super::consent::answers_of;
use crate::report::not_erased;
use crate::stages::Stage;
use crate::{App, AppError, AppResult};

/// A paper ready to be drawn, and the name of its file.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The paper.
    pub paper: Paper,
    /// A name for the file, without an ending: kind, case number, language; nothing of a person.
    pub file_name: String,
}

impl App {
    /// A paper of a case in one of the pack's languages, for this reader.
    pub async fn print_paper(
        &self,
        actor: &Actor,
        case: CaseId,
        (kind, language): (PaperKind, &str),
    ) -> AppResult<Printed> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        not_erased(&row)?;
        let texts = self.pack().paper_texts();
        let texts = texts
            .iter()
            .find(|texts| texts.language.is_some_and(|tag| tag.as_str() == language))
            .ok_or_else(AppError::not_found)?;
        let tag = texts.language.unwrap_or(LanguageTag::AR);
        let mut answers = self.answers(actor, case, "print").await?;
        answers.retain(|field, _| kind.may_hold(*field));
        let reader = self.reader(actor).await?;
        let statement = self.note_printing(actor, &row, (kind, tag)).await?;
        let consents = answers_of(&self.paper_entries(case).await?);
        let facts = Facts {
            kind,
            texts,
            language: tag,
            now: self.now().to_zoned(self.pack().zone().clone()),
            answers,
            consents,
            statement,
            reader,
            unit: actor.unit.clone(),
            row: &row,
        };
        Ok(Printed {
            paper: compose(self.pack(), &facts),
            file_name: format!("{}-{}-{language}", kind.as_str(), row.number),
        })
    }

    async fn reader(&self, actor: &Actor) -> AppResult<String> {
        self.db()
            .read("reader", actor.person, |reads, person| {
                Box::pin(async move {
                    let row = people::get(reads, *person).await?;
                    Ok::<_, AppError>(row.display_name)
                })
            })
            .await
    }

    /// The audit entry of a printing, and the number of the statement where the paper bears one.
    async fn note_printing(
        &self,
        actor: &Actor,
        row: &CaseRow,
        (kind, language): (PaperKind, LanguageTag),
    ) -> AppResult<String> {
        let year = self.now().to_zoned(self.pack().zone().clone()).year();
        let district = self.pack().district(&row.district);
        let code = district.map_or(row.district.clone(), |district| district.code.clone());
        let args = (
            (self.clone(), actor.clone()),
            row.case,
            (kind, language),
            year,
        );
        let stage = Stage::begin("paper.print", row.case);
        let given = self
            .db()
            .write(
                "print_paper",
                args,
                |tx, ((app, actor), id, (kind, language), year)| {
                    Box::pin(async move {
                        let row = case::get(tx, *id).await?;
                        app.permit(actor, Act::ReadCase, &row.district)?;
                        not_erased(&row)?;
                        let given = if *kind == PaperKind::Statement {
                            Some(paper::take_number(tx, *id, &row.district, *year).await?)
                        } else {
                            paper::find_number(tx, *id).await?
                        };
                        let detail = Detail::none()
                            .with("paper", kind.as_str())
                            .with("language", language.as_str());
                        let object = ObjectId::new("case", *id);
                        let by = actor.person;
                        tx.audit(Entry::new(by, "case.print", object).with_detail(detail))?;
                        Ok::<_, AppError>(given)
                    })
                },
            )
            .await?;
        stage.commit();
        Ok(given.map_or_else(String::new, |(year, count)| {
            number(&code, i16::try_from(year).unwrap_or_default(), count)
        }))
    }
}
