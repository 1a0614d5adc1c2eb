//! Pages, translations and static files of Tifli: what a browser sees. It holds no rule of the field and no SQL;
//! handlers call the application layer and fill the views defined here.

pub mod admin;
pub mod assets;
pub mod console;
pub mod dataprot;
pub mod events;
pub mod format;
pub mod forms;
pub mod i18n;
pub mod layout;
mod leftover;
pub mod limits;
pub mod problem;
pub mod public;
mod replay;
pub mod request;
pub mod respond;
pub mod routes;
pub mod security;
pub mod server;
