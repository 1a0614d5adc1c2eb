//! Asking to be alerted: a place, a language, and the browser's own push subscription made by `subscribe.js`.

use askama::Template;

use crate::forms::{Choice, FormErrors};
use crate::layout::PublicShell;

/// `/subscribe`. The search works without script (`POST /subscribe/places` with `q`); the subscription itself is a browser
/// function and needs one.
/// The script posts JSON to `/subscribe`: `{subscription, place, language}`, and to `/unsubscribe`: `{endpoint}`.
#[derive(Debug, Clone, Template)]
#[template(path = "public/subscribe.html")]
pub struct SubscribePage {
    /// Frame.
    pub shell: PublicShell,
    /// What was searched for; `None` before the first search.
    pub query: Option<String>,
    /// Places that match: value is the place's public code.
    pub places: Vec<Choice>,
    /// Public key of this realm for push, unpadded URL-safe base64; `None` when push is not set up.
    pub vapid_public_key: Option<String>,
    /// Whether alerts also come by e-mail.
    pub letters: bool,
}

impl SubscribePage {
    /// Choices here cannot be wrong: the script asks before it sends.
    #[must_use]
    pub const fn no_errors(&self) -> FormErrors {
        FormErrors::none()
    }

    /// The languages alerts can be received in, the page's own first chosen.
    #[must_use]
    pub fn languages(&self) -> Vec<Choice> {
        let list = crate::i18n::Locale::ALL
            .into_iter()
            .map(|locale| Choice::new(locale.tag(), locale.own_name()));
        Choice::select(list.collect(), self.shell.locale().tag())
    }
}
