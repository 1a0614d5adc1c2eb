//! The routes of the signed-in pages. Handlers take [`SignedIn`](crate::request::SignedIn) and, for forms,
//! [`Posted`](crate::request::Posted), and fill the views of [`crate::console`].

use super::Route;

/// The routes of the console.
pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}
