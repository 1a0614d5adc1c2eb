//! The people of the house as a file, looked at line by line before it is taken; and a person moved elsewhere.

use askama::Template;
use tifli_domain::Role;

use super::people::CreatedPerson;
use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// As an editor counts them.
    pub line: u64,
    /// Login as typed.
    pub login: String,
    /// Name as typed.
    pub name: String,
    /// Role, in words where it is one.
    pub role: String,
    /// District by its name where it is one, and unit.
    pub place: String,
    /// `new`, `changed`, `same` or `wrong`.
    pub verdict: &'static str,
    /// What changes, or what is wrong.
    pub why: Vec<String>,
}

/// What a file would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLook {
    /// Its lines.
    pub rows: Vec<RosterRow>,
    /// How many would be made, changed, left and refused.
    pub counts: [usize; 4],
    /// Accounts that are not in the file: login and name.
    pub missing: Vec<(String, String)>,
    /// What the confirmation repeats.
    pub seen: String,
    /// Whether it can be taken.
    pub may_apply: bool,
    /// Whether somebody is moved, for which a reason is needed.
    pub moves: bool,
}

/// `GET /console/people/file`; `POST` looks at a file (`file` or `csv`), `POST /console/people/file/take` takes it (`csv`,
/// `seen`, `reason`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/roster.html")]
pub struct RosterPage {
    /// Frame.
    pub shell: Shell,
    /// The file as it was sent.
    pub csv: String,
    /// What it would do, once it was looked at.
    pub look: Option<RosterLook>,
    /// The reason as typed.
    pub reason: String,
    /// Accounts made, with their secrets: the only time they are shown.
    pub created: Vec<CreatedPerson>,
    /// What was done, in words; empty before.
    pub done: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// Work that a person has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunRow {
    /// The case's number.
    pub number: String,
    /// `report` or `alert`.
    pub kind: &'static str,
}

/// An earlier move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRow {
    /// When.
    pub at: jiff::Timestamp,
    /// By whom.
    pub by: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// `GET /console/people/{id}/move`; `POST` moves (`role`, `district`, `unit`, `reason`, `hand_to`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/move.html")]
pub struct MovePage {
    /// Frame.
    pub shell: Shell,
    /// Whose page it is.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Where they are now.
    pub now: String,
    /// Role as chosen.
    pub role: String,
    /// Districts to choose from.
    pub districts: Vec<Choice>,
    /// Unit as typed.
    pub unit: String,
    /// The service they belong to now; empty without one.
    pub service: String,
    /// What becomes of it; the first choice follows the district.
    pub services: Vec<Choice>,
    /// Reason as typed.
    pub reason: String,
    /// What they have begun.
    pub begun: Vec<BegunRow>,
    /// Colleagues who may take it over; the first choice leaves it with the district.
    pub colleagues: Vec<Choice>,
    /// Earlier moves, the newest first.
    pub moves: Vec<MoveRow>,
    /// What is wrong.
    pub errors: FormErrors,
}

impl MovePage {
    /// Roles to choose from, with their labels.
    #[must_use]
    pub fn roles(&self) -> Vec<Choice> {
        let label = |role: &Role| self.shell.word("person-role-{}", role.as_str());
        let list = Role::ALL.iter();
        let list = list.map(|role| Choice::new(role.as_str(), label(role)));
        Choice::select(list.collect(), &self.role)
    }
}
