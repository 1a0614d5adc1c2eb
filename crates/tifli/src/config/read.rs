//! Reads the file and the environment over the defaults. Not for judging the values.

use std::path::Path;

use figment::Figment;
use figment::providers::{Env, Format as _, Toml};

use super::{Config, DEFAULT, Settings};
use crate::failure::{Done, Failure};

/// Reads the configuration at `path` and checks it.
pub fn read(path: &Path) -> Done<Settings> {
    if !path.is_file() {
        let path = path.display();
        return Err(Failure::new(format!(
            "there is no configuration file at {path}"
        )));
    }
    let figment = Figment::from(Toml::string(DEFAULT))
        .merge(Toml::file_exact(path))
        .merge(Env::prefixed("TIFLI__").split("__"));
    extract(&figment)?.check()
}

/// The environment's and the file's words in one sentence, with where each stands.
fn extract(figment: &Figment) -> Done<Config> {
    figment.extract().map_err(|errors| {
        let lines: Vec<String> = errors.into_iter().map(|error| error.to_string()).collect();
        Failure::new(format!(
            "the configuration cannot be read: {}",
            lines.join("; ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Channel;
    use std::path::PathBuf;
    use tifli_domain::Realm;

    /// A whole file in a folder of its own.
    struct Written {
        folder: tempfile::TempDir,
    }

    impl Written {
        fn new(text: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("tifli.toml"), text).unwrap();
            Self { folder }
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("tifli.toml")
        }

        fn problem(&self) -> String {
            read(&self.path()).err().expect("it is refused").to_string()
        }
    }

    const WHOLE: &str = r#"
        [server]
        public_url = "https://alerts.example.org"
        [store]
        data = "data"
        master_key_file = "master.key"
    "#;

    #[test]
    fn the_default_file_with_its_explained_keys_is_a_whole_configuration() {
        let uncommented: Vec<&str> = DEFAULT
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(key) if key.starts_with("public_url") || key.starts_with("data =") => key,
                Some(key) if key.starts_with("master_key_file") => key,
                Some(key) if key.starts_with("contact") || key.starts_with("push_hosts") => key,
                Some(key)
                    if [
                        "[channels.email",
                        "host",
                        "port",
                        "tls",
                        "from",
                        "name",
                        "bounces =",
                        "dkim =",
                        "selector",
                    ]
                    .iter()
                    .any(|k| key.starts_with(k)) =>
                {
                    key
                }
                _ => line,
            })
            .collect();
        let text = uncommented
            .join("\n")
            .replacen("# [channels", "[channels", 1);
        let settings = read(&Written::new(&text).path()).unwrap();
        assert_eq!(settings.realm, Realm::Live);
        assert!(settings.secure_cookies);
        assert_eq!(settings.admin_listen.port(), 8441);
        assert!(
            matches!(settings.web_push, Channel::Real { push_hosts, .. } if push_hosts.len() == 4)
        );
        assert_eq!(settings.mail.map(|mail| mail.port), Some(587));
    }

    #[test]
    fn a_small_file_rests_on_the_defaults_and_paths_are_relative_to_it() {
        let written = Written::new(WHOLE);
        let settings = read(&written.path()).unwrap();
        assert_eq!(settings.pack, "ma");
        assert_eq!(settings.data, written.folder.path().join("data"));
        assert_eq!(settings.web_push, Channel::Absent);
    }

    #[test]
    fn a_key_of_cap_messages_goes_with_its_certificate() {
        let cap = "[cap]\nkey_file = \"cap.key\"\n";
        let whole = format!("{WHOLE}\n{cap}certificate_file = \"cap.pem\"\n");
        let written = Written::new(&whole);
        let cap_files = read(&written.path()).unwrap().cap.unwrap();
        assert_eq!(cap_files.key, written.folder.path().join("cap.key"));
        let problem = Written::new(&format!("{WHOLE}\n{cap}")).problem();
        assert!(problem.contains("certificate_file"), "{problem}");
    }

    #[test]
    fn a_key_nobody_knows_is_refused_by_its_name() {
        for (section, key) in [
            ("server", "listenn"),
            ("store", "password"),
            ("smtp", "host"),
        ] {
            let problem = Written::new(&format!("[{section}]\n{key} = \"x\"\n")).problem();
            assert!(
                problem.contains(key) || problem.contains(section),
                "{problem}"
            );
        }
    }

    #[test]
    fn without_a_master_key_there_is_one_sentence_how_to_make_one() {
        let text = WHOLE.replace("master_key_file", "# master_key_file");
        let problem = Written::new(&text).problem();
        assert!(problem.contains("store.master_key_file"), "{problem}");
        assert!(problem.contains("tifli master-key > FILE"), "{problem}");
    }

    #[test]
    fn each_key_that_is_needed_is_asked_for_by_name() {
        for key in ["public_url", "data"] {
            let problem = Written::new(&WHOLE.replace(key, &format!("# {key}"))).problem();
            assert!(problem.contains(key), "{problem}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_said_plainly() {
        let problem = read(Path::new("/nonexistent.toml"))
            .err()
            .unwrap()
            .to_string();
        assert_eq!(
            problem,
            "there is no configuration file at /nonexistent.toml"
        );
    }
}
