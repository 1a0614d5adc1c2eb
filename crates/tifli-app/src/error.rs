//! The one error of the application: a kind for machines, a code for words, problems by field.
//!
//! The web turns it into a page or RFC 9457; nothing here knows status codes. Its text never holds
//! what a person typed.

use tifli_domain::permission::Forbidden;
use tifli_store::StoreError;

/// The result of a use case.
pub type AppResult<T> = Result<T, AppError>;

/// What sort of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What was given cannot be accepted; `problems` says where.
    Invalid,
    /// Nobody is signed in, or the sign-in failed.
    Unauthenticated,
    /// This person may not.
    Forbidden,
    /// There is no such thing (or this person may not know).
    NotFound,
    /// Something changed meanwhile, or the state does not allow it.
    Conflict,
    /// It existed and was ended or erased.
    Gone,
    /// Too often.
    TooMany,
    /// Try again later; nothing was kept.
    Unavailable,
    /// Our fault.
    Internal,
}

/// A problem beside a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name as in the form or JSON.
    pub field: String,
    /// A code that pages and the API word.
    pub code: String,
    /// Numbers for the wording, such as a limit.
    pub args: Vec<(String, String)>,
}

/// A refusal or failure of a use case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct AppError {
    /// What sort.
    pub kind: Kind,
    /// A code that pages and the API word.
    pub code: String,
    /// Problems by field, for [`Kind::Invalid`].
    pub problems: Vec<Problem>,
    /// The store's failure underneath, for the log.
    pub source: Option<StoreError>,
}

impl Problem {
    /// A problem without numbers.
    pub fn new(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code: code.into(),
            args: Vec::new(),
        }
    }

    /// The same with a number for the wording.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

impl AppError {
    /// An error of this kind.
    pub fn new(kind: Kind, code: impl Into<String>) -> Self {
        Self {
            kind,
            code: code.into(),
            problems: Vec::new(),
            source: None,
        }
    }

    /// Refused input, each problem beside its field.
    pub fn invalid(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            ..Self::new(Kind::Invalid, "invalid")
        }
    }

    /// Refused input with one problem.
    pub fn field(field: &str, code: impl Into<String>) -> Self {
        Self::invalid(vec![Problem::new(field, code)])
    }

    /// A refusal of permission.
    pub fn forbidden(code: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, code)
    }

    /// The state does not allow it, or it changed meanwhile.
    pub fn conflict(code: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, code)
    }

    /// There is no such thing.
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "not_found")
    }

    /// Our own fault, with a code for the log.
    pub fn internal(code: impl Into<String>) -> Self {
        Self::new(Kind::Internal, code)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let (kind, code) = match &error {
            StoreError::NotFound { .. } => (Kind::NotFound, "not_found"),
            StoreError::NoKey { .. } | StoreError::KeyDestroyed { .. } => (Kind::Gone, "erased"),
            StoreError::DiskFull => (Kind::Unavailable, "disk_full"),
            e if e.retryable() => (Kind::Unavailable, "try_again"),
            _ => (Kind::Internal, "store"),
        };
        Self {
            source: Some(error),
            ..Self::new(kind, code)
        }
    }
}

impl From<Forbidden> for AppError {
    fn from(refusal: Forbidden) -> Self {
        match refusal {
            Forbidden::Role => Self::forbidden("role"),
            Forbidden::District => Self::forbidden("district"),
        }
    }
}

impl<S: std::fmt::Debug, A: std::fmt::Debug> From<tifli_domain::machine::NotPossible<S, A>>
    for AppError
{
    fn from(_: tifli_domain::machine::NotPossible<S, A>) -> Self {
        Self::conflict("not_possible_now")
    }
}
