//! The page that other sites show in a frame: the alerts that are out, without script, form or navigation.

use askama::Template;

use super::alert::AlertCard;
use crate::layout::PublicShell;

/// After how many seconds a frame asks again. With what a cache between may hold (15 s) an end shows within 35 s
/// everywhere; a newspaper's million readers are answered by that cache.
pub const RENEWED_AFTER: u32 = 20;

/// `/embed/current`
#[derive(Debug, Clone, Template)]
#[template(path = "public/embed.html")]
pub struct EmbedPage {
    /// Frame.
    pub shell: PublicShell,
    /// Newest first.
    pub alerts: Vec<AlertCard>,
    /// Seconds until it asks again.
    pub again: u32,
}
