//! The schema's history, one file per step and engine, embedded in the program.
//!
//! To add a step: write `migrations/sqlite/NNNN_name.sql` and `migrations/postgres/NNNN_name.sql`
//! (same tables, columns and constraint names; a test compares them) and add one line to [`STEPS`].
//! A step already released is never edited.

use std::borrow::Cow;

use sqlx::AnyConnection;
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use crate::{Engine, StoreError};

/// One step of the schema on both engines.
pub(crate) struct SchemaStep {
    pub(crate) number: i64,
    pub(crate) name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($number:literal, $name:literal) => {
        SchemaStep {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// Every step, in order. The number is the file name's.
pub(crate) const STEPS: &[SchemaStep] = &[
    step!(1, "0001_foundation"),
    step!(10, "0010_people"),
    step!(11, "0011_case"),
    step!(12, "0012_alert"),
    step!(13, "0013_subscriber"),
    step!(14, "0014_tip"),
    step!(15, "0015_erasure"),
    step!(20, "0020_duty"),
    step!(21, "0021_intake"),
    step!(22, "0022_paper"),
    step!(23, "0023_publication"),
    step!(24, "0024_bulletin"),
    step!(25, "0025_partner"),
    step!(26, "0026_closing"),
    step!(27, "0027_found"),
    step!(28, "0028_venue"),
    step!(29, "0029_transfer"),
    step!(30, "0030_family"),
    step!(31, "0031_figures"),
    step!(32, "0032_moves"),
    step!(33, "0033_ledger"),
    step!(34, "0034_cap_signed"),
    step!(35, "0035_mail_alerts"),
    step!(36, "0036_place_withdrawn"),
    step!(37, "0037_cap"),
    step!(38, "0038_dispatch"),
    step!(41, "0041_proposed_rung"),
    step!(42, "0042_triage"),
    step!(43, "0043_line"),
    step!(44, "0044_paper_report"),
];

impl SchemaStep {
    pub(crate) fn sql(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// Applies the steps that are missing. Refuses a database with steps this program does not know.
pub(crate) async fn run(conn: &mut AnyConnection, engine: Engine) -> Result<(), StoreError> {
    let steps = STEPS
        .iter()
        .map(|step| {
            Migration::new(
                step.number,
                Cow::Borrowed(step.name),
                MigrationType::Simple,
                step.sql(engine).into_sql_str(),
                false,
            )
        })
        .collect();
    let migrator = Migrator::with_migrations(steps);
    migrator
        .run_direct(None, conn, false)
        .await
        .map_err(|error| match error {
            MigrateError::VersionMissing(number) => StoreError::WrongHouse(format!(
                "its schema has step {number}, which this program does not know"
            )),
            MigrateError::VersionMismatch(number) => {
                StoreError::Migration(format!("step {number} was changed after it was applied"))
            }
            MigrateError::Execute(inner) => {
                StoreError::Migration(StoreError::from_driver("migrate", &inner).to_string())
            }
            MigrateError::ExecuteMigration(inner, number) => {
                let inner = StoreError::from_driver("migrate", &inner);
                StoreError::Migration(format!("step {number}: {inner}"))
            }
            other => StoreError::Migration(other.to_string()),
        })
}
