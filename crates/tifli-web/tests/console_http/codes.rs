//! Every code the application can refuse with, and every verb of its audit trail, has words in every language.

use std::path::{Path, PathBuf};

use tifli_web::console::problems::is_worded;
use tifli_web::console::samples::shell;
use tifli_web::i18n::{Locale, T};

/// Sources of the application but its tests.
fn sources() -> Vec<String> {
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../tifli-app/src"),
        &mut found,
    );
    assert!(found.len() > 40);
    found
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["stories", "markers"].contains(&name.as_str()) {
            collect(&path, found);
        } else if name.ends_with(".rs")
            && !["stories.rs", "markers.rs", "testing.rs"].contains(&name.as_str())
        {
            found.push(path);
        }
    }
}

/// What stands between the parentheses of a call.
fn arguments(text: &str) -> &str {
    let mut depth = 1;
    let end = text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    });
    &text[..end.unwrap_or(0)]
}

/// The string literals of a piece of code that look like codes.
fn literals(code: &str) -> Vec<&str> {
    let parts = code.split('"').skip(1).step_by(2);
    parts
        .filter(|text| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        })
        .collect()
}

fn codes() -> Vec<String> {
    let mut codes = Vec::new();
    for source in sources() {
        for call in [
            "AppError::conflict(",
            "AppError::forbidden(",
            "AppError::new(",
        ] {
            for (at, _) in source.match_indices(call) {
                let inside = arguments(&source[at + call.len()..]);
                if !inside.contains("Kind::Internal") {
                    codes.extend(literals(inside).into_iter().map(str::to_owned));
                }
            }
        }
        for call in ["AppError::field(", "Problem::new("] {
            for (at, _) in source.match_indices(call) {
                let inside = literals(arguments(&source[at + call.len()..]));
                codes.extend(inside.into_iter().skip(1).map(str::to_owned));
            }
        }
        for name in ["fn text_code(", "fn shape_code("] {
            if let Some((_, rest)) = source.split_once(name) {
                codes.extend(
                    literals(rest.split("\n}").next().unwrap())
                        .into_iter()
                        .map(str::to_owned),
                );
            }
        }
    }
    codes.extend(
        [
            "not_found",
            "erased",
            "disk_full",
            "try_again",
            "role",
            "district",
            "not_possible_now",
        ]
        .map(str::to_owned),
    );
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn every_code_of_the_application_has_a_sentence_in_every_language() {
    let codes = codes();
    assert!(codes.len() > 60, "{codes:?}");
    for locale in Locale::ALL {
        let shell = shell(locale, None, "/console");
        let silent: Vec<_> = codes
            .iter()
            .filter(|code| !is_worded(&shell, code))
            .collect();
        assert!(silent.is_empty(), "no words in {locale} for {silent:?}");
    }
}

/// What stands between two texts of a file of another crate.
fn part(path: &str, from: &str, to: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let source = std::fs::read_to_string(path).unwrap();
    let (_, rest) = source.split_once(from).unwrap();
    rest.split(to).next().unwrap().to_owned()
}

#[test]
fn every_address_that_is_refused_has_a_sentence_in_every_language() {
    let body = part(
        "tifli-channel/src/http/endpoint.rs",
        "pub fn code(",
        "\n    }",
    );
    let codes = literals(&body);
    assert!(codes.len() >= 8, "{codes:?}");
    for locale in Locale::ALL {
        let shell = shell(locale, None, "/console");
        for code in &codes {
            assert!(is_worded(&shell, code), "{locale}: {code}");
            assert!(shell.reply(code).is_some(), "{locale}: {code}");
        }
    }
}

#[test]
fn every_end_of_a_call_to_a_partner_has_words_in_every_language() {
    let mut codes = vec!["left".to_owned()];
    let named = part("tifli-channel/src/outcome.rs", "pub fn code(", "\n    }");
    codes.extend(literals(&named).into_iter().map(str::to_owned));
    let mut files = Vec::new();
    let channel = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tifli-channel/src");
    collect(&channel, &mut files);
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tifli-app/src/worker/address.rs"));
    for path in files {
        let source = std::fs::read_to_string(path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap();
        for call in ["why: \"", " code: \""] {
            let found = source.split(call).skip(1);
            codes.extend(found.filter_map(|rest| rest.split('"').next().map(str::to_owned)));
        }
    }
    let later = part("tifli-channel/src/outcome.rs", "let why = match", "};");
    codes.extend(literals(&later).into_iter().map(str::to_owned));
    let unsent = part(
        "tifli-channel/src/http/client.rs",
        "CallError::NotSent(if",
        "})",
    );
    codes.extend(literals(&unsent).into_iter().map(str::to_owned));
    assert!(codes.len() > 20, "{codes:?}");
    for locale in Locale::ALL {
        let shell = shell(locale, None, "/console");
        let silent: Vec<_> = codes
            .iter()
            .filter(|code| shell.reply(code).is_none())
            .collect();
        assert!(silent.is_empty(), "{locale}: {silent:?}");
    }
}

#[test]
fn every_photo_that_is_refused_has_a_sentence_in_every_language() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tifli-photo/src/error.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let (_, body) = source.split_once("pub fn code(").unwrap();
    let codes = literals(body.split("\n    }").next().unwrap());
    assert!(codes.len() >= 6, "{codes:?}");
    for locale in Locale::ALL {
        let shell = shell(locale, None, "/console");
        assert!(
            codes.iter().all(|code| is_worded(&shell, code)),
            "{locale}: {codes:?}"
        );
    }
}

/// How a line says that its word is a stage of the log, or what a partner's system is told.
const STAGES: [&str; 4] = ["Stage::begin", "say_committed(", "\"window.", "MsgType::"];

#[test]
fn every_verb_of_the_audit_trail_has_words_in_every_language() {
    let mut verbs: Vec<String> = Vec::new();
    for source in sources() {
        // Stages and events are words of the log and of partners, not of the trail.
        let told = source
            .lines()
            .filter(|line| !STAGES.iter().any(|stage| line.contains(stage)));
        let told: String = told.collect::<Vec<_>>().join("\n");
        for part in told.split('"').skip(1).step_by(2) {
            let parts = part.split_once('.');
            let plain = |text: &str| {
                !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            };
            if let Some((kind, verb)) = parts
                && plain(kind)
                && plain(verb)
                && !["atom", "db", "jpg", "json", "rss", "txt"].contains(&verb)
            {
                verbs.push(format!("act-{kind}-{verb}"));
            }
        }
    }
    verbs.extend(
        ["case", "alert", "tip", "message", "photo", "person"]
            .map(|kind| format!("act-{kind}-read")),
    );
    assert!(verbs.len() > 30);
    for locale in Locale::ALL {
        let silent: Vec<_> = verbs
            .iter()
            .filter(|key| !T::new(locale).knows(key))
            .collect();
        assert!(silent.is_empty(), "{locale}: {silent:?}");
    }
}
