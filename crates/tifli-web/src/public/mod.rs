//! The pages anyone may open, each with the view type it is rendered from. A view has only fields that may be public:
//! no family name, no home, no suspect, no police note can be put in one.

mod alert;
mod embed;
mod family;
mod general;
mod letters;
mod map;
pub mod samples;
mod subscribe;
mod tip;
mod verify;
mod words;

pub use alert::{AlertCard, AlertPage, AlertView, CurrentAlertsPage, EndedPage, PhotoView};
pub use embed::{EmbedPage, RENEWED_AFTER};
pub use family::{FamilyEnterPage, FamilyFollowPage, OfficerView, PublishedView};
pub use general::{AboutPage, CreditLine, FeedLine, FeedLink, FeedsPage, Problem, ProblemPage};
pub use letters::{LettersPage, LettersStep, LettersStepPage};
pub use map::MapSvg;
pub use subscribe::SubscribePage;
pub use tip::{
    DialogueLine, Speaker, TipDialoguePage, TipForm, TipPage, TipProgress, TipReturnPage,
    TipThanksPage,
};
pub use verify::{AnswerView, VerifyPage};
pub use words::{Age, CallNumber, MissingTime, Said, Sex};
