//! The lists of a case: adding, changing and taking off rows of people and places.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use tifli_app::Kind;
use tifli_app::intake::{KnownRow, NewKnown};
use tifli_app::report::CaseFile;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{KnownList, PersonPart, PlacePart, Source, TypedItem};
use tifli_domain::permission::Act;

use super::desk::{Desk, Sent, go_to};
use super::sources::sources;
use crate::console::lists::{KnownListView, KnownView, ListsPage, RowField, RowForm, RowWidget};
use crate::console::problems::beside;
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id, QueryOf};
use crate::server::{WebState, moment};

/// Which row is opened in the form, such as `person:3`.
#[derive(Debug, Default, Deserialize)]
pub struct ListsQuery {
    #[serde(default)]
    edit: String,
}

/// The form that is open: a row, and what was typed into it.
#[derive(Default)]
struct Open {
    list: Option<KnownList>,
    item: Option<i64>,
    typed: Option<TypedItem>,
    source: Option<Source>,
    errors: FormErrors,
}

/// `GET /console/cases/{id}/lists`.
pub async fn page(desk: Desk, Id(case): Id<CaseId>, QueryOf(query): QueryOf<ListsQuery>) -> Answer {
    let mut parts = query.edit.split(':');
    let open = Open {
        list: parts.next().and_then(|list| list.parse().ok()),
        item: parts.next().and_then(|item| item.parse().ok()),
        ..Open::default()
    };
    let view = fill(&desk, case, open).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/lists`.
pub async fn save(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let list: KnownList = form
        .text("list")
        .parse()
        .map_err(|_| Refused::not_found())?;
    let item = form.text("item").parse().ok();
    let source = Source::new(form.text("source").parse().unwrap_or(0));
    let app = desk.app();
    let done = match (form.text("intent"), item) {
        ("drop", Some(item)) => app.drop_known(&desk.actor, case, (list, item)).await,
        _ => {
            let new = NewKnown {
                list,
                item,
                typed: typed(&form, list),
                source,
            };
            app.save_known(&desk.actor, case, new).await.map(drop)
        }
    };
    match done {
        Ok(()) => Ok(go_to(format!(
            "/console/cases/{case}/lists#{}s",
            list.as_str()
        ))),
        Err(error) if error.kind == Kind::Invalid => {
            let open = Open {
                list: Some(list),
                item,
                typed: Some(typed(&form, list)),
                source: Some(source),
                errors: beside(&desk.shell, &error.problems, str::to_owned),
            };
            let view = fill(&desk, case, open).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

fn typed(form: &Form, list: KnownList) -> TypedItem {
    let values = list.fields().iter().filter_map(|name| {
        let value = form.find(name)?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    TypedItem::new(values.collect::<BTreeMap<_, _>>())
}

async fn fill(desk: &Desk, case: CaseId, open: Open) -> Result<ListsPage, Refused> {
    let app = desk.app();
    let summary = app.case_summary(&desk.actor, case).await?;
    let file = app.read_file(&desk.actor, case, "lists").await?;
    let rows = app.read_lists(&desk.actor, case).await?;
    let may = desk.may_in(Act::TakeReport, &summary.district);
    let list = |list: KnownList| KnownListView {
        list: list.as_str(),
        rows: rows
            .iter()
            .filter(|row| row.row.list() == list)
            .map(|row| view(desk, &file, row))
            .collect(),
        form: may.then(|| form(desk, &file, list, &rows, &open)),
    };
    Ok(ListsPage {
        case: case.to_string(),
        number: summary.label,
        lists: KnownList::ALL.map(list).to_vec(),
        shell: desk.shell.clone(),
    })
}

fn view(desk: &Desk, file: &CaseFile, row: &KnownRow) -> KnownView {
    let (list, typed) = (row.row.list(), row.row.typed());
    let title = ["name", "words"].map(|name| typed.get(name)).concat();
    let facts = list
        .fields()
        .iter()
        .filter(|name| !["part", "name", "words"].contains(name) && !typed.get(name).is_empty());
    let shown = |name: &str| match name {
        "haunt" => {
            let haunts = desk.choices("haunts", typed.get(name)).into_iter();
            let chosen = haunts.filter(|haunt| haunt.chosen).map(|haunt| haunt.label);
            chosen.collect()
        }
        "contacted" => desk.shell.word("answer-{}", typed.get(name)),
        "days" => weekdays(desk, typed.get(name)),
        name => typed.get(name).to_owned(),
    };
    KnownView {
        item: row.item,
        part: typed.get("part").to_owned(),
        title,
        facts: facts.map(|name| (*name, shown(name))).collect(),
        who: desk.who_says(file, row.source),
        at: moment(row.at_ms),
    }
}

/// Days of the week from their numbers, Monday first, in words.
fn weekdays(desk: &Desk, numbers: &str) -> String {
    let days = numbers
        .chars()
        .filter(|day| ('1'..='7').contains(day))
        .map(|day| desk.shell.word("weekday-{}", &day.to_string()));
    let days: Vec<String> = days.collect();
    days.join(&format!("{} ", desk.shell.say("list-comma").trim_end()))
}

fn form(desk: &Desk, file: &CaseFile, list: KnownList, rows: &[KnownRow], open: &Open) -> RowForm {
    let ours = open.list == Some(list);
    let item = open.item.filter(|_| ours);
    let kept = rows
        .iter()
        .find(|row| row.row.list() == list && Some(row.item) == item);
    let said_by = open.source.filter(|_| ours);
    let said_by = said_by.or(kept.map(|row| row.source));
    let kept = kept.map(|row| row.row.typed());
    let typed = open
        .typed
        .clone()
        .filter(|_| ours)
        .or(kept)
        .unwrap_or_default();
    let field = |name: &&'static str| RowField {
        name,
        widget: widget(desk, list, (name, typed.get(name))),
        value: typed.get(name).to_owned(),
        error: open.errors.find(name).filter(|_| ours).map(str::to_owned),
    };
    RowForm {
        list: list.as_str(),
        item,
        fields: list.fields().iter().map(field).collect(),
        sources: sources(desk, file, said_by.unwrap_or(Source::REPORTER)),
    }
}

fn widget(desk: &Desk, list: KnownList, (name, value): (&str, &str)) -> RowWidget {
    let words = |words: Vec<&str>, pattern: &str| {
        let choices = words.into_iter();
        let choices = choices.map(|word| Choice::new(word, desk.shell.word(pattern, word)));
        RowWidget::Select(Choice::select(choices.collect(), value))
    };
    match (name, list) {
        ("part", KnownList::Person) => words(
            PersonPart::ALL.iter().map(|part| part.as_str()).collect(),
            "part-{}",
        ),
        ("part", KnownList::Place) => words(
            PlacePart::ALL.iter().map(|part| part.as_str()).collect(),
            "part-{}",
        ),
        ("haunt", _) => RowWidget::Select(desk.choices("haunts", value)),
        ("contacted", _) => words(vec!["yes", "no"], "answer-{}"),
        ("closeness" | "importance", _) => {
            let scale =
                ["1", "2", "3", "4", "5"].map(|n| Choice::new(n, desk.shell.formats.digits(n)));
            RowWidget::Select(Choice::select(scale.to_vec(), value))
        }
        ("from" | "until", _) => RowWidget::Time,
        ("said" | "note", _) => RowWidget::Words,
        _ => RowWidget::Line,
    }
}
