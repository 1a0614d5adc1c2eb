//! The built program as a process: it explains itself, refuses what makes no sense, starts, stops
//! and lives a case. What it does in detail is tested elsewhere.

#[path = "program/postgres.rs"]
mod postgres;
#[path = "program/run.rs"]
mod run;

use std::fs;
use std::path::Path;

use run::{Started, talkative_tifli, tifli};
use serde_json::Value;

/// A whole configuration on free ports, in a folder of its own.
fn configured(folder: &Path) -> std::path::PathBuf {
    let key = tifli(&["master-key"]).good();
    fs::write(folder.join("master.key"), key).unwrap();
    run::private(&folder.join("master.key"));
    let config = folder.join("tifli.toml");
    let text = "[server]\nlisten = '127.0.0.1:0'\nadmin_listen = '127.0.0.1:0'\n\
        public_url = 'https://alerts.example.org'\n\
        [store]\ndata = 'data'\nmaster_key_file = 'master.key'\n";
    fs::write(&config, text).unwrap();
    config
}

#[test]
fn it_explains_itself() {
    assert!(tifli(&["--help"]).good().contains("demo"));
    assert!(tifli(&["demo", "--help"]).good().contains("--subscribers"));
    assert!(tifli(&["--version"]).good().starts_with("tifli "));
    let help = tifli(&["--help"]).good();
    assert!(
        !help
            .lines()
            .any(|line| line.trim_start().starts_with("decode")),
        "{help}"
    );
}

#[test]
fn two_master_keys_are_never_the_same() {
    let key = || tifli(&["master-key"]).good();
    assert_eq!(key().trim().len(), 64);
    assert_ne!(key(), key());
}

#[test]
fn without_a_master_key_it_does_not_start_and_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let config = configured(folder.path());
    fs::remove_file(folder.path().join("master.key")).unwrap();
    let said = tifli(&["serve", "--config", config.to_str().unwrap()]).refused();
    assert!(said.contains("tifli master-key > FILE"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_key_nobody_knows_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let config = configured(folder.path());
    let text = fs::read_to_string(&config).unwrap() + "\n[store.cache]\nsize = 1\n";
    fs::write(&config, text).unwrap();
    let said = tifli(&["doctor", "--config", config.to_str().unwrap()]).refused();
    assert!(said.contains("cache"), "{said}");
}

#[test]
fn the_doctor_finds_nothing_wrong_and_then_a_readable_key() {
    let folder = tempfile::tempdir().unwrap();
    let config = configured(folder.path());
    let config = config.to_str().unwrap();
    let said = tifli(&["doctor", "--config", config]).good();
    assert!(said.contains("web push: absent"), "{said}");
    assert!(!said.contains("WRONG"), "{said}");
    run::public(&folder.path().join("master.key"));
    let said = tifli(&["doctor", "--config", config]).refused();
    assert!(
        said.contains("WRONG  master key") && said.contains("chmod 600"),
        "{said}"
    );
}

#[test]
fn a_server_invites_its_first_administrator_and_stops_when_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let config = configured(folder.path());
    let serve = ["serve", "--config", config.to_str().unwrap()];
    let mut server = Started::new(&serve);
    server.until_said("https://alerts.example.org/console/first?token=");
    server.until_logged("\"ready\"");
    let second = tifli(&serve).refused();
    assert!(second.contains("opening the store"), "{second}");
    server.terminate();
    assert!(server.ended_well());
}

#[test]
fn a_demonstration_says_where_it_is_and_goes_on_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let ready = folder.path().join("ready.json");
    let arguments = [
        "demo",
        "--pack",
        "qa",
        "--subscribers",
        "300",
        "--listen",
        "localhost:0",
        "--data",
        data.to_str().unwrap(),
        "--ready-file",
        ready.to_str().unwrap(),
    ];
    let mut logins = Vec::new();
    for _ in 0..2 {
        let mut demo = Started::new(&arguments);
        demo.until_said("Ctrl-C ends it.");
        let said: Value = serde_json::from_slice(&fs::read(&ready).unwrap()).unwrap();
        assert!(
            said["base_url"]
                .as_str()
                .unwrap()
                .starts_with("http://localhost:")
        );
        assert!(
            said["partners"][0]["ask"]
                .as_str()
                .unwrap()
                .ends_with("/received")
        );
        logins.push((said["people"].clone(), said["push_url"].clone()));
        demo.interrupt();
        assert!(demo.ended_well());
    }
    assert_eq!(
        logins[0], logins[1],
        "the same people and the same push service"
    );
    let other = [
        "demo",
        "--data",
        folder.path().to_str().unwrap(),
        "--subscribers",
        "300",
    ];
    assert!(tifli(&other).refused().contains("not empty"));
}

#[test]
fn a_whole_case_is_lived_and_every_promise_kept() {
    let said = tifli(&["demo", "--headless", "--subscribers", "3000"]).good();
    let lines: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (totals, steps) = lines.split_last().unwrap();
    assert!(steps.len() > 30);
    let totals = &totals["totals"];
    assert_eq!(totals["failed_checks"], 0);
    assert_eq!(totals["pushed"], totals["inside"]);
    assert_eq!(totals["told_of_end"], totals["handed"]);
    assert_eq!(totals["outside_pushed"], 0);
}

#[test]
fn the_fullest_log_of_a_whole_case_tells_nothing_of_a_person() {
    let said = talkative_tifli(&["demo", "--headless", "--subscribers", "300"]).good_with_log();
    assert!(said.contains("DEBUG"), "the log is there");
    let typed = [
        include_str!("../src/headless/steps/report.rs"),
        include_str!("../src/headless/steps/tips.rs"),
    ];
    for words in [
        "Rapporteuse Inventée",
        "0600000042",
        "XX424242",
        "Familleinventée",
        "عائلةمخترعة",
        "99 rue Inventée",
        "red shirt",
        "circonstances inventées",
        "invented bakery",
        "invented fountain",
    ] {
        assert!(
            typed.iter().any(|source| source.contains(words)),
            "{words} is typed"
        );
        assert!(!said.contains(words), "{words} stands in the log");
    }
}
