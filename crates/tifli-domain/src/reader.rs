//! Who gets alerts by e-mail: how long a request waits for its confirmation, how often an address is
//! written to about one, and when an address that sends letters back gets no more.
//!
//! Not for addresses, which never come here, nor for what a letter says.

/// How long a request can be confirmed, in milliseconds: 48 hours.
pub const CONFIRM_WITHIN_MS: i64 = 48 * 3_600_000;
/// Letters that ask for a confirmation, to one address within [`ASKED_WITHIN_MS`].
pub const ASKED_AT_MOST: i64 = 3;
/// The time in which those are counted, in milliseconds: a day.
pub const ASKED_WITHIN_MS: i64 = 24 * 3_600_000;
/// How long it is remembered that somebody left or that an address ended, in milliseconds: ninety days,
/// for letters under way come back late. Nothing of the person is kept.
pub const REMEMBERED_MS: i64 = 90 * 24 * 3_600_000;
/// Letters that must come back for good before an address that exists gets no more.
pub const RETURNED_AT_MOST: i64 = 3;

/// Where the letter of a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// Not handed over yet.
    Waiting,
    /// The mail server has it.
    Handed,
    /// It is not tried any more.
    GivenUp,
}

/// Whether letters go to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderState {
    /// Letters go there.
    Active,
    /// They left.
    Left,
    /// The address ended, or kept sending letters back.
    Retired,
}

/// What a returned letter says of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// There is no such address (RFC 3463, 5.1.x).
    NoSuchAddress,
    /// It did not arrive, and will not (5.x.x otherwise).
    ForGood,
    /// It is late, or arrived after all.
    NotYet,
}

words!(RequestState {
    Waiting = "waiting",
    Handed = "handed",
    GivenUp = "given_up",
});
words!(ReaderState {
    Active = "active",
    Left = "left",
    Retired = "retired",
});
words!(Returned {
    NoSuchAddress = "no_such_address",
    ForGood = "for_good",
    NotYet = "not_yet",
});

/// Whether an address gets no more letters after this, with so many different letters returned for
/// good, this one included.
pub fn retires(returned: Returned, letters: i64) -> bool {
    match returned {
        Returned::NoSuchAddress => true,
        Returned::ForGood => letters >= RETURNED_AT_MOST,
        Returned::NotYet => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_none_ends_at_once_and_one_that_refuses_after_the_third_letter() {
        for letters in 0..=5 {
            assert!(retires(Returned::NoSuchAddress, letters));
            assert_eq!(retires(Returned::ForGood, letters), letters >= 3);
            assert!(!retires(Returned::NotYet, letters));
        }
    }

    #[test]
    fn words_are_read_back() {
        for state in ReaderState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for state in RequestState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for said in Returned::ALL {
            assert_eq!(said.as_str().parse(), Ok(*said));
        }
    }
}
