//! People of the house, their sessions, and the one-time link that makes the first of them.
//!
//! A password is kept as its Argon2id hash, a session and a link as the hash of a random token, the
//! TOTP secret sealed under the key of [`HOUSE`]. Not here: checking any of them.

mod moves;

pub use moves::{
    Begun, Move, Place, insert_move, list_begun, list_moves, move_context, next_move, relocate,
    rename,
};

use tifli_domain::Role;
use tifli_domain::id::PersonId;

use crate::alert::parsed;
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// The owner of the data key that seals what belongs to the house and to no case.
pub const HOUSE: &str = "house";

/// A person's row.
#[derive(Clone)]
pub struct PersonRow {
    /// Their id.
    pub person: PersonId,
    /// What they sign in with, in lower case.
    pub login: String,
    /// What they are called.
    pub display_name: String,
    /// As what they act.
    pub role: Role,
    /// The district they belong to.
    pub district: String,
    /// The unit within it.
    pub unit: String,
    /// Argon2id, in the PHC form.
    pub password_hash: String,
    /// The TOTP secret, sealed for [`totp_context`].
    pub totp: Sealed,
    /// The last TOTP step used; a step never counts twice.
    pub totp_last_step: i64,
    /// Failed sign-ins since the last good one or the last lock.
    pub failures: u32,
    /// Until when signing in is refused; 0 when it never was.
    pub locked_until_ms: i64,
    /// When the account was made.
    pub created_ms: i64,
    /// When it was disabled.
    pub disabled_ms: Option<i64>,
}

/// A session's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub person: PersonId,
    /// `browser` or `bearer`.
    pub kind: String,
    /// What a form must repeat.
    pub csrf: String,
    /// When it ends by itself.
    pub expires_ms: i64,
}

/// A link's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// Until when it works.
    pub expires_ms: i64,
    /// When it was used.
    pub used_ms: Option<i64>,
}

/// The context a TOTP secret is sealed for.
pub fn totp_context(person: PersonId) -> String {
    format!("person:totp:{person}")
}

/// Adds a person; false when the login is taken. `created_ms` is given here.
pub async fn insert(tx: &mut Tx, row: &PersonRow) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "insert into person
        (person_id, login, display_name, role, district, unit, password_hash, totp_sealed,
         totp_last_step, failures, locked_until_ms, created_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (login) do nothing";
    let added = tx
        .query(sql)
        .bind(row.person.to_string())
        .bind(&row.login)
        .bind(&row.display_name)
        .bind(row.role.as_str())
        .bind(&row.district)
        .bind(&row.unit)
        .bind(&row.password_hash)
        .bind(row.totp.bytes())
        .bind(row.totp_last_step)
        .bind(row.failures)
        .bind(row.locked_until_ms)
        .bind(now)
        .run()
        .await?;
    Ok(added == 1)
}

/// The person with this id.
pub async fn get(reads: &mut impl Reads, person: PersonId) -> Result<PersonRow, StoreError> {
    let sql = "select * from person where person_id = $1";
    read(&reads.select(sql).bind(person.to_string()).get().await?)
}

/// The person with this login.
pub async fn find_by_login(
    reads: &mut impl Reads,
    login: &str,
) -> Result<Option<PersonRow>, StoreError> {
    let sql = "select * from person where login = $1";
    let row = reads.select(sql).bind(login).find().await?;
    row.as_ref().map(read).transpose()
}

/// Everybody, by login.
pub async fn list(reads: &mut impl Reads) -> Result<Vec<PersonRow>, StoreError> {
    let sql = "select * from person order by login";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// How many people there are, disabled ones too.
pub async fn count(reads: &mut impl Reads) -> Result<i64, StoreError> {
    let sql = "select count(*) as people from person";
    reads.select(sql).get().await?.get("people")
}

/// Writes what may change of a person: how they sign in, and whether they may.
pub async fn update(tx: &mut Tx, row: &PersonRow) -> Result<(), StoreError> {
    let sql = "update person
        set password_hash = $2, totp_sealed = $3, totp_last_step = $4, failures = $5,
            locked_until_ms = $6, disabled_ms = $7
        where person_id = $1";
    tx.query(sql)
        .bind(row.person.to_string())
        .bind(&row.password_hash)
        .bind(row.totp.bytes())
        .bind(row.totp_last_step)
        .bind(row.failures)
        .bind(row.locked_until_ms)
        .bind(row.disabled_ms)
        .run()
        .await?;
    Ok(())
}

/// Adds a session.
pub async fn insert_session(tx: &mut Tx, row: &SessionRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into session (token_hash, person_id, kind, csrf, created_ms, expires_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(row.token_hash)
        .bind(row.person.to_string())
        .bind(&row.kind)
        .bind(&row.csrf)
        .bind(now)
        .bind(row.expires_ms)
        .run()
        .await?;
    Ok(())
}

/// The session of this token that is still open at `now_ms`, and its person, who is not disabled.
pub async fn find_open_session(
    reads: &mut impl Reads,
    token_hash: [u8; 32],
) -> Result<Option<(SessionRow, PersonRow)>, StoreError> {
    let now = reads.now_ms();
    let sql = "select session.token_hash, session.kind, session.csrf, session.expires_ms, person.*
        from session
        join person on person.person_id = session.person_id
        where session.token_hash = $1
        and session.expires_ms > $2
        and person.disabled_ms is null";
    let row = reads.select(sql).bind(token_hash).bind(now).find().await?;
    row.map(|row| {
        let session = SessionRow {
            token_hash: row.get("token_hash")?,
            person: parsed(&row, "person_id")?,
            kind: row.get("kind")?,
            csrf: row.get("csrf")?,
            expires_ms: row.get("expires_ms")?,
        };
        Ok((session, read(&row)?))
    })
    .transpose()
}

/// Ends a session and says whose it was.
pub async fn delete_session(
    tx: &mut Tx,
    token_hash: [u8; 32],
) -> Result<Option<PersonId>, StoreError> {
    let sql = "delete from session where token_hash = $1 returning person_id";
    let row = tx.query(sql).bind(token_hash).find().await?;
    row.map(|row| parsed(&row, "person_id")).transpose()
}

/// Ends every session of a person; returns how many.
pub async fn delete_sessions_of(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    let sql = "delete from session where person_id = $1";
    tx.query(sql).bind(person.to_string()).run().await
}

/// Removes the sessions that ended by themselves; returns how many.
pub async fn sweep_sessions(tx: &mut Tx) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let sql = "delete from session where expires_ms <= $1";
    tx.query(sql).bind(now).run().await
}

/// Adds a one-time link and takes back every earlier one.
pub async fn insert_invitation(
    tx: &mut Tx,
    token_hash: [u8; 32],
    expires_ms: i64,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.query("delete from invitation where used_ms is null")
        .run()
        .await?;
    let sql = "insert into invitation (token_hash, created_ms, expires_ms) values ($1, $2, $3)";
    tx.query(sql)
        .bind(token_hash)
        .bind(now)
        .bind(expires_ms)
        .run()
        .await?;
    Ok(())
}

/// The link of this token.
pub async fn find_invitation(
    reads: &mut impl Reads,
    token_hash: [u8; 32],
) -> Result<Option<InvitationRow>, StoreError> {
    let sql = "select token_hash, expires_ms, used_ms from invitation where token_hash = $1";
    let row = reads.select(sql).bind(token_hash).find().await?;
    row.map(|row| {
        Ok(InvitationRow {
            token_hash: row.get("token_hash")?,
            expires_ms: row.get("expires_ms")?,
            used_ms: row.get("used_ms")?,
        })
    })
    .transpose()
}

/// Uses a link up; false when it was used, has ended or never was.
pub async fn use_invitation(tx: &mut Tx, token_hash: [u8; 32]) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update invitation
        set used_ms = $2
        where token_hash = $1
        and used_ms is null
        and expires_ms > $2";
    Ok(tx.query(sql).bind(token_hash).bind(now).run().await? == 1)
}

fn read(row: &Row) -> Result<PersonRow, StoreError> {
    let person: PersonId = parsed(row, "person_id")?;
    Ok(PersonRow {
        person,
        login: row.get("login")?,
        display_name: row.get("display_name")?,
        role: parsed(row, "role")?,
        district: row.get("district")?,
        unit: row.get("unit")?,
        password_hash: row.get("password_hash")?,
        totp: row.get_sealed("totp_sealed", HOUSE, &totp_context(person))?,
        totp_last_step: row.get("totp_last_step")?,
        failures: row.get("failures")?,
        locked_until_ms: row.get("locked_until_ms")?,
        created_ms: row.get("created_ms")?,
        disabled_ms: row.get("disabled_ms")?,
    })
}

impl std::fmt::Debug for PersonRow {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "PersonRow({})", self.person)
    }
}
