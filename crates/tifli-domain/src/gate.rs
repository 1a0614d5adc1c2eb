//! The reporter gate: three questions before anything is published or told to the guardian.
//!
//! A custody ruling, a protection order or complaint of violence, a child that flees this person:
//! any *yes* or *unknown* closes publication and messages to the guardian until the prosecutor
//! decides. The bulletin goes on, marked "do not inform the family". Not for consent, nor for what
//! else must be there before a publication (see [`crate::publication`]).

/// One of the three questions, named as its field of the intake form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Is there a custody ruling?
    Custody,
    /// Is there a protection order or a complaint of violence?
    Protection,
    /// Is the child fleeing this person?
    Fleeing,
}

/// What was heard to a question, of everybody who answered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heard {
    /// Nobody was asked yet.
    NotAsked,
    /// Everybody says no.
    No,
    /// Somebody does not know, or would not say.
    Unknown,
    /// Somebody said yes, even if they took it back.
    Yes,
}

/// What the prosecutor decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// Publication and messages may go on.
    Open,
    /// They may not.
    KeepClosed,
}

/// A ruling with the questions that had closed the gate when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// What was decided.
    pub ruling: Ruling,
    /// Over which answers.
    pub over: Vec<Question>,
}

/// Where the gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Not every question was asked; nothing speaks against this person so far.
    NotAsked,
    /// All three answered no.
    Open,
    /// An answer closed it and the prosecutor has not decided.
    Closed,
    /// An answer closed it and the prosecutor opened it.
    Opened,
    /// The prosecutor keeps it closed.
    Kept,
}

impl Question {
    /// All three, in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Custody, Self::Protection, Self::Fleeing];

    /// The field of the intake form that holds the answer.
    pub fn field(self) -> &'static str {
        match self {
            Self::Custody => "gate_custody",
            Self::Protection => "gate_protection",
            Self::Fleeing => "gate_fleeing",
        }
    }
}

impl Heard {
    /// What one stored answer says; a refusal to answer is no *no*.
    pub fn answer(stored: &str) -> Self {
        match stored {
            "" => Self::NotAsked,
            "no" => Self::No,
            "yes" => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// Of several answers the one that weighs most.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Yes => "yes",
        }
    }

    fn closes(self) -> bool {
        matches!(self, Self::Yes | Self::Unknown)
    }
}

impl Ruling {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Open, Self::KeepClosed];

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::KeepClosed => "keep_closed",
        }
    }
}

read_by_word!(Ruling);

impl Gate {
    /// Every standing.
    pub const ALL: [Self; 5] = [
        Self::NotAsked,
        Self::Open,
        Self::Closed,
        Self::Opened,
        Self::Kept,
    ];

    /// Whether something may be published as far as the gate goes.
    pub fn lets_publish(self) -> bool {
        matches!(self, Self::Open | Self::Opened)
    }

    /// Whether the guardian is told nothing, and the bulletin is marked "do not inform the family".
    pub fn is_silent(self) -> bool {
        matches!(self, Self::Closed | Self::Kept)
    }

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Opened => "opened",
            Self::Kept => "kept",
        }
    }
}

/// The questions whose answers close the gate.
pub fn closing(heard: [Heard; 3]) -> Vec<Question> {
    let asked = Question::ALL.into_iter().zip(heard);
    asked
        .filter(|(_, heard)| heard.closes())
        .map(|(question, _)| question)
        .collect()
}

/// Where the gate stands after these answers and the last ruling. A ruling to keep it closed stands
/// whatever is answered later; one that opened it holds for what was known then.
pub fn decide(heard: [Heard; 3], last: Option<&Ruled>) -> Gate {
    let closing = closing(heard);
    match last {
        Some(ruled) if ruled.ruling == Ruling::KeepClosed => Gate::Kept,
        Some(ruled) if !closing.is_empty() && closing.iter().all(|q| ruled.over.contains(q)) => {
            Gate::Opened
        }
        _ if !closing.is_empty() => Gate::Closed,
        _ if heard.contains(&Heard::NotAsked) => Gate::NotAsked,
        _ => Gate::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARD: [Heard; 4] = [Heard::NotAsked, Heard::No, Heard::Unknown, Heard::Yes];

    fn every() -> impl Iterator<Item = [Heard; 3]> {
        HEARD.into_iter().flat_map(|a| {
            HEARD
                .into_iter()
                .flat_map(move |b| HEARD.into_iter().map(move |c| [a, b, c]))
        })
    }

    #[test]
    fn any_yes_or_unknown_closes_until_the_prosecutor_decides() {
        for heard in every() {
            let flagged = heard
                .iter()
                .any(|h| matches!(h, Heard::Yes | Heard::Unknown));
            let gate = decide(heard, None);
            assert_eq!(gate == Gate::Closed, flagged, "{heard:?}");
            assert_eq!(gate.is_silent(), flagged, "{heard:?}");
            assert_eq!(gate.lets_publish(), heard == [Heard::No; 3], "{heard:?}");
        }
    }

    #[test]
    fn an_opening_holds_for_what_was_known_then_and_no_more() {
        for then in every() {
            let ruled = Ruled {
                ruling: Ruling::Open,
                over: closing(then),
            };
            for now in every() {
                let gate = decide(now, Some(&ruled));
                let news = closing(now).iter().any(|q| !ruled.over.contains(q));
                assert_eq!(gate == Gate::Closed, news, "{then:?} {now:?}");
                assert!(!(news && gate.lets_publish()));
            }
        }
    }

    #[test]
    fn what_the_prosecutor_keeps_closed_no_answer_opens() {
        for heard in every() {
            let ruled = Ruled {
                ruling: Ruling::KeepClosed,
                over: Vec::new(),
            };
            assert_eq!(decide(heard, Some(&ruled)), Gate::Kept);
        }
        assert!(!Gate::Kept.lets_publish() && Gate::Kept.is_silent());
    }

    #[test]
    fn of_several_people_the_gravest_answer_counts() {
        let told = ["no", "", "refused", "no"].map(Heard::answer);
        assert_eq!(
            told.into_iter().fold(Heard::NotAsked, Heard::and),
            Heard::Unknown
        );
        assert_eq!(Heard::answer("yes").and(Heard::answer("no")), Heard::Yes);
    }
}
