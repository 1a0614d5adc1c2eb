//! Pages, translations and static files of Tifli: what a browser sees. It holds no rule of the field and no SQL;
//! handlers call the application layer and fill the views defined here.

pub mod assets;
pub mod console;
pub mod format;
pub mod forms;
pub mod i18n;
pub mod layout;
pub mod public;
pub mod respond;
pub mod security;
