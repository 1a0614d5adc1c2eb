//! The people of the house as a file: taken out, put back with a look beforehand, applied as a whole.
//!
//! A file adds accounts and changes them; it never disables one. Who is missing from it is named.

use std::collections::{BTreeMap, BTreeSet};

use tifli_domain::cell::{armed, harmless};
use tifli_domain::id::PersonId;
use tifli_domain::permission::Act;
use tifli_domain::{Actor, Role};
use tifli_pack::csv_reader;
use tifli_store::audit::{Entry, ObjectId};
use tifli_store::people::{HOUSE, PersonRow, Place};
use tifli_store::{DataKey, Tx, people};

use super::account::{CreatedPerson, NewPerson, insert_in};
use super::moving::{ReadyMove, ServiceMove, move_in, reason};
use super::sign_in::seal_secret;
use super::{password, second};
use crate::codes::{hash_token, hex};
use crate::{App, AppError, AppResult, Problem};

/// The columns of the file; the first three must be there.
pub const COLUMNS: [&str; 5] = ["login", "name", "role", "district", "unit"];
/// The most lines of a file.
const MOST: usize = 5_000;
/// The most accounts one file may make: each gets a password that is slow to hash.
const MOST_NEW: usize = 200;

/// What a line would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It makes an account.
    New,
    /// It changes these columns of one.
    Changed(Vec<&'static str>),
    /// It says what is so already.
    Same,
    /// It cannot be taken.
    Wrong(Vec<Problem>),
}

/// A line of the file as it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// The line, as an editor counts them.
    pub line: u64,
    /// What is typed there, by the names of [`COLUMNS`].
    pub typed: [String; 5],
    /// What it would do.
    pub verdict: Verdict,
    person: Option<PersonId>,
    read: Option<(NewPerson, Place)>,
}

/// What a file would do.
#[derive(Clone, PartialEq, Eq)]
pub struct Roster {
    /// Its lines.
    pub lines: Vec<RosterLine>,
    /// Accounts that are not disabled and not in the file: login and name. Nothing happens to them.
    pub missing: Vec<(String, String)>,
    /// What a confirmation repeats, so that what is done is what was looked at.
    pub seen: String,
}

/// What a file did.
#[derive(Clone, PartialEq, Eq)]
pub struct Applied {
    /// The accounts made, with their secrets: the only time they are seen.
    pub created: Vec<CreatedPerson>,
    /// How many were changed.
    pub changed: usize,
}

impl Roster {
    /// Whether every line can be taken and one does something.
    pub fn may_apply(&self) -> bool {
        let wrong = |line: &RosterLine| matches!(line.verdict, Verdict::Wrong(_));
        let idle = |line: &RosterLine| line.verdict == Verdict::Same;
        !self.lines.iter().any(wrong) && !self.lines.iter().all(idle)
    }

    /// Whether a line moves somebody, for which a reason is needed.
    pub fn moves(&self) -> bool {
        self.lines.iter().any(|line| match &line.verdict {
            Verdict::Changed(columns) => columns.iter().any(|column| *column != "name"),
            _ => false,
        })
    }
}

/// What is about to be written.
struct Ready {
    app: App,
    actor: Actor,
    new: Vec<PersonRow>,
    named: Vec<(PersonId, String)>,
    moved: Vec<ReadyMove>,
    seen: String,
    file: String,
    key: DataKey,
}

impl App {
    /// The accounts that are not disabled, as a file.
    pub async fn export_people(&self, actor: &Actor) -> AppResult<String> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let rows = self.people_rows().await?;
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |_| AppError::internal("people_file");
        writer.write_record(COLUMNS).map_err(failed)?;
        for row in rows.into_iter().filter(|row| row.disabled_ms.is_none()) {
            let role = row.role.as_str().to_owned();
            let cells = [row.login, row.display_name, role, row.district, row.unit];
            let cells = cells.map(harmless);
            writer.write_record(cells).map_err(failed)?;
        }
        let bytes = writer.into_inner();
        let bytes = bytes.map_err(|_| AppError::internal("people_file"))?;
        String::from_utf8(bytes).map_err(|_| AppError::internal("people_file"))
    }

    /// What a file would do, line by line. Nothing is changed.
    pub async fn look_at_people(&self, actor: &Actor, file: &str) -> AppResult<Roster> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let rows = self.people_rows().await?;
        self.roster(actor, file, &rows)
    }

    /// Does what a file says, in one transaction; `seen` is what was looked at. Refused where that
    /// is no longer so, or where a line is wrong.
    pub async fn take_people(
        &self,
        actor: &Actor,
        file: &str,
        (seen, why): (&str, &str),
    ) -> AppResult<Applied> {
        let roster = self.look_at_people(actor, file).await?;
        if roster.seen != seen {
            return Err(AppError::conflict("changed_meanwhile"));
        }
        if !roster.may_apply() {
            return Err(AppError::field("csv", "nothing_to_take"));
        }
        let why = if roster.moves() {
            reason(why)?
        } else {
            String::new()
        };
        let (ready, created) = self.make_ready(actor, (file, roster), &why).await?;
        let changed = self
            .db()
            .write("take_people", ready, |tx, ready| {
                Box::pin(take_in(tx, ready))
            })
            .await?;
        self.bus().ring(crate::bus::Event::Board);
        Ok(Applied { created, changed })
    }

    async fn people_rows(&self) -> AppResult<Vec<PersonRow>> {
        self.db()
            .read("people_rows", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(people::list(reads).await?) })
            })
            .await
    }

    /// Passwords and secrets of what is new, and everything else as it will be written.
    async fn make_ready(
        &self,
        actor: &Actor,
        (file, roster): (&str, Roster),
        why: &str,
    ) -> AppResult<(Ready, Vec<CreatedPerson>)> {
        let mut ready = Ready {
            app: self.clone(),
            actor: actor.clone(),
            new: Vec::new(),
            named: Vec::new(),
            moved: Vec::new(),
            seen: roster.seen,
            file: file.to_owned(),
            key: self.db().keys().create(HOUSE).await?,
        };
        let mut created = Vec::new();
        for line in roster.lines {
            let Some((new, to)) = line.read else { continue };
            match (line.verdict, line.person) {
                (Verdict::New, _) => {
                    let (row, secrets) = self.fresh(&new).await?;
                    ready.new.push(row);
                    created.push(secrets);
                }
                (Verdict::Changed(columns), Some(person)) => {
                    if columns.contains(&"name") {
                        ready.named.push((person, new.display_name));
                    }
                    if columns.iter().any(|column| *column != "name") {
                        ready.moved.push(ReadyMove {
                            person,
                            to,
                            service: ServiceMove::Follows,
                            reason: why.to_owned(),
                            hand_to: None,
                        });
                    }
                }
                _ => {}
            }
        }
        Ok((ready, created))
    }

    async fn fresh(&self, new: &NewPerson) -> AppResult<(PersonRow, CreatedPerson)> {
        let mut row = self.checked(new).map_err(AppError::invalid)?;
        let password = password::one_time(self.entropy());
        let secret = second::new_secret(self.entropy());
        row.password_hash = password::hash(&password, self.entropy()).await?;
        row.totp = seal_secret(self, row.person, secret.as_slice()).await?;
        let created = self.created(&row, password, secret.as_slice());
        Ok((row, created))
    }

    fn roster(&self, actor: &Actor, file: &str, rows: &[PersonRow]) -> AppResult<Roster> {
        let mut lines = read(file)?;
        let held: BTreeMap<&str, &PersonRow> =
            rows.iter().map(|row| (row.login.as_str(), row)).collect();
        let mut named = BTreeSet::new();
        for line in &mut lines {
            self.judge(actor, line, &held);
            let login = line.typed[0].trim().to_lowercase();
            if !named.insert(login) {
                line.verdict = Verdict::Wrong(vec![Problem::new("login", "given_twice")]);
            }
        }
        let new = lines.iter().filter(|line| line.verdict == Verdict::New);
        for line in new.map(|line| line.line).skip(MOST_NEW).collect::<Vec<_>>() {
            let late = lines.iter_mut().filter(|one| one.line == line);
            late.for_each(|one| {
                let problem = Problem::new("login", "too_many_new").with("limit", MOST_NEW);
                one.verdict = Verdict::Wrong(vec![problem]);
            });
        }
        let missing = rows.iter().filter(|row| row.disabled_ms.is_none());
        let missing = missing.filter(|row| !named.contains(&row.login));
        Ok(Roster {
            missing: missing
                .map(|row| (row.login.clone(), row.display_name.clone()))
                .collect(),
            seen: fingerprint(file, rows),
            lines,
        })
    }

    fn judge(&self, actor: &Actor, line: &mut RosterLine, held: &BTreeMap<&str, &PersonRow>) {
        let [login, name, role, district, unit] = line.typed.clone();
        let Ok(role) = role.trim().parse::<Role>() else {
            line.verdict = Verdict::Wrong(vec![Problem::new("role", "not_an_answer")]);
            return;
        };
        let new = NewPerson {
            login,
            display_name: name,
            role,
            district,
            unit,
        };
        let checked = match self.checked(&new) {
            Ok(checked) => checked,
            Err(problems) => {
                line.verdict = Verdict::Wrong(problems);
                return;
            }
        };
        let own = held.get(checked.login.as_str()).copied();
        line.verdict = own.map_or(Verdict::New, |own| compare(actor, own, &checked));
        line.person = own.map(|own| own.person);
        let to = Place {
            role: checked.role,
            district: checked.district.clone(),
            unit: checked.unit.clone(),
        };
        let new = NewPerson {
            display_name: checked.display_name,
            ..new
        };
        line.read = Some((new, to));
    }
}

/// What a line changes of an account.
fn compare(actor: &Actor, own: &PersonRow, wanted: &PersonRow) -> Verdict {
    let columns = [
        ("name", own.display_name == wanted.display_name),
        ("role", own.role == wanted.role),
        ("district", own.district == wanted.district),
        ("unit", own.unit == wanted.unit),
    ];
    let changed: Vec<&'static str> = columns
        .into_iter()
        .filter_map(|(column, same)| (!same).then_some(column))
        .collect();
    let moves = changed.iter().any(|column| *column != "name");
    if own.disabled_ms.is_some() {
        Verdict::Wrong(vec![Problem::new("login", "account_disabled")])
    } else if moves && own.person == actor.person {
        Verdict::Wrong(vec![Problem::new("login", "own_move")])
    } else if changed.is_empty() {
        Verdict::Same
    } else {
        Verdict::Changed(changed)
    }
}

async fn take_in(tx: &mut Tx, ready: &Ready) -> AppResult<usize> {
    let rows = people::list(tx).await?;
    if fingerprint(&ready.file, &rows) != ready.seen {
        return Err(AppError::conflict("changed_meanwhile"));
    }
    let by = ready.actor.person;
    for row in &ready.new {
        insert_in(tx, row, &by.to_string()).await?;
    }
    for (person, name) in &ready.named {
        people::rename(tx, *person, name).await?;
        let object = ObjectId::new("person", person);
        tx.audit(Entry::new(by, "person.rename", object))?;
    }
    for moved in &ready.moved {
        move_in(tx, (&ready.app, &ready.actor), moved, &ready.key).await?;
    }
    let changed: BTreeSet<PersonId> = ready
        .named
        .iter()
        .map(|(person, _)| *person)
        .chain(ready.moved.iter().map(|moved| moved.person))
        .collect();
    Ok(changed.len())
}

/// Of a file and of the accounts it was compared with.
fn fingerprint(file: &str, rows: &[PersonRow]) -> String {
    // A form that carries the file along writes its line ends anew.
    let mut all = file.replace("\r\n", "\n");
    for row in rows {
        let disabled = row.disabled_ms.unwrap_or_default().to_string();
        let cells = [
            row.login.as_str(),
            &row.display_name,
            row.role.as_str(),
            &row.district,
            &row.unit,
            &disabled,
        ];
        for cell in cells {
            all.push('\u{1f}');
            all.push_str(cell);
        }
    }
    hex(&hash_token(&all))
}

/// The lines of a file; what is wrong with the file as a whole is refused beside it.
fn read(file: &str) -> AppResult<Vec<RosterLine>> {
    let wrong = |code: &str| AppError::field("csv", code);
    let mut reader = csv_reader(file);
    let head = reader.headers().map_err(|_| wrong("not_csv"))?.clone();
    let known = |name: &str| COLUMNS.contains(&name);
    if head.iter().any(|name| !known(name)) {
        return Err(wrong("unknown_column"));
    }
    let places = COLUMNS.map(|column| head.iter().position(|name| name == column));
    if places[..3].contains(&None) {
        return Err(wrong("roster_columns_missing"));
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| wrong("not_csv"))?;
        if lines.len() >= MOST {
            return Err(wrong("too_many_lines"));
        }
        let cell = |place: Option<usize>| {
            let cell = place
                .and_then(|place| record.get(place))
                .unwrap_or_default();
            armed(cell).to_owned()
        };
        lines.push(RosterLine {
            line: record.position().map_or(0, csv::Position::line),
            typed: places.map(cell),
            verdict: Verdict::Same,
            person: None,
            read: None,
        });
    }
    match lines.is_empty() {
        true => Err(wrong("nothing_to_take")),
        false => Ok(lines),
    }
}
