//! Signing in: both factors at once, one answer for whatever was wrong, as long for a login that
//! nobody has, and a pause after five failures.

use tifli_domain::Actor;
use tifli_domain::id::PersonId;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::people::{HOUSE, PersonRow, totp_context};
use tifli_store::{AuditedRead, Reads, Sealed, Tx, people};

use super::session::{SessionKind, new_session, new_tokens};
use super::{Factor, password, second};
use crate::{App, AppError, AppResult, Kind, Problem};

/// Failures after which an account pauses.
pub const MAX_FAILURES: u32 = 5;
/// How long it pauses, in milliseconds.
pub const LOCK_MS: i64 = 5 * 60 * 1000;

/// A session as it is handed to whoever signed in: the only time its token is seen.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Whose it is.
    pub person: PersonId,
    /// The token.
    pub token: String,
    /// What every form repeats.
    pub csrf: String,
    /// When it ends by itself.
    pub expires_ms: i64,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "NewSession({})", self.person)
    }
}

/// What a sign-in rests on, made before its write.
struct Attempt {
    login: String,
    /// The hash the password was compared with, if the login is somebody's.
    hash: Option<String>,
    right: bool,
    factor: Factor,
    decoy: Sealed,
    kind: SessionKind,
    tokens: (String, String),
}

/// How an attempt ended. Failures are kept too, so none of these is an error of the write.
enum Outcome {
    In { person: PersonId, expires_ms: i64 },
    Refused,
    Paused { left_ms: i64 },
}

impl App {
    /// Signs a person in. Wrong login, password or second factor are one refusal; a pause is told
    /// only to whoever has both factors right.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        factor: &Factor,
        kind: SessionKind,
    ) -> AppResult<NewSession> {
        let login = super::login(login).unwrap_or_else(|_| "-".to_owned());
        let hash = self.hash_of(&login).await?;
        let attempt = Attempt {
            right: password::fits(password, hash.as_deref()).await?,
            login,
            hash,
            factor: factor.clone(),
            decoy: self.decoy().await?,
            kind,
            tokens: new_tokens(self.entropy()),
        };
        let (token, csrf) = attempt.tokens.clone();
        let outcome = self
            .db()
            .write("sign_in", attempt, |tx, attempt| {
                Box::pin(sign_in_in(tx, attempt))
            })
            .await?;
        match outcome {
            Outcome::In { person, expires_ms } => Ok(NewSession {
                person,
                token,
                csrf,
                expires_ms,
            }),
            Outcome::Refused => Err(AppError::new(Kind::Unauthenticated, "sign_in_refused")),
            Outcome::Paused { left_ms } => Err(paused(left_ms)),
        }
    }

    /// Asks a signed-in person for the password again, before something that cannot be undone.
    pub async fn re_authenticate(&self, actor: &Actor, password: &str) -> AppResult<()> {
        let row = self.person_row(actor.person).await?;
        let right = password::fits(password, Some(&row.password_hash)).await?;
        let fitting = right.then(|| row.password_hash.clone());
        let args = (actor.person, fitting);
        let outcome = self
            .db()
            .write("re_authenticate", args, |tx, (person, fitting)| {
                Box::pin(again_in(tx, *person, fitting.as_deref()))
            })
            .await?;
        match outcome {
            Outcome::In { .. } => Ok(()),
            Outcome::Refused => Err(AppError::field("password", "wrong_password")),
            Outcome::Paused { left_ms } => Err(paused(left_ms)),
        }
    }

    pub(super) async fn person_row(&self, person: PersonId) -> AppResult<PersonRow> {
        self.db()
            .read("person_row", person, |reads, person| {
                Box::pin(async move { Ok::<_, AppError>(people::get(reads, *person).await?) })
            })
            .await
    }

    async fn hash_of(&self, login: &str) -> AppResult<Option<String>> {
        let found = self
            .db()
            .read("find_login", login.to_owned(), |reads, login| {
                Box::pin(
                    async move { Ok::<_, AppError>(people::find_by_login(reads, login).await?) },
                )
            })
            .await?;
        Ok(found.map(|person| person.password_hash))
    }

    /// A secret nobody has, so that a login nobody has costs the same work.
    async fn decoy(&self) -> AppResult<Sealed> {
        let context = "person:totp:nobody";
        let key = self.db().keys().create(HOUSE).await?;
        let bytes = key.seal(context, &[0; second::SECRET_LENGTH]);
        Ok(Sealed::new(HOUSE, context, bytes))
    }
}

async fn sign_in_in(tx: &mut Tx, attempt: &Attempt) -> AppResult<Outcome> {
    let now = tx.now_ms();
    let found = people::find_by_login(tx, &attempt.login).await?;
    let who = found.as_ref().map(|person| person.person);
    let sealed = found.as_ref().map_or(&attempt.decoy, |person| &person.totp);
    let secret = tx.open(reading(who), vec![sealed.clone()]).await?;
    let last_step = found.as_ref().map_or(0, |person| person.totp_last_step);
    let secret = secret.bytes(0).unwrap_or_default();
    let step = attempt.factor.step(secret, now, last_step);
    let Some(mut person) = found else {
        refuse(tx, None, "credentials")?;
        return Ok(Outcome::Refused);
    };
    let same = attempt.hash.as_deref() == Some(person.password_hash.as_str());
    let enabled = person.disabled_ms.is_none();
    let paused = person.locked_until_ms > now;
    let Some(step) = step.filter(|_| attempt.right && same && enabled) else {
        if !paused {
            count_failure(tx, &mut person).await?;
        }
        refuse(tx, who, "credentials")?;
        return Ok(Outcome::Refused);
    };
    if paused {
        refuse(tx, who, "paused")?;
        let left_ms = person.locked_until_ms - now;
        return Ok(Outcome::Paused { left_ms });
    }
    person.failures = 0;
    person.totp_last_step = step;
    people::update(tx, &person).await?;
    people::sweep_sessions(tx).await?;
    let expires_ms = open_session(tx, &person, attempt.kind, &attempt.tokens).await?;
    Ok(Outcome::In {
        person: person.person,
        expires_ms,
    })
}

/// Writes a session and its audit entry; returns when it ends.
pub(super) async fn open_session(
    tx: &mut Tx,
    person: &PersonRow,
    kind: SessionKind,
    (token, csrf): &(String, String),
) -> AppResult<i64> {
    let session = new_session(person, kind, (token, csrf), tx.now_ms());
    people::insert_session(tx, &session).await?;
    let object = ObjectId::new("person", person.person);
    let detail = Detail::none().with("kind", kind.as_str());
    tx.audit(Entry::new(person.person, "person.sign_in", object).with_detail(detail))?;
    Ok(session.expires_ms)
}

/// `fitting` is the hash that the typed password fits, if it fits.
async fn again_in(tx: &mut Tx, person: PersonId, fitting: Option<&str>) -> AppResult<Outcome> {
    let now = tx.now_ms();
    let mut person = people::get(tx, person).await?;
    if person.locked_until_ms > now {
        let left_ms = person.locked_until_ms - now;
        return Ok(Outcome::Paused { left_ms });
    }
    if fitting != Some(person.password_hash.as_str()) {
        count_failure(tx, &mut person).await?;
        refuse(tx, Some(person.person), "password")?;
        return Ok(Outcome::Refused);
    }
    person.failures = 0;
    people::update(tx, &person).await?;
    let object = ObjectId::new("person", person.person);
    tx.audit(Entry::new(person.person, "person.re_authenticate", object))?;
    Ok(Outcome::In {
        person: person.person,
        expires_ms: 0,
    })
}

async fn count_failure(tx: &mut Tx, person: &mut PersonRow) -> AppResult<()> {
    person.failures += 1;
    if person.failures >= MAX_FAILURES {
        person.failures = 0;
        person.locked_until_ms = tx.now_ms() + LOCK_MS;
    }
    Ok(people::update(tx, person).await?)
}

fn refuse(tx: &mut Tx, who: Option<PersonId>, reason: &str) -> AppResult<()> {
    let object = ObjectId::new("person", name_of(who));
    let detail = Detail::none().with("reason", reason);
    let entry = Entry::new("public", "person.sign_in_refused", object);
    Ok(tx.audit(entry.with_detail(detail))?)
}

fn reading(who: Option<PersonId>) -> AuditedRead {
    AuditedRead {
        actor: "system".to_owned(),
        reason: "sign_in".to_owned(),
        objects: vec![ObjectId::new("person", name_of(who))],
    }
}

fn name_of(who: Option<PersonId>) -> String {
    who.map_or_else(|| "unknown".to_owned(), |person| person.to_string())
}

fn paused(left_ms: i64) -> AppError {
    let minutes = (left_ms + 59_999) / 60_000;
    AppError {
        problems: vec![Problem::new("login", "paused").with("minutes", minutes)],
        ..AppError::new(Kind::TooMany, "paused")
    }
}

/// The TOTP secret of a person, sealed for its place.
pub(super) async fn seal_secret(app: &App, person: PersonId, secret: &[u8]) -> AppResult<Sealed> {
    let key = app.db().keys().create(HOUSE).await?;
    let context = totp_context(person);
    Ok(Sealed::new(HOUSE, &context, key.seal(&context, secret)))
}
