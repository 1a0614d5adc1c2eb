//! A hand-over: one version of an alert given to one partner by people, and its way to "seen live"
//! and, in the end, "seen withdrawn".
//!
//! Nothing here is ever "sent": a step is what a person did or saw, with who and when. Not for:
//! channels that a program calls (see [`crate::delivery`]), nor for what is handed over (the kit).

use crate::delivery::Outcome;
use crate::machine::{NotPossible, Step, follow, step};

/// Where a hand-over stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HandoverState {
    /// The kit is ready; nobody has given it to the partner.
    Prepared,
    /// Somebody gave it to the partner; whether the partner shows it is not known.
    Submitted,
    /// Somebody saw it shown by the partner.
    SeenLive,
    /// The partner will not show it.
    Refused,
    /// Somebody asked the partner to take it down.
    WithdrawalAsked,
    /// Somebody saw that the partner shows it no more.
    SeenWithdrawn,
    /// A newer version was seen in its place.
    Replaced,
    /// It was never given to the partner, and need not be any more.
    Dropped,
}

/// What happens to a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HandoverAct {
    /// Somebody gives it to the partner: by portal, mail or telephone.
    Submit,
    /// Somebody sees it shown.
    SeeLive,
    /// The partner says no.
    Refuse,
    /// Somebody asks for it to be taken down.
    AskWithdrawal,
    /// Somebody sees that it is gone.
    SeeWithdrawn,
    /// A newer version was seen in its place.
    Replace,
    /// The alert ended or a newer version came before it was given away.
    Drop,
}

use HandoverAct::*;
use HandoverState::*;

const DESK: &str = "the partner desk";

/// The machine.
pub const HANDOVER: &[Step<HandoverState, HandoverAct>] = &[
    step(Prepared, Submit, Submitted, DESK),
    step(Prepared, Drop, Dropped, "the end, or a newer version"),
    step(
        Submitted,
        Submit,
        Submitted,
        "the partner desk (again, or by another way)",
    ),
    step(Submitted, SeeLive, SeenLive, DESK),
    step(Submitted, Refuse, Refused, "the partner, noted by the desk"),
    step(Submitted, AskWithdrawal, WithdrawalAsked, DESK),
    step(Submitted, Replace, Replaced, "a newer version seen live"),
    step(SeenLive, AskWithdrawal, WithdrawalAsked, DESK),
    step(
        SeenLive,
        SeeWithdrawn,
        SeenWithdrawn,
        "the partner desk (taken down unasked)",
    ),
    step(SeenLive, Replace, Replaced, "a newer version seen live"),
    step(Refused, Submit, Submitted, "the partner desk (again)"),
    step(Refused, Drop, Dropped, "the end, or a newer version"),
    step(
        WithdrawalAsked,
        AskWithdrawal,
        WithdrawalAsked,
        "the partner desk (again, or by another way)",
    ),
    step(WithdrawalAsked, SeeWithdrawn, SeenWithdrawn, DESK),
];

/// What is still to be done about a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Waits {
    /// Give it to the partner.
    ToSubmit,
    /// See it live.
    ToSeeLive,
    /// Ask for it to be taken down.
    ToAskWithdrawal,
    /// See it gone.
    ToSeeWithdrawn,
}

words!(HandoverState {
    Prepared = "prepared",
    Submitted = "submitted",
    SeenLive = "seen_live",
    Refused = "refused",
    WithdrawalAsked = "withdrawal_asked",
    SeenWithdrawn = "seen_withdrawn",
    Replaced = "replaced",
    Dropped = "dropped",
});
words!(HandoverAct {
    Submit = "submit",
    SeeLive = "see_live",
    Refuse = "refuse",
    AskWithdrawal = "ask_withdrawal",
    SeeWithdrawn = "see_withdrawn",
    Replace = "replace",
    Drop = "drop",
});
words!(Way {
    Portal = "portal",
    Mail = "mail",
    Phone = "phone",
});
words!(Waits {
    ToSubmit = "to_submit",
    ToSeeLive = "to_see_live",
    ToAskWithdrawal = "to_ask_withdrawal",
    ToSeeWithdrawn = "to_see_withdrawn",
});

/// By which way people reach a partner.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// The partner's own site.
    Portal,
    /// A mail that people write.
    Mail,
    /// A telephone call.
    Phone,
}

impl HandoverState {
    /// Where `act` leads.
    pub fn after(self, act: HandoverAct) -> Result<Self, NotPossible<Self, HandoverAct>> {
        follow(HANDOVER, self, act)
    }

    /// Whether the partner may be showing it: it was given away and not seen gone.
    pub fn may_be_shown(self) -> bool {
        matches!(self, Submitted | SeenLive | WithdrawalAsked)
    }

    /// What is known of it in the three words of the ledger: *sent* only when somebody saw it shown,
    /// *refused* when the partner said no, *unknown* while it was given away and neither was seen or
    /// heard; nothing before it was given away.
    pub fn known(self, came: Came) -> Option<Outcome> {
        match (came, self) {
            (Came::Nowhere, _) => None,
            (Came::SeenLive, _) => Some(Outcome::Sent),
            (Came::Submitted, Refused | Dropped) => Some(Outcome::Refused),
            (Came::Submitted, _) => Some(Outcome::Unknown),
        }
    }

    /// What is still to be done, by whether the alert is live.
    pub fn waits(self, alert_is_live: AlertIs) -> Option<Waits> {
        match (self, alert_is_live) {
            (Prepared, AlertIs::Live) => Some(Waits::ToSubmit),
            (Submitted, AlertIs::Live) => Some(Waits::ToSeeLive),
            (Submitted | SeenLive, AlertIs::Over) => Some(Waits::ToAskWithdrawal),
            (WithdrawalAsked, _) => Some(Waits::ToSeeWithdrawn),
            _ => None,
        }
    }
}

/// How far a hand-over ever came, by its receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Nobody gave it to the partner.
    Nowhere,
    /// Somebody gave it to the partner.
    Submitted,
    /// Somebody saw it shown.
    SeenLive,
}

/// Whether the public still has the alert of a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertIs {
    /// It has.
    Live,
    /// It has ended, however.
    Over,
}

impl HandoverAct {
    /// Whether a person records it; the others follow from a decision about the alert.
    pub fn is_of_the_desk(self) -> bool {
        !matches!(self, Replace | Drop)
    }

    /// Whether it is only true with a way by which the partner was reached.
    pub fn needs_way(self) -> bool {
        matches!(self, Submit | AskWithdrawal)
    }
}

/// Most characters of the first lines of a post: what stands before the fold.
pub const FOLD: usize = 125;

/// The first lines of a post, [`FOLD`] characters at most: what happened, where, and the number to
/// call, which is never cut. What does not fit gives way from the end of the place, then of the headline.
pub fn first_lines(headline: &str, place: &str, number: &str) -> String {
    let end = format!(" · {number}");
    let room = FOLD.saturating_sub(end.chars().count());
    let whole = if place.is_empty() || headline.contains(place) {
        headline.trim().to_owned()
    } else {
        format!("{} · {}", headline.trim(), place.trim())
    };
    format!("{}{end}", shortened(&whole, room))
}

/// The text, or as many whole words of it as `room` characters hold with an ellipsis.
pub fn shortened(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    let whole_words = kept
        .rfind(char::is_whitespace)
        .map_or(&*kept, |at| &kept[..at]);
    format!("{}…", whole_words.trim_end_matches([' ', '·', ',', '،']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_of_the_table_are_possible() {
        let possible = HandoverState::ALL
            .iter()
            .flat_map(|s| HandoverAct::ALL.iter().map(move |a| s.after(*a)))
            .filter(Result::is_ok)
            .count();
        assert_eq!(possible, HANDOVER.len());
    }

    #[test]
    fn what_was_given_away_leaves_only_by_being_seen_gone_refused_or_replaced() {
        for state in HandoverState::ALL.iter().filter(|s| s.may_be_shown()) {
            for act in HandoverAct::ALL {
                let Ok(next) = state.after(*act) else {
                    continue;
                };
                let seen = matches!(next, SeenWithdrawn | Replaced | Refused);
                assert!(next.may_be_shown() || seen, "{state:?} {act:?}");
            }
            assert!(state.after(Drop).is_err(), "{state:?} cannot be forgotten");
        }
    }

    #[test]
    fn seen_live_is_reached_only_from_submitted_by_somebody_who_saw_it() {
        let ways: Vec<_> = HANDOVER.iter().filter(|s| s.to == SeenLive).collect();
        assert!(ways.iter().all(|s| s.from == Submitted && s.act == SeeLive));
        assert_eq!(ways.len(), 1);
    }

    #[test]
    fn every_state_that_may_be_shown_waits_for_something_once_the_alert_is_over() {
        for state in HandoverState::ALL {
            let waits = state.waits(AlertIs::Over).is_some();
            assert_eq!(waits, state.may_be_shown(), "{state:?}");
        }
    }

    #[test]
    fn a_hand_over_is_sent_only_when_it_was_seen_and_unknown_while_nobody_answers() {
        for state in HandoverState::ALL {
            assert_eq!(state.known(Came::Nowhere), None, "{state:?}");
            assert_eq!(state.known(Came::SeenLive), Some(Outcome::Sent));
            let no = matches!(state, Refused | Dropped);
            let known = state.known(Came::Submitted);
            assert_eq!(known == Some(Outcome::Refused), no, "{state:?}");
            assert_eq!(known == Some(Outcome::Unknown), !no, "{state:?}");
        }
    }

    #[test]
    fn words_are_read_back() {
        for state in HandoverState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for act in HandoverAct::ALL {
            assert_eq!(act.as_str().parse(), Ok(*act));
        }
        for way in Way::ALL {
            assert_eq!(way.as_str().parse(), Ok(*way));
        }
        for waits in Waits::ALL {
            assert_eq!(waits.as_str().parse(), Ok(*waits));
        }
    }

    #[test]
    fn first_lines_keep_the_number_whole_and_stay_before_the_fold() {
        let short = first_lines("Disparition d'enfant : Salma, 9 ans", "Rabat", "19");
        assert_eq!(short, "Disparition d'enfant : Salma, 9 ans · Rabat · 19");
        let long = first_lines("اختفاء طفلة: سلمى، 9 سنوات", &"سوق ".repeat(60), "19");
        assert!(long.chars().count() <= FOLD, "{long}");
        assert!(long.ends_with("… · 19"), "{long}");
        for length in 0..300 {
            let line = first_lines(&"x".repeat(length), "y z", "+212 500 000 001");
            assert!(line.chars().count() <= FOLD);
            assert!(line.ends_with("+212 500 000 001"));
        }
    }
}
