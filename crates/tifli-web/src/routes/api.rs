//! Routes of the API.
use super::Route;
/// .
pub(crate) fn routes() -> Vec<Route> { Vec::new() }
/// .
pub fn openapi() -> String { String::new() }
