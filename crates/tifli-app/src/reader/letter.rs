//! What letters say: the alert in the reader's language with the words of the country pack around it, and the letter
//! that asks to confirm. Built from the public message alone.

use tifli_channel::mail::{AlertMail, Link, Picture, Words};
use tifli_domain::id::MessageId;
use tifli_domain::message::{Message, MsgType, PublicText};
use tifli_pack::{Labels, LanguageTag};

use crate::App;

/// The length of an identifier in hexadecimal digits: 160 bits.
const ID: usize = 40;

/// One letter's way: whose it is, and which message it carries.
pub(crate) struct Addressed<'a> {
    /// The message, and its order among all.
    pub(crate) message: (MessageId, i64),
    /// The first message of the same alert.
    pub(crate) first: MessageId,
    /// The reader's number.
    pub(crate) number: u32,
    /// What the reader's tokens are made of.
    pub(crate) key: &'a [u8; 16],
    /// The address.
    pub(crate) to: &'a str,
}

/// The letter that carries `message` to one reader: the same bytes on every attempt.
pub(crate) fn alert_letter(
    app: &App,
    message: &Message,
    language: &str,
    way: &Addressed<'_>,
) -> AlertMail {
    let (id, seq) = way.message;
    let thread = match id == way.first {
        true => Vec::new(),
        false => vec![letter_id(app, way.first, way.number)],
    };
    let token = app.leave_token(way.key);
    AlertMail {
        id: letter_id(app, id, way.number),
        thread,
        to: way.to.to_owned(),
        token: format!("{}-{seq:x}", app.bounce_token(way.key)),
        unsubscribe_url: leave_url(app, language, &token),
        ..written(app, message, language)
    }
}

/// The letter as an approver sees it before anybody gets it: to nobody, with a link that leads nowhere.
pub(crate) fn sample_letter(app: &App, message: &Message, language: &str) -> AlertMail {
    AlertMail {
        to: "reader@tifli.invalid".to_owned(),
        unsubscribe_url: leave_url(app, language, "0"),
        ..written(app, message, language)
    }
}

/// The letter that asks to confirm a request.
pub(crate) fn confirm_letter(
    app: &App,
    (request, language): (&str, &str),
    (to, at_ms): (&str, i64),
) -> AlertMail {
    let words = &app.pack().letters().confirm;
    let tag = tag(app, language);
    let say = |labels: &Labels| labels.get(tag).to_owned();
    let token = app.confirm_token(request);
    AlertMail {
        id: app.token("reader:asked id", request, ID),
        thread: Vec::new(),
        to: to.to_owned(),
        token: app.request_bounce_token(request),
        campaign: "confirm".to_owned(),
        unsubscribe_url: leave_url(app, language, &token),
        subject: say(&words.subject),
        words: vec![Words {
            language: language.to_owned(),
            headline: say(&words.headline),
            paragraphs: vec![say(&words.text)],
            picture: None,
            links: vec![Link {
                words: say(&words.link),
                url: format!("{}/{language}/letters/confirm/{token}", app.base_url()),
            }],
            footer: vec![say(&words.ignore), sender_of(app, tag)],
            unsubscribe: say(&words.leave),
        }],
        at_ms,
    }
}

/// The letter without what differs from reader to reader.
fn written(app: &App, message: &Message, language: &str) -> AlertMail {
    let text = message.text(language);
    let language = text.map_or(language, |text| text.language.as_str());
    AlertMail {
        id: "letter".to_owned(),
        thread: Vec::new(),
        to: String::new(),
        token: "token".to_owned(),
        campaign: message.alert.to_string(),
        unsubscribe_url: String::new(),
        subject: text.map_or_else(String::new, |text| text.headline.clone()),
        words: text
            .map(|text| words(app, message, (text, language)))
            .into_iter()
            .collect(),
        at_ms: message.sent_ms,
    }
}

fn words(app: &App, message: &Message, (text, language): (&PublicText, &str)) -> Words {
    let around = &app.pack().letters().alert;
    let tag = tag(app, language);
    let say = |labels: &Labels| labels.get(tag).to_owned();
    let page = format!("{}/{language}/a/{}", app.base_url(), message.alert);
    let mut links = vec![Link {
        words: say(&around.read_on),
        url: page.clone(),
    }];
    let mut paragraphs = vec![text.description.clone(), text.instruction.clone()];
    if message.msg_type != MsgType::Cancel {
        paragraphs.push(text.area.clone());
        links.push(Link {
            words: say(&around.tell),
            url: format!("{page}/tip"),
        });
    }
    paragraphs.retain(|words| !words.trim().is_empty());
    let photo = message
        .child
        .as_ref()
        .and_then(|child| child.photo.as_ref());
    Words {
        language: language.to_owned(),
        headline: text.headline.clone(),
        paragraphs,
        picture: photo.map(|_| Picture {
            url: format!(
                "{}/{language}/a/{}/photo.jpg",
                app.base_url(),
                message.alert
            ),
            alt: text.headline.clone(),
        }),
        links,
        footer: vec![
            text.sender_name.clone(),
            say(&around.why),
            say(&around.ours),
        ],
        unsubscribe: say(&around.leave),
    }
}

/// Stable per message and reader, and naming neither.
fn letter_id(app: &App, message: MessageId, number: u32) -> String {
    app.token("letter", &format!("{message}:{number}"), ID)
}

fn leave_url(app: &App, language: &str, token: &str) -> String {
    format!("{}/{language}/letters/leave/{token}", app.base_url())
}

fn sender_of(app: &App, tag: LanguageTag) -> String {
    app.pack().authority().name.get(tag).to_owned()
}

/// The language, or the first of the pack's where it is none.
fn tag(app: &App, language: &str) -> LanguageTag {
    let first = || app.pack().languages().alert.first().copied();
    language
        .parse()
        .ok()
        .or_else(first)
        .unwrap_or(LanguageTag::EN)
}
