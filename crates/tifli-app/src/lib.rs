//! Use cases and workers: each use case is one decision of the domain in one transaction of the
//! store, and what must follow is a row in it; the workers do what the rows say.
//!
//! Read [`App`] first, then [`report`], [`alert`], [`tip`], [`erase`], and [`worker`]. Not here:
//! HTTP, templates, configuration, SQL.

pub mod alarm;
pub mod alert;
pub mod area;
pub mod bulletin;
pub mod bus;
pub mod call;
pub mod check;
pub mod closing;
mod codes;
pub mod dataprot;
pub mod desk;
pub mod duty;
pub mod endpoint;
pub mod erase;
mod error;
pub mod family;
pub mod figures;
pub mod found;
pub mod guess;
pub mod intake;
pub mod ledger;
mod map;
pub mod media;
pub mod origin;
pub mod paper;
pub mod partner;
pub mod people;
pub mod publication;
pub mod reader;
pub mod region;
pub mod report;
pub mod room;
mod stages;
pub mod subscribe;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tip;
pub mod tombstone;
pub mod transfer;
pub mod unit_report;
pub mod upkeep;
pub mod venue;
pub mod worker;

pub use codes::{hash_bytes, hash_token, hex};
pub use error::{AppError, AppResult, Kind, Problem};
pub use tifli_pack::Calendar;

use std::sync::Arc;

use bus::Bus;
use endpoint::Systems;
use tifli_channel::mail::AlertMailer;
use tifli_channel::smtp::Mailer;
use tifli_channel::web_push::WebPush;
use tifli_domain::ports::{Clock, Entropy};
use tifli_domain::{Actor, Realm};
use tifli_pack::Pack;
use tifli_photo::Decoder;
use tifli_signer::{Signer, Verifier};
use tifli_store::Db;
use tombstone::Tombstones;

/// What the wiring hands over.
pub struct Parts {
    /// The open store.
    pub db: Db,
    /// The country.
    pub pack: Pack,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Decodes photos in a confined child process.
    pub decoder: Decoder,
    /// Sends web pushes.
    pub push: WebPush,
    /// Calls the systems of partners.
    pub systems: Systems,
    /// Hands e-mails to the mail server; `None` where there is none.
    pub mail: Option<Mailer>,
    /// Hands letters to subscribers to the mail server; `None` where alerts do not go out by e-mail.
    pub letters: Option<AlertMailer>,
    /// Signs what two people agreed on.
    pub signer: Signer,
    /// Signs CAP documents; partners pin its certificate.
    pub cap_signer: tifli_cap::sign::Signer,
    /// Keys the hashes of receipts and tokens; derived from the master key.
    pub pepper: [u8; 32],
    /// The public address, `https://…` without a slash at the end.
    pub base_url: String,
    /// The realm of the database.
    pub realm: Realm,
}

/// The application. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    parts: Parts,
    verifier: Verifier,
    bus: Bus,
    tombstones: Tombstones,
    index: report::Index,
    open_messages: alert::OpenMessages,
    copies: alert::Copies,
    pictures: alert::Pictures,
}

impl App {
    /// Puts the parts together. Call [`App::start`] before use.
    pub fn new(parts: Parts) -> Self {
        let verifier = parts.signer.verifier();
        let mut run = [0; 8];
        parts.entropy.fill(&mut run);
        Self {
            inner: Arc::new(Inner {
                parts,
                verifier,
                bus: Bus::new(u64::from_be_bytes(run)),
                tombstones: Tombstones::default(),
                index: report::Index::default(),
                open_messages: alert::OpenMessages::default(),
                copies: alert::Copies::default(),
                pictures: alert::Pictures::default(),
            }),
        }
    }

    /// Finishes interrupted erasures, forgets old claims, fills an empty directory and what is kept in
    /// memory: the tombstones of ended alerts and the index of names.
    pub async fn start(&self) -> AppResult<()> {
        self.load_tombstones().await?;
        self.release_leases().await?;
        self.forget_claims().await?;
        self.resume_erasures().await?;
        self.fill_directory().await?;
        self.fill_venues().await?;
        self.resume_found_erasures().await?;
        self.resume_calls().await?;
        self.load_index().await
    }

    /// The store.
    pub fn db(&self) -> &Db {
        &self.inner.parts.db
    }

    /// The country pack.
    pub fn pack(&self) -> &Pack {
        &self.inner.parts.pack
    }

    /// The realm.
    pub fn realm(&self) -> Realm {
        self.inner.parts.realm
    }

    /// The public address without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.inner.parts.base_url
    }

    /// The present moment in UTC milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.inner.parts.clock.now_ms()
    }

    /// The bell that tells workers and live pages to look again.
    pub fn bus(&self) -> &Bus {
        &self.inner.bus
    }

    /// The key under which browsers subscribe, uncompressed.
    pub fn push_key(&self) -> [u8; 65] {
        self.inner.parts.push.public_key()
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.inner.parts.clock.now()
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.inner.parts.entropy.as_ref()
    }

    pub(crate) fn decoder(&self) -> &Decoder {
        &self.inner.parts.decoder
    }

    pub(crate) fn push(&self) -> &WebPush {
        &self.inner.parts.push
    }

    pub(crate) fn systems(&self) -> &Systems {
        &self.inner.parts.systems
    }

    pub(crate) fn mail(&self) -> Option<&Mailer> {
        self.inner.parts.mail.as_ref()
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.inner.parts.signer
    }

    pub(crate) fn cap_signer(&self) -> &tifli_cap::sign::Signer {
        &self.inner.parts.cap_signer
    }

    pub(crate) fn verifier(&self) -> &Verifier {
        &self.inner.verifier
    }

    pub(crate) fn pepper(&self) -> &[u8; 32] {
        &self.inner.parts.pepper
    }

    pub(crate) fn tombstones(&self) -> &Tombstones {
        &self.inner.tombstones
    }

    pub(crate) fn open_messages(&self) -> &alert::OpenMessages {
        &self.inner.open_messages
    }

    pub(crate) fn copies(&self) -> &alert::Copies {
        &self.inner.copies
    }

    pub(crate) fn pictures(&self) -> &alert::Pictures {
        &self.inner.pictures
    }

    pub(crate) fn index(&self) -> &report::Index {
        &self.inner.index
    }

    /// Refuses unless `actor` may do `act` to something of `district`.
    pub(crate) fn permit(
        &self,
        actor: &Actor,
        act: tifli_domain::permission::Act,
        district: &str,
    ) -> AppResult<()> {
        if actor.realm != self.realm() {
            return Err(AppError::forbidden("foreign_realm"));
        }
        Ok(tifli_domain::permission::check(actor, act, district)?)
    }

    /// Refuses unless `actor` may do `act` somewhere.
    pub(crate) fn permit_anywhere(
        &self,
        actor: &Actor,
        act: tifli_domain::permission::Act,
    ) -> AppResult<()> {
        if actor.realm != self.realm() {
            return Err(AppError::forbidden("foreign_realm"));
        }
        Ok(tifli_domain::permission::check_anywhere(actor, act)?)
    }
}
