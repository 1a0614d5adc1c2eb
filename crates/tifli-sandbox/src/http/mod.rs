//! What the partners that are called over HTTP share: the door, its misbehavior, orders and questions.

mod door;
mod orders;
mod play;
mod wire;

pub(crate) use door::{Door, Listening, Stopping};
pub(crate) use orders::{Page, clear_faults, faults, set_faults};
pub(crate) use play::{Call, play};
pub(crate) use wire::Wire;
