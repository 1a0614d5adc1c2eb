//! The Admiralty grades: the source and the information, each judged by itself and never made one number.

/// How reliable a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged: the honest grade of somebody unknown, not a low one.
    F,
}

words!(Source {
    A = "a",
    B = "b",
    C = "c",
    D = "d",
    E = "e",
    F = "f",
});

/// How credible an information is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Info {
    /// Confirmed by an independent source.
    Confirmed,
    /// Probably true.
    Probable,
    /// Possibly true.
    Possible,
    /// Doubtful.
    Doubtful,
    /// Improbable.
    Improbable,
    /// Cannot be judged.
    Unjudged,
}

words!(Info {
    Confirmed = "1",
    Probable = "2",
    Possible = "3",
    Doubtful = "4",
    Improbable = "5",
    Unjudged = "6",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_grades_each_and_their_words_come_back() {
        assert_eq!((Source::ALL.len(), Info::ALL.len()), (6, 6));
        for source in Source::ALL {
            assert_eq!(source.as_str().parse(), Ok(*source));
        }
        for info in Info::ALL {
            assert_eq!(info.as_str().parse(), Ok(*info));
        }
    }
}
