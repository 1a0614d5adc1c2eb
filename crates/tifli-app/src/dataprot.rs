//! What the house shows the authority that watches over personal data. The record is read from the
//! schema, the rest from the country pack; nothing of a case is read. Not for how it is worded.

pub use tifli_store::processing::{Activity, Table, record};

use tifli_domain::Actor;
use tifli_domain::permission::Act;

use crate::{App, AppResult};

/// Whether a channel or partner may be used in this house, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalStatus {
    /// It may.
    Usable,
    /// Its authorization is an invented one, and the house is live.
    Invented,
    /// It is disabled.
    Disabled,
}

impl LegalStatus {
    /// The word of pages and of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Invented => "invented",
            Self::Disabled => "disabled",
        }
    }
}

/// A channel or partner with its legal line, words in every language of the pack.
#[derive(Debug, Clone)]
pub struct LegalEntry<'p> {
    /// Its code.
    pub id: &'p str,
    /// What it is called.
    pub name: &'p tifli_pack::Labels,
    /// The law.
    pub legal: Option<&'p tifli_pack::LegalLine>,
    /// Whether it may be used.
    pub status: LegalStatus,
}

impl App {
    /// Refuses who may not see the file for the authority.
    pub fn permit_data_protection(&self, actor: &Actor) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ReadDataProtection)
    }

    /// Every channel of the house, then every partner, with its legal line.
    pub fn legal_lines(&self) -> Vec<LegalEntry<'_>> {
        use tifli_pack::Engagement;
        let status = |engagement, usable| match (engagement, usable) {
            (Engagement::Disabled, _) => LegalStatus::Disabled,
            (Engagement::Enabled, true) => LegalStatus::Usable,
            (Engagement::Enabled, false) => LegalStatus::Invented,
        };
        let channels = self.pack().channels().iter().map(|one| LegalEntry {
            id: &one.id,
            name: &one.name,
            legal: one.legal.as_ref(),
            status: status(one.engagement, one.may_be_used(self.realm())),
        });
        let partners = self.pack().partners().iter().map(|one| LegalEntry {
            id: &one.id,
            name: &one.name,
            legal: one.legal.as_ref(),
            status: status(one.engagement, one.may_be_used(self.realm())),
        });
        channels.chain(partners).collect()
    }
}
