//! Routes of the public.
use super::Route;
/// .
pub(crate) fn routes() -> Vec<Route> { Vec::new() }
