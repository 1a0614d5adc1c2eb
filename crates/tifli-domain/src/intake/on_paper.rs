//! A report that was written on paper while the house could not be reached: which moments its receipt can have had, and the
//! numbers of the questions on the paper. Not for how the paper looks.

use super::field::Field;
use super::kind::{Kind, Mark};

/// The most days between a paper and its typing: a longer cut of the line is a case to be taken up by telephone.
pub const PAPER_DAYS: i64 = 7;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Why a report cannot have been received on paper then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperTimeProblem {
    /// It has not come yet.
    InTheFuture,
    /// Longer ago than [`PAPER_DAYS`].
    TooEarly,
    /// The child was seen after it.
    BeforeLastSeen,
}

/// What a question leaves room for on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// One line to write on.
    Line,
    /// So many lines to write on.
    Lines(u8),
    /// Boxes of answers to tick; what they say is in the table of fields.
    Boxes,
    /// Yes, no, not known, refused, and so many lines for the words.
    Told(u8),
}

/// Checks when a paper was received: the clocks run from that moment, so that it must be one that can have been.
pub fn paper_time(
    received_ms: i64,
    last_seen_ms: Option<i64>,
    now_ms: i64,
) -> Result<i64, PaperTimeProblem> {
    if received_ms > now_ms {
        return Err(PaperTimeProblem::InTheFuture);
    }
    if received_ms < now_ms - PAPER_DAYS * DAY_MS {
        return Err(PaperTimeProblem::TooEarly);
    }
    match last_seen_ms {
        Some(seen) if received_ms < seen => Err(PaperTimeProblem::BeforeLastSeen),
        _ => Ok(received_ms),
    }
}

impl Field {
    /// Its number on paper, from 1 in the order of the form; `None` for what only the screen asks.
    pub fn number(self) -> Option<usize> {
        let asked = Self::ALL.iter().filter(|field| **field != Self::Confirmed);
        asked
            .clone()
            .position(|field| *field == self)
            .map(|place| place + 1)
    }

    /// The room it takes on paper.
    pub fn room(self) -> Room {
        match self.kind() {
            Kind::Line(_) | Kind::Whole(..) | Kind::Date | Kind::LocalTime | Kind::Place => {
                Room::Line
            }
            Kind::Degrees | Kind::PackCode(_) => Room::Line,
            Kind::Words(limit) if limit > 1000 => Room::Lines(8),
            Kind::Words(_) => Room::Lines(2),
            Kind::OneOf(_) | Kind::YesNo => Room::Boxes,
            Kind::Told(limit) if limit > 500 => Room::Told(2),
            Kind::Told(_) => Room::Told(1),
        }
    }

    /// The answers with a box of their own on paper: those of the table, then what may be marked instead of an answer.
    pub fn boxes(self) -> Vec<&'static str> {
        let own: &[&str] = match self.kind() {
            Kind::OneOf(words) => words,
            _ => &[],
        };
        // Not to consent is an answer of its own.
        let marks: &[Mark] = match self {
            Self::ConsentPublish => &[],
            _ => self.marks(),
        };
        let marks = marks.iter().map(|mark: &Mark| mark.as_str());
        own.iter().copied().chain(marks).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_was_received_between_a_week_ago_and_now_and_after_the_child_was_seen() {
        let now = 100 * DAY_MS;
        for (received, seen, is) in [
            (now, None, Ok(now)),
            (now + 1, None, Err(PaperTimeProblem::InTheFuture)),
            (now - 7 * DAY_MS, None, Ok(now - 7 * DAY_MS)),
            (now - 7 * DAY_MS - 1, None, Err(PaperTimeProblem::TooEarly)),
            (now - 10, Some(now - 10), Ok(now - 10)),
            (
                now - 10,
                Some(now - 9),
                Err(PaperTimeProblem::BeforeLastSeen),
            ),
            (now - 10, Some(now - 11), Ok(now - 10)),
        ] {
            assert_eq!(paper_time(received, seen, now), is, "{received} {seen:?}");
        }
    }

    #[test]
    fn every_question_has_a_number_of_its_own_in_the_order_of_the_form() {
        let numbers: Vec<usize> = Field::ALL
            .iter()
            .filter_map(|field| field.number())
            .collect();
        assert_eq!(numbers, (1..Field::ALL.len()).collect::<Vec<_>>());
        assert_eq!(Field::Confirmed.number(), None);
    }

    #[test]
    fn every_question_can_be_left_on_paper_with_a_reason() {
        for field in Field::ALL {
            assert!(
                field.boxes().contains(&"unknown") || *field == Field::Confirmed,
                "{}",
                field.name()
            );
            if field.room() == Room::Boxes {
                assert!(field.boxes().len() > 1, "{}", field.name());
            }
        }
    }
}
