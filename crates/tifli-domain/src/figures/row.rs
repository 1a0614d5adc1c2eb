//! One case as statistics know it: codes, moments and amounts, and nothing that names a child.

/// The code of a cell that nobody said anything for.
pub const NOT_SAID: &str = "not_said";

macro_rules! columns {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one, in the order of the columns.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name of its column.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

columns! {
    /// Something said of a case by a code; empty where nothing is said.
    Code {
        /// The district that keeps the case.
        District = "district",
        /// Forced, voluntary, unknown.
        Nature = "nature",
        /// The band of the child's age, see [`Age`].
        Age = "age",
        /// Girl, boy, unknown.
        Sex = "sex",
        /// The rung decided last, or else proposed last.
        Rung = "rung",
        /// Why the last alert ended.
        EndReason = "end_reason",
        /// What the file ended as.
        Ending = "ending",
        /// Who found the child.
        FoundBy = "found_by",
        /// What the alert had to do with it.
        Attribution = "attribution",
    }
}

columns! {
    /// A moment of a case.
    Moment {
        /// The report was received.
        Received = "received_at",
        /// The bulletin went to the services.
        Bulletin = "bulletin_at",
        /// An alert was first handed over for approval.
        Submitted = "submitted_at",
        /// An alert was first approved; from then on its page shows it.
        Approved = "approved_at",
        /// The first device was handed it.
        FirstPush = "first_push_at",
        /// It was first seen live at the first carrier partner.
        SeenLive = "seen_live_at",
        /// The alert ended.
        Ended = "ended_at",
        /// The last channel reported the withdrawal.
        Dark = "dark_at",
        /// The child was located.
        Located = "located_at",
        /// The child was seen face to face.
        Seen = "seen_at",
        /// The file was closed, or erased without being closed.
        Closed = "closed_at",
    }
}

columns! {
    /// An amount of a case.
    Amount {
        /// Alerts that went out.
        Alerts = "alerts",
        /// Devices inside the area, counted when the alert went out.
        Inside = "inside",
        /// Devices that were handed an alert.
        Handed = "handed",
        /// Tips received.
        Tips = "tips",
        /// Tips linked as sightings.
        Linked = "tips_linked",
        /// Tips dismissed.
        Dismissed = "tips_dismissed",
    }
}

/// The band of a child's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Under six.
    Under6,
    /// Six to eleven.
    From6,
    /// Twelve to fourteen.
    From12,
    /// Fifteen and older.
    From15,
}

impl Age {
    /// Every band.
    pub const ALL: [Self; 4] = [Self::Under6, Self::From6, Self::From12, Self::From15];

    /// The band of an age in whole years.
    pub fn of(years: i64) -> Self {
        match years {
            ..6 => Self::Under6,
            6..12 => Self::From6,
            12..15 => Self::From12,
            15.. => Self::From15,
        }
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Under6 => "0_5",
            Self::From6 => "6_11",
            Self::From12 => "12_14",
            Self::From15 => "15_17",
        }
    }
}

read_by_word!(Age);

/// One case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number as people say it.
    pub label: String,
    codes: [String; Code::ALL.len()],
    moments: [Option<i64>; Moment::ALL.len()],
    amounts: [i64; Amount::ALL.len()],
}

impl Row {
    /// A case of which nothing is said yet.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }

    /// What is said; empty where nothing is.
    pub fn code(&self, code: Code) -> &str {
        &self.codes[code as usize]
    }

    /// What is said, or the word for nothing.
    pub fn said(&self, code: Code) -> &str {
        match self.code(code) {
            "" => NOT_SAID,
            said => said,
        }
    }

    /// A moment in UTC milliseconds, if it has happened.
    pub fn at(&self, moment: Moment) -> Option<i64> {
        self.moments[moment as usize]
    }

    /// An amount.
    pub fn amount(&self, amount: Amount) -> i64 {
        self.amounts[amount as usize]
    }

    /// Says something.
    pub fn say(&mut self, code: Code, word: impl Into<String>) {
        self.codes[code as usize] = word.into();
    }

    /// Puts a moment down.
    pub fn put(&mut self, moment: Moment, at_ms: Option<i64>) {
        self.moments[moment as usize] = at_ms;
    }

    /// Puts an amount down.
    pub fn count(&mut self, amount: Amount, how_many: i64) {
        self.amounts[amount as usize] = how_many;
    }

    /// The case as it stood just before `to_ms`: what happened later has not happened.
    pub fn cut(mut self, to_ms: i64) -> Self {
        for moment in &mut self.moments {
            *moment = moment.filter(|at| *at < to_ms);
        }
        let mut forget = |moment, codes: &[Code]| {
            if self.moments[moment as usize].is_none() {
                for code in codes {
                    self.codes[*code as usize].clear();
                }
            }
        };
        forget(Moment::Ended, &[Code::EndReason]);
        forget(
            Moment::Closed,
            &[Code::Ending, Code::FoundBy, Code::Attribution],
        );
        self
    }
}
