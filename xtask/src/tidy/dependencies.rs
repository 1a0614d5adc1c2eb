//! Which crate may depend on which. A crate exists because it forbids, hides or is useful alone; this is the proof.

use super::{Breach, File, Tree};

const RULE: &str = "dependencies";

/// The crates that decide: no I/O, no `async`.
pub const PURE_CRATES: &[&str] = &[
    "tifli-units",
    "tifli-domain",
    "tifli-geo",
    "tifli-cap",
    "tifli-pack",
];

/// A crate, the crates of ours it may depend on, and those its tests may add.
struct Rule {
    name: &'static str,
    may: &'static [&'static str],
    tests_may: &'static [&'static str],
}

const EVERYTHING: &[&str] = &["*"];

const RULES: &[Rule] = &[
    Rule {
        name: "tifli-units",
        may: &[],
        tests_may: &[],
    },
    Rule {
        name: "tifli-domain",
        may: &["tifli-units"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-geo",
        may: &["tifli-units"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-cap",
        may: &["tifli-units"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-locate",
        may: &["tifli-units", "tifli-geo"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-pack",
        may: &["tifli-units", "tifli-domain", "tifli-geo"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-photo",
        may: &[],
        tests_may: &[],
    },
    Rule {
        name: "tifli-paper",
        may: &[],
        tests_may: &[],
    },
    Rule {
        name: "tifli-signer",
        may: &["tifli-units", "tifli-domain"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-store",
        may: &["tifli-units", "tifli-domain"],
        tests_may: &[],
    },
    Rule {
        name: "tifli-channel",
        may: &["tifli-units", "tifli-domain"],
        tests_may: &["tifli-sandbox"],
    },
    Rule {
        name: "tifli-sandbox",
        may: &[],
        tests_may: &[],
    },
    Rule {
        name: "tifli-app",
        may: &[
            "tifli-units",
            "tifli-domain",
            "tifli-geo",
            "tifli-cap",
            "tifli-locate",
            "tifli-pack",
            "tifli-photo",
            "tifli-paper",
            "tifli-signer",
            "tifli-store",
            "tifli-channel",
        ],
        tests_may: &["tifli-sandbox"],
    },
    Rule {
        name: "tifli-web",
        may: &["tifli-units", "tifli-domain", "tifli-app", "tifli-paper"],
        tests_may: &["tifli-pack", "tifli-cap", "tifli-sandbox"],
    },
    Rule {
        name: "tifli",
        may: EVERYTHING,
        tests_may: EVERYTHING,
    },
    Rule {
        name: "xtask",
        may: &[],
        tests_may: &[],
    },
];

/// Libraries that only some crates may know.
struct Kept {
    libraries: &'static [&'static str],
    only: &'static [&'static str],
    why: &'static str,
}

const KEPT: &[Kept] = &[
    Kept {
        libraries: &["reqwest", "ureq", "isahc", "curl", "hyper", "hyper-util"],
        only: &["tifli-channel", "tifli-sandbox", "tifli"],
        why: "outgoing calls go through the guarded client of tifli-channel",
    },
    Kept {
        libraries: &["sqlx", "rusqlite"],
        only: &["tifli-store"],
        why: "SQL is written in the store only",
    },
    Kept {
        libraries: &["axum", "tower-http"],
        only: &["tifli-web", "tifli-sandbox", "tifli"],
        why: "below the web crate nothing knows HTTP requests",
    },
    Kept {
        libraries: &["askama", "fluent-bundle"],
        only: &["tifli-web"],
        why: "pages are made in the web crate",
    },
    Kept {
        libraries: &["figment", "clap"],
        only: &["tifli"],
        why: "only the program reads its configuration and arguments",
    },
    Kept {
        libraries: &["krilla", "parley"],
        only: &["tifli-paper"],
        why: "papers are laid out in one place",
    },
    Kept {
        libraries: &["lettre"],
        only: &["tifli-channel"],
        why: "letters are handed over in one place",
    },
    Kept {
        libraries: &["image", "fast_image_resize"],
        only: &["tifli-photo"],
        why: "photos are decoded in a process of their own",
    },
];

/// What a pure crate never depends on, besides what [`KEPT`] keeps away.
const NOT_PURE: &[&str] = &[
    "tokio",
    "futures",
    "async-trait",
    "rand",
    "getrandom",
    "tracing",
    "metrics",
];

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for manifest in tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
    {
        let name = crate_name(manifest);
        match RULES.iter().find(|rule| rule.name == name) {
            Some(rule) => breaches.extend(check_manifest(manifest, rule)),
            None => breaches.push(Breach::new(
                &manifest.path,
                0,
                RULE,
                format!("the crate {name} has no row in the table of dependencies (xtask/src/tidy/dependencies.rs)"),
            )),
        }
    }
    breaches.extend(
        tree.rust()
            .filter(|file| is_pure(file))
            .flat_map(check_no_async),
    );
    breaches
}

fn check_manifest(manifest: &File, rule: &Rule) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for dependency in dependencies(&manifest.text) {
        let name = dependency.name;
        let mut refuse =
            |why: String| breaches.push(Breach::new(&manifest.path, dependency.line, RULE, why));
        if name.starts_with("tifli") {
            let lists: &[&[&str]] = if dependency.dev {
                &[rule.may, rule.tests_may]
            } else {
                &[rule.may]
            };
            if !lists
                .iter()
                .any(|list| *list == EVERYTHING || list.contains(&name))
            {
                refuse(format!("{} may not depend on {name}", rule.name));
            }
        }
        if let Some(kept) = KEPT.iter().find(|kept| kept.libraries.contains(&name)) {
            let for_tests = dependency.dev && kept.libraries[0] != "sqlx";
            if !kept.only.contains(&rule.name) && !for_tests {
                refuse(format!(
                    "{} may not depend on {name}: {}",
                    rule.name, kept.why
                ));
            }
        }
        if PURE_CRATES.contains(&rule.name) && !dependency.dev && NOT_PURE.contains(&name) {
            refuse(format!(
                "{} is pure and may not depend on {name}",
                rule.name
            ));
        }
    }
    if rule.name != "xtask" && !manifest.text.contains("[lints]\nworkspace = true") {
        breaches.push(Breach::new(
            &manifest.path,
            0,
            "lints",
            "does not take the lints of the workspace",
        ));
    }
    breaches
}

fn check_no_async(file: &File) -> Vec<Breach> {
    let found = super::source::find_words(&file.code, "async");
    found
        .map(|at| {
            let line = super::source::line_of(&file.code, at);
            Breach::new(
                &file.path,
                line,
                "pure",
                "a pure crate holds nothing `async`",
            )
        })
        .collect()
}

fn is_pure(file: &File) -> bool {
    file.find_crate()
        .is_some_and(|name| PURE_CRATES.contains(&name))
}

fn crate_name(manifest: &File) -> &str {
    let folder = manifest.path.trim_end_matches("/Cargo.toml");
    folder.rsplit('/').next().unwrap_or(folder)
}

struct Dependency<'a> {
    name: &'a str,
    line: usize,
    dev: bool,
}

/// The dependencies of a manifest, whichever of TOML's ways they are written in.
fn dependencies(text: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut section = "";
    for (at, line) in text.lines().enumerate() {
        if let Some(header) = line.trim().strip_prefix('[') {
            section = header.trim_end_matches(']');
            // [dependencies.name]
            if let Some((list, name)) = section.rsplit_once("dependencies.") {
                found.push(Dependency {
                    name,
                    line: at + 1,
                    dev: list.ends_with("dev-"),
                });
            }
        } else if section.ends_with("dependencies") {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if !name.is_empty() && !name.starts_with(['#', '"', ']', '}']) {
                found.push(Dependency {
                    name,
                    line: at + 1,
                    dev: section.ends_with("dev-dependencies"),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(name: &str, text: &str) -> Vec<String> {
        let path = format!("crates/{name}/Cargo.toml");
        let text = format!("[lints]\nworkspace = true\n{text}");
        check(&Tree::of(&[(&path, &text)]))
            .into_iter()
            .map(|breach| breach.what)
            .collect()
    }

    #[test]
    fn the_web_crate_may_not_name_the_store() {
        assert_eq!(
            breaches(
                "tifli-web",
                "[dependencies]\ntifli-store.workspace = true\n"
            ),
            ["tifli-web may not depend on tifli-store"]
        );
    }

    #[test]
    fn every_way_to_write_a_dependency_is_read() {
        for way in [
            "[dependencies]\nreqwest = { version = \"1\" }",
            "[dependencies.reqwest]\nversion = \"1\"",
            "[target.'cfg(unix)'.dependencies]\nreqwest.workspace = true",
            "[build-dependencies]\nreqwest = \"1\"",
        ] {
            assert_eq!(breaches("tifli-app", way).len(), 1, "{way}");
        }
    }

    #[test]
    fn tests_may_use_the_sandbox_where_the_crate_may_not() {
        assert_eq!(
            breaches(
                "tifli-channel",
                "[dev-dependencies]\ntifli-sandbox.workspace = true\n"
            )
            .len(),
            0
        );
        assert_eq!(
            breaches(
                "tifli-channel",
                "[dependencies]\ntifli-sandbox.workspace = true\n"
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_pure_crate_holds_nothing_async() {
        let tree = Tree::of(&[(
            "crates/tifli-geo/src/a.rs",
            "//! x\n// async is fine here\nasync fn f() {}\n",
        )]);
        assert_eq!(check(&tree).len(), 1);
        assert_eq!(
            breaches("tifli-geo", "[dependencies]\ntokio.workspace = true\n").len(),
            1
        );
    }

    #[test]
    fn a_crate_without_a_row_is_refused() {
        assert_eq!(breaches("tifli-new", "").len(), 1);
    }
}
