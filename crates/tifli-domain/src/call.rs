//! A call on the line, as it is taken down at the speed of speech: what was said, where, when. What kind of
//! call it is, how long somebody has to see to it, who may, and what is still worth asking. Not for: which
//! case it is about, which needs the names in memory, nor for what a tip is worth.

use jiff::ToSpan as _;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::text::{self, TextError};
use crate::typed;

/// The most characters of what was said.
pub const WORDS: usize = 2_000;
/// The most characters of every other line.
pub const LINE: usize = 200;
const HOUR: i64 = 60;
/// Clocks of two machines differ by so many minutes; a time no further ahead is now.
const SLACK: i64 = 2;
/// More minutes than this are no "minutes ago": two days.
const MOST_AGO: i64 = 48 * HOUR;

/// What a call turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallKind {
    /// Something about a child who is sought: a tip on its case.
    Tip,
    /// Something about a child, and no open case fits.
    Unmatched,
    /// Another child is missing, and nobody has reported it yet.
    OtherChild,
    /// Somebody is in danger now.
    Danger,
    /// A complaint about how somebody was treated.
    Complaint,
    /// A wrong number, a silent line.
    WrongNumber,
}

words!(CallKind {
    Tip = "tip",
    Unmatched = "unmatched",
    OtherChild = "other_child",
    Danger = "danger",
    Complaint = "complaint",
    WrongNumber = "wrong_number",
});

impl CallKind {
    /// Minutes within which somebody must have seen to it; a tip's clock is the tip queue's own. A wrong number
    /// is looked at once more within the day: a child who whispers is easily taken for one.
    pub fn minutes(self) -> Option<i64> {
        match self {
            Self::Tip => None,
            Self::Danger => Some(2),
            Self::OtherChild => Some(5),
            Self::Unmatched => Some(15),
            Self::Complaint | Self::WrongNumber => Some(24 * HOUR),
        }
    }

    /// Whether the room is paged when nobody saw to it in time.
    pub fn pages(self) -> bool {
        matches!(
            self,
            Self::Danger | Self::OtherChild | Self::Unmatched | Self::Complaint
        )
    }

    /// Whether `settler` may say that a call `taker` took was seen to. Nobody judges a complaint made to them, nor
    /// alone that a number was wrong.
    pub fn may_settle(self, taker: PersonId, settler: PersonId) -> bool {
        !matches!(self, Self::Complaint | Self::WrongNumber) || taker != settler
    }

    /// Whether it can be kept without a word of what was said.
    pub fn may_be_silent(self) -> bool {
        matches!(self, Self::Danger | Self::WrongNumber)
    }

    /// Whether the caller is read a receipt.
    pub fn gives_receipt(self) -> bool {
        self != Self::WrongNumber
    }

    /// Whether it can still turn out to be about a case.
    pub fn may_join_case(self) -> bool {
        matches!(self, Self::Unmatched | Self::Danger | Self::WrongNumber)
    }

    /// Whether a report can be opened from it.
    pub fn may_open_case(self) -> bool {
        matches!(self, Self::OtherChild | Self::Unmatched | Self::Danger)
    }
}

/// What the person at the line types. Its `Debug` shows no words.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// What was said.
    pub words: String,
    /// Where, in words.
    pub place_words: String,
    /// When it was: as typed, or the local moment it stands for, `2026-11-22T20:15`.
    pub when: String,
    /// The caller's number, if they give it.
    pub phone: String,
    /// The caller's name, if they give it.
    pub caller: String,
    /// Whether the child is still there: `yes`, `no` or empty.
    pub still_there: String,
    /// Where the child went.
    pub direction: String,
    /// What the child wears.
    pub clothes: String,
    /// Who is with it.
    pub with: String,
    /// In what vehicle.
    pub vehicle: String,
    /// Its plate, or what was seen of it.
    pub plate: String,
}

impl std::fmt::Debug for Spoken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Spoken")
    }
}

/// A problem with the form, beside its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct SpokenError {
    /// The field's name.
    pub field: &'static str,
    /// What is wrong.
    pub problem: TextError,
}

impl Spoken {
    /// Every line, trimmed; what a call of this kind must say is needed, the rest is not.
    pub fn check(&self, kind: CallKind) -> Result<Self, Vec<SpokenError>> {
        let mut problems = Vec::new();
        let mut line = |field: &'static str, typed: &str, limit: usize| {
            text::plain(typed, limit).unwrap_or_else(|problem| {
                problems.push(SpokenError { field, problem });
                String::new()
            })
        };
        let checked = Self {
            words: line("words", &self.words, WORDS),
            place_words: line("place", &self.place_words, LINE),
            when: line("when", &self.when, LINE),
            phone: line("phone", &self.phone, LINE),
            caller: line("caller", &self.caller, LINE),
            still_there: match self.still_there.as_str() {
                word @ ("yes" | "no") => word.to_owned(),
                _ => String::new(),
            },
            direction: line("direction", &self.direction, LINE),
            clothes: line("clothes", &self.clothes, LINE),
            with: line("with", &self.with, LINE),
            vehicle: line("vehicle", &self.vehicle, LINE),
            plate: line("plate", &self.plate, LINE),
        };
        let said = [&checked.words, &checked.place_words];
        if problems.is_empty() && !kind.may_be_silent() && said.iter().all(|text| text.is_empty()) {
            let problem = TextError::Missing;
            problems.push(SpokenError {
                field: "words",
                problem,
            });
        }
        if problems.is_empty() {
            Ok(checked)
        } else {
            Err(problems)
        }
    }

    /// What was said with everything that was asked, one line each, for whoever weighs the tip. The caller is not
    /// in it.
    pub fn story(&self) -> String {
        let lines = [
            &self.words,
            &self.direction,
            &self.clothes,
            &self.with,
            &self.vehicle,
            &self.plate,
        ];
        let told = lines.into_iter().filter(|line| !line.is_empty());
        told.cloned().collect::<Vec<_>>().join("\n")
    }

    /// All of it in one text, the same for the same words: for a hash, never for a log.
    pub fn key(&self) -> String {
        let lines = [
            &self.words,
            &self.place_words,
            &self.when,
            &self.phone,
            &self.caller,
            &self.still_there,
            &self.direction,
            &self.clothes,
            &self.with,
            &self.vehicle,
            &self.plate,
        ];
        lines.map(|line| line.trim().to_owned()).join("\n")
    }
}

/// When something was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// At this local time.
    At(DateTime),
    /// In words that no time can be read from; kept as they are.
    Words(String),
}

/// The time that was typed lies in the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this time is still to come")]
pub struct InTheFuture;

/// Words that mean now, in the languages of the consoles.
const NOW: [&str; 7] = [
    "now",
    "maintenant",
    "à l'instant",
    "à l’instant",
    "الآن",
    "الان",
    "حالا",
];
/// How the unit of minutes begins.
const MINUTES: [&str; 2] = ["min", "دق"];
/// How the unit of hours begins.
const HOURS: [&str; 4] = ["h", "heure", "hour", "ساع"];
/// What says that a number counts backwards.
const AGO: [&str; 6] = ["il y a", "ago", "منذ", "قبل", "depuis", "-"];

/// Reads when something was: nothing or "now", minutes or hours ago, an hour of the day (the last one that was),
/// or a day with its hour. What cannot be read stays as words.
pub fn read_when(typed: &str, now: DateTime) -> Result<When, InTheFuture> {
    let line = typed::digits(typed).to_lowercase();
    if line.is_empty() || NOW.contains(&line.as_str()) {
        return Ok(When::At(now));
    }
    if let Some(ago) = minutes_ago(&line) {
        return Ok(now
            .checked_sub(ago.minutes())
            .map_or_else(|_| When::Words(typed.trim().to_owned()), When::At));
    }
    if let Some(hour) = typed::hour(&line) {
        let today = now.date().to_datetime(hour);
        let at = match today > soon(now) {
            true => today.checked_sub(1.day()).unwrap_or(today),
            false => today,
        };
        return Ok(When::At(at));
    }
    match typed::local_time(&line) {
        Some(at) if at > soon(now) => Err(InTheFuture),
        Some(at) => Ok(When::At(at)),
        None => Ok(When::Words(typed.trim().to_owned())),
    }
}

fn soon(now: DateTime) -> DateTime {
    now.checked_add(SLACK.minutes()).unwrap_or(now)
}

fn minutes_ago(line: &str) -> Option<i64> {
    let said = AGO.iter().any(|word| line.contains(word)) && !line.contains([':', '/']);
    let digits: String = line
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let number: i64 = digits.parse().ok()?;
    let rest = line.split_once(&digits)?.1.trim_start();
    let ago = if MINUTES.iter().any(|unit| rest.starts_with(unit)) {
        number
    } else if said && HOURS.iter().any(|unit| rest.starts_with(unit)) {
        number * HOUR
    } else if said && rest.is_empty() && line.starts_with('-') {
        number
    } else {
        return None;
    };
    (0..=MOST_AGO).contains(&ago).then_some(ago)
}

/// Something still worth asking a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Is the child still there now?
    StillThere,
    /// Which way did it go?
    Direction,
    /// What does it wear?
    Clothes,
    /// Who is with it?
    With,
    /// In what vehicle?
    Vehicle,
    /// What of its plate was seen?
    Plate,
}

words!(Question {
    StillThere = "still_there",
    Direction = "direction",
    Clothes = "clothes",
    With = "with",
    Vehicle = "vehicle",
    Plate = "plate",
});

/// How a question is answered already by what was said: a word that begins like one of these.
const SAID: [(Question, &[&str]); 4] = [
    (
        Question::Direction,
        &[
            "vers",
            "direction",
            "toward",
            "heading",
            "نحو",
            "باتجاه",
            "اتجاه",
            "صوب",
        ],
    ),
    (
        Question::Clothes,
        &[
            "vêtu",
            "vetu",
            "porte",
            "habill",
            "wear",
            "dressed",
            "shirt",
            "robe",
            "pull",
            "يرتدي",
            "ترتدي",
            "لابس",
            "قميص",
            "معطف",
            "فستان",
            "جلباب",
        ],
    ),
    (
        Question::With,
        &[
            "avec",
            "accompagn",
            "seul",
            "seule",
            "with",
            "alone",
            "رفقة",
            "برفقة",
            "مع",
            "وحده",
            "وحدها",
            "لوحده",
        ],
    ),
    (Question::Vehicle, VEHICLES),
];
/// Words that name a vehicle.
const VEHICLES: &[&str] = &[
    "voiture",
    "véhicule",
    "vehicule",
    "vehicle",
    "car",
    "taxi",
    "bus",
    "autocar",
    "moto",
    "train",
    "camion",
    "van",
    "سيارة",
    "السيارة",
    "طاكسي",
    "تاكسي",
    "حافلة",
    "الحافلة",
    "دراجة",
    "قطار",
    "شاحنة",
];

/// What is still worth asking, the most pressing first: what no field and no word of the caller answers.
pub fn questions(said: &Spoken, when: &When, now: DateTime) -> Vec<Question> {
    let told = said.words.to_lowercase();
    let answered = |question: Question| {
        let cues = SAID.iter().find(|(of, _)| *of == question);
        cues.is_some_and(|(_, cues)| holds(&told, cues))
    };
    let vehicle = !said.vehicle.is_empty() || holds(&told, VEHICLES);
    let open = |question: Question| match question {
        Question::StillThere => said.still_there.is_empty() && is_fresh(when, now),
        Question::Direction => {
            said.direction.is_empty() && said.still_there != "yes" && !answered(question)
        }
        Question::Clothes => said.clothes.is_empty() && !answered(question),
        Question::With => said.with.is_empty() && !answered(question),
        Question::Vehicle => !vehicle,
        Question::Plate => {
            vehicle && said.plate.is_empty() && !told.chars().any(|c| c.is_numeric())
        }
    };
    let mut open: Vec<Question> = Question::ALL.iter().copied().filter(|q| open(*q)).collect();
    // Where a vehicle was named, its plate is what leads to it.
    open.sort_by_key(|question| *question != Question::StillThere && *question != Question::Plate);
    open
}

fn holds(told: &str, cues: &[&str]) -> bool {
    let mut words = told.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        cues.iter().any(|cue| match cue.chars().count() {
            0..=4 => word == *cue,
            _ => word.starts_with(cue),
        })
    })
}

/// Whether it was within the last hours, so that the child may still be there.
fn is_fresh(when: &When, now: DateTime) -> bool {
    match when {
        When::At(at) => now.checked_sub(3.hours()).is_ok_and(|since| *at >= since),
        When::Words(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    struct Fixed(u8);
    impl crate::ports::Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn now() -> DateTime {
        datetime(2026, 11, 22, 20, 15, 0, 0)
    }

    fn said(words: &str) -> Spoken {
        Spoken {
            words: words.to_owned(),
            ..Spoken::default()
        }
    }

    #[test]
    fn every_kind_but_a_tip_has_a_clock_and_somebody_who_may_settle_it() {
        let (one, other) = (PersonId::new(1, &Fixed(1)), PersonId::new(1, &Fixed(2)));
        for kind in CallKind::ALL.iter().copied() {
            assert_eq!(kind.minutes().is_none(), kind == CallKind::Tip, "{kind:?}");
            assert!(kind.may_settle(one, other), "{kind:?}");
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!(!CallKind::Complaint.may_settle(one, one));
        assert!(!CallKind::WrongNumber.may_settle(one, one));
        assert!(CallKind::Danger.may_settle(one, one));
    }

    #[test]
    fn a_time_is_read_as_people_say_it() {
        let at = |typed: &str| match read_when(typed, now()) {
            Ok(When::At(at)) => at.strftime("%d %H:%M").to_string(),
            Ok(When::Words(words)) => format!("?{words}"),
            Err(InTheFuture) => "future".to_owned(),
        };
        for (typed, read) in [
            ("", "22 20:15"),
            ("maintenant", "22 20:15"),
            ("الآن", "22 20:15"),
            ("20 min", "22 19:55"),
            ("il y a 2 heures", "22 18:15"),
            ("منذ ٢٠ دقيقة", "22 19:55"),
            ("قبل 3 ساعات", "22 17:15"),
            ("-10", "22 20:05"),
            ("17h05", "22 17:05"),
            ("17:05", "22 17:05"),
            ("23:30", "21 23:30"),
            ("21/11/2026 09:00", "21 09:00"),
            ("23/11/2026 09:00", "future"),
            ("hier soir", "?hier soir"),
            ("أمس", "?أمس"),
        ] {
            assert_eq!(at(typed), read, "{typed}");
        }
    }

    #[test]
    fn only_what_was_not_said_is_asked() {
        let ask = |said: &Spoken| {
            let when = read_when(&said.when, now()).unwrap();
            questions(said, &when, now())
        };
        assert_eq!(
            ask(&said("une fillette seule près de la gare")),
            [
                Question::StillThere,
                Question::Direction,
                Question::Clothes,
                Question::Vehicle
            ]
        );
        assert_eq!(
            ask(&said("طفلة ترتدي معطفا أحمر مع رجل في سيارة بيضاء")),
            [Question::StillThere, Question::Plate, Question::Direction]
        );
        let mut old = said("vu avec deux amis, en voiture 4821");
        old.when = "hier soir".to_owned();
        old.still_there = "no".to_owned();
        assert_eq!(ask(&old), [Question::Direction, Question::Clothes]);
        let mut yesterday = said("x");
        yesterday.when = "21/11/2026 09:00".to_owned();
        assert!(!ask(&yesterday).contains(&Question::StillThere));
    }

    #[test]
    fn a_call_needs_a_word_unless_the_line_was_silent() {
        let empty = Spoken::default();
        for kind in CallKind::ALL.iter().copied() {
            assert_eq!(empty.check(kind).is_ok(), kind.may_be_silent(), "{kind:?}");
        }
        let hidden = said("a\u{202e}b").check(CallKind::Tip).unwrap_err();
        assert_eq!(hidden[0].field, "words");
        let mut long = said("x");
        long.plate = "9".repeat(LINE + 1);
        assert_eq!(long.check(CallKind::Tip).unwrap_err()[0].field, "plate");
    }

    #[test]
    fn the_story_holds_what_was_seen_and_not_who_called() {
        let told = Spoken {
            words: "a girl".to_owned(),
            plate: "12345-A-6".to_owned(),
            phone: "0600000000".to_owned(),
            caller: "Amina".to_owned(),
            ..Spoken::default()
        };
        assert_eq!(told.story(), "a girl\n12345-A-6");
        assert!(told.key().contains("Amina"));
        assert_eq!(format!("{told:?}"), "Spoken");
    }
}
