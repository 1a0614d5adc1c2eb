//! Samples of what the approver weighs beside the alert. Not served.

use tifli_domain::loudness::{Heard, Loudness};
use tifli_domain::scrutiny::Finding;

use super::super::weighing::{
    AttentionPanel, FieldLine, HeardLine, LoudnessChoice, LoudnessPanel, PushLook, TextFields,
    WarningLine, Weighing,
};
use super::{HOSTILE, now, pick, shell};
use crate::forms::Choice;
use crate::i18n::Locale;
use crate::layout::Shell;

pub(super) fn weighing(locale: Locale) -> Weighing {
    let shell = shell(locale, None, "/");
    let warnings = Finding::ALL.iter().copied();
    let criterion = |word: &str| shell.word("criterion-{}", word);
    Weighing {
        warnings: warnings.map(|one| warning(&shell, one)).collect(),
        texts: vec![TextFields {
            language: "fr".to_owned(),
            language_name: "Français".to_owned(),
            dir: "ltr",
            fields: vec![FieldLine {
                anchor: "text-fr-description".to_owned(),
                name: shell.say("text-description"),
                words: HOSTILE.to_owned(),
            }],
        }],
        attention: AttentionPanel {
            alerts: 4,
            counted: "subscribers",
            people: [30_100, 8_020, 2_100, 1_030],
            budget: 3,
            full_percent: 26,
            over: true,
            sampled: true,
            forgotten: 1,
        },
        loudness: LoudnessPanel {
            clock: shell.clock(&now()),
            asleep: true,
            danger: true,
            choices: Loudness::ALL
                .iter()
                .map(|one| choice(&shell, *one))
                .collect(),
        },
        pushes: vec![push(locale)],
        met: vec![criterion("young"), criterion("danger")],
        missing: vec![criterion("moves_away")],
        rungs: vec![Choice::new("local", shell.say("rung-local"))],
        confirm_reason: HOSTILE.to_owned(),
    }
}

fn warning(shell: &Shell, finding: Finding) -> WarningLine {
    WarningLine {
        key: format!("{}.fr.description", finding.as_str()),
        severity: finding.severity(),
        words: shell.word("finding-{}", finding.as_str()),
        found: HOSTILE.to_owned(),
        place: shell.pair(
            "field-in-language",
            shell.say("text-description"),
            "Français",
        ),
        href: "#text-fr-description".to_owned(),
        confirmed: finding == Finding::StatusWord,
    }
}

fn choice(shell: &Shell, loudness: Loudness) -> LoudnessChoice {
    LoudnessChoice {
        value: loudness.as_str(),
        chosen: loudness == Loudness::Normal,
        proposed: loudness == Loudness::Normal,
        heard: Heard::ALL
            .iter()
            .map(|heard| HeardLine {
                channel: shell.channel("web_push"),
                heard: heard.as_str(),
            })
            .collect(),
    }
}

fn push(locale: Locale) -> PushLook {
    PushLook {
        language: locale.tag().to_owned(),
        language_name: locale.own_name().to_owned(),
        dir: "auto",
        title: pick(
            locale,
            "تجريبي – طفل مفقود – سلمى، 7 سنوات",
            "DÉMONSTRATION – Enfant disparu – Salma, 7 ans",
            "DEMONSTRATION – Missing child – Salma, 7 years old",
        )
        .to_owned(),
        body: HOSTILE.to_owned(),
    }
}
