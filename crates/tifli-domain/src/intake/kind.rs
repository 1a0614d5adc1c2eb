//! What a row of the intake table says of its question: who may see the answer, when it is asked, how
//! it is typed, what it is used for. The rows themselves are in `field`.

/// Who may see a value. Ordered from the widest to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// May stand in a public alert.
    Public,
    /// All security units.
    Police,
    /// The people working on the case.
    CaseTeam,
    /// Only by break-glass with a reason.
    Sealed,
}

/// When a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// In the first ten minutes: it drives the alert and the first search.
    First,
    /// Within two hours: it drives hypotheses.
    Second,
    /// On the same day.
    SameDay,
}

/// What an answer is used for, as the officer is told beside the question. No hypothesis is computed
/// from it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// The record of the case.
    Record,
    /// Whether and how the case may be published.
    Gate,
    /// The words of the alert.
    Alert,
    /// How to call and approach the child.
    Approach,
    /// Where the search begins.
    FirstMap,
    /// Every hypothesis.
    Hypotheses,
    /// What is checked in the first minutes.
    Hasty,
    /// The list of places to check.
    Places,
    /// Stations and ports on that list.
    Hubs,
    /// The people to ask.
    People,
    /// The notice to borders and ports.
    Borders,
    /// Makes it likelier that the child is lost.
    Lost,
    /// Makes it likelier that the child left by itself.
    Left,
    /// Makes it likelier that a stranger is involved.
    Taken,
    /// Makes it likelier that a relative is involved.
    Family,
    /// Raises the urgency.
    Urgent,
    /// Requests for traces of devices and cards.
    Traces,
    /// Evidence that is deleted after some time.
    Evidence,
    /// Tests what witnesses say.
    Verify,
}

/// Why a question has no value, or what it comes to without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Yes; the words may follow.
    Yes,
    /// No.
    No,
    /// Asked, and not known.
    Unknown,
    /// Asked, and refused.
    Refused,
}

/// How a value is typed and checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text of at most so many characters.
    Line(usize),
    /// Several lines of at most so many characters.
    Words(usize),
    /// Yes, no, unknown or refused, or words of at most so many characters, or both.
    Told(usize),
    /// Yes, no, unknown or refused.
    YesNo,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of the codes that the country pack lists under this name.
    PackCode(&'static str),
    /// A whole number in this range.
    Whole(i64, i64),
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A local date and time, `YYYY-MM-DDTHH:MM`.
    LocalTime,
    /// Decimal degrees.
    Degrees,
    /// A place of the pack's gazetteer.
    Place,
}

impl Tier {
    /// Every tier in the order in which it is asked.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::SameDay];

    /// The word in addresses and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::SameDay => "day",
        }
    }
}

impl Feed {
    /// The word in texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Gate => "gate",
            Self::Alert => "alert",
            Self::Approach => "approach",
            Self::FirstMap => "first-map",
            Self::Hypotheses => "hypotheses",
            Self::Hasty => "hasty",
            Self::Places => "places",
            Self::Hubs => "hubs",
            Self::People => "people",
            Self::Borders => "borders",
            Self::Lost => "lost",
            Self::Left => "left",
            Self::Taken => "taken",
            Self::Family => "family",
            Self::Urgent => "urgent",
            Self::Traces => "traces",
            Self::Evidence => "evidence",
            Self::Verify => "verify",
        }
    }
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::Unknown, Self::Refused];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
        }
    }
}

read_by_word!(Mark);

read_by_word!(Tier);

impl Kind {
    /// What may be marked instead of a value, or beside it. A question with answers of its own has
    /// them in its list.
    pub fn marks(self) -> &'static [Mark] {
        match self {
            Self::Told(_) | Self::YesNo => &Mark::ALL,
            Self::OneOf(_) => &[Mark::Refused],
            _ => &[Mark::Unknown, Mark::Refused],
        }
    }

    /// The most characters, where there is a limit.
    pub fn limit(self) -> Option<usize> {
        match self {
            Self::Line(limit) | Self::Words(limit) | Self::Told(limit) => Some(limit),
            _ => None,
        }
    }
}

macro_rules! sections {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $tier:ident;)*) => {
        /// A part of the intake form, shown together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Section { $($(#[$doc])* $variant,)* }

        impl Section {
            /// Every section in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in texts and anchors.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// When it is asked.
            pub fn tier(self) -> Tier {
                match self { $(Self::$variant => Tier::$tier,)* }
            }
        }
    };
}

sections! {
    /// Who reports, and with what authority.
    Reporter = "reporter", First;
    /// Whether the guardian consents to publication.
    Consent = "consent", First;
    /// Who the child is.
    Child = "child", First;
    /// When and where the child was last seen, and what happened.
    LastSeen = "last-seen", First;
    /// Whether the reporter may be a danger to the child: asked before anything is published.
    Gate = "gate", First;
    /// Force, an adult, a vehicle.
    Event = "event", First;
    /// Dangers close to the place, and what was looked into.
    Around = "around", First;
    /// Health and how to approach the child.
    Health = "health", First;
    /// Phone and cards.
    Phone = "phone", First;
    /// Earlier absences, opinions, what was done already.
    Before = "before", First;
    /// The last 72 hours.
    Recent = "recent", Second;
    /// Home.
    Home = "home", Second;
    /// School.
    School = "school", Second;
    /// Mood.
    Mood = "mood", Second;
    /// What was taken along.
    Taken = "taken", Second;
    /// Online life.
    Online = "online", Second;
    /// Friends and company.
    Circle = "circle", Second;
    /// The wish to leave, and the means.
    Wishes = "wishes", Second;
    /// Traces that are deleted, and references.
    Traces = "traces", SameDay;
    /// What media may have, and what is kept back.
    Media = "media", SameDay;
    /// Weather, light, timetables.
    Outside = "outside", SameDay;
    /// Support of the family.
    Support = "support", SameDay;
}
