//! How a value becomes a stored word and a stored word a value again, the same for every table of words.

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

/// Gives a type its words: `ALL` in the order of the table, `as_str`, and back by [`read_by_word`].
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal,)* }) => {
        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word stored and sent.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        read_by_word!($name);
    };
}
