//! Pages without an alert in them: about the service, its feeds, and what to say when something does not work.

use askama::Template;
use axum::http::StatusCode;

use crate::i18n::Locale;
use crate::layout::PublicShell;

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

/// A region with the feeds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// Its name in the page's language.
    pub name: String,
    /// Addresses of its feeds with their formats.
    pub feeds: Vec<FeedLink>,
}

/// A feed's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// `Atom` or `RSS`.
    pub form: &'static str,
    /// Its language.
    pub locale: Locale,
    /// Where it is.
    pub href: String,
}

/// `/feeds`: what newsrooms, sites, screens and programs can take.
#[derive(Debug, Clone, Template)]
#[template(path = "public/feeds.html")]
pub struct FeedsPage {
    /// Frame.
    pub shell: PublicShell,
    /// Of the whole country, in every language.
    pub whole: Vec<FeedLink>,
    /// By region, in the page's language.
    pub regions: Vec<FeedLine>,
    /// CAP's words of categories.
    pub categories: Vec<&'static str>,
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
