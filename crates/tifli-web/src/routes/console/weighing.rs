//! Builds what the approver weighs beside the alert itself, from what the application says of it.

use tifli_app::alert::{Change as Changed, Preview, Screen};
use tifli_domain::channel::OwnChannel;
use tifli_domain::difference::Piece;
use tifli_domain::loudness::{Danger, Heard, Hour, Loudness};
use tifli_domain::message::{MsgType, PublicText};
use tifli_domain::qualify::{Criterion, Rung};
use tifli_domain::scrutiny::{Warning, fields};

use super::desk::Desk;
use super::draft::own_name;
use crate::console::weighing::{
    AttentionPanel, Change, FieldLine, HeardLine, LoudnessChoice, LoudnessPanel, PushLook, Run,
    SentPreview, TextFields, WarningLine, Weighing,
};
use crate::forms::Choice;
use crate::i18n::{Direction, Locale, T};
use crate::layout::RealmBanner;
use crate::request::Form;

/// What the approver chose and wrote in a form that is shown again.
#[derive(Default)]
pub struct Chosen {
    /// The loudness.
    pub loudness: Option<Loudness>,
    /// Warnings confirmed.
    pub confirmed: Vec<String>,
    /// Why.
    pub confirm_reason: String,
    /// The rung proposed.
    pub rung: String,
}

impl Chosen {
    /// As it was sent.
    pub fn of_form(form: &Form) -> Self {
        let ticked = form.fields().iter().filter(|(name, _)| name == "confirmed");
        Self {
            loudness: form.text("loudness").parse().ok(),
            confirmed: ticked.map(|(_, key)| key.clone()).collect(),
            confirm_reason: form.text("confirm_reason").to_owned(),
            rung: form.text("rung").to_owned(),
        }
    }
}

/// Everything weighed beside the alert.
pub fn of_screen(desk: &Desk, screen: &Screen, chosen: &Chosen) -> Weighing {
    let weighed = &screen.weighed;
    let criterion = |one: &Criterion| desk.shell.word("criterion-{}", one.as_str());
    let warnings = weighed.warnings.iter();
    Weighing {
        warnings: warnings.map(|one| warning(desk, one, chosen)).collect(),
        texts: screen
            .message
            .texts
            .iter()
            .map(|one| text(desk, one))
            .collect(),
        attention: attention(screen),
        loudness: loudness(desk, screen, chosen),
        pushes: pushes(desk, screen),
        met: weighed.qualification.met.iter().map(criterion).collect(),
        missing: weighed
            .qualification
            .missing
            .iter()
            .map(|(_, one)| criterion(one))
            .collect(),
        rungs: rungs(desk, screen.rung, &chosen.rung),
        confirm_reason: chosen.confirm_reason.clone(),
    }
}

/// The name of a text's field with its language.
fn field_name(desk: &Desk, field: &str, language: &str) -> String {
    let name = desk.shell.word("text-{}", field);
    desk.shell
        .pair("field-in-language", name, own_name(language))
}

fn warning(desk: &Desk, warning: &Warning, chosen: &Chosen) -> WarningLine {
    let (language, field) = (warning.language.as_str(), warning.field);
    let words = desk.shell.word("finding-{}", warning.finding.as_str());
    let place = match (language, field) {
        ("", _) => String::new(),
        (language, "") => own_name(language),
        (language, field) => field_name(desk, field, language),
    };
    let channel = warning.channel.map(|one| desk.channel(one.as_str()));
    WarningLine {
        key: warning.key(),
        severity: warning.finding.severity(),
        words,
        found: warning.words.clone(),
        place: [place, channel.unwrap_or_default()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        href: match field {
            "" => String::new(),
            field => format!("#text-{language}-{field}"),
        },
        confirmed: chosen.confirmed.contains(&warning.key()),
    }
}

fn text(desk: &Desk, text: &PublicText) -> TextFields {
    let line = |(field, words): (&'static str, &str)| FieldLine {
        anchor: format!("text-{}-{field}", text.language),
        name: desk.shell.word("text-{}", field),
        words: words.to_owned(),
    };
    TextFields {
        language: text.language.clone(),
        language_name: own_name(&text.language),
        dir: dir(&text.language),
        fields: fields(text)
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(line)
            .collect(),
    }
}

fn dir(language: &str) -> &'static str {
    match Locale::find(language).map(Locale::dir) {
        Some(Direction::Rtl) => "rtl",
        Some(Direction::Ltr) => "ltr",
        None => "auto",
    }
}

fn attention(screen: &Screen) -> AttentionPanel {
    let (attention, spent) = (&screen.attention, &screen.attention.spent);
    AttentionPanel {
        alerts: attention.alerts,
        counted: spent.counted.as_str(),
        people: spent.people,
        budget: attention.budget.alerts,
        full_percent: (spent.full * 100)
            .checked_div(spent.total())
            .unwrap_or_default(),
        over: attention.over,
        sampled: attention.every > 1,
        forgotten: attention.forgotten,
    }
}

fn loudness(desk: &Desk, screen: &Screen, chosen: &Chosen) -> LoudnessPanel {
    let weighed = &screen.weighed;
    let standing = chosen.loudness.unwrap_or(weighed.proposed);
    let channels = screen.binding.channels.iter();
    let called: Vec<OwnChannel> = channels
        .filter_map(|word| word.parse().ok())
        .filter(|one| heard_on(*one, Loudness::Normal) != Heard::Nothing)
        .collect();
    let choice = |loudness: Loudness| LoudnessChoice {
        value: loudness.as_str(),
        chosen: loudness == standing,
        proposed: loudness == weighed.proposed,
        heard: called
            .iter()
            .map(|channel| HeardLine {
                channel: desk.channel(channel.as_str()),
                heard: heard_on(*channel, loudness).as_str(),
            })
            .collect(),
    };
    LoudnessPanel {
        clock: desk.shell.clock(&desk.now),
        asleep: weighed.occasion.hour == Hour::Sleeping,
        danger: weighed.occasion.danger == Danger::Known,
        choices: Loudness::ALL.iter().copied().map(choice).collect(),
    }
}

fn heard_on(channel: OwnChannel, loudness: Loudness) -> Heard {
    let can = tifli_domain::channel::capability::capabilities(channel);
    can.sounding.heard(loudness)
}

/// Notifications as the service worker of the public pages writes them.
fn pushes(desk: &Desk, screen: &Screen) -> Vec<PushLook> {
    let of_push = |one: &&Preview| one.channel == OwnChannel::WebPush;
    let previews = screen.previews.iter().filter(of_push);
    let look = |one: &Preview| {
        let tag = one.language.as_deref()?;
        let locale = Locale::find(tag)?;
        let value = |name: &str| {
            let found = one.fields.iter().find(|(held, _)| held == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Some(PushLook {
            language: tag.to_owned(),
            language_name: own_name(tag),
            dir: dir(tag),
            title: push_title(desk, screen, (locale, &value("n"))),
            body: value("p"),
        })
    };
    previews.filter_map(look).collect()
}

fn push_title(desk: &Desk, screen: &Screen, (locale, name): (Locale, &str)) -> String {
    let t = T::new(locale);
    let kind = match screen.message.msg_type {
        MsgType::Update => t.get("push-update"),
        MsgType::Alert | MsgType::Cancel => t.get("push-alert"),
    };
    let realm = match desk.shell.realm {
        RealmBanner::Live => String::new(),
        RealmBanner::Drill => format!("{} – ", t.get("push-drill")),
        RealmBanner::Demo => format!("{} – ", t.get("push-demo")),
    };
    let age = screen.message.child.as_ref().map(|child| child.age);
    let age = age.map(|age| format!("{}{}", t.get("push-comma"), t.count("push-years", age)));
    format!("{realm}{kind} – {name}{}", age.unwrap_or_default())
}

/// Every rung but the one it is held to, and the one that a refusal is for.
fn rungs(desk: &Desk, held: Rung, chosen: &str) -> Vec<Choice> {
    let none = Choice::new("", desk.shell.say("choose"));
    let rungs = Rung::ALL.iter().copied();
    let rungs = rungs.filter(|rung| *rung != held && *rung != Rung::Bulletin);
    let rungs =
        rungs.map(|rung| Choice::new(rung.as_str(), desk.shell.word("rung-{}", rung.as_str())));
    Choice::select(std::iter::once(none).chain(rungs).collect(), chosen)
}

/// What differs from the version that is out: an area and a photo are shown, not spelled.
pub fn changes(desk: &Desk, screen: &Screen) -> Vec<Change> {
    screen
        .changes
        .iter()
        .map(|one| changed(desk, one))
        .collect()
}

fn changed(desk: &Desk, change: &Changed) -> Change {
    let Some((language, field)) = change.what.split_once('.') else {
        let is_area = change.what == "area";
        let what = if is_area {
            "area-heading"
        } else {
            "draft-photo"
        };
        let about = if is_area {
            "changed-area"
        } else {
            "changed-photo"
        };
        return Change {
            what: desk.shell.say(what),
            language: String::new(),
            dir: "auto",
            runs: vec![Run {
                fate: "kept",
                text: desk.shell.say(about),
            }],
        };
    };
    let name = match field {
        "area" => desk.shell.say("area-words"),
        field => desk.shell.word("text-{}", field),
    };
    Change {
        what: desk
            .shell
            .pair("field-in-language", name, own_name(language)),
        language: language.to_owned(),
        dir: dir(language),
        runs: runs(&change.pieces),
    }
}

fn runs(pieces: &[Piece]) -> Vec<Run> {
    let run = |piece: &Piece| Run {
        fate: piece.fate.as_str(),
        text: piece.text.clone(),
    };
    pieces.iter().map(run).collect()
}

/// What each channel will send.
pub fn sent(desk: &Desk, screen: &Screen) -> Vec<SentPreview> {
    let previews = screen.previews.iter();
    previews
        .map(|one| {
            let language = one.language.as_deref().unwrap_or_default();
            SentPreview {
                channel: desk.channel(one.channel.as_str()),
                language: match language {
                    "" => String::new(),
                    tag => own_name(tag),
                },
                limit: one.can.longest_in(language),
                recall: one.can.recall.as_str(),
                fields: one.fields.clone(),
                text: one.text.clone(),
                runs: runs(&one.changes),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page shows a notification in the words that phones have, or it shows something else.
    #[test]
    fn notifications_are_shown_in_the_words_of_the_service_worker() {
        let worker = include_str!("../../../assets/sw.js");
        for locale in Locale::ALL {
            let t = T::new(locale);
            for key in [
                "push-alert",
                "push-update",
                "push-drill",
                "push-demo",
                "push-comma",
            ] {
                // French is set with spaces that do not break.
                let word = format!("\"{}\"", t.get(key).replace(['\u{a0}', '\u{202f}'], " "));
                assert!(worker.contains(&word), "{locale}: {word}");
            }
            for (age, form) in [(9, "9"), (12, "12")] {
                let shown = t.count("push-years", age).replacen(form, "#", 1);
                let shown = shown.replace(['\u{2068}', '\u{2069}'], "");
                assert!(
                    worker.contains(&format!("\"{shown}\"")),
                    "{locale}: {shown}"
                );
            }
        }
    }
}
