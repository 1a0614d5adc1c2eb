//! What is done and checked, one file a chapter of the case.

pub mod again;
pub mod alert;
pub mod alike;
pub mod approver;
pub mod board;
pub mod bulletin;
pub mod closing;
pub mod dataprot;
pub mod dispatch;
pub mod erase;
pub mod family;
pub mod figures;
pub mod follow;
pub mod found;
pub mod gates;
pub mod house;
pub mod intake;
pub mod line;
pub mod mail;
pub mod night;
pub mod outage;
pub mod paper;
pub mod partner;
pub mod public;
pub mod quiet;
pub mod recall;
pub mod regions;
pub mod report;
pub mod signature;
pub mod systems;
pub mod tips;
pub mod transfer;
pub mod triage;
pub mod venue;

/// Who does what: logins of the demonstration's people.
pub const OFFICER: &str = "officer";
/// An officer of another district.
pub const STRANGER: &str = "officer2";
/// Who approves.
pub const APPROVER: &str = "approver";
/// Who approves what the first one wrote.
pub const APPROVER2: &str = "approver2";
/// The prosecutor.
pub const PROSECUTOR: &str = "prosecutor";
/// The command room.
pub const ROOM: &str = "room";
/// A patrol of the first district.
pub const UNIT: &str = "unit";
/// Who runs the system and reads no case.
pub const ADMIN: &str = "admin";
