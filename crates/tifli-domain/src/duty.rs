//! Duties: what somebody must do about a case by a time, as one table.
//!
//! A decision that leaves something to be done opens a duty; doing it settles the duty. What is not
//! settled in time is late, stands on the room's board and, if its row says so, pages the room. A
//! duty never holds up another act.

use crate::permission::Act;

/// What becomes of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DutyEnd {
    /// It was done.
    Done,
    /// It became needless: the case ended, the question was answered otherwise.
    Needless,
}

impl DutyEnd {
    /// Both ends.
    pub const ALL: [Self; 2] = [Self::Done, Self::Needless];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Needless => "needless",
        }
    }
}

read_by_word!(DutyEnd);

/// How a duty comes to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// Only by the act it waits for, elsewhere in the program.
    ByTheAct,
    /// By hand from the board, with a note.
    ByHand,
}

/// Whether the room is paged when a duty is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// Paged, once.
    Room,
    /// Only shown as late.
    Nobody,
}

macro_rules! duties {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $minutes:expr, $act:ident, $settling:ident, $paging:ident;)*) => {
        /// Something that must be done about a case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DutyKind { $($(#[$doc])* $variant,)* }

        impl DutyKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How long there is, in minutes, unless the decision that opens it says otherwise.
            pub fn minutes(self) -> i64 {
                match self { $(Self::$variant => $minutes,)* }
            }

            /// What a person must be permitted to do in the case's district to settle it.
            pub fn act(self) -> Act {
                match self { $(Self::$variant => Act::$act,)* }
            }

            /// How it comes to its end.
            pub fn settling(self) -> Settling {
                match self { $(Self::$variant => Settling::$settling,)* }
            }

            /// Whether the room is paged when it is late.
            pub fn paging(self) -> Paging {
                match self { $(Self::$variant => Paging::$paging,)* }
            }
        }
    };
}

const HOUR: i64 = 60;

duties! {
    /// A whole report waits to be decided on: an alert goes out, or it is said why not. The ceiling
    /// of the Moroccan procedure is 24 hours; the board asks long before.
    Publish = "publish", 2 * HOUR, DraftAlert, ByTheAct, Room;
    /// A first alarm by the line waits for the district to take it over.
    TakeOverAlarm = "take_over_alarm", 5, TakeOverAlarm, ByTheAct, Room;
    /// A first alarm was taken over: the district completes the report and receives it.
    CompleteReport = "complete_report", HOUR, TakeReport, ByTheAct, Room;
    /// A submitted alert waits for its approver.
    Decide = "decide", 15, ApproveAlert, ByTheAct, Room;
    /// Another district is asked to take a case over, or to read it.
    AnswerTransfer = "answer_transfer", 30, MoveCase, ByTheAct, Room;
    /// Somebody who began work on a case moved elsewhere; the colleague named, or the district, takes
    /// it over.
    TakeOverWork = "take_over_work", 4 * HOUR, TakeReport, ByHand, Room;
    /// The family wrote something they remembered; somebody must read it.
    ReadMemory = "read_memory", 30, TakeReport, ByTheAct, Room;
    /// The family asks that publication stop: end the alert, or say why it goes on.
    DecideWithdrawal = "decide_withdrawal", 30, CancelAlert, ByHand, Room;
    /// What ended an alert was taken back: somebody sends it out again, or says why not.
    GoOutAgain = "go_out_again", 15, ApproveAlert, ByHand, Room;
    /// The minutes of a venue's alert are over: say that the child is found, or make it a national case.
    DecideVenue = "decide_venue", 5, GrowVenue, ByTheAct, Room;
    /// The child is located: somebody independent offers the return interview within 72 hours.
    OfferInterview = "offer_interview", 72 * HOUR, WorkClosing, ByTheAct, Room;
    /// Give an alert to a partner. The pack says how long each partner's steps may take.
    PartnerHand = "partner_hand", 15, WorkPartnerDesk, ByTheAct, Room;
    /// See an alert live at the partner it was given to.
    PartnerSilent = "partner_silent", 30, WorkPartnerDesk, ByTheAct, Room;
    /// Ask a partner to take down an alert that has ended.
    PartnerAsk = "partner_ask", 10, WorkPartnerDesk, ByTheAct, Room;
    /// See that a partner has taken it down.
    PartnerGone = "partner_gone", 30, WorkPartnerDesk, ByTheAct, Room;
    /// A delivery to a partner's system was given up: reach the partner another way, and say so.
    DeadDelivery = "dead_delivery", 10, WorkPartnerDesk, ByTheAct, Room;
    /// The duty prosecutor is told of a received report. Nothing waits for it.
    InformProsecutor = "inform_prosecutor", 30, RecordProsecutor, ByTheAct, Room;
    /// An answer closed the reporter gate: the prosecutor opens it or keeps it closed.
    DecideGate = "decide_gate", HOUR, DecideGate, ByTheAct, Room;
    /// Part of an area lies in a neighboring country, which is asked to warn its own side.
    AskNeighbor = "ask_neighbor", HOUR, TakeReport, ByHand, Room;
    /// Why nothing is published is explained to the guardian.
    ExplainToGuardian = "explain_to_guardian", HOUR, Qualify, ByTheAct, Room;
    /// Whether something is published is decided again.
    DecideAgain = "decide_again", 2 * HOUR, ApproveAlert, ByTheAct, Room;
    /// Another person reviews that nothing is published.
    ReviewRefusal = "review_refusal", 2 * HOUR, ReviewRefusal, ByTheAct, Room;
    /// A clearance was taken back: an update drops what it covered.
    DropCleared = "drop_cleared", 15, DraftAlert, ByTheAct, Room;
    /// Services have not acknowledged the newest telegram of a bulletin; the country says how long it takes.
    BulletinSilent = "bulletin_silent", 30, SendBulletin, ByTheAct, Room;
    /// The system of a service has not taken a telegram: reach the service another way, and say how.
    BulletinSystem = "bulletin_system", 10, SendBulletin, ByHand, Room;
    /// Tips of one band wait to be taken up or decided on; the country says how long each band may.
    TriageTips = "triage_tips", HOUR, TriageTips, ByTheAct, Room;
}

read_by_word!(DutyKind);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_duty_has_a_word_of_its_own_and_time_to_be_done() {
        let words: BTreeSet<_> = DutyKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words.len(), DutyKind::ALL.len());
        for kind in DutyKind::ALL {
            assert!(kind.minutes() > 0, "{kind:?}");
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
    }
}
