//! Pages without an alert in them: checking a code, about the service, and what to say when something does not work.

use askama::Template;
use axum::http::StatusCode;

use crate::forms::FormErrors;
use crate::layout::PublicShell;

/// All the verify page ever answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Ours and active.
    Active,
    /// Ours and over.
    Ended,
    /// Not from this service.
    NotOurs,
    /// Ours, but an exercise.
    Exercise,
}

impl Answer {
    /// The key of its heading; the explanation has the same key with `-more`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "verify-active",
            Self::Ended => "verify-ended",
            Self::NotOurs => "verify-not-ours",
            Self::Exercise => "verify-exercise",
        }
    }

    const fn more_key(self) -> &'static str {
        match self {
            Self::Active => "verify-active-more",
            Self::Ended => "verify-ended-more",
            Self::NotOurs => "verify-not-ours-more",
            Self::Exercise => "verify-exercise-more",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Active => "good",
            Self::NotOurs => "warn",
            Self::Ended | Self::Exercise => "",
        }
    }
}

/// `/verify?code=`: is this alert ours, and still active?
#[derive(Debug, Clone, Template)]
#[template(path = "public/verify.html")]
pub struct VerifyPage {
    /// Frame.
    pub shell: PublicShell,
    /// What was typed.
    pub code: String,
    /// The answer, once a code was given.
    pub answer: Option<Answer>,
    /// Public code of the alert's page, only with [`Answer::Active`].
    pub alert_code: Option<String>,
    /// What is wrong with the code as typed.
    pub errors: FormErrors,
}

/// Whose data the country's pack is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditLine {
    /// The line to print, as its source asks for it.
    pub text: String,
    /// Its licence.
    pub licence: String,
    /// Where it comes from; may be empty.
    pub url: String,
}

/// `/about`: what the service is, what it keeps, and whose data and fonts it uses.
#[derive(Debug, Clone, Template)]
#[template(path = "public/about.html")]
pub struct AboutPage {
    /// Frame.
    pub shell: PublicShell,
    /// Whose data the country's pack is made of.
    pub credits: Vec<CreditLine>,
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No such page.
    NotFound,
    /// It was there and is over.
    Gone,
    /// Not for this person.
    Forbidden,
    /// Signed out by time, or the form is too old.
    SessionExpired,
    /// Too many requests.
    TooMany,
    /// What was sent is too large.
    TooLarge,
    /// Our fault.
    Server,
}

impl Problem {
    /// Every problem.
    pub const ALL: [Self; 7] = [
        Self::NotFound,
        Self::Gone,
        Self::Forbidden,
        Self::SessionExpired,
        Self::TooMany,
        Self::TooLarge,
        Self::Server,
    ];

    /// The status it is answered with.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SessionExpired => StatusCode::UNAUTHORIZED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Server => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("problem-not-found", "problem-not-found-more"),
            Self::Gone => ("problem-gone", "problem-gone-more"),
            Self::Forbidden => ("problem-forbidden", "problem-forbidden-more"),
            Self::SessionExpired => ("problem-session", "problem-session-more"),
            Self::TooMany => ("problem-too-many", "problem-too-many-more"),
            Self::TooLarge => ("problem-too-large", "problem-too-large-more"),
            Self::Server => ("problem-server", "problem-server-more"),
        }
    }
}

/// The page for a [`Problem`], public and console alike.
#[derive(Debug, Clone, Template)]
#[template(path = "public/problem.html")]
pub struct ProblemPage {
    /// Frame.
    pub shell: PublicShell,
    /// What happened.
    pub problem: Problem,
    /// Number under which our log knows it, to read out on the phone.
    pub reference: Option<String>,
}
