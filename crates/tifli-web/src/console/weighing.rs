//! What the approver weighs beside the alert itself: warnings in its words, what changed word by word, how often its
//! people were alerted, how loudly it goes out, and what each channel will send. Parts of the approver's page.

use tifli_domain::scrutiny::Severity;

/// A finding in the words of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningLine {
    /// What confirms it in the form.
    pub key: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found, in the page's language.
    pub words: String,
    /// The words found, as they are written; may be empty.
    pub found: String,
    /// The field and its language, in the page's language; empty where it is of the whole.
    pub place: String,
    /// The field on the same page; empty where it is of the whole.
    pub href: String,
    /// Whether the approver confirmed it.
    pub confirmed: bool,
}

impl WarningLine {
    /// The class of its badge.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        match self.severity {
            Severity::Blocks => "warn",
            Severity::Confirm => "amber",
            Severity::Advice => "",
        }
    }
}

/// A field of one language, as it goes out: warnings lead here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// Its anchor, `text-fr-description`.
    pub anchor: String,
    /// Its name, in the page's language.
    pub name: String,
    /// What it says.
    pub words: String,
}

/// The fields of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFields {
    /// The language's tag.
    pub language: String,
    /// Its own name.
    pub language_name: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// Its fields.
    pub fields: Vec<FieldLine>,
}

/// How often the people inside were alerted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionPanel {
    /// Alerts of the last thirty days that held somebody inside.
    pub alerts: u32,
    /// Whom the people are counted among: `subscribers` or `residents`.
    pub counted: &'static str,
    /// People in the area of none, one, two, three or more.
    pub people: [u64; 4],
    /// What the country thinks one person bears.
    pub budget: u32,
    /// People who had that, in percent.
    pub full_percent: u64,
    /// Whether that is more than the country thinks right.
    pub over: bool,
    /// Whether only some of the places were looked at.
    pub sampled: bool,
    /// Alerts whose area is erased.
    pub forgotten: u32,
}

/// What a channel makes of a loudness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardLine {
    /// The channel, in the page's language.
    pub channel: String,
    /// What is heard, as a word.
    pub heard: &'static str,
}

/// One loudness to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoudnessChoice {
    /// `quiet`, `normal`, `siren`.
    pub value: &'static str,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it is the one proposed.
    pub proposed: bool,
    /// What is heard on the channels that call somebody.
    pub heard: Vec<HeardLine>,
}

/// The hour there and how loudly the alert enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoudnessPanel {
    /// The time of day there.
    pub clock: String,
    /// Whether people sleep.
    pub asleep: bool,
    /// Whether danger is known.
    pub danger: bool,
    /// What there is to choose.
    pub choices: Vec<LoudnessChoice>,
}

/// A notification as a phone shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushLook {
    /// The language's tag.
    pub language: String,
    /// Its own name.
    pub language_name: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// The first line.
    pub title: String,
    /// The second.
    pub body: String,
}

/// A run of words that stands in both versions, is gone, or is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// `kept`, `gone`, `added`.
    pub fate: &'static str,
    /// The words.
    pub text: String,
}

/// One thing that differs from the version before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What, in the page's language.
    pub what: String,
    /// The tag of its language; empty for an area or a photo.
    pub language: String,
    /// `rtl`, `ltr` or `auto`.
    pub dir: &'static str,
    /// Word by word.
    pub runs: Vec<Run>,
}

/// What one channel will send, as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentPreview {
    /// The channel's name, in the page's language.
    pub channel: String,
    /// The language's own name; empty where one document holds all languages.
    pub language: String,
    /// Characters of the longest text that arrives whole, where the channel has such a limit.
    pub limit: Option<u32>,
    /// The recall it allows, as a word.
    pub recall: &'static str,
    /// Its values by their names; none for a letter.
    pub fields: Vec<(String, String)>,
    /// What leaves.
    pub text: String,
    /// What of a letter changed.
    pub runs: Vec<Run>,
}

/// Everything weighed beside the alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// Warnings, the heaviest first.
    pub warnings: Vec<WarningLine>,
    /// The texts, field by field.
    pub texts: Vec<TextFields>,
    /// How often the people were alerted.
    pub attention: AttentionPanel,
    /// How loudly.
    pub loudness: LoudnessPanel,
    /// Notifications as phones show them.
    pub pushes: Vec<PushLook>,
    /// Criteria that are met, in the page's language.
    pub met: Vec<String>,
    /// Criteria that are missing.
    pub missing: Vec<String>,
    /// Rungs to propose instead.
    pub rungs: Vec<crate::forms::Choice>,
    /// Why the warnings are confirmed, as typed.
    pub confirm_reason: String,
}

impl Weighing {
    /// How many warnings stop the alert.
    #[must_use]
    pub fn blocking(&self) -> usize {
        self.count(Severity::Blocks)
    }

    /// How many must be confirmed.
    #[must_use]
    pub fn to_confirm(&self) -> usize {
        self.count(Severity::Confirm)
    }

    fn count(&self, severity: Severity) -> usize {
        let found = self.warnings.iter().filter(|one| one.severity == severity);
        found.count()
    }

    /// Those that the form asks to confirm.
    pub fn confirmable(&self) -> impl Iterator<Item = &WarningLine> {
        let asked = |one: &&WarningLine| one.severity == Severity::Confirm;
        self.warnings.iter().filter(asked)
    }

    /// The word of the loudness that is chosen.
    #[must_use]
    pub fn chosen(&self) -> &'static str {
        let mut choices = self.loudness.choices.iter();
        choices
            .find(|one| one.chosen)
            .map_or("normal", |one| one.value)
    }
}
