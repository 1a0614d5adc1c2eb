//! The verdict expected of each of 84 real messages, feeds and wrappers, whether it is kept here or not.
//!
//! For: `check_file` against a whole collection. `tests/messages/corpus.tsv` says of each file its digest, our
//! verdict and why, what `xmllint` says (with the OASIS schema for a bare alert; feeds and wrappers have no
//! schema of OASIS', there it says whether the file is well-formed), and where it is kept. Those whose licence or
//! size keeps them out are named with the reason; with `TIFLI_CAP_CORPUS` naming a folder that has them by the
//! paths of the table, they are judged as well.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use tifli_cap::{Options, check_file};

const TABLE: &str = include_str!("../messages/corpus.tsv");
const LEFT_OUT: &str = "left out: ";

/// A line of the table.
struct Line {
    file: &'static str,
    sha256: &'static str,
    verdict: &'static str,
    why: &'static str,
    xmllint: &'static str,
    kept: &'static str,
}

fn lines() -> Vec<Line> {
    let line = |text: &'static str| {
        let cells: Vec<&str> = text.split('\t').collect();
        let [file, sha256, verdict, why, xmllint, kept] = cells[..] else {
            panic!("six cells: {text}");
        };
        Line {
            file,
            sha256,
            verdict,
            why,
            xmllint,
            kept,
        }
    };
    TABLE.lines().skip(1).map(line).collect()
}

impl Line {
    /// Where the file is, if it is at hand.
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever runs the tests names the folder"
    )]
    fn find(&self) -> Option<PathBuf> {
        if !self.kept.starts_with(LEFT_OUT) {
            let messages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
            return Some(messages.join(self.kept));
        }
        let folder = std::env::var_os("TIFLI_CAP_CORPUS")?;
        Some(Path::new(&folder).join(self.file))
    }

    #[track_caller]
    fn judge(&self, bytes: &[u8]) {
        let mut hex = String::new();
        for byte in digest(&SHA256, bytes).as_ref() {
            write!(hex, "{byte:02x}").expect("a string takes it");
        }
        assert_eq!(hex, self.sha256, "{}: it is another file", self.file);
        let verdict = check_file(bytes, &Options::default());
        let word = if verdict.valid { "valid" } else { "invalid" };
        assert_eq!(word, self.verdict, "{}", self.file);
        if !verdict.valid {
            let line = verdict.line("");
            assert!(line.contains(self.why), "{}: {line}", self.file);
        }
    }
}

#[test]
fn each_of_the_84_files_has_the_verdict_of_the_table() {
    let lines = lines();
    assert_eq!(lines.len(), 84);
    let names: BTreeSet<_> = lines.iter().map(|line| line.file).collect();
    assert_eq!(names.len(), 84, "no file twice");
    let (mut judged, mut elsewhere) = (0, 0);
    for line in &lines {
        match line.find() {
            Some(path) => {
                line.judge(&fs::read(path).expect(line.file));
                judged += 1;
            }
            None => elsewhere += 1,
        }
    }
    assert_eq!(judged + elsewhere, 84);
    assert!(judged >= 62, "{judged} are kept here");
}

#[test]
fn xmllint_agrees_on_every_bare_alert_and_every_refusal_has_its_reason() {
    for line in lines() {
        let has_schema = !line.xmllint.starts_with("no schema");
        assert!(
            !has_schema || line.xmllint == line.verdict,
            "{}: a difference must be explained",
            line.file
        );
        assert!(
            line.verdict == "valid" || !line.why.is_empty(),
            "{}",
            line.file
        );
    }
}
