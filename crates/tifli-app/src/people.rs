//! People of the house: their accounts, how they sign in, their sessions.
//!
//! Two factors always: a password (Argon2id) and a second [`Factor`]. Not here: what a person may
//! do, which the domain's table of permissions decides.

mod account;
mod invite;
mod moving;
mod password;
mod roster;
mod second;
mod session;
mod sign_in;

#[cfg(test)]
mod roster_stories;
#[cfg(test)]
mod stories;

pub use account::{CreatedPerson, Creator, NewPerson, PersonView};
pub use invite::{FirstAdministrator, FirstSecret};
pub use moving::{BegunKind, BegunWork, MadeMove, Moving, ServiceMove};
pub use password::{LONGEST as LONGEST_PASSWORD, SHORTEST as SHORTEST_PASSWORD};
pub use roster::{Applied, COLUMNS as ROSTER_COLUMNS, Roster, RosterLine, Verdict};
pub use second::{Factor, code_at};
pub use session::{SESSION_MS, SessionKind, SignedIn};
pub use sign_in::{LOCK_MS, MAX_FAILURES, NewSession};

use tifli_domain::text;

use crate::Problem;
use crate::report::text_problem;

/// Longest name of a person or unit, in characters.
const LONGEST_NAME: usize = 120;

/// A login as it is kept: lower case, 2 to 64 of `a-z 0-9 . _ -`.
fn login(typed: &str) -> Result<String, Problem> {
    let login = typed.trim().to_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if (2..=64).contains(&login.len()) && login.bytes().all(plain) {
        Ok(login)
    } else {
        Err(Problem::new("login", "not_a_login"))
    }
}

fn display_name(typed: &str) -> Result<String, Problem> {
    text::required(typed, LONGEST_NAME).map_err(|error| text_problem("name", error))
}

fn unit(typed: &str) -> Result<String, Problem> {
    text::plain(typed, LONGEST_NAME).map_err(|error| text_problem("unit", error))
}
