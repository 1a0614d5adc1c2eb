//! The state of an alert as signed JSON that is checked without us: a DSSE envelope with the house's Ed25519 signature.
//! How anybody checks it stands in `docs/verify.md`. It names nobody.

use jiff::Timestamp;
use serde::Serialize;
use tifli_domain::Realm;
use tifli_domain::id::PublicCode;
use tifli_domain::message::MsgType;

use super::freeze::parse_binding;
use super::verify::out;
use crate::{App, AppError, AppResult};

/// What the payload is; part of the signed bytes.
pub const STATEMENT_KIND: &str = "application/vnd.tifli.alert-state+json";

/// What every statement says it is; a reader refuses another.
const FORMAT: &str = "tifli alert state 1";

/// For how long a statement that an alert is out may be relied on without asking again, in milliseconds. An alert can
/// end at any moment, and a statement that is carried about does not learn of it: one hour is what a bus or a train is
/// without a network.
const RELIED_ON_MS: i64 = 3_600_000;

/// What is stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// What this is.
    pub format: &'static str,
    /// `live`, `drill` or `demo`: only `live` is the real thing.
    pub realm: Realm,
    /// Country pack.
    pub country: String,
    /// Public code of the alert.
    pub code: String,
    /// `active`, `ended` or `exercise`.
    pub state: &'static str,
    /// The version the state is of; the end has one of its own.
    pub version: u32,
    /// When this was stated, UTC.
    pub issued_at: String,
    /// Until when it may be relied on, UTC; null for an end, which is never taken back.
    pub valid_until: Option<String>,
    /// The page of the alert.
    pub page: String,
}

impl App {
    /// What is stated of the alert with this code now.
    pub async fn statement(&self, code: &PublicCode) -> AppResult<Statement> {
        Ok(self.stated(code).await?.0)
    }

    /// The same, signed. An alert that never went out has none.
    pub async fn signed_statement(&self, code: &PublicCode) -> AppResult<Vec<u8>> {
        let (statement, last) = self.stated(code).await?;
        let payload = serde_json::to_vec(&statement).map_err(|_| AppError::internal("envelope"))?;
        // Of an erased message hashes and signature stay, which the signer asks for; its row cannot be compared any more.
        let binding = if statement.state == "ended" {
            parse_binding(&last.binding)?
        } else {
            self.verified(&last)?
        };
        self.envelope(STATEMENT_KIND, (&binding, &last.signature), &payload)
    }

    async fn stated(
        &self,
        code: &PublicCode,
    ) -> AppResult<(Statement, tifli_store::message::MessageRow)> {
        let (row, last) = self.last_message(code).await?;
        let is_out =
            row.state.is_public() && !self.is_past(&row, &last) && last.msg_type != MsgType::Cancel;
        let now = self.now_ms();
        let until = is_out.then(|| last.expires_ms.min(now + RELIED_ON_MS));
        let statement = Statement {
            format: FORMAT,
            realm: self.realm(),
            country: self.pack().code().to_owned(),
            code: code.to_string(),
            state: if is_out {
                out(self.realm()).as_str()
            } else {
                "ended"
            },
            version: last.version,
            issued_at: utc(now)?,
            valid_until: until.map(utc).transpose()?,
            page: format!("{}/a/{code}", self.base_url()),
        };
        Ok((statement, last))
    }
}

fn utc(ms: i64) -> AppResult<String> {
    let at = Timestamp::from_millisecond(ms).map_err(|_| AppError::internal("time"))?;
    Ok(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
