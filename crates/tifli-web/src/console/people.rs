//! Accounts of the house, for the administrator: who there is, a new one with its one-time secrets, disabling one.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::Role;

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Identifier.
    pub id: String,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// District, in the page's language.
    pub district: String,
    /// Unit.
    pub unit: String,
    /// Last signed in.
    pub last_seen: Option<Timestamp>,
    /// Whether it is disabled.
    pub disabled: bool,
    /// Whether it is the signed-in person's own, which cannot be disabled.
    pub own: bool,
}

/// A form to fill again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPerson {
    /// Login as typed.
    pub login: String,
    /// Name as typed.
    pub name: String,
    /// Role as chosen.
    pub role: String,
    /// Unit as typed.
    pub unit: String,
    /// Districts to choose from.
    pub districts: Vec<Choice>,
}

/// Secrets of a new account, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedPerson {
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// One-time password.
    pub password: String,
    /// TOTP secret in base 32, grouped in fours.
    pub secret: String,
    /// The `otpauth://` address of the same secret.
    pub otpauth: String,
}

/// `GET /console/people`; `POST /console/people` creates (`login`, `name`, `role`, `district`, `unit`);
/// `POST /console/people/{id}/disable` and `/enable`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/people.html")]
pub struct PeoplePage {
    /// Frame.
    pub shell: Shell,
    /// The accounts.
    pub people: Vec<PersonRow>,
    /// The form.
    pub new: NewPerson,
    /// The account just created.
    pub created: Option<CreatedPerson>,
    /// What is wrong.
    pub errors: FormErrors,
}

impl PeoplePage {
    /// Roles to choose from, with their labels.
    #[must_use]
    pub fn roles(&self) -> Vec<Choice> {
        let list = Role::ALL.iter().map(|role| {
            Choice::new(
                role.as_str(),
                self.shell.word("person-role-{}", role.as_str()),
            )
        });
        Choice::select(list.collect(), &self.new.role)
    }
}
