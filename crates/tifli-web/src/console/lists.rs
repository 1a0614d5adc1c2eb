//! The lists of a case: people around the child and places it knows, with a form for a row of each.

use askama::Template;
use jiff::Timestamp;

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// How a field of a row is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowWidget {
    /// One line.
    Line,
    /// Several lines.
    Words,
    /// A time of day.
    Time,
    /// One of a list.
    Select(Vec<Choice>),
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowField {
    /// Its name.
    pub name: &'static str,
    /// How it is typed.
    pub widget: RowWidget,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// The form of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowForm {
    /// `person` or `place`.
    pub list: &'static str,
    /// The row it changes, if any.
    pub item: Option<i64>,
    /// Its fields.
    pub fields: Vec<RowField>,
    /// Who may have said it, to choose from.
    pub sources: Vec<Choice>,
}

/// A row as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownView {
    /// Its number within the list.
    pub item: i64,
    /// What it is to the child.
    pub part: String,
    /// Name or place.
    pub title: String,
    /// The other values with the names of their fields.
    pub facts: Vec<(&'static str, String)>,
    /// Who said it.
    pub who: String,
    /// When it was written down.
    pub at: Timestamp,
}

/// One of the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownListView {
    /// `person` or `place`.
    pub list: &'static str,
    /// Its rows.
    pub rows: Vec<KnownView>,
    /// The form; `None` when this person may not write.
    pub form: Option<RowForm>,
}

/// `GET|POST /console/cases/{id}/lists`; `?edit=person:3` opens a row in the form.
#[derive(Debug, Clone, Template)]
#[template(path = "console/lists.html")]
pub struct ListsPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// The number people say.
    pub number: String,
    /// People, then places.
    pub lists: Vec<KnownListView>,
}

impl ListsPage {
    /// What is wrong with the forms, under the ids of their fields.
    #[must_use]
    pub fn summed(&self) -> FormErrors {
        let mut errors = FormErrors::none();
        for form in self.lists.iter().filter_map(|list| list.form.as_ref()) {
            for field in &form.fields {
                if let Some(message) = &field.error {
                    let label = self.shell.word("row-{}", field.name);
                    let id = format!("{}-{}", form.list, field.name);
                    errors.insert(&id, self.shell.t.wrong_with(&label, message));
                }
            }
        }
        errors
    }
}

impl KnownListView {
    /// The key of its title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.list {
            "person" => "people-title",
            _ => "places-title",
        }
    }
}

impl RowField {
    /// Whether it is written left to right whatever the page is.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        match self.name {
            "phone" | "lat" | "lon" | "days" | "from" | "until" => "ltr",
            _ => "auto",
        }
    }

    /// Whether a hint stands under its label.
    #[must_use]
    pub fn has_hint(&self) -> bool {
        self.name == "days"
    }
}
