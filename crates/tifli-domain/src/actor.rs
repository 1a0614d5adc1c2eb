//! Who acts: a person with a role, in a district, in a realm.

use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// The world a database belongs to, fixed at its creation and never mixed with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Realm {
    /// Real children, real recipients.
    Live,
    /// A full run for training that cannot leave the house.
    Drill,
    /// Invented data on one machine.
    Demo,
}

impl Realm {
    /// The word stored and signed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Drill => "drill",
            Self::Demo => "demo",
        }
    }
}

impl std::str::FromStr for Realm {
    type Err = crate::id::IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "live" => Ok(Self::Live),
            "drill" => Ok(Self::Drill),
            "demo" => Ok(Self::Demo),
            _ => Err(crate::id::IdError),
        }
    }
}

/// What a person is in the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes reports and drafts alerts at a district.
    Officer,
    /// Approves, returns or refuses alerts for the whole country.
    Approver,
    /// Reads files, ends alerts, signs erasures.
    Prosecutor,
    /// The command and coordination room.
    Room,
    /// A field unit.
    Unit,
    /// Runs the system; reads no case.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Officer,
        Self::Approver,
        Self::Prosecutor,
        Self::Room,
        Self::Unit,
        Self::Administrator,
    ];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Approver => "approver",
            Self::Prosecutor => "prosecutor",
            Self::Room => "room",
            Self::Unit => "unit",
            Self::Administrator => "administrator",
        }
    }
}

read_by_word!(Role);

/// A signed-in person at the moment of an act. `district` is a slug of the country pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// The district they belong to.
    pub district: String,
    /// The unit within it; two approvals come from two people of two units.
    pub unit: String,
    /// The realm of the database they signed in to.
    pub realm: Realm,
}

impl Actor {
    /// Where they work.
    pub fn works_at(&self) -> crate::approval::Unit {
        crate::approval::Unit {
            district: self.district.clone(),
            name: self.unit.clone(),
        }
    }
}
