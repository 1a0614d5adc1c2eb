//! Accounts: making them, listing them, disabling them, renewing their secrets.

use tifli_domain::id::PersonId;
use tifli_domain::permission::Act;
use tifli_domain::{Actor, Realm, Role};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::people::{PersonRow, delete_sessions_of};
use tifli_store::{Reads, Tx, people};

use super::sign_in::seal_secret;
use super::{password, second};
use crate::{App, AppError, AppResult, Problem};

/// Who makes an account.
#[derive(Debug, Clone, Copy)]
pub enum Creator<'a> {
    /// A person who may manage people.
    Person(&'a Actor),
    /// Whoever holds the machine: the command line, the demo.
    Installation,
}

/// An account to be made, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// What they will sign in with.
    pub login: String,
    /// What they are called.
    pub display_name: String,
    /// As what they act.
    pub role: Role,
    /// A district of the country pack; officers and units need one.
    pub district: String,
    /// The unit within it.
    pub unit: String,
}

/// An account just made, with its secrets: the only time they are seen.
#[derive(Clone, PartialEq, Eq)]
pub struct CreatedPerson {
    /// Their id.
    pub person: PersonId,
    /// What they sign in with.
    pub login: String,
    /// What they are called.
    pub display_name: String,
    /// The password to begin with.
    pub password: String,
    /// The TOTP secret in base 32.
    pub totp_secret: String,
    /// The same secret as an `otpauth://` address.
    pub otpauth: String,
}

impl std::fmt::Debug for CreatedPerson {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CreatedPerson({})", self.person)
    }
}

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// Their id.
    pub person: PersonId,
    /// What they sign in with.
    pub login: String,
    /// What they are called.
    pub display_name: String,
    /// As what they act.
    pub role: Role,
    /// Their district; may be empty.
    pub district: String,
    /// Their unit; may be empty.
    pub unit: String,
    /// When they last signed in, to half a minute.
    pub last_sign_in_ms: Option<i64>,
    /// When the account was disabled.
    pub disabled_ms: Option<i64>,
}

impl App {
    /// Makes an account with a password to begin with and a TOTP secret.
    pub async fn create_person(
        &self,
        creator: Creator<'_>,
        new: &NewPerson,
    ) -> AppResult<CreatedPerson> {
        let password = password::one_time(self.entropy());
        self.create(creator, new, password).await
    }

    /// Makes an account with a password that is known beforehand. Never in a live realm.
    pub async fn create_person_with(
        &self,
        new: &NewPerson,
        password: &str,
    ) -> AppResult<CreatedPerson> {
        if self.realm() == Realm::Live {
            return Err(AppError::forbidden("not_in_live"));
        }
        self.create(Creator::Installation, new, password.to_owned())
            .await
    }

    /// Everybody who has an account, by login.
    pub async fn list_people(&self, actor: &Actor) -> AppResult<Vec<PersonView>> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let rows = self
            .db()
            .read("list_people", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(people::list(reads).await?) })
            })
            .await?;
        Ok(rows.into_iter().map(view).collect())
    }

    /// Disables an account and ends its sessions. Nobody disables their own.
    pub async fn disable_person(&self, actor: &Actor, person: PersonId) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        if actor.person == person {
            return Err(AppError::conflict("own_account"));
        }
        self.switch(actor, person, "person.disable").await
    }

    /// Enables a disabled account again; its password and secret are what they were.
    pub async fn enable_person(&self, actor: &Actor, person: PersonId) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        self.switch(actor, person, "person.enable").await
    }

    /// Gives a person who lost theirs a new password and a new TOTP secret, and ends their sessions.
    pub async fn renew_secrets(&self, actor: &Actor, person: PersonId) -> AppResult<CreatedPerson> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let row = self.person_row(person).await?;
        let password = password::one_time(self.entropy());
        let secret = second::new_secret(self.entropy());
        let renewed = PersonRow {
            password_hash: password::hash(&password, self.entropy()).await?,
            totp: seal_secret(self, person, secret.as_slice()).await?,
            totp_last_step: 0,
            failures: 0,
            locked_until_ms: 0,
            ..row
        };
        let created = self.created(&renewed, password, secret.as_slice());
        let args = (actor.clone(), renewed);
        self.db()
            .write("renew_secrets", args, |tx, (actor, row)| {
                Box::pin(async move {
                    people::update(tx, row).await?;
                    delete_sessions_of(tx, row.person).await?;
                    let object = ObjectId::new("person", row.person);
                    tx.audit(Entry::new(actor.person, "person.renew", object))?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok(created)
    }

    /// Changes one's own password and ends all one's sessions, this one too.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> AppResult<()> {
        self.re_authenticate(actor, old).await?;
        let row = self.person_row(actor.person).await?;
        password::check(new, &row.login).map_err(|problem| AppError::invalid(vec![problem]))?;
        let hash = password::hash(new, self.entropy()).await?;
        self.db()
            .write(
                "change_password",
                (actor.person, hash),
                |tx, (person, hash)| {
                    Box::pin(async move {
                        let mut row = people::get(tx, *person).await?;
                        row.password_hash.clone_from(hash);
                        people::update(tx, &row).await?;
                        delete_sessions_of(tx, *person).await?;
                        let object = ObjectId::new("person", person);
                        tx.audit(Entry::new(person, "person.password", object))?;
                        Ok(())
                    })
                },
            )
            .await
    }

    async fn create(
        &self,
        creator: Creator<'_>,
        new: &NewPerson,
        password: String,
    ) -> AppResult<CreatedPerson> {
        if let Creator::Person(actor) = creator {
            self.permit_anywhere(actor, Act::ManagePeople)?;
        }
        let mut row = self.checked(new).map_err(AppError::invalid)?;
        password::check(&password, &row.login)
            .map_err(|problem| AppError::invalid(vec![problem]))?;
        let secret = second::new_secret(self.entropy());
        row.password_hash = password::hash(&password, self.entropy()).await?;
        row.totp = seal_secret(self, row.person, secret.as_slice()).await?;
        let created = self.created(&row, password, secret.as_slice());
        let by = match creator {
            Creator::Person(actor) => actor.person.to_string(),
            Creator::Installation => "system".to_owned(),
        };
        self.db()
            .write("create_person", (row, by), |tx, (row, by)| {
                Box::pin(insert_in(tx, row, by))
            })
            .await?;
        Ok(created)
    }

    /// The row of an account, as typed and checked; its secrets are still to come.
    pub(super) fn checked(&self, new: &NewPerson) -> Result<PersonRow, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut keep = |result: Result<String, Problem>| {
            result.unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            })
        };
        let login = keep(super::login(&new.login));
        let display_name = keep(super::display_name(&new.display_name));
        let unit = keep(super::unit(&new.unit));
        let district = keep(self.district_of(new));
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(PersonRow {
            person: PersonId::new(self.now_ms(), self.entropy()),
            login,
            display_name,
            role: new.role,
            district,
            unit,
            password_hash: String::new(),
            totp: tifli_store::Sealed::new(people::HOUSE, "", Vec::new()),
            totp_last_step: 0,
            failures: 0,
            locked_until_ms: 0,
            created_ms: 0,
            disabled_ms: None,
        })
    }

    /// The secrets of an account, to be shown once.
    pub(super) fn created(
        &self,
        row: &PersonRow,
        password: String,
        secret: &[u8],
    ) -> CreatedPerson {
        CreatedPerson {
            person: row.person,
            login: row.login.clone(),
            display_name: row.display_name.clone(),
            password,
            totp_secret: second::base32(secret),
            otpauth: second::otpauth(&row.login, secret, self.issuer()),
        }
    }

    /// What an authenticator writes above the code.
    pub(super) fn issuer(&self) -> &'static str {
        match self.realm() {
            Realm::Live => "Tifli",
            Realm::Drill => "Tifli%20drill",
            Realm::Demo => "Tifli%20demo",
        }
    }

    fn district_of(&self, new: &NewPerson) -> Result<String, Problem> {
        let district = new.district.trim();
        let needed = matches!(new.role, Role::Officer | Role::Unit);
        if district.is_empty() && needed {
            return Err(Problem::new("district", "missing"));
        }
        if !district.is_empty() && self.pack().district(district).is_none() {
            return Err(Problem::new("district", "not_an_answer"));
        }
        Ok(district.to_owned())
    }

    async fn switch(&self, actor: &Actor, person: PersonId, verb: &'static str) -> AppResult<()> {
        let args = (actor.clone(), person, verb);
        self.db()
            .write("switch_person", args, |tx, (actor, person, verb)| {
                Box::pin(async move {
                    let mut row = people::get(tx, *person).await?;
                    row.disabled_ms = (*verb == "person.disable").then(|| tx.now_ms());
                    row.failures = 0;
                    row.locked_until_ms = 0;
                    people::update(tx, &row).await?;
                    delete_sessions_of(tx, *person).await?;
                    let object = ObjectId::new("person", person);
                    tx.audit(Entry::new(actor.person, *verb, object))?;
                    Ok(())
                })
            })
            .await
    }
}

/// Adds a person with the entry that says so.
pub(super) async fn insert_in(tx: &mut Tx, row: &PersonRow, by: &str) -> AppResult<()> {
    if !people::insert(tx, row).await? {
        return Err(AppError::field("login", "login_taken"));
    }
    let detail = Detail::none().with("role", row.role.as_str());
    let object = ObjectId::new("person", row.person);
    Ok(tx.audit(Entry::new(by, "person.create", object).with_detail(detail))?)
}

fn view(row: PersonRow) -> PersonView {
    let seen = (row.totp_last_step > 0).then(|| row.totp_last_step * second::STEP_SECONDS * 1000);
    PersonView {
        person: row.person,
        login: row.login,
        display_name: row.display_name,
        role: row.role,
        district: row.district,
        unit: row.unit,
        last_sign_in_ms: seen,
        disabled_ms: row.disabled_ms,
    }
}
