//! A delivery: one message on one channel for one segment; its states and when to try again.

use crate::channel::capability::{Capabilities, Repeat};
use crate::machine::{NotPossible, Step, follow, step};
use crate::message::MsgType;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeliveryState {
    /// Written down, not begun.
    Pending,
    /// A worker has begun.
    Sending,
    /// Every recipient was tried; some wait for another attempt.
    Retrying,
    /// Nothing is left to do.
    Done,
    /// Overtaken by the end of the alert.
    Withdrawn,
    /// Given up, and on the duty desk's screen.
    Dead,
}

/// What happens to a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryAct {
    /// A worker takes it.
    Begin,
    /// The cursor reached its end and some recipients wait.
    Wait,
    /// Nothing is left.
    Finish,
    /// The alert ended or a newer version replaced it.
    Withdraw,
    /// Attempts are used up, or the channel refuses us.
    GiveUp,
}

/// The machine.
pub const DELIVERY: &[Step<DeliveryState, DeliveryAct>] = &[
    step(
        DeliveryState::Pending,
        DeliveryAct::Begin,
        DeliveryState::Sending,
        "worker",
    ),
    step(
        DeliveryState::Pending,
        DeliveryAct::Withdraw,
        DeliveryState::Withdrawn,
        "the end",
    ),
    step(
        DeliveryState::Sending,
        DeliveryAct::Begin,
        DeliveryState::Sending,
        "worker (after a lease ran out)",
    ),
    step(
        DeliveryState::Sending,
        DeliveryAct::Wait,
        DeliveryState::Retrying,
        "worker",
    ),
    step(
        DeliveryState::Sending,
        DeliveryAct::Finish,
        DeliveryState::Done,
        "worker",
    ),
    step(
        DeliveryState::Sending,
        DeliveryAct::Withdraw,
        DeliveryState::Withdrawn,
        "the end",
    ),
    step(
        DeliveryState::Sending,
        DeliveryAct::GiveUp,
        DeliveryState::Dead,
        "worker",
    ),
    step(
        DeliveryState::Retrying,
        DeliveryAct::Begin,
        DeliveryState::Retrying,
        "worker",
    ),
    step(
        DeliveryState::Retrying,
        DeliveryAct::Finish,
        DeliveryState::Done,
        "worker",
    ),
    step(
        DeliveryState::Retrying,
        DeliveryAct::Withdraw,
        DeliveryState::Withdrawn,
        "the end",
    ),
    step(
        DeliveryState::Retrying,
        DeliveryAct::GiveUp,
        DeliveryState::Dead,
        "worker",
    ),
];

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Pending,
        Self::Sending,
        Self::Retrying,
        Self::Done,
        Self::Withdrawn,
        Self::Dead,
    ];

    /// Where `act` leads.
    pub fn after(self, act: DeliveryAct) -> Result<Self, NotPossible<Self, DeliveryAct>> {
        follow(DELIVERY, self, act)
    }

    /// Whether nothing more will happen.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Done | Self::Withdrawn | Self::Dead)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Retrying => "retrying",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
            Self::Dead => "dead",
        }
    }
}

read_by_word!(DeliveryState);

/// What is known of a message at one address: three outcomes, not two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The other side has it.
    Sent,
    /// The other side has not got it.
    Refused,
    /// It left, and no answer came: perhaps the other side has it.
    Unknown,
}

words!(Outcome {
    Sent = "sent",
    Refused = "refused",
    Unknown = "unknown",
});

/// How one attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It was taken.
    Taken,
    /// It was not taken; later perhaps, not before so many seconds where the other side said so.
    Later(Option<u32>),
    /// It will never be taken.
    Never,
    /// It left, and no answer came.
    Nothing,
}

/// What follows from an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// Nothing is left to do, and this is known.
    Done(Outcome),
    /// Try again at this moment, in UTC milliseconds.
    Again(i64),
    /// Nothing more is tried, and a person must see to it.
    Dead(Outcome),
}

/// What follows from attempt number `attempts` at one address. An attempt without an answer is
/// repeated where the channel makes one of two; where it does not, an end is repeated always, for
/// twice told is better than never, and an alert never.
pub fn follows(
    said: Said,
    can: &Capabilities,
    (msg_type, attempts): (MsgType, u32),
    (now_ms, until_ms): (i64, i64),
) -> Follows {
    let repeats = can.repeat == Repeat::Collapses || msg_type == MsgType::Cancel;
    let (outcome, after) = match said {
        Said::Taken => return Follows::Done(Outcome::Sent),
        Said::Never => return Follows::Dead(Outcome::Refused),
        Said::Nothing if !repeats => return Follows::Done(Outcome::Unknown),
        Said::Nothing => (Outcome::Unknown, None),
        Said::Later(after) => (Outcome::Refused, after),
    };
    match retry_at_ms(can.retry_after_s, attempts, after, (now_ms, until_ms)) {
        Some(at_ms) => Follows::Again(at_ms),
        None => Follows::Dead(outcome),
    }
}

/// Until when a message is tried, in milliseconds since 1970 UTC. An alert and its updates: until
/// they expire, for a phone that was off the net for an hour must still be warned. An end: for an
/// hour, so that one broken push service does not keep a recall open for a day.
pub fn try_until_ms(msg_type: MsgType, sent_ms: i64, expires_ms: i64) -> i64 {
    match msg_type {
        MsgType::Alert | MsgType::Update => expires_ms,
        MsgType::Cancel => expires_ms.min(sent_ms + 3_600_000),
    }
}

/// When to try a recipient again after `attempts` failed ones, by the channel's `schedule` in
/// seconds; `None` gives up, for nothing is tried at or after `until_ms`. Past the end of the schedule
/// its last wait is repeated. A partner's own `Retry-After` (seconds) wins when it is longer, capped
/// at 15 minutes.
pub fn retry_at_ms(
    schedule: &[u32],
    attempts: u32,
    retry_after: Option<u32>,
    (now_ms, until_ms): (i64, i64),
) -> Option<i64> {
    let last = schedule.len().checked_sub(1)?;
    let index = usize::try_from(attempts.saturating_sub(1)).map_or(last, |i| i.min(last));
    let wait = schedule[index].max(retry_after.unwrap_or(0).min(900));
    let at = now_ms + i64::from(wait) * 1_000;
    (at < until_ms).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_delivery_stays_so() {
        use DeliveryAct::*;
        for state in DeliveryState::ALL {
            let goes_on = [Begin, Wait, Finish, Withdraw, GiveUp]
                .iter()
                .any(|a| state.after(*a).is_ok());
            assert_eq!(goes_on, !state.is_terminal(), "{state:?}");
        }
    }

    #[test]
    fn a_partner_that_asks_to_wait_is_obeyed_and_expiry_ends_it() {
        let schedule = &[1, 2, 5, 300];
        let at = |attempts, after, until| retry_at_ms(schedule, attempts, after, (0, until));
        assert_eq!(at(1, None, 1_000_000), Some(1_000));
        assert_eq!(at(1, Some(60), 1_000_000), Some(60_000));
        assert_eq!(at(1, Some(60), 60_000), None);
        assert_eq!(at(99, None, 400_000), Some(300_000));
        assert_eq!(at(99, None, 300_000), None);
        assert_eq!(retry_at_ms(&[], 1, None, (0, 1_000)), None);
    }

    #[test]
    fn an_attempt_without_an_answer_is_repeated_for_an_end_always_and_else_where_two_become_one() {
        use crate::channel::OwnChannel;
        use crate::channel::capability::capabilities;
        let collapses = capabilities(OwnChannel::Webhook);
        let doubles = capabilities(OwnChannel::BulletinMail);
        let after = |said, can, kind| follows(said, can, (kind, 1), (0, 10_000));
        for kind in [MsgType::Alert, MsgType::Update, MsgType::Cancel] {
            for can in [&collapses, &doubles] {
                assert_eq!(after(Said::Taken, can, kind), Follows::Done(Outcome::Sent));
                assert_eq!(
                    after(Said::Never, can, kind),
                    Follows::Dead(Outcome::Refused)
                );
                let late = after(Said::Later(Some(60)), can, kind);
                assert_eq!(late, Follows::Dead(Outcome::Refused));
            }
            let again = Follows::Again(1_000);
            assert_eq!(after(Said::Nothing, &collapses, kind), again);
            let first_ms = i64::from(doubles.retry_after_s[0]) * 1_000;
            let doubled = match kind {
                MsgType::Cancel => Follows::Again(first_ms),
                _ => Follows::Done(Outcome::Unknown),
            };
            assert_eq!(after(Said::Nothing, &doubles, kind), doubled);
        }
    }

    #[test]
    fn an_alert_is_tried_until_it_expires_and_an_end_for_an_hour() {
        let day = 86_400_000;
        assert_eq!(try_until_ms(MsgType::Alert, 0, day), day);
        assert_eq!(try_until_ms(MsgType::Cancel, 0, day), 3_600_000);
    }
}
