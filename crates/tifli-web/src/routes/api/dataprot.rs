//! The file for the data-protection authority, for programs: channels with their legal lines, and the record of
//! processing as the schema has it.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use tifli_app::dataprot::{Activity, LegalEntry, record};
use utoipa::ToSchema;

use super::json;
use crate::problem::Answer;
use crate::request::{Page, SignedIn};
use crate::server::WebState;

/// A channel or partner.
#[derive(Serialize, ToSchema)]
pub(super) struct LegalLineOut {
    /// Its code.
    id: String,
    /// `usable`, `invented`, `disabled`.
    status: String,
    /// Who answers for the data; nothing where there is no legal line.
    controller: Option<String>,
    /// The country it goes to.
    destination: Option<String>,
    /// The legal basis.
    basis: Option<String>,
    /// Number of the authorization.
    authorization: Option<String>,
}

/// A table of the schema.
#[derive(Serialize, ToSchema)]
pub(super) struct TableOut {
    /// Its name.
    table: String,
    /// Its columns.
    columns: Vec<String>,
    /// Columns of ciphertext.
    sealed: Vec<String>,
    /// What an erasure does to its rows; empty where it belongs to no case.
    erasure: String,
}

/// What personal data is processed for.
#[derive(Serialize, ToSchema)]
pub(super) struct ActivityOut {
    /// Its code.
    activity: String,
    /// Whose data.
    subjects: Vec<String>,
    /// Which categories.
    data: Vec<String>,
    /// Who reads it.
    recipients: Vec<String>,
    /// On what it rests.
    basis: String,
    /// How long.
    keep: Vec<String>,
    /// The tables.
    tables: Vec<TableOut>,
}

/// A class of retention.
#[derive(Serialize, ToSchema)]
pub(super) struct KeepOut {
    /// Its code.
    class: String,
    /// `cancel`, `close`, `entry`.
    from: String,
    /// Days.
    days: u32,
    /// What a file of this class ended as.
    endings: Vec<String>,
}

/// The file.
#[derive(Serialize, ToSchema)]
pub(super) struct DataProtectionOut {
    /// The law.
    law: String,
    /// The authority that watches over it.
    regulator: String,
    /// Channels, then partners.
    channels: Vec<LegalLineOut>,
    /// The record of processing.
    activities: Vec<ActivityOut>,
    /// The retention table.
    retention: Vec<KeepOut>,
}

pub(super) async fn read(State(state): State<WebState>, who: SignedIn, page: Page) -> Answer {
    let (app, pack) = (state.app(), state.app().pack());
    app.permit_data_protection(&who.actor)?;
    let lines = app.legal_lines();
    let keeps = pack.retention().iter().map(|class| KeepOut {
        class: class.id.clone(),
        from: class.from.as_str().to_owned(),
        days: class.days,
        endings: class.endings.clone(),
    });
    let out = DataProtectionOut {
        law: page.label(pack.law().name.iter()),
        regulator: page.label(pack.law().regulator.iter()),
        channels: lines.iter().map(|line| legal(&page, line)).collect(),
        activities: record().iter().map(activity).collect(),
        retention: keeps.collect(),
    };
    json(StatusCode::OK, &out)
}

fn legal(page: &Page, line: &LegalEntry<'_>) -> LegalLineOut {
    LegalLineOut {
        id: line.id.to_owned(),
        status: line.status.as_str().to_owned(),
        controller: line.legal.map(|legal| page.label(legal.controller.iter())),
        destination: line.legal.map(|legal| page.label(legal.destination.iter())),
        basis: line.legal.map(|legal| page.label(legal.basis.iter())),
        authorization: line.legal.map(|legal| legal.authorization.clone()),
    }
}

fn activity(one: &Activity) -> ActivityOut {
    let tables = one.tables.iter().map(|table| TableOut {
        table: table.name.clone(),
        columns: table.columns.clone(),
        sealed: table
            .sealed
            .iter()
            .map(|(column, _)| column.clone())
            .collect(),
        erasure: table.erasure.clone(),
    });
    ActivityOut {
        activity: one.id.clone(),
        subjects: one.subjects.clone(),
        data: one.data.clone(),
        recipients: one.recipients.clone(),
        basis: one.basis.clone(),
        keep: one.keep.clone(),
        tables: tables.collect(),
    }
}
