//! Views of the signed-in pages: one file per page family, plain data that a handler fills and a template shows. They
//! decide nothing about who may do what, read no clock and call no use case; the addresses their forms post to are
//! written in the templates under `templates/console/`.

pub mod alarm;
pub mod approval;
pub mod audit;
pub mod board;
pub mod bulletin;
pub mod call;
pub mod case;
pub mod cases;
pub mod closing;
pub mod data_protection;
pub mod delivery;
pub mod dispatch;
pub mod draft;
pub mod end;
pub mod endpoints;
pub mod erase;
pub mod family;
pub mod figures;
pub mod found;
pub mod ledger;
pub mod lists;
pub mod obstacles;
pub mod paper_form;
pub mod papers;
pub mod partner;
pub mod people;
pub mod places;
pub mod problems;
pub mod qualification;
pub mod queue;
pub mod refusal;
pub mod report;
pub mod room;
pub mod roster;
pub mod samples;
pub mod sealed;
pub mod sign_in;
pub mod tips;
pub mod transfer;
pub mod unit;
pub mod venues;
pub mod weighing;
mod words;
pub mod wrong;

pub use words::Count;
pub use wrong::Wrong;
