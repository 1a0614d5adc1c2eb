//! A case: its states, its clocks and the ceiling of 24 hours.

use crate::machine::{NotPossible, Step, follow, step};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaseState {
    /// A report is being typed; the ceiling has not started.
    Draft,
    /// The report is received; the clocks run.
    Received,
    /// The public has an alert.
    Alerted,
    /// The alert has ended for the public; the recall is under way.
    Recalling,
    /// The last channel has reported the withdrawal.
    Dark,
    /// The file is complete.
    Closed,
    /// The keys are destroyed.
    Erased,
}

/// What happens to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseAct {
    /// The report is whole.
    Receive,
    /// An alert goes out.
    Alert,
    /// The alert is cancelled or expires.
    Recall,
    /// Every channel has reported the withdrawal.
    GoDark,
    /// The file is closed.
    Close,
    /// The child is found at the venue where it was lost, within minutes: no report was made of it.
    FindAtVenue,
    /// Two people erase it.
    Erase,
}

use CaseAct::*;
use CaseState::*;

/// The machine.
pub const CASE: &[Step<CaseState, CaseAct>] = &[
    step(Draft, Receive, Received, "officer"),
    step(Received, Alert, Alerted, "approver"),
    step(
        Alerted,
        Recall,
        Recalling,
        "anyone who may cancel, or the clock",
    ),
    step(Recalling, GoDark, Dark, "the last receipt"),
    step(
        Recalling,
        Alert,
        Alerted,
        "author and approver (a new alert: a channel that is silent about the last one keeps no child waiting)",
    ),
    step(Dark, Alert, Alerted, "author and approver (a new alert)"),
    step(Received, Close, Closed, "officer"),
    step(
        Draft,
        FindAtVenue,
        Closed,
        "staff of the venue, officer or room",
    ),
    step(Dark, Close, Closed, "officer"),
    step(Dark, Erase, Erased, "two people"),
    step(Closed, Erase, Erased, "two people"),
    step(Draft, Erase, Erased, "two people"),
];

impl CaseState {
    /// Every state.
    pub const ALL: [Self; 7] = [Draft, Received, Alerted, Recalling, Dark, Closed, Erased];

    /// Where `act` leads.
    pub fn after(self, act: CaseAct) -> Result<Self, NotPossible<Self, CaseAct>> {
        follow(CASE, self, act)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Draft => "draft",
            Received => "received",
            Alerted => "alerted",
            Recalling => "recalling",
            Dark => "dark",
            Closed => "closed",
            Erased => "erased",
        }
    }
}

read_by_word!(CaseState);

/// The moments of a case, in milliseconds since 1970 UTC; `None` where it has not happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clocks {
    /// First keystroke.
    pub started_ms: i64,
    /// Report received: the ceiling counts from here.
    pub received_ms: Option<i64>,
    /// First submission of an alert.
    pub submitted_ms: Option<i64>,
    /// First alert approved, which is also when the public page shows it.
    pub published_ms: Option<i64>,
    /// First seen live at the first carrier partner.
    pub seen_live_ms: Option<i64>,
    /// Alert ended.
    pub ended_ms: Option<i64>,
    /// Last channel dark.
    pub dark_ms: Option<i64>,
}

/// What stops the ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeilingEnd {
    /// The first publication on the house's own channels: there is no carrier partner.
    Published,
    /// The first carrier partner was seen showing it; being handed to them is not enough.
    SeenLive,
}

impl Clocks {
    /// Milliseconds left of the ceiling of `ceiling_hours` after the report, negative when passed;
    /// `None` when there is nothing to count: not received yet, reached, or the alert is over.
    pub fn ceiling_left_ms(
        &self,
        ceiling_hours: u32,
        stops_at: CeilingEnd,
        now_ms: i64,
    ) -> Option<i64> {
        let reached = match stops_at {
            CeilingEnd::Published => self.published_ms,
            CeilingEnd::SeenLive => self.seen_live_ms,
        };
        let counts = reached.is_none() && self.ended_ms.is_none();
        let received = self.received_ms.filter(|_| counts)?;
        Some(received + i64::from(ceiling_hours) * 3_600_000 - now_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_of_the_table_are_possible() {
        let acts = [Receive, Alert, Recall, GoDark, Close, FindAtVenue, Erase];
        let possible = CaseState::ALL
            .iter()
            .flat_map(|s| acts.iter().map(move |a| (*s, *a)))
            .filter(|(s, a)| s.after(*a).is_ok())
            .count();
        assert_eq!(possible, CASE.len());
        assert!(
            acts.iter().all(|a| Erased.after(*a).is_err()),
            "nothing follows an erasure"
        );
        assert!(
            Alerted.after(Erase).is_err(),
            "a live alert cannot be erased"
        );
        assert!(
            Recalling.after(Erase).is_err(),
            "a recall ends before an erasure"
        );
    }

    #[test]
    fn the_ceiling_counts_down_from_the_report_until_publication() {
        let mut clocks = Clocks {
            received_ms: Some(0),
            ..Clocks::default()
        };
        let left = |clocks: &Clocks| clocks.ceiling_left_ms(24, CeilingEnd::Published, 3_600_000);
        assert_eq!(left(&clocks), Some(23 * 3_600_000));
        clocks.published_ms = Some(1);
        assert_eq!(left(&clocks), None);
    }

    #[test]
    fn where_a_partner_carries_the_alert_only_seen_live_stops_the_ceiling() {
        let mut clocks = Clocks {
            received_ms: Some(0),
            published_ms: Some(1),
            ..Clocks::default()
        };
        let left = |clocks: &Clocks| clocks.ceiling_left_ms(24, CeilingEnd::SeenLive, 3_600_000);
        assert_eq!(left(&clocks), Some(23 * 3_600_000), "published, not seen");
        clocks.seen_live_ms = Some(2);
        assert_eq!(left(&clocks), None);
        clocks.seen_live_ms = None;
        clocks.ended_ms = Some(3);
        assert_eq!(left(&clocks), None, "nothing is waited for after the end");
    }
}
