//! What goes into a public text and what comes out. Not for: how.

use tifli_domain::intake::Sex;
use tifli_units::Kilometres;

/// Which text is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// The first alert.
    Alert,
    /// A correction or addition.
    Update,
    /// The end, in the same words whatever the outcome.
    Ended,
}

impl TextKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Alert, Self::Update, Self::Ended];
}

/// What is known, in the words of the language that is rendered. It cannot hold a family name, an
/// address or a cause.
#[derive(Debug, Clone)]
pub struct AlertFacts<'a> {
    /// First name in the script of the language.
    pub first_name: &'a str,
    /// Age in whole years.
    pub age: u32,
    /// Girl, boy or unknown: chooses the forms that agree.
    pub sex: Sex,
    /// Clothes; empty when not known.
    pub clothes: &'a str,
    /// Visible marks; empty when none.
    pub marks: &'a str,
    /// Where last seen, generalized.
    pub place: &'a str,
    /// When last seen, in words and in the country's time.
    pub time_local: &'a str,
    /// The number to call; empty means the pack's own.
    pub number: &'a str,
}

/// A rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertText {
    /// CAP headline.
    pub headline: String,
    /// CAP description.
    pub description: String,
    /// CAP instruction.
    pub instruction: String,
}

/// The area to describe: CAP `areaDesc`.
#[derive(Debug, Clone)]
pub enum AreaFacts<'a> {
    /// So far around a place.
    Circle {
        /// The radius; printed in whole kilometres.
        radius: Kilometres,
        /// The place in the middle.
        place: &'a str,
    },
    /// A drawn area.
    Polygon {
        /// A place in or near it.
        place: &'a str,
    },
    /// Regions by name.
    Regions {
        /// The first of them, as many as are told by name.
        names: &'a [String],
        /// How many more there are.
        more: usize,
    },
}
