//! The CAP document of a message as the house signed it: made once, when the message goes out, stored
//! sealed under the case's key, and served as it is. Signing again would give other bytes.
//!
//! A message of a child whose document cannot be signed does not go out. An end goes out in any case,
//! then with an unsigned document: by the CAP specification a missing signature is no ground to drop
//! a message, and nothing may keep an alert up that has ended.

use std::sync::Arc;

use tifli_cap::sign::{Certificate, SignError};
use tifli_domain::id::{CaseId, MessageId};
use tifli_domain::message::{Message, MsgType};
use tifli_store::Sealed;
use tifli_store::audit::ObjectId;
use tifli_store::message::{MessageRow, cap_context};

use crate::{App, AppError, AppResult};

impl App {
    /// The certificate partners pin to verify this house's CAP messages.
    pub fn cap_certificate(&self) -> &Certificate {
        self.cap_signer().certificate()
    }

    /// The signed document of a message that is about to go out, sealed.
    ///
    /// # Errors
    /// Conflict `cap_not_signed` when it cannot be written or signed.
    pub(super) async fn cap_for_issue(
        &self,
        (case, id): (CaseId, MessageId),
        message: &Message,
    ) -> AppResult<Sealed> {
        let written = self.cap_xml(message);
        let signed = for_issue(written, |xml| self.sign_cap(xml)).map_err(|error| {
            tracing::error!(message.id = %id, code = %error.code, source = ?error.source,
                "a message cannot be signed as CAP and does not go out");
            AppError::conflict("cap_not_signed")
        })?;
        self.seal(case, &cap_context(id), signed.as_bytes()).await
    }

    /// The document of an end, sealed: signed, else unsigned, else none. What failed is logged.
    pub(super) async fn cap_for_end(
        &self,
        (case, id): (CaseId, MessageId),
        message: &Message,
    ) -> Option<Sealed> {
        let said = |error: &AppError| {
            tracing::error!(message.id = %id, code = %error.code, source = ?error.source,
                "the document of an end is not as it should be; the end goes out");
        };
        let document = for_end(self.cap_xml(message), |xml| self.sign_cap(xml), said)?;
        let sealed = self.seal(case, &cap_context(id), document.as_bytes()).await;
        sealed.inspect_err(said).ok()
    }

    /// The CAP document of an issued row as it was signed, the same bytes each time; opened once per
    /// process. Only where a row has none it is written anew, unsigned.
    ///
    /// # Errors
    /// As [`App::open_message`]: a row that is not as it was signed shows no document either.
    pub(crate) async fn cap_bytes(&self, row: &MessageRow) -> AppResult<Arc<str>> {
        let message = self.open_message(row).await?;
        if let Some(document) = self.open_messages().find_cap(row.message) {
            return Ok(document);
        }
        let stored = match &row.cap {
            Some(sealed) => self.open_cap(row, sealed).await.map(Some),
            None => Ok(None),
        };
        let document = match stored {
            Ok(Some(document)) => document,
            Ok(None) => self.cap_xml(&message)?.into(),
            Err(error) if message.msg_type == MsgType::Cancel => {
                tracing::error!(message.id = %row.message, code = %error.code,
                    "the signed document of an end cannot be opened; it is written anew, unsigned");
                self.cap_xml(&message)?.into()
            }
            Err(error) => return Err(error),
        };
        self.open_messages().put_cap(row.message, &document);
        Ok(document)
    }

    async fn open_cap(&self, row: &MessageRow, sealed: &Sealed) -> AppResult<Arc<str>> {
        let read = tifli_store::AuditedRead {
            actor: "system".into(),
            reason: "publish".into(),
            objects: vec![ObjectId::new("message", row.message)],
        };
        let opened = self.db().open_sealed(read, vec![sealed.clone()]).await?;
        let document = opened.text(0).ok_or_else(|| AppError::internal("cap"))?;
        Ok(document.into())
    }

    /// A certificate that ran out is said and does not keep an alert from going out: what is signed
    /// with it can still be read, and its key checked.
    pub(crate) fn sign_cap(&self, xml: &str) -> Result<String, SignError> {
        if !self.cap_certificate().validity().contains(self.now()) {
            tracing::error!("the CAP certificate of this house is not valid now: renew it");
        }
        self.cap_signer().sign(xml)
    }
}

/// The signed document, or why there is none.
fn for_issue(
    written: AppResult<String>,
    sign: impl FnOnce(&str) -> Result<String, SignError>,
) -> AppResult<String> {
    sign(&written?).map_err(not_signed)
}

/// The signed document, else the unsigned one, else none; `said` of each failure.
fn for_end(
    written: AppResult<String>,
    sign: impl FnOnce(&str) -> Result<String, SignError>,
    said: impl Fn(&AppError),
) -> Option<String> {
    let unsigned = written.inspect_err(&said).ok()?;
    let signed = sign(&unsigned).map_err(not_signed).inspect_err(&said);
    Some(signed.unwrap_or(unsigned))
}

fn not_signed(why: SignError) -> AppError {
    tracing::error!(%why, "a CAP document was not signed");
    AppError::internal("cap_not_signed")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn refuse(_: &str) -> Result<String, SignError> {
        Err(SignError::Unproven)
    }

    #[test]
    fn what_cannot_be_signed_is_refused_at_issue_and_goes_out_unsigned_at_an_end() {
        let written = || Ok("<alert/>".to_owned());
        let unwritten = || Err(AppError::internal("cap"));
        let signs = |xml: &str| Ok(format!("{xml} signed"));
        assert_eq!(for_issue(written(), signs).unwrap(), "<alert/> signed");
        assert!(for_issue(written(), refuse).is_err());
        assert!(for_issue(unwritten(), signs).is_err());
        let failures = Cell::new(0);
        let said = |_: &AppError| failures.set(failures.get() + 1);
        let end = |written, sign: fn(&str) -> _| for_end(written, sign, said);
        assert_eq!(end(written(), signs).unwrap(), "<alert/> signed");
        assert_eq!(failures.get(), 0);
        assert_eq!(end(written(), refuse).unwrap(), "<alert/>");
        assert_eq!(end(unwritten(), signs), None);
        assert_eq!(failures.get(), 2, "each is said");
    }
}
