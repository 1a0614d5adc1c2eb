//! The translation files agree with each other and with the code: no missing, copied, unknown or unused key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tifli_web::i18n::{Locale, T, catalogue};

/// Keys whose text may be the same in two languages, because the words are.
const SAME_ON_PURPOSE: &[&str] = &[
    "app-name",
    "band-p4",
    "band-short-p1",
    "band-short-p2",
    "band-short-p3",
    "band-short-p4",
    "do-impossible",
    "grade-info-5",
    "grade-letter-a",
    "grade-letter-b",
    "grade-letter-c",
    "grade-letter-d",
    "grade-letter-e",
    "grade-letter-f",
    "key-impossible",
    "key-info",
    "key-opinion",
    "key-source",
    "list-comma",
    "paper-form-page",
    "paper-form-question",
    "push-comma",
    "span-minutes",
    "span-seconds",
    "tag-opinion",
];

#[test]
fn every_language_has_every_key() {
    let all: BTreeSet<String> = Locale::ALL
        .into_iter()
        .flat_map(|locale| entries(locale).into_keys())
        .collect();
    let mut absent = Vec::new();
    for locale in Locale::ALL {
        let known = entries(locale);
        absent.extend(
            all.iter()
                .filter(|key| !known.contains_key(*key))
                .map(|key| format!("{locale}: {key}")),
        );
    }
    assert!(absent.is_empty(), "keys missing in a language: {absent:#?}");
}

#[test]
fn every_key_is_in_the_same_file_in_every_language_and_only_once() {
    for locale in Locale::ALL {
        let mut seen = BTreeSet::new();
        for (index, (name, text)) in catalogue(locale).iter().enumerate() {
            let keys = keys_of(text);
            let french: BTreeSet<String> = keys_of(catalogue(Locale::Fr)[index].1)
                .into_keys()
                .collect();
            assert_eq!(
                keys.keys().cloned().collect::<BTreeSet<_>>(),
                french,
                "{locale}/{name} against fr/{name}"
            );
            for key in keys.into_keys() {
                assert!(seen.insert(key.clone()), "{locale}: {key} is defined twice");
            }
        }
    }
}

#[test]
fn no_text_is_merely_copied_from_another_language() {
    let mut copied = Vec::new();
    for (left, right) in [
        (Locale::Ar, Locale::Fr),
        (Locale::Ar, Locale::En),
        (Locale::Fr, Locale::En),
    ] {
        let other = entries(right);
        for (key, text) in entries(left) {
            if other.get(&key) == Some(&text) && !SAME_ON_PURPOSE.contains(&key.as_str()) {
                copied.push(format!("{key}: {left} = {right}"));
            }
        }
    }
    assert!(
        copied.is_empty(),
        "copied instead of translated: {copied:#?}"
    );
}

#[test]
fn arabic_text_is_written_in_arabic_letters() {
    let foreign: Vec<String> = entries(Locale::Ar)
        .into_iter()
        .filter(|(_, text)| !text.chars().any(|c| ('\u{0600}'..'\u{0700}').contains(&c)))
        .map(|(key, _)| key)
        .collect();
    assert!(foreign.is_empty(), "no Arabic letter in: {foreign:#?}");
}

#[test]
fn every_file_parses_and_every_placeable_is_the_same_in_all_languages() {
    for locale in Locale::ALL {
        for (name, text) in catalogue(locale) {
            let parsed = fluent_bundle::FluentResource::try_new((*text).to_owned());
            assert!(
                parsed.is_ok(),
                "{locale}/{name} has broken entries: {:?}",
                parsed.err().map(|(_, errors)| errors)
            );
        }
    }
    let french = entries(Locale::Fr);
    for locale in [Locale::Ar, Locale::En] {
        for (key, text) in entries(locale) {
            assert_eq!(
                variables(&text),
                variables(&french[&key]),
                "values of {key} in {locale} and fr"
            );
        }
    }
}

#[test]
fn every_key_used_in_a_template_or_in_code_exists() {
    let known: BTreeSet<String> = entries(Locale::Fr).into_keys().collect();
    let mut unknown = Vec::new();
    for (path, text) in sources() {
        for call in ["t.get(\"", "t.count(\"", "t.text(\"", "t.with(\""] {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..]
                    .split('"')
                    .next()
                    .unwrap_or_default();
                if !key.contains('{') && !known.contains(key) {
                    unknown.push(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "used but defined nowhere: {unknown:#?}");
}

/// A key counts as used when it stands as a whole string literal, or when a literal such as `"state-{…}"` builds it.
#[test]
fn no_key_is_left_unused() {
    let mut literals = BTreeSet::new();
    let mut prefixes = BTreeSet::new();
    for (_, text) in sources() {
        for literal in text.split('"') {
            let built = literal
                .split_once('{')
                .map(|(prefix, _)| prefix)
                .filter(|prefix| prefix.ends_with('-'));
            match built {
                Some(prefix) => prefixes.insert(prefix.to_owned()),
                None => literals.insert(literal.to_owned()),
            };
        }
    }
    let unused: Vec<String> = entries(Locale::Fr)
        .into_keys()
        .filter(|key| {
            !literals.contains(key)
                && !prefixes
                    .iter()
                    .any(|prefix| key.starts_with(prefix.as_str()))
        })
        .collect();
    assert!(unused.is_empty(), "defined but never used: {unused:#?}");
}

#[test]
fn arabic_counts_choose_among_singular_dual_few_and_many() {
    let t = T::new(Locale::Ar);
    let plain = |n: i64| t.count("ago-days", n).replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(plain(1), "منذ يوم");
    assert_eq!(plain(2), "منذ يومين");
    assert_eq!(plain(3), "منذ 3 أيام");
    assert_eq!(plain(11), "منذ 11 يوما");
    assert_eq!(plain(100), "منذ 100 يوم");
}

#[test]
fn a_missing_key_is_loud() {
    assert_eq!(T::new(Locale::Fr).get("no-such-words"), "⟦no-such-words⟧");
}

#[test]
fn values_are_isolated_so_that_directions_do_not_mix() {
    let text = T::new(Locale::Ar).count("ago-days", 12_345);
    assert!(text.contains("\u{2068}12.345\u{2069}"), "{text:?}");
}

fn entries(locale: Locale) -> BTreeMap<String, String> {
    catalogue(locale)
        .iter()
        .flat_map(|(_, text)| keys_of(text))
        .collect()
}

/// The messages of a file: a line that begins with a letter opens one, indented lines and the closing brace belong to it.
fn keys_of(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut current = None;
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
    {
        match line.split_once(" =") {
            Some((key, value)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                assert!(
                    !found.contains_key(key),
                    "{key} is defined twice in one file"
                );
                found.insert(key.to_owned(), value.trim().to_owned());
                current = Some(key.to_owned());
            }
            _ => {
                let key = current.as_ref().expect("a continuation follows a key");
                found
                    .get_mut(key)
                    .expect("inserted above")
                    .push_str(&format!("\n{}", line.trim()));
            }
        }
    }
    found
}

fn variables(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                .collect()
        })
        .collect()
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "templates"] {
        collect(&root.join(folder), &mut found);
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("folder is readable") {
        let path = entry.expect("entry is readable").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|ext| ext == "rs" || ext == "html")
        {
            let text = fs::read_to_string(&path).expect("source is text");
            found.push((path, text));
        }
    }
}
