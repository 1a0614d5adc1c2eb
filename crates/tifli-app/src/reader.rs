//! Alerts by e-mail: somebody asks for them with an address, a place and a language, says so once more from the mailbox
//! itself, and leaves by one click; letters that come back end an address.
//!
//! Whether an address is known is never told: asking is answered alike for all. Not for sending (see [`crate::worker`]).

mod bounce;
mod letter;

pub use bounce::Taken;
pub(crate) use letter::{Addressed, alert_letter, confirm_letter, sample_letter};

use tifli_channel::mail::{AlertMailer, read_address};
use tifli_domain::reader::{
    ASKED_AT_MOST, ASKED_WITHIN_MS, CONFIRM_WITHIN_MS, REMEMBERED_MS, ReaderState,
};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::reader::{self, NewReader, NewRequest, READERS, address_context};
use tifli_store::{Reads as _, Sealed, Tx};
use tifli_units::Position;

use crate::codes::{hash_token, hex, keyed_hash};
use crate::{App, AppError, AppResult};

/// Hexadecimal digits of a token in a link: 160 bits.
const TOKEN: usize = 40;
/// Hexadecimal digits of a token in the envelope: 104 bits, which leaves room for a message's number.
const BOUNCE: usize = 26;

/// What somebody asks for.
#[derive(Clone)]
pub struct Asking {
    /// The address as typed.
    pub address: String,
    /// The place chosen; only its cell is kept.
    pub position: Position,
    /// Language of the letters.
    pub language: String,
}

/// What a link to leave belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Somebody letters go to, or a request that waits.
    Possible,
    /// Somebody who has left already.
    Done,
}

impl App {
    /// Whether alerts go out by e-mail from this house: it has a mail server for them.
    pub fn sends_letters(&self) -> bool {
        self.letters().is_some()
    }

    /// Takes a request for alerts by e-mail; a letter that asks to confirm it follows. The answer is the same
    /// whether or not the address is known, and whether or not it was asked for too often.
    pub async fn ask_for_letters(&self, asking: Asking) -> AppResult<()> {
        if !self.sends_letters() {
            return Err(AppError::conflict("mail_not_set_up"));
        }
        let address = read_address(&asking.address)
            .ok_or_else(|| AppError::field("address", "not_an_address"))?;
        let language: tifli_pack::LanguageTag = asking
            .language
            .parse()
            .ok()
            .filter(|language| self.pack().languages().alert.contains(language))
            .ok_or_else(|| AppError::field("language", "unknown_language"))?;
        if !self.pack().outline().contains(asking.position) {
            return Err(AppError::field("place", "outside_country"));
        }
        let cell = self.coarse_cell(asking.position).await?;
        let address_hash = self.address_hash(&address);
        let request = self.random_hex();
        let new = NewRequest {
            address: self.seal_address(&address_hash, &address).await?,
            address_hash,
            cell: cell.as_i64(),
            language: language.as_str().to_owned(),
            token_hash: hash_token(&self.confirm_token(&request)),
            bounce_hash: hash_token(&self.request_bounce_token(&request)),
            expires_ms: self.now_ms() + CONFIRM_WITHIN_MS,
            request,
        };
        self.db()
            .write("ask_for_letters", new, |tx, new| {
                Box::pin(async move {
                    let since = tx.now_ms() - ASKED_WITHIN_MS;
                    let asked = reader::count_requests(tx, &new.address_hash, since).await?;
                    if asked < ASKED_AT_MOST {
                        reader::insert_request(tx, new).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.bus().call_workers();
        Ok(())
    }

    /// Whether a request with this token waits for its confirmation. Looking changes nothing: programs that follow
    /// links in letters confirm nothing.
    pub async fn is_confirmable(&self, token: &str) -> AppResult<bool> {
        self.db()
            .read("is_confirmable", hash_token(token), |reads, hash| {
                Box::pin(async move {
                    let found = reader::find_request_by_token(reads, hash).await?;
                    Ok::<_, AppError>(found.is_some())
                })
            })
            .await
    }

    /// Confirms a request by the token in its letter, once; from now on alerts for its place go to its address.
    pub async fn confirm_letters(&self, token: &str) -> AppResult<()> {
        let mut letter_key = [0; 16];
        self.entropy().fill(&mut letter_key);
        let args = (self.clone(), hash_token(token), letter_key);
        self.db()
            .write("confirm_letters", args, |tx, (app, hash, key)| {
                Box::pin(async move { app.join(tx, hash, *key).await })
            })
            .await?;
        self.bus().call_workers();
        Ok(())
    }

    async fn join(&self, tx: &mut Tx, token_hash: &[u8; 32], key: [u8; 16]) -> AppResult<()> {
        let Some(asked) = reader::find_request_by_token(tx, token_hash).await? else {
            return Err(AppError::not_found());
        };
        let new = NewReader {
            address_hash: asked.address_hash,
            address: asked.address,
            cell: asked.cell,
            language: asked.language,
            letter_key: key,
            leave_hash: hash_token(&self.leave_token(&key)),
            bounce_hash: hash_token(&self.bounce_token(&key)),
        };
        let number = reader::put(tx, &new).await?;
        let object = ObjectId::new("reader", number);
        Ok(tx.audit(Entry::new("public", "reader.join", object))?)
    }

    /// What the token of a link to leave belongs to; not found where it belongs to nothing.
    pub async fn find_leaving(&self, token: &str) -> AppResult<Leaving> {
        let found = self
            .db()
            .read("find_leaving", hash_token(token), |reads, hash| {
                Box::pin(async move {
                    let reader = reader::find_by_leave(reads, hash).await?;
                    let asked = reader::find_request_by_token(reads, hash).await?;
                    Ok::<_, AppError>((reader, asked.is_some()))
                })
            })
            .await?;
        match found {
            (Some((_, ReaderState::Active)), _) | (None, true) => Ok(Leaving::Possible),
            (Some(_), _) => Ok(Leaving::Done),
            (None, false) => Err(AppError::not_found()),
        }
    }

    /// Ends alerts by e-mail for who has this token, and forgets the address; or takes a request back that was not
    /// confirmed. Saying it twice is no error.
    pub async fn leave_letters(&self, token: &str) -> AppResult<()> {
        self.db()
            .write("leave_letters", hash_token(token), |tx, hash| {
                Box::pin(async move {
                    match reader::find_by_leave(tx, hash).await? {
                        Some((number, _)) => leave(tx, number, "one_click").await,
                        None if reader::remove_request_by_token(tx, hash).await? => Ok(()),
                        None => Err(AppError::not_found()),
                    }
                })
            })
            .await
    }

    /// Forgets requests that were not confirmed in time, and, after ninety days, that somebody left.
    pub async fn sweep_readers(&self) -> AppResult<u64> {
        let before = self.now_ms() - REMEMBERED_MS;
        self.db()
            .write("sweep_readers", before, |tx, before| {
                Box::pin(async move { Ok::<_, AppError>(reader::sweep(tx, *before).await?) })
            })
            .await
    }

    pub(crate) fn letters(&self) -> Option<&AlertMailer> {
        self.inner.parts.letters.as_ref()
    }

    /// The token in the letter that asks to confirm; made anew from the request and the house's pepper.
    pub(crate) fn confirm_token(&self, request: &str) -> String {
        self.token("reader:confirm", request, TOKEN)
    }

    /// By what that letter is known when it comes back.
    pub(crate) fn request_bounce_token(&self, request: &str) -> String {
        self.token("reader:asked", request, BOUNCE)
    }

    /// The token in every link to leave.
    pub(crate) fn leave_token(&self, key: &[u8; 16]) -> String {
        self.token("reader:leave", &hex(key), TOKEN)
    }

    /// By what a reader's letters are known when they come back.
    pub(crate) fn bounce_token(&self, key: &[u8; 16]) -> String {
        self.token("reader:bounce", &hex(key), BOUNCE)
    }

    /// Digits made of `of` that nobody makes without the house's pepper.
    pub(crate) fn token(&self, label: &str, of: &str, digits: usize) -> String {
        let mut token = hex(&keyed_hash(self.pepper(), label, of));
        token.truncate(digits);
        token
    }

    /// One mailbox is one reader, however its letters are written.
    fn address_hash(&self, address: &str) -> [u8; 32] {
        keyed_hash(self.pepper(), "reader:address", &address.to_lowercase())
    }

    async fn seal_address(&self, hash: &[u8; 32], address: &str) -> AppResult<Sealed> {
        let key = self.db().keys().create(READERS).await?;
        let context = address_context(hash);
        let sealed = key.seal(&context, address.as_bytes());
        Ok(Sealed::new(READERS, &context, sealed))
    }

    fn random_hex(&self) -> String {
        let mut bytes = [0; 16];
        self.entropy().fill(&mut bytes);
        hex(&bytes)
    }
}

/// Ends letters to a reader who no longer wants them.
async fn leave(tx: &mut Tx, number: u32, why: &str) -> AppResult<()> {
    if reader::end(tx, number, ReaderState::Left).await? {
        let object = ObjectId::new("reader", number);
        let detail = Detail::none().with("why", why);
        tx.audit(Entry::new("public", "reader.leave", object).with_detail(detail))?;
    }
    Ok(())
}

/// Ends letters to an address that does not exist or does not take them.
pub(crate) async fn retire(tx: &mut Tx, number: u32, why: &str) -> AppResult<bool> {
    let ended = reader::end(tx, number, ReaderState::Retired).await?;
    if ended {
        let object = ObjectId::new("reader", number);
        let detail = Detail::none().with("why", why);
        tx.audit(Entry::new("system", "reader.retire", object).with_detail(detail))?;
    }
    Ok(ended)
}
