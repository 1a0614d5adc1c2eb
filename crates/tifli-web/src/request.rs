//! What handlers take out of a request: the page's language and frame, the signed-in person, forms, JSON, ids, the
//! network of a caller. They decide nothing about the field.

mod form;
mod ids;
mod json;
mod network;
mod page;
mod session;

pub use form::{Form, Longest, Posted, PostedFile, Upload, read_upload};
pub use ids::{Id, IdempotencyKey};
pub use json::{Json, QueryOf};
pub use network::Network;
pub use page::{Page, SpokenTo, strip_language};
pub use session::{Session, SignedIn, cookie_name, end_session, start_session};
pub(crate) use session::{authenticate, came_from_us, console_role, kept_post};
