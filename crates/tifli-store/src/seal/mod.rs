//! Sealing: one data key per owner (a case, a tip), wrapped by the master key, kept apart.
//!
//! Destroying an owner's key erases its sealed values wherever copies of them are. Nothing here
//! knows what is sealed; nothing outside sees a key's bytes.

mod data_key;
mod keys;
mod master;
mod sealed;

pub use data_key::DataKey;
pub use keys::Keys;
pub use master::MasterKey;
pub use sealed::Sealed;
