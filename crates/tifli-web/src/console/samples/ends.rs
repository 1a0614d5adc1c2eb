//! Samples of the pages that end an alert. Not for what a page says when it may not be ended.

use tifli_domain::alert::EndReason;

use super::super::end::{ConfirmEnd, EndAlert, EndLine, EndList};
use super::super::wrong::Wrong;
use super::{Pages, at, now, pick, shell};
use crate::forms::FormErrors;
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("end-list", &end_list(locale))?;
    pages.insert("end", &end(locale))?;
    pages.insert("confirm-end", &confirm_end(locale))?;
    pages.insert(
        "confirm-end-own",
        &ConfirmEnd {
            own: true,
            ..confirm_end(locale)
        },
    )
}

fn end_list(locale: Locale) -> EndList {
    EndList {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/end"),
        lines: vec![EndLine {
            alert: "alert_1".to_owned(),
            number: "SLE-26-0001".to_owned(),
            child: pick(locale, "ليلى", "Leïla", "Leila").to_owned(),
            since: Some(at("14:59:00")),
            expires: Some(at("23:59:00")),
        }],
    }
}

fn end(locale: Locale) -> EndAlert {
    let mut page = EndAlert {
        shell: shell(
            locale,
            Some(ConsoleRole::Room),
            "/console/alerts/alert_1/end",
        ),
        alert: "alert_1".to_owned(),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        child: pick(locale, "ليلى", "Leïla", "Leila").to_owned(),
        handed: 40_912,
        reason: EndReason::Found.as_str().to_owned(),
        errors: FormErrors::none(),
    };
    let words = Wrong::Reason.say(&page.shell);
    page.errors.insert("reason", words);
    page
}

fn confirm_end(locale: Locale) -> ConfirmEnd {
    ConfirmEnd {
        shell: shell(
            locale,
            Some(ConsoleRole::Approver),
            "/console/alerts/alert_1/end/confirm",
        ),
        now: now(),
        alert: "alert_1".to_owned(),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        child: pick(locale, "ليلى", "Leïla", "Leila").to_owned(),
        reason: EndReason::Found,
        by: pick(
            locale,
            "قاعة القيادة",
            "Salle de commandement",
            "Command room",
        )
        .to_owned(),
        ended: at("14:50:00"),
        confirm_until: at("15:20:00"),
        own: false,
        errors: FormErrors::none(),
    }
}
