//! Strategies that draw messages: any that may be written, and any text at all.
//!
//! For: the property tests. Not for: likely messages; these are meant to be odd.

use jiff::Timestamp;
use jiff::tz::Offset;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tifli_cap::{
    Alert, Area, CapTime, Category, Certainty, Circle, Decimal, EventCode, Geocode, Info, MsgType,
    Parameter, Point, Polygon, Reference, Resource, ResponseType, Scope, Severity, Status, Urgency,
};

/// A message that breaks no rule.
pub fn alert() -> impl Strategy<Value = Alert> {
    (key("own"), head(), tail(), infos()).prop_map(|(key, head, tail, info)| {
        let (status, msg_type, scope, source, restriction) = head;
        let (addresses, code, note, references, incidents) = tail;
        let mut alert = Alert::new(key, status, msg_type, scope);
        alert.source = source;
        alert.restriction = restriction;
        if scope == Scope::Restricted {
            alert
                .restriction
                .get_or_insert_with(|| "police only".to_owned());
        }
        alert.addresses = addresses;
        if scope == Scope::Private && alert.addresses.is_empty() {
            alert.addresses.push("room@tifli.example".to_owned());
        }
        alert.code = code;
        alert.note = note;
        alert.references = references;
        if msg_type == MsgType::Alert {
            alert.references.truncate(0);
        }
        alert.incidents = incidents;
        alert.info = info;
        for info in &mut alert.info {
            info.expires = info
                .expires
                .filter(|end| end.timestamp() >= alert.sent.timestamp());
        }
        alert
    })
}

/// Any text: scripts, controls, direction marks, mark-up, noncharacters.
pub fn any_text() -> impl Strategy<Value = String> {
    let odd = select(vec![
        '<',
        '>',
        '&',
        '"',
        '\'',
        ']',
        '\0',
        '\r',
        '\n',
        '\t',
        '\u{7F}',
        '\u{85}',
        '\u{A0}',
        '\u{200F}',
        '\u{202E}',
        '\u{2066}',
        '\u{2028}',
        '\u{FEFF}',
        '\u{FFFE}',
        '\u{FDD0}',
        '\u{1FFFF}',
        'م',
        'ⵜ',
        ',',
        ' ',
        '%',
        '#',
    ]);
    vec(prop_oneof![odd, any::<char>()], 0..12).prop_map(String::from_iter)
}

/// A text that may be written.
fn text() -> impl Strategy<Value = String> {
    let sound = any_text().prop_map(|text| {
        let keep = |c: &char| {
            let code = u32::from(*c);
            let mark = matches!(code, 0x61C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069);
            let no_character = code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code);
            matches!(c, '\n' | '\t') || !(c.is_control() || mark || no_character)
        };
        text.chars().filter(keep).collect::<String>()
    });
    sound.prop_filter("not blank", |text| !text.trim().is_empty())
}

fn list_item() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace('"', "'"))
}

fn time() -> impl Strategy<Value = CapTime> {
    (0_i64..4_102_444_800, -840_i32..=840).prop_map(|(second, minutes)| {
        let instant = Timestamp::from_second(second).expect("a second of this century");
        let offset = Offset::from_seconds(minutes * 60).expect("an offset of minutes");
        CapTime::new(instant, offset).expect("a CAP time")
    })
}

fn key(prefix: &'static str) -> impl Strategy<Value = Reference> {
    (
        "[a-zA-Z0-9.:/@>\"'é-]{1,20}",
        "[a-zA-Z0-9.:/_>\"'م-]{1,20}",
        time(),
    )
        .prop_map(move |(sender, identifier, sent)| Reference {
            sender,
            identifier: format!("{prefix}{identifier}"),
            sent,
        })
}

type Head = (Status, MsgType, Scope, Option<String>, Option<String>);

fn head() -> impl Strategy<Value = Head> {
    (
        select(Status::ALL),
        select(MsgType::ALL),
        select(Scope::ALL),
        option::of(text()),
        option::of(text()),
    )
}

type Tail = (
    Vec<String>,
    Vec<String>,
    Option<String>,
    Vec<Reference>,
    Vec<String>,
);

fn tail() -> impl Strategy<Value = Tail> {
    (
        vec(list_item(), 0..3),
        vec(text(), 0..3),
        option::of(text()),
        vec(key("earlier"), 1..3),
        vec(list_item(), 0..3),
    )
}

/// Up to three blocks that share category, codes and shapes.
fn infos() -> impl Strategy<Value = Vec<Info>> {
    (
        info(),
        vec((text(), option::of("[a-z]{2,3}(-[A-Z]{2})?")), 0..3),
    )
        .prop_map(|(first, more)| {
            let mut infos = Vec::new();
            for (event, language) in more {
                let mut info = first.clone();
                info.event = event;
                info.language = language;
                info.category.reverse();
                for area in &mut info.area {
                    area.area_desc.push('.');
                }
                infos.push(info);
            }
            infos
        })
}

fn info() -> impl Strategy<Value = Info> {
    let grave = (
        select(Urgency::ALL),
        select(Severity::ALL),
        select(Certainty::ALL),
    );
    let words = (
        vec(select(Category::ALL), 1..3),
        vec(select(ResponseType::ALL), 0..3),
        vec((text(), text()), 0..3),
    );
    let texts = vec(option::of(text()), 6);
    let rest = (option::of(uri()), option::of(time()), option::of(time()));
    (
        grave,
        words,
        texts,
        rest,
        vec(resource(), 0..2),
        vec(area(), 0..3),
    )
        .prop_map(
            |(grave, words, mut texts, (web, effective, expires), resource, area)| {
                let mut info = Info::new(Category::Rescue, "", grave.0, grave.1, grave.2);
                (info.category, info.response_type) = (words.0, words.1);
                let pairs = words.2;
                info.event_code = pairs
                    .iter()
                    .map(|(name, code)| EventCode::new(name, code))
                    .collect();
                info.parameter = pairs
                    .iter()
                    .map(|(name, code)| Parameter::new(code, name))
                    .collect();
                info.audience = texts.pop().flatten();
                info.sender_name = texts.pop().flatten();
                info.headline = texts.pop().flatten();
                info.description = texts.pop().flatten();
                info.instruction = texts.pop().flatten();
                info.contact = texts.pop().flatten();
                info.web = web;
                (info.effective, info.onset) = (effective, effective);
                info.expires = expires.filter(|end| {
                    effective.is_none_or(|begin| begin.timestamp() <= end.timestamp())
                });
                (info.resource, info.area) = (resource, area);
                info
            },
        )
}

fn uri() -> impl Strategy<Value = String> {
    "(https?://[a-z0-9.-]{1,12}(:[0-9]{1,5})?(/([a-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2}){0,8}){0,3}(\\?[a-z0-9=&/?-]{0,8})?(#[a-z0-9]{0,5})?|urn:uuid:[0-9a-f-]{8}|tel:[0-9]{2,6})"
}

fn resource() -> impl Strategy<Value = Resource> {
    let parts = (
        text(),
        "[a-z]{1,8}/[a-z0-9.+-]{1,12}",
        option::of(any::<u64>()),
        option::of(uri()),
        option::of("([A-Za-z0-9+/]{4}){1,4}([A-Za-z0-9+/]{3}=)?"),
        option::of("[0-9a-f]{40}"),
    );
    parts.prop_map(|(desc, mime, size, uri, deref_uri, digest)| {
        let mut resource = Resource::new(desc, mime);
        resource.size = size;
        resource.uri = uri;
        resource.deref_uri = deref_uri;
        resource.digest = digest;
        resource
    })
}

fn point() -> impl Strategy<Value = Point> {
    (-90.0..=90.0_f64, -180.0..=180.0_f64)
        .prop_map(|(latitude, longitude)| Point::new(latitude, longitude).expect("a place"))
}

fn area() -> impl Strategy<Value = Area> {
    let ring = vec(point(), 3..8).prop_map(|mut ring| {
        ring.push(ring[0]);
        Polygon::new(&ring).expect("a ring")
    });
    let circle = (point(), 1e-9..=20_000.0_f64)
        .prop_map(|(center, radius)| Circle::with_radius_km(center, radius).expect("a circle"));
    let feet = || "[+-]?[0-9]{1,5}(\\.[0-9]{1,3})?".prop_map(|n| n.parse::<Decimal>().expect("n"));
    let heights = option::of((feet(), option::of(feet())));
    let codes = vec((text(), text()), 0..3);
    (text(), vec(ring, 0..3), vec(circle, 0..3), codes, heights).prop_map(
        |(desc, polygon, circle, codes, heights)| {
            let mut area = Area::new(desc);
            (area.polygon, area.circle) = (polygon, circle);
            area.geocode = codes
                .into_iter()
                .map(|(name, code)| Geocode::new(name, code))
                .collect();
            if let Some((altitude, ceiling)) = heights {
                (area.altitude, area.ceiling) = (Some(altitude), ceiling);
            }
            area
        },
    )
}
