//! The table of routes: each names its method, its path, and who may use it. The routers are made of it, and tests walk
//! it; there is no other way for a handler to be reached.

mod api;
mod console;
mod gate;
mod public;
mod table;

use axum::Router;
use tower_http::compression::CompressionLayer;

use crate::server::WebState;

pub use api::openapi;
pub use table::{Access, RouteInfo};
pub(crate) use table::{Doc, Route, delete, get, patch, post, put};

/// Every route with who may use it.
#[must_use]
pub fn route_table() -> Vec<RouteInfo> {
    let all = public::routes()
        .into_iter()
        .chain(api::routes())
        .chain(console::routes());
    all.map(|route| route.info).collect()
}

/// The router of all routes. Only public pages are compressed: beside a secret, compression would tell of it.
pub(crate) fn router(state: &WebState) -> Router<WebState> {
    gate::build(state, public::routes())
        .layer(CompressionLayer::new())
        .merge(gate::build(state, api::routes()))
        .merge(gate::build(state, console::routes()))
}
