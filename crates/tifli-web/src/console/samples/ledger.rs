//! Samples of partners' systems: the administrator's list, the lines beside the own channels, the story of a delivery.
//! Not served.

use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::endpoint::EndpointState;
use tifli_domain::message::MsgType;
use tifli_domain::partner::{HandoverState, Waits, Way};

use super::super::endpoints::{EndpointForm, EndpointRow, EndpointsPage, MadeSecret};
use super::super::ledger::{
    By, CallLine, DeliveryStoryPage, Holder, Known, LedgerRow, Next, Released, Reply,
};
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

/// A secret of the right shape that opens nothing.
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("endpoints", &endpoints(locale))?;
    let none = EndpointsPage {
        rows: Vec::new(),
        ..endpoints(locale)
    };
    pages.insert("endpoints-none", &none)?;
    pages.insert("endpoints-made", &made(locale))?;
    pages.insert("endpoints-wrong", &wrong(locale))?;
    let row = |state, outcome, code: &str| system(locale, (state, outcome), code);
    let dead = || {
        row(
            DeliveryState::Dead,
            Some(Outcome::Refused),
            "connect_timeout",
        )
    };
    let phone = || format!("{} \u{2066}+212500000002\u{2069}", label(locale));
    pages.insert("story", &story(locale, dead(), Next::GivenUp(phone())))?;
    let done = row(DeliveryState::Done, Some(Outcome::Sent), "accepted");
    pages.insert("story-sent", &story(locale, done, Next::Done))?;
    let again = row(
        DeliveryState::Retrying,
        Some(Outcome::Refused),
        "unavailable",
    );
    let later = Next::Again(at("15:06:00"));
    pages.insert("story-again", &story(locale, again, later))?;
    let mut fresh = story(
        locale,
        row(DeliveryState::Pending, None, "left"),
        Next::Soon,
    );
    fresh.calls = Vec::new();
    fresh.row.attempts = 0;
    fresh.row.reply = None;
    pages.insert("story-fresh", &fresh)?;
    pages.insert("story-released", &let_go(locale, dead()))?;
    let withheld = row(
        DeliveryState::Withdrawn,
        Some(Outcome::Refused),
        "partner_not_consented",
    );
    pages.insert("story-withheld", &story(locale, withheld, Next::Withheld))?;
    pages.insert("story-by-hand", &by_hand(locale))
}

fn by_hand(locale: Locale) -> DeliveryStoryPage {
    let hands = super::partner::lines(locale);
    let submitted = |row: &LedgerRow| row.by == By::People(HandoverState::Submitted);
    let row = hands.into_iter().find(submitted);
    let waits = Next::Hand(Some(Waits::ToSeeLive));
    let row = row.unwrap_or_else(|| system(locale, (DeliveryState::Pending, None), "left"));
    DeliveryStoryPage {
        calls: Vec::new(),
        receipts: super::partner::done(locale),
        may_record: true,
        may_release: false,
        errors: FormErrors::none(),
        ..story(locale, row, waits)
    }
}

/// Deliveries beside the own channels, one of every sort.
pub(super) fn systems(locale: Locale) -> Vec<LedgerRow> {
    let states = [
        (DeliveryState::Done, Some(Outcome::Sent), "accepted"),
        (
            DeliveryState::Retrying,
            Some(Outcome::Unknown),
            "read_back_absent",
        ),
        (DeliveryState::Pending, None, "left"),
        (DeliveryState::Dead, Some(Outcome::Refused), "misconfigured"),
        (DeliveryState::Dead, Some(Outcome::Unknown), "unknown"),
        (
            DeliveryState::Withdrawn,
            Some(Outcome::Refused),
            "withdrawn",
        ),
        (DeliveryState::Done, Some(Outcome::Unknown), HOSTILE),
    ];
    states
        .map(|(state, outcome, code)| system(locale, (state, outcome), code))
        .to_vec()
}

/// One of every sort of holder.
pub(super) fn holders(locale: Locale) -> Vec<Holder> {
    let system = |released| Holder::System {
        partner: partner(locale),
        channel: channel(locale),
        delivery: "delivery_1".to_owned(),
        released,
    };
    let hand = Holder::Hand {
        partner: HOSTILE.to_owned(),
        handover: "handover_1".to_owned(),
    };
    vec![system(false), system(true), hand, Holder::Subscribers(12)]
}

fn partner(locale: Locale) -> String {
    pick(
        locale,
        "الإذاعة والتلفزة العموميتان",
        "Radio et télévision publiques",
        "Public radio and television",
    )
    .to_owned()
}

fn channel(locale: Locale) -> String {
    pick(
        locale,
        "إشعار موقّع إلى أنظمة الشركاء",
        "Notification signée aux systèmes des partenaires",
        "Signed event to partners’ systems",
    )
    .to_owned()
}

fn label(locale: Locale) -> String {
    let frame = shell(locale, None, "/");
    frame.label(frame.word("way-{}", Way::Phone.as_str()))
}

fn system(
    locale: Locale,
    (state, outcome): (DeliveryState, Option<Outcome>),
    code: &str,
) -> LedgerRow {
    let frame = shell(locale, None, "/");
    let moment = match outcome {
        Some(Outcome::Sent) => Some(("system-taken", "15:04:51")),
        _ if state == DeliveryState::Retrying => Some(("system-next", "15:06:00")),
        _ => None,
    };
    LedgerRow {
        id: "delivery_1".to_owned(),
        partner: partner(locale),
        channel: channel(locale),
        version: 2,
        kind: MsgType::Cancel,
        by: By::Program(state),
        known: Known::of(state, outcome),
        reply: outcome.map(|_| Reply::of(&frame, code)),
        who: None,
        released: code == "unknown",
        attempts: if outcome.is_none() { 0 } else { 3 },
        moments: moment
            .map(|(key, time)| (key, at(time)))
            .into_iter()
            .collect(),
    }
}

fn administrator(locale: Locale) -> Shell {
    shell(locale, Some(ConsoleRole::Operator), "/console/endpoints")
}

fn endpoint(locale: Locale, state: EndpointState, why: &str) -> EndpointRow {
    EndpointRow {
        id: format!("endpoint_{}_{why}", state.as_str()),
        partner: partner(locale),
        channel: channel(locale),
        profile: (why == "by_hand").then(|| administrator(locale).word("cap-profile-{}", "ipaws")),
        url: "https://alerts.television.example.org/incoming/events?from=tifli".to_owned(),
        state,
        why: why.to_owned(),
        changed: at("09:12:00"),
        signed: why != "gone",
    }
}

fn endpoints(locale: Locale) -> EndpointsPage {
    let page = administrator(locale);
    let partners = vec![
        Choice::new("", page.say("choose")),
        Choice::new("television", partner(locale)),
    ];
    let cap = pick(
        locale,
        "تسليم رسائل CAP إلى أنظمة الشركاء",
        "Messages CAP remis aux systèmes des partenaires",
        "CAP messages handed to partners’ systems",
    );
    let channels = vec![
        Choice::new("cap_partner", cap),
        Choice::new("webhook", channel(locale)),
    ];
    EndpointsPage {
        rows: vec![
            endpoint(locale, EndpointState::Enabled, ""),
            endpoint(locale, EndpointState::Disabled, "by_hand"),
            endpoint(locale, EndpointState::Disabled, "gone"),
            EndpointRow {
                partner: HOSTILE.to_owned(),
                url: HOSTILE.to_owned(),
                ..endpoint(locale, EndpointState::Disabled, "not_worded")
            },
        ],
        form: EndpointForm {
            partners,
            channels,
            profiles: vec![Choice::new("oasis", page.word("cap-profile-{}", "oasis"))],
            key: "00112233445566778899aabbccddeeff".to_owned(),
            ..EndpointForm::default()
        },
        made: None,
        errors: FormErrors::none(),
        shell: page,
    }
}

fn made(locale: Locale) -> EndpointsPage {
    EndpointsPage {
        made: Some(MadeSecret {
            partner: partner(locale),
            url: "https://alerts.television.example.org/incoming/events".to_owned(),
            secret: SECRET.to_owned(),
            replaces: true,
        }),
        ..endpoints(locale)
    }
}

fn wrong(locale: Locale) -> EndpointsPage {
    let mut page = endpoints(locale);
    for (field, key) in [
        ("partner", "problem-no_such_partner"),
        ("channel", "wrong-not-an-answer"),
        ("url", "problem-endpoint_not_https"),
        ("bearer", "problem-token_not_wanted"),
    ] {
        let words = page.shell.say(key);
        page.errors.insert(field, words);
    }
    page.form.url = HOSTILE.to_owned();
    page.form.bearer = HOSTILE.to_owned();
    page
}

fn story(locale: Locale, row: LedgerRow, next: Next) -> DeliveryStoryPage {
    let page = shell(
        locale,
        Some(ConsoleRole::Room),
        "/console/deliveries/delivery_1",
    );
    let open = row.is_given_up();
    let mut errors = FormErrors::none();
    if open {
        errors.insert("reason", page.say("wrong-missing"));
    }
    DeliveryStoryPage {
        alert: "alert_1".to_owned(),
        case: Some("case_1".to_owned()),
        number: "SLE-26-0001".to_owned(),
        child: HOSTILE.to_owned(),
        row,
        created: at("14:59:58"),
        calls: calls(&page),
        receipts: Vec::new(),
        may_record: false,
        next,
        ways: vec![
            (Way::Mail, "redaction@television.invalid".to_owned()),
            (Way::Phone, "+212500000002".to_owned()),
        ],
        released: None,
        may_release: open,
        reason: String::new(),
        errors,
        shell: page,
    }
}

/// One call of every sort; the last was not heard of.
fn calls(page: &Shell) -> Vec<CallLine> {
    let sorts = [
        (Known::Unknown, "unknown"),
        (Known::Refused, "service_fault"),
        (Known::Refused, HOSTILE),
        (Known::Overtaken, "withdrawn"),
        (Known::Sent, "accepted"),
        (Known::Unknown, "left"),
    ];
    let line = |(seq, (known, code)): (u32, (Known, &str))| CallLine {
        seq,
        day: (seq == 1).then(|| page.formats.date(at("15:00:00"))),
        begun: at("15:00:01"),
        ended: (code != "left").then(|| at("15:00:06")),
        known,
        reply: Reply::of(page, code),
    };
    (1..).zip(sorts).map(line).collect()
}

fn let_go(locale: Locale, mut row: LedgerRow) -> DeliveryStoryPage {
    row.released = true;
    DeliveryStoryPage {
        released: Some(Released {
            by: author(locale),
            at: at("15:20:00"),
            reason: (locale != Locale::En).then(|| HOSTILE.to_owned()),
        }),
        may_release: false,
        errors: FormErrors::none(),
        ..story(locale, row, Next::Released)
    }
}
