//! The people of a demonstration: at least one per role, invented, with secrets that are shown.

use serde::{Deserialize, Serialize};
use tifli_app::App;
use tifli_app::people::NewPerson;
use tifli_domain::id::PersonId;
use tifli_domain::{Actor, Realm, Role};

use crate::failure::{Done, Failure};
use crate::house::refused;
use crate::system::random;

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPerson {
    /// As what.
    pub role: Role,
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// The password.
    pub password: String,
    /// The TOTP secret in base 32.
    pub totp_secret: String,
    /// The district they belong to.
    pub district: String,
    /// The secret as an authenticator takes it.
    pub otpauth: String,
}

/// Role, login, name, unit, and which of the pack's districts.
const CAST: [(Role, &str, &str, &str, usize); 9] = [
    (
        Role::Officer,
        "officer",
        "Officer Invented",
        "First brigade",
        0,
    ),
    (
        Role::Officer,
        "officer2",
        "Officer Elsewhere",
        "First brigade",
        1,
    ),
    (
        Role::Approver,
        "approver",
        "Approver Invented",
        "Alert desk",
        0,
    ),
    (
        Role::Approver,
        "approver2",
        "Second Approver",
        "Night desk",
        1,
    ),
    (
        Role::Prosecutor,
        "prosecutor",
        "Prosecutor Invented",
        "Minors",
        0,
    ),
    (Role::Room, "room", "Room Invented", "Command room", 0),
    (Role::Unit, "unit", "Unit Invented", "Patrol 7", 0),
    (Role::Unit, "unit2", "Unit Elsewhere", "Patrol 3", 1),
    (
        Role::Administrator,
        "admin",
        "Administrator Invented",
        "Systems",
        0,
    ),
];

/// Makes everybody; the administrator also as somebody who acts.
pub async fn make_people(app: &App) -> Done<(Vec<DemoPerson>, Actor)> {
    let districts = app.pack().districts();
    let mut people = Vec::with_capacity(CAST.len());
    let mut administrator = None;
    for (role, login, name, unit, place) in CAST {
        let district = districts.get(place).or(districts.first());
        let district = district.ok_or_else(|| Failure::new("the country pack has no district"))?;
        let new = NewPerson {
            login: login.to_owned(),
            display_name: name.to_owned(),
            role,
            district: district.id.clone(),
            unit: unit.to_owned(),
        };
        let made = app.create_person_with(&new, &password()).await;
        let made = made.map_err(|error| refused("making an invented person", &error))?;
        if matches!(role, Role::Unit | Role::Officer) {
            join(app, made.person, &new.district).await?;
        }
        if role == Role::Administrator {
            administrator = Some(Actor {
                person: made.person,
                role,
                district: new.district.clone(),
                unit: new.unit.clone(),
                realm: Realm::Demo,
            });
        }
        people.push(DemoPerson {
            role,
            name: made.display_name,
            login: made.login,
            password: made.password,
            totp_secret: made.totp_secret,
            district: new.district,
            otpauth: made.otpauth,
        });
    }
    let administrator = administrator.ok_or_else(|| Failure::new("nobody administers"))?;
    Ok((people, administrator))
}

/// Puts somebody into the first service of their district.
async fn join(app: &App, person: PersonId, district: &str) -> Done {
    let directory = app.pack().first_directory().iter();
    let mut own = directory.filter(|service| service.district == district);
    let Some(service) = own.next() else {
        return Err(Failure::new(
            "a district of the country pack has no service",
        ));
    };
    let joined = app.assign_first(person, &service.id).await;
    joined.map_err(|error| refused("putting somebody into a service", &error))
}

/// Four groups that are easy to type from a terminal: 80 random bits.
fn password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters = random::<16>().map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_there() {
        for role in Role::ALL {
            assert!(CAST.iter().any(|(cast, ..)| *cast == role), "{role:?}");
        }
    }

    #[test]
    fn a_password_has_four_groups_and_is_never_the_same() {
        assert_eq!(password().split('-').count(), 4);
        assert_ne!(password(), password());
    }
}
