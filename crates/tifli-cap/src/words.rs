//! The closed lists of words that CAP 1.2 allows in certain elements.
//!
//! For: writing and reading those words exactly as the schema spells them. Not for: choosing
//! which word fits an event, nor for showing a word to people.

use std::fmt;
use std::str::FromStr;

/// The text is not one of the words that the element allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of the words that CAP allows here")]
pub struct UnknownWord;

macro_rules! words {
    ($(#[$note:meta])* $name:ident { $($(#[$word_note:meta])* $word:ident,)+ }) => {
        $(#[$note])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$word_note])* $word,)+ }

        impl $name {
            /// Every word of the list, in the order of the schema.
            pub const ALL: &'static [$name] = &[$($name::$word,)+];

            /// The word as the schema spells it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$word => stringify!($word),)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<$name, UnknownWord> {
                match text {
                    $(stringify!($word) => Ok($name::$word),)+
                    _ => Err(UnknownWord),
                }
            }
        }
    };
}

words! {
    /// How the message is to be handled.
    Status {
        /// To be acted on by all who receive it.
        Actual,
        /// To be acted on by the people of an exercise only.
        Exercise,
        /// Serves the alerting network itself.
        System,
        /// A technical test; everybody disregards it.
        Test,
        /// A draft; nobody acts on it.
        Draft,
    }
}

words! {
    /// What the message is in relation to earlier ones.
    MsgType {
        /// A first message.
        Alert,
        /// Replaces the messages it refers to.
        Update,
        /// Ends the messages it refers to.
        Cancel,
        /// Says that the messages it refers to were received.
        Ack,
        /// Says that the messages it refers to were refused.
        Error,
    }
}

words! {
    /// For whom the message is meant.
    Scope {
        /// Everybody.
        Public,
        /// Those whom the restriction names.
        Restricted,
        /// The addresses listed.
        Private,
    }
}

words! {
    /// What kind of event it is.
    Category {
        /// Geophysical.
        Geo,
        /// Weather.
        Met,
        /// General emergency and public safety.
        Safety,
        /// Law enforcement, military, homeland and private security.
        Security,
        /// Rescue and recovery; the specification uses it for a child abduction.
        Rescue,
        /// Fire.
        Fire,
        /// Medical and public health.
        Health,
        /// Pollution and other harm to the environment.
        Env,
        /// Transport.
        Transport,
        /// Utilities, telecommunication, other infrastructure.
        Infra,
        /// Chemical, biological, radiological, nuclear, explosive.
        CBRNE,
        /// Something else.
        Other,
    }
}

words! {
    /// What the audience is asked to do.
    ResponseType {
        /// Take shelter.
        Shelter,
        /// Leave.
        Evacuate,
        /// Prepare.
        Prepare,
        /// Carry out a plan made before.
        Execute,
        /// Keep away.
        Avoid,
        /// Look out and read further news.
        Monitor,
        /// Judge the information; not for public warnings.
        Assess,
        /// The threat or concern is over.
        AllClear,
        /// Nothing.
        None,
    }
}

words! {
    /// How soon one should act.
    Urgency {
        /// At once.
        Immediate,
        /// Within the next hour.
        Expected,
        /// In the near future.
        Future,
        /// No longer.
        Past,
        /// Not known.
        Unknown,
    }
}

words! {
    /// How great the threat to life or property is.
    Severity {
        /// Extraordinary.
        Extreme,
        /// Significant.
        Severe,
        /// Possible.
        Moderate,
        /// Little or none.
        Minor,
        /// Not known.
        Unknown,
    }
}

words! {
    /// How sure one is of the event.
    Certainty {
        /// It happened or is happening.
        Observed,
        /// More likely than not.
        Likely,
        /// Possible, not likely.
        Possible,
        /// Hardly to be expected.
        Unlikely,
        /// Not known.
        Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_as_itself() {
        for word in Category::ALL {
            assert_eq!(word.to_string().parse(), Ok(*word));
        }
        for word in ResponseType::ALL {
            assert_eq!(word.as_str().parse(), Ok(*word));
        }
    }

    #[test]
    fn a_word_in_another_case_is_unknown() {
        assert_eq!("actual".parse::<Status>(), Err(UnknownWord));
        assert_eq!("".parse::<MsgType>(), Err(UnknownWord));
    }
}
