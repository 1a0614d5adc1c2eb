//! The doubtful things inside an `info`, and between those of several languages.
//!
//! For: `prose`. Not for: areas (see `area`).

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::{area, said, time};
use crate::finding::Findings;
use crate::intake::node::{child, children, text_of};
use crate::schema::values;
use crate::syntax;
use crate::time::CapTime;
use crate::version::Version;

/// Adds the warnings for every `info` of this `alert`.
pub(super) fn check(alert: Node<'_, '_>, version: Version, out: &mut Findings) {
    let sent = time(alert, "sent");
    let public = said(alert, "scope").as_deref() == Some("Public")
        && said(alert, "status").as_deref() == Some("Actual");
    for info in children(alert, "info") {
        check_times(sent, info, out);
        if let Some(web) = child(info, "web") {
            check_link(web, out);
        }
        if public {
            check_advice(info, out);
        }
        for resource in children(info, "resource") {
            check_resource(resource, out);
        }
        for area in children(info, "area") {
            area::check(area, version, out);
        }
    }
    check_languages(alert, out);
}

fn check_times(sent: Option<CapTime>, info: Node<'_, '_>, out: &mut Findings) {
    let (Some(node), Some(expires)) = (child(info, "expires"), time(info, "expires")) else {
        return;
    };
    let before =
        |other: Option<CapTime>| other.is_some_and(|other| expires.timestamp() < other.timestamp());
    if before(time(info, "effective")) {
        let sentence = "It expires before it takes effect.";
        out.warning(node, "expires-before-effective", sentence);
    }
    if before(sent) {
        let sentence = "It expires before it was sent.";
        out.warning(node, "expires-before-sent", sentence);
    }
}

fn check_link(node: Node<'_, '_>, out: &mut Findings) {
    let text = values::collapse(&text_of(node));
    let has_scheme = text.split_once(':').is_some_and(|(scheme, rest)| {
        let letter = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
        !rest.is_empty() && !scheme.is_empty() && scheme.bytes().all(letter)
    });
    if text.contains(' ') {
        let sentence = "The link holds a blank.";
        out.warning(node, "link-blank", sentence);
    } else if !text.is_empty() && !has_scheme {
        let sentence = "The link is not a whole one with a scheme such as https.";
        out.warning(node, "link-not-absolute", sentence);
    }
}

fn check_advice(info: Node<'_, '_>, out: &mut Findings) {
    for response in children(info, "responseType") {
        if text_of(response).trim() == "Assess" {
            let sentence = "Assess is not meant for warnings to the public.";
            out.warning(response, "assess-in-public", sentence);
        }
    }
}

fn check_resource(resource: Node<'_, '_>, out: &mut Findings) {
    let inside = said(resource, "derefUri");
    let rule = |sound: bool, name: &'static str, code, sentence: &str, out: &mut Findings| {
        if let Some(node) = child(resource, name).filter(|_| !sound) {
            out.warning(node, code, sentence);
        }
    };
    if let Some(kind) = said(resource, "mimeType") {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let sentence = "The value is no media type such as image/jpeg.";
        rule(
            syntax::is_media_type(kind),
            "mimeType",
            "media-type",
            sentence,
            out,
        );
    }
    if let Some(size) = said(resource, "size") {
        let sentence = "A size below nothing is impossible.";
        rule(
            !size.starts_with('-'),
            "size",
            "size-negative",
            sentence,
            out,
        );
    }
    if let Some(digest) = said(resource, "digest") {
        let sentence = "The digest is no SHA-1 in hexadecimal.";
        rule(
            syntax::is_sha1(&digest),
            "digest",
            "digest-form",
            sentence,
            out,
        );
    }
    if let Some(content) = &inside {
        let packed: String = content.split_whitespace().collect();
        let sentence = "The content is no base64.";
        rule(
            syntax::is_base64(&packed),
            "derefUri",
            "base64",
            sentence,
            out,
        );
    } else if let Some(uri) = child(resource, "uri") {
        check_link(uri, out);
    }
}

/// What one language tells, free of words.
#[derive(Default, PartialEq, Eq)]
struct Told {
    category: BTreeSet<String>,
    event_code: BTreeSet<String>,
    area: BTreeSet<String>,
}

/// Warns where the blocks of one language, all together, tell something else than those of the
/// first language: readers of different languages would not be warned alike.
fn check_languages(alert: Node<'_, '_>, out: &mut Findings) {
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let mut heads: Vec<(String, Node<'_, '_>)> = Vec::new();
    for info in children(alert, "info") {
        let language = said(info, "language").unwrap_or_else(|| "en-US".to_owned());
        if !told.contains_key(&language) {
            heads.push((language.clone(), info));
        }
        let told = told.entry(language).or_default();
        let plain = |node| values::collapse(&text_of(node));
        told.category.extend(children(info, "category").map(plain));
        told.event_code
            .extend(children(info, "eventCode").map(plain));
        for area in children(info, "area") {
            for name in ["polygon", "circle", "geocode"] {
                told.area.extend(children(area, name).map(plain));
            }
        }
    }
    let Some((first, rest)) = heads.split_first() else {
        return;
    };
    for (language, info) in rest {
        let (one, other) = (&told[&first.0], &told[language]);
        let mut differs = |same: bool, code, what: &str| {
            if !same {
                let sentence = format!("The {what} differs from that in the first language.");
                out.warning(*info, code, &sentence);
            }
        };
        differs(
            one.category == other.category,
            "languages-category",
            "category",
        );
        differs(
            one.event_code == other.event_code,
            "languages-event-code",
            "eventCode",
        );
        differs(one.area == other.area, "languages-area", "area");
    }
}
