//! Each rule of the prose: a message that breaks it is refused, with the place and the rule.
//!
//! For: the writer. Not for: the reader, which takes such messages from others.

use tifli_cap::{
    Alert, Area, Category, Circle, Decimal, EventCode, MsgType, Parameter, Polygon, Rule, Scope,
    ShapeError, WriteError, check, write,
};

use crate::samples::{self, Shape, time};

/// Breaks a sound Update and expects exactly one fault.
#[track_caller]
fn refuses(at: &str, rule: Rule, harm: impl FnOnce(&mut Alert)) {
    let mut message = samples::update(Shape::Both);
    assert_eq!(check(&message), [], "the message is sound at first");
    harm(&mut message);
    let faults = check(&message);
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.at.as_str(), fault.rule))
        .collect();
    assert_eq!(found, [(at, rule)]);
    assert_eq!(write(&message), Err(WriteError::Refused(faults)));
}

#[test]
fn identifiers_and_senders_with_forbidden_characters_are_refused() {
    for bad in ["", "a b", "a,b", "a<b", "a&b", "a\u{A0}b"] {
        refuses("identifier", Rule::BadIdentifier, |message| {
            message.identifier = bad.into()
        });
        refuses("sender", Rule::BadIdentifier, |message| {
            message.sender = bad.into()
        });
        refuses("references[0].sender", Rule::BadIdentifier, |message| {
            message.references[0].sender = bad.into();
        });
    }
}

#[test]
fn a_restricted_message_without_restriction_is_refused() {
    refuses("restriction", Rule::RestrictionMissing, |message| {
        message.scope = Scope::Restricted
    });
}

#[test]
fn a_private_message_without_addresses_is_refused() {
    refuses("addresses", Rule::AddressesMissing, |message| {
        message.scope = Scope::Private
    });
}

#[test]
fn every_kind_but_a_first_alert_needs_references() {
    for kind in [
        MsgType::Update,
        MsgType::Cancel,
        MsgType::Ack,
        MsgType::Error,
    ] {
        refuses("references", Rule::ReferencesMissing, |message| {
            message.msg_type = kind;
            message.references.clear();
        });
    }
}

#[test]
fn a_message_that_refers_to_itself_is_refused() {
    refuses("references[0]", Rule::SelfReference, |message| {
        message.references[0] = message.reference();
    });
}

#[test]
fn information_that_ends_before_it_begins_is_refused() {
    refuses("info[1].expires", Rule::ExpiresBeforeSent, |message| {
        message.info[1].effective = None;
        message.info[1].expires = Some(time("2026-11-22T10:59:59+01:00"));
    });
    refuses("info[0].expires", Rule::ExpiresBeforeEffective, |message| {
        message.info[0].effective = Some(time("2026-11-25T09:30:00+01:00"));
    });
}

#[test]
fn times_are_compared_as_instants_not_as_text() {
    let mut message = samples::update(Shape::Circle);
    message.info[0].expires = Some(time("2026-11-22T10:00:00-00:00"));
    assert_eq!(check(&message), []);
}

#[test]
fn control_and_direction_characters_are_refused_wherever_text_stands() {
    for bad in ["a\u{0}", "a\u{1B}[0m", "a\r\n", "a\u{9F}", "a\u{FFFF}"] {
        refuses("note", Rule::ControlCharacter, |message| {
            message.note = Some(bad.into())
        });
        refuses(
            "info[0].area[0].areaDesc",
            Rule::ControlCharacter,
            |message| {
                message.info[0].area[0].area_desc = bad.into();
            },
        );
        refuses(
            "info[2].parameter[0].value",
            Rule::ControlCharacter,
            |message| {
                message.info[2].parameter = vec![Parameter::new("n", bad)];
            },
        );
    }
    for bad in ["\u{202E}gpj", "\u{2068}x\u{2069}", "a\u{200F}", "a\u{61C}"] {
        refuses("info[0].headline", Rule::BidiControl, |message| {
            message.info[0].headline = Some(bad.into());
        });
        refuses("sender", Rule::BidiControl, |message| {
            message.sender = bad.into()
        });
    }
}

#[test]
fn blank_texts_are_refused() {
    refuses("info[0].event", Rule::Blank, |message| {
        message.info[0].event = " \n".into()
    });
    refuses("info[0].contact", Rule::Blank, |message| {
        message.info[0].contact = Some("".into())
    });
    refuses("code[1]", Rule::Blank, |message| {
        message.code.push(String::new())
    });
}

#[test]
fn a_quote_inside_a_list_is_refused() {
    refuses("addresses[0]", Rule::QuoteInList, |message| {
        message.addresses = vec!["a\"b".into()]
    });
    refuses("incidents[1]", Rule::QuoteInList, |message| {
        message.incidents.push("\"".into())
    });
}

#[test]
fn blocks_must_agree_on_category_code_and_area() {
    let differs = Rule::DiffersBetweenInfos;
    refuses("info[1].category", differs, |message| {
        message.info[1].category = vec![Category::Met]
    });
    refuses("info[2].eventCode", differs, |message| {
        message.info[2].event_code = vec![EventCode::new("SAME", "CEM")];
    });
    refuses("info[2].area", differs, |message| {
        message.info[2].area.clear()
    });
    refuses("info[1].area", differs, |message| {
        message.info[1].area[0].polygon.clear()
    });
    refuses("info[1].area", differs, |message| {
        message.info[1].area[0].circle = vec![Circle::from_text("33.97,-6.85 161")];
    });
}

#[test]
fn blocks_may_differ_in_words_and_order() {
    let mut message = samples::update(Shape::Both);
    message.info[1].category.reverse();
    message.info[1].event_code.reverse();
    message.info[1].area[0].area_desc = "Ailleurs en paroles".into();
    assert_eq!(check(&message), []);
}

#[test]
fn a_block_without_category_is_refused() {
    refuses("info[0].category", Rule::CategoryMissing, |message| {
        message.info.truncate(1);
        message.info[0].category.clear();
    });
}

#[test]
fn broken_shapes_are_refused() {
    for (text, why) in [
        ("33.97,-6.85 0", ShapeError::Radius),
        ("33.97,-6.85 -1", ShapeError::Radius),
        ("33.97,-6.85 160000", ShapeError::Radius),
        ("-6.85,233.97 160", ShapeError::OutOfRange),
        ("33.97 -6.85 160", ShapeError::Form),
        ("33.97,-6.85", ShapeError::Form),
    ] {
        refuses(
            "info[0].area[0].circle[0]",
            Rule::BadShape(why),
            |message| {
                message.info.truncate(1);
                message.info[0].area[0].circle = vec![Circle::from_text(text)];
            },
        );
    }
    for (text, why) in [
        ("33,-7 34,-7 34,-6 33,-6", ShapeError::NotClosed),
        ("33,-7 34,-7 33,-7", ShapeError::TooFewPoints),
        ("33,-7 34,-7 34,-6) 33,-7", ShapeError::Form),
        ("", ShapeError::Form),
    ] {
        refuses(
            "info[0].area[0].polygon[0]",
            Rule::BadShape(why),
            |message| {
                message.info.truncate(1);
                message.info[0].area[0].polygon = vec![Polygon::from_text(text)];
            },
        );
    }
    refuses("info[0].area[0].ceiling", Rule::CeilingAlone, |message| {
        message.info.truncate(1);
        message.info[0].area[0].ceiling = Some("3000".parse::<Decimal>().unwrap());
    });
}

#[test]
fn tokens_of_the_wrong_form_are_refused() {
    refuses("info[0].language", Rule::BadLanguage, |message| {
        message.info[0].language = Some("ar_MA".into());
    });
    refuses("info[0].web", Rule::BadUri, |message| {
        message.info[0].web = Some("/a/7".into())
    });
    refuses("info[0].resource[0].uri", Rule::BadUri, |message| {
        message.info[0].resource[0].uri = Some("https://a.example/صورة.jpg".into());
    });
    refuses(
        "info[0].resource[0].mimeType",
        Rule::BadMediaType,
        |message| {
            message.info[0].resource[0].mime_type = "jpeg".into();
        },
    );
    refuses("info[0].resource[0].digest", Rule::BadDigest, |message| {
        message.info[0].resource[0].digest = Some("da39".into());
    });
    refuses("info[0].resource[0].derefUri", Rule::BadBase64, |message| {
        message.info[0].resource[0].deref_uri = Some("QUJ D".into());
    });
}

#[test]
fn all_faults_are_told_at_once_and_none_of_the_content() {
    let mut message = samples::update(Shape::Circle);
    message.identifier = "Nour Exemple".into();
    message.info[0].headline = Some("Nour\u{202E}".into());
    message.info[0].area.push(Area::new(" "));
    message.info.truncate(1);
    let error = write(&message).unwrap_err().to_string();
    assert!(!error.contains("Nour"), "{error}");
    assert_eq!(
        error,
        "identifier is empty or holds a blank, a comma, < or &; \
         info[0].headline holds a bidirectional control character; \
         info[0].area[1].areaDesc is blank"
    );
}

#[test]
fn a_document_over_one_mebibyte_is_not_written() {
    let mut message = samples::update(Shape::Circle);
    message.info[0].description = Some("&".repeat(tifli_cap::MAX_BYTES / 5));
    assert_eq!(write(&message), Err(WriteError::TooLarge));
}
