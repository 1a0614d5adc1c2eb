//! How a stored word becomes a value again, the same for every table of words.

/// Reads a type by its stored word: one of its `ALL` whose `as_str` is the text, else [`IdError`].
///
/// [`IdError`]: crate::id::IdError
macro_rules! read_by_word {
    ($name:ty) => {
        impl std::str::FromStr for $name {
            type Err = $crate::id::IdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|one| one.as_str() == text)
                    .ok_or($crate::id::IdError)
            }
        }
    };
}
