//! The last look before each socket write: is this version of this alert still to be sent?
//!
//! A floor per alert, raised after the commit of an end or a newer version and before it is
//! answered. It is rebuilt from the database at start.

use std::collections::HashMap;
use std::sync::RwLock;

use tifli_domain::id::AlertId;

use crate::{App, AppResult};
use tifli_domain::alert::AlertState;
use tifli_store::alert;

/// The lowest version of each alert that may still be sent.
#[derive(Default)]
pub struct Tombstones {
    floors: RwLock<HashMap<AlertId, u32>>,
}

impl Tombstones {
    /// Raises the floor of `alert` to `version`; it never sinks.
    pub fn raise(&self, alert: AlertId, version: u32) {
        let mut floors = self
            .floors
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let floor = floors.entry(alert).or_insert(version);
        *floor = (*floor).max(version);
    }

    /// Whether `version` of `alert` may still be sent.
    pub fn allows(&self, alert: AlertId, version: u32) -> bool {
        let floors = self
            .floors
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        floors.get(&alert).is_none_or(|floor| version >= *floor)
    }
}

impl App {
    pub(crate) async fn load_tombstones(&self) -> AppResult<()> {
        let rows = self
            .db()
            .read("load_tombstones", (), |reads, ()| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for state in [AlertState::Live, AlertState::Ended, AlertState::Confirmed] {
                        rows.extend(alert::list_by_state(reads, state).await?);
                    }
                    Ok::<_, crate::AppError>(rows)
                })
            })
            .await?;
        for row in rows {
            self.tombstones().raise(row.alert, row.version);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_domain::ports::Entropy;

    struct Zero;
    impl Entropy for Zero {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[test]
    fn a_floor_never_sinks() {
        let stones = Tombstones::default();
        let alert = AlertId::new(1, &Zero);
        assert!(stones.allows(alert, 1));
        stones.raise(alert, 3);
        stones.raise(alert, 2);
        assert!(!stones.allows(alert, 2));
        assert!(stones.allows(alert, 3));
    }
}
