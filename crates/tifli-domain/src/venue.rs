//! A child lost in a souk, a stadium, on a beach: an alert to the staff of the venue only, for some
//! minutes, that may grow into a case.

use crate::machine::{NotPossible, Step, follow, step};

/// Where the alert of a venue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VenueState {
    /// The staff look.
    Live,
    /// The child is found; the file is closed.
    Found,
    /// Its minutes are over, and nobody has said what became of it.
    Expired,
    /// It became a national case.
    Grown,
}

/// What happens to the alert of a venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VenueAct {
    /// The child is found.
    Find,
    /// The minutes are over.
    Expire,
    /// It becomes a national case, with everything typed and the clocks from the first minute.
    Grow,
}

use VenueAct::*;
use VenueState::*;

/// The machine.
pub const VENUE: &[Step<VenueState, VenueAct>] = &[
    step(Live, Find, Found, "staff, officer or room"),
    step(Live, Expire, Expired, "the clock"),
    step(Live, Grow, Grown, "officer or room"),
    step(Expired, Find, Found, "staff, officer or room"),
    step(Expired, Grow, Grown, "officer or room"),
];

impl VenueState {
    /// Every state.
    pub const ALL: [Self; 4] = [Live, Found, Expired, Grown];

    /// Where `act` leads.
    pub fn after(self, act: VenueAct) -> Result<Self, NotPossible<Self, VenueAct>> {
        follow(VENUE, self, act)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Live => "live",
            Found => "found",
            Expired => "expired",
            Grown => "grown",
        }
    }
}

read_by_word!(VenueState);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_of_the_table_are_possible() {
        let acts = [Find, Expire, Grow];
        let possible = VenueState::ALL
            .iter()
            .flat_map(|state| acts.iter().map(move |act| (*state, *act)))
            .filter(|(state, act)| state.after(*act).is_ok())
            .count();
        assert_eq!(possible, VENUE.len());
        for over in [Found, Grown] {
            assert!(acts.iter().all(|act| over.after(*act).is_err()));
        }
    }
}
