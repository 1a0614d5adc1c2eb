//! Sessions: a random token that lives eight hours, known to the database by its hash only.

use tifli_domain::Actor;
use tifli_domain::ports::Entropy;
use tifli_store::audit::{Entry, ObjectId};
use tifli_store::people;
use tifli_store::people::{PersonRow, SessionRow};

use crate::codes::{hash_token, new_token};
use crate::{App, AppError, AppResult};

/// How long a session lives, in milliseconds.
pub const SESSION_MS: i64 = 8 * 60 * 60 * 1000;

/// How a session is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// In a cookie; forms repeat its CSRF token.
    Browser,
    /// In the `Authorization` header of a program.
    Bearer,
}

/// Who a token belongs to.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who acts.
    pub actor: Actor,
    /// How the session is carried.
    pub kind: SessionKind,
    /// What every form repeats.
    pub csrf: String,
    /// What they sign in with.
    pub login: String,
    /// What they are called.
    pub display_name: String,
    /// When the session ends by itself.
    pub expires_ms: i64,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SignedIn({})", self.actor.person)
    }
}

impl SessionKind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Bearer => "bearer",
        }
    }
}

impl App {
    /// The person whose open session this token is.
    pub async fn find_actor(&self, token: &str) -> AppResult<Option<SignedIn>> {
        let found = self
            .db()
            .read("find_actor", hash_token(token), |reads, hash| {
                Box::pin(async move {
                    Ok::<_, AppError>(people::find_open_session(reads, *hash).await?)
                })
            })
            .await?;
        Ok(found.map(|(session, person)| SignedIn {
            kind: match session.kind.as_str() {
                "bearer" => SessionKind::Bearer,
                _ => SessionKind::Browser,
            },
            csrf: session.csrf,
            login: person.login.clone(),
            display_name: person.display_name.clone(),
            expires_ms: session.expires_ms,
            actor: self.actor_of(&person),
        }))
    }

    /// Ends the session of this token. Ending one that is over is harmless.
    pub async fn sign_out(&self, token: &str) -> AppResult<()> {
        self.db()
            .write("sign_out", hash_token(token), |tx, hash| {
                Box::pin(async move {
                    if let Some(person) = people::delete_session(tx, *hash).await? {
                        let object = ObjectId::new("person", person);
                        tx.audit(Entry::new(person, "person.sign_out", object))?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The person as somebody who acts, in the realm of this database.
    pub(crate) fn actor_of(&self, person: &PersonRow) -> Actor {
        Actor {
            person: person.person,
            role: person.role,
            district: person.district.clone(),
            unit: person.unit.clone(),
            realm: self.realm(),
        }
    }
}

/// A token and the row that knows its hash.
pub(super) fn new_session(
    person: &PersonRow,
    kind: SessionKind,
    (token, csrf): (&str, &str),
    now_ms: i64,
) -> SessionRow {
    SessionRow {
        token_hash: hash_token(token),
        person: person.person,
        kind: kind.as_str().to_owned(),
        csrf: csrf.to_owned(),
        expires_ms: now_ms + SESSION_MS,
    }
}

/// A token and a CSRF token, both random.
pub(super) fn new_tokens(entropy: &dyn Entropy) -> (String, String) {
    (new_token(entropy), new_token(entropy))
}
