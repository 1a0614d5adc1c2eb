//! What is wrong with a form of the console, in words of the page: one sentence per refusal of the domain and per check
//! of a handler. It decides nothing.

use tifli_domain::approval::NotApprovable;
use tifli_domain::intake::FieldProblem;
use tifli_domain::text::TextError;

use crate::layout::Shell;

/// A refusal that is told beside a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// An answer of the intake form.
    Field(FieldProblem),
    /// A text.
    Text(TextError),
    /// An approval.
    Approval(NotApprovable),
    /// Login, password or code: not told which.
    SignIn,
    /// The code of an authenticator.
    Code,
    /// A login that cannot be one.
    Login,
    /// A login that somebody has.
    LoginTaken,
    /// Too short a password.
    PasswordShort,
    /// Two passwords that differ.
    PasswordsDiffer,
    /// The password asked again.
    Password,
    /// A reason is needed.
    Reason,
    /// A radius that is none.
    Radius,
    /// An area that encloses nothing.
    Area,
    /// A validity outside the limit.
    Hours,
    /// A file that is no photo we take.
    PhotoType,
    /// Too large a file.
    PhotoLarge,
    /// A photo that cannot be decoded.
    PhotoBroken,
    /// Too few pixels.
    PhotoSmall,
    /// A place that is not in the gazetteer.
    Place,
    /// The case's number typed wrongly.
    Number,
    /// A draft that somebody else changed.
    DraftChanged,
    /// Something unusual that was not confirmed.
    Confirm,
}

impl From<FieldProblem> for Wrong {
    fn from(problem: FieldProblem) -> Self {
        Self::Field(problem)
    }
}

impl From<TextError> for Wrong {
    fn from(error: TextError) -> Self {
        Self::Text(error)
    }
}

impl From<NotApprovable> for Wrong {
    fn from(refusal: NotApprovable) -> Self {
        Self::Approval(refusal)
    }
}

impl Wrong {
    /// The sentence in the page's language.
    #[must_use]
    pub fn say(self, shell: &Shell) -> String {
        let key = match self {
            Self::Field(problem) => return of_field(problem, shell),
            Self::Text(error) => return of_text(error, shell),
            Self::Approval(refusal) => of_approval(refusal),
            Self::SignIn => "wrong-sign-in",
            Self::Code => "wrong-code",
            Self::Login => "wrong-login",
            Self::LoginTaken => "wrong-login-taken",
            Self::PasswordShort => "wrong-password-short",
            Self::PasswordsDiffer => "wrong-passwords-differ",
            Self::Password => "wrong-password",
            Self::Reason => "wrong-reason",
            Self::Radius => "wrong-radius",
            Self::Area => "wrong-area",
            Self::Hours => "wrong-hours",
            Self::PhotoType => "wrong-photo-type",
            Self::PhotoLarge => "wrong-photo-large",
            Self::PhotoBroken => "wrong-photo-broken",
            Self::PhotoSmall => "wrong-photo-small",
            Self::Place => "wrong-place",
            Self::Number => "wrong-number",
            Self::DraftChanged => "wrong-draft-changed",
            Self::Confirm => "wrong-confirm",
        };
        shell.say(key)
    }
}

fn of_field(problem: FieldProblem, shell: &Shell) -> String {
    let key = match problem {
        FieldProblem::Text(error) => return of_text(error, shell),
        FieldProblem::NotInRange(low, high) => {
            return shell.pair("wrong-range", shell.num(low), shell.num(high));
        }
        FieldProblem::Missing => "wrong-missing",
        FieldProblem::NotAnAnswer => "wrong-not-an-answer",
        FieldProblem::NotADate => "wrong-date",
        FieldProblem::InTheFuture => "wrong-future",
        FieldProblem::NotAChild => "wrong-not-a-child",
        FieldProblem::BeforeBirth => "wrong-before-birth",
        FieldProblem::NotDegrees => "wrong-degrees",
        FieldProblem::Swapped => "wrong-swapped",
    };
    shell.say(key)
}

fn of_text(error: TextError, shell: &Shell) -> String {
    match error {
        TextError::Missing => shell.say("wrong-missing"),
        TextError::TooLong { limit } => shell.many("wrong-too-long", limit),
        TextError::HiddenCharacters => shell.say("wrong-hidden"),
        TextError::Markup => shell.say("wrong-markup"),
    }
}

fn of_approval(refusal: NotApprovable) -> &'static str {
    match refusal {
        NotApprovable::SamePerson => "approval-not-own-draft",
        NotApprovable::SameUnit => "approval-not-own-unit",
        NotApprovable::Stale => "approval-not-stale",
        NotApprovable::NotNamed => "wrong-channels-not-named",
        NotApprovable::NoConsent => "problem-no_consent",
        NotApprovable::Expired => "approval-not-expired",
        NotApprovable::CountDrifted => "wrong-count-drifted",
    }
}
