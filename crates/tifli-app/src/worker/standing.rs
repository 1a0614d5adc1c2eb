//! Whether a version is still wanted, asked before each call and while it is under way.

use std::time::Duration;

use tifli_domain::id::AlertId;

use crate::App;

/// How long a call may go on after its version was overtaken.
const GRACE: Duration = Duration::from_secs(2);
/// How often a call under way asks whether it was overtaken.
const ASK_EVERY: Duration = Duration::from_millis(200);

/// One version of an alert, as the tombstones see it.
#[derive(Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) app: &'a App,
    pub(crate) alert: AlertId,
    pub(crate) version: u32,
}

impl Standing<'_> {
    /// Whether a call of this version may begin.
    pub(crate) fn is_wanted(&self) -> bool {
        self.app.tombstones().allows(self.alert, self.version)
    }

    /// Ends two seconds after the version was overtaken.
    pub(crate) async fn overtaken(&self) {
        while self.is_wanted() {
            tokio::time::sleep(ASK_EVERY).await;
        }
        tokio::time::sleep(GRACE - ASK_EVERY).await;
    }
}
