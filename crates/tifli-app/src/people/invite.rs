//! The one-time link that makes the first administrator, while there is nobody yet.
//!
//! The TOTP secret it shows is derived from the link, so that the page can be opened twice and
//! nothing is stored before the code has proved that the secret was copied.

use tifli_domain::Role;
use tifli_store::people::PersonRow;
use tifli_store::{Reads, Tx, people};

use super::account::{NewPerson, insert_in};
use super::session::{SessionKind, new_tokens};
use super::sign_in::{NewSession, open_session, seal_secret};
use super::{Factor, password, second};
use crate::codes::{hash_token, keyed_hash, new_token};
use crate::{App, AppError, AppResult, Kind};

/// How long the link works, in milliseconds.
const INVITATION_MS: i64 = 24 * 60 * 60 * 1000;

/// What the first administrator types.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstAdministrator {
    /// What they will sign in with.
    pub login: String,
    /// What they are called.
    pub display_name: String,
    /// The password of their choice.
    pub password: String,
    /// The code that their authenticator shows.
    pub factor: Factor,
}

impl std::fmt::Debug for FirstAdministrator {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FirstAdministrator")
    }
}

/// The TOTP secret that belongs to a link.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstSecret {
    /// In base 32.
    pub totp_secret: String,
    /// As an `otpauth://` address.
    pub otpauth: String,
}

impl std::fmt::Debug for FirstSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FirstSecret")
    }
}

struct Acceptance {
    row: PersonRow,
    link_hash: [u8; 32],
    tokens: (String, String),
}

impl App {
    /// Makes the link and takes back any earlier one; refused once there is a person. The token is
    /// seen only here.
    pub async fn invite_first_administrator(&self) -> AppResult<String> {
        let token = new_token(self.entropy());
        self.db()
            .write("invite", hash_token(&token), |tx, hash| {
                Box::pin(async move {
                    refuse_unless_empty(tx).await?;
                    let until_ms = tx.now_ms() + INVITATION_MS;
                    Ok::<_, AppError>(people::insert_invitation(tx, *hash, until_ms).await?)
                })
            })
            .await?;
        Ok(token)
    }

    /// The secret to show on the page of a link that still works.
    pub async fn first_secret(&self, token: &str) -> AppResult<FirstSecret> {
        self.db()
            .read("first_secret", hash_token(token), |reads, hash| {
                Box::pin(async move {
                    let found = people::find_invitation(reads, *hash).await?;
                    let now = reads.now_ms();
                    let open = found.filter(|link| link.used_ms.is_none() && link.expires_ms > now);
                    open.map(drop).ok_or_else(over)
                })
            })
            .await?;
        let secret = self.secret_of(token);
        Ok(FirstSecret {
            totp_secret: second::base32(&secret),
            otpauth: second::otpauth("administrator", &secret, self.issuer()),
        })
    }

    /// Makes the first administrator, uses the link up and signs them in.
    pub async fn accept_invitation(
        &self,
        token: &str,
        first: &FirstAdministrator,
    ) -> AppResult<NewSession> {
        let new = NewPerson {
            login: first.login.clone(),
            display_name: first.display_name.clone(),
            role: Role::Administrator,
            district: String::new(),
            unit: String::new(),
        };
        let mut row = self.checked(&new).map_err(AppError::invalid)?;
        password::check(&first.password, &row.login)
            .map_err(|problem| AppError::invalid(vec![problem]))?;
        let secret = self.secret_of(token);
        let step = first.factor.step(&secret, self.now_ms(), 0);
        row.totp_last_step = step.ok_or_else(|| AppError::field("code", "wrong_code"))?;
        row.password_hash = password::hash(&first.password, self.entropy()).await?;
        row.totp = seal_secret(self, row.person, &secret).await?;
        let person = row.person;
        let tokens = new_tokens(self.entropy());
        let acceptance = Acceptance {
            row,
            link_hash: hash_token(token),
            tokens: tokens.clone(),
        };
        let expires_ms = self
            .db()
            .write("accept_invitation", acceptance, |tx, acceptance| {
                Box::pin(accept_in(tx, acceptance))
            })
            .await?;
        let (token, csrf) = tokens;
        Ok(NewSession {
            person,
            token,
            csrf,
            expires_ms,
        })
    }

    fn secret_of(&self, token: &str) -> [u8; second::SECRET_LENGTH] {
        let hash = keyed_hash(self.pepper(), "first-totp", token);
        let mut secret = [0; second::SECRET_LENGTH];
        secret.copy_from_slice(&hash[..second::SECRET_LENGTH]);
        secret
    }
}

async fn accept_in(tx: &mut Tx, acceptance: &Acceptance) -> AppResult<i64> {
    if !people::use_invitation(tx, acceptance.link_hash).await? {
        return Err(over());
    }
    refuse_unless_empty(tx).await?;
    insert_in(tx, &acceptance.row, "system").await?;
    open_session(
        tx,
        &acceptance.row,
        SessionKind::Browser,
        &acceptance.tokens,
    )
    .await
}

async fn refuse_unless_empty(tx: &mut Tx) -> AppResult<()> {
    match people::count(tx).await? {
        0 => Ok(()),
        _ => Err(AppError::conflict("not_the_first")),
    }
}

fn over() -> AppError {
    AppError::new(Kind::Gone, "invitation_over")
}
