//! The verdict on a file: valid or not, with everything found.
//!
//! For: `tifli cap check` and whoever takes in foreign messages. Not for: our own messages before
//! they are written (see `check`), signatures, or fetching what a feed links to.

use std::fmt::Write as _;

use crate::finding::{Finding, FindingSeverity, Findings};
use crate::intake::wrapper::{self, Wrapper, find_alerts};
use crate::intake::{self, MAX_READ_BYTES, node};
use crate::parse::{self, ParseError, ParseFault};
use crate::profile::Profile;
use crate::prose;
use crate::reading::{Message, foreign_text};
use crate::schema;

/// How many pairs of edges are compared in one document before rings are left unexamined.
const EDGE_PAIRS: usize = 20_000_000;

/// How a file is to be judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether warnings count as errors.
    pub strict: bool,
    /// The profile whose demands the messages are held to, besides those of OASIS.
    pub profile: Option<&'static Profile>,
}

/// What is to be said of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether nothing found is an error.
    pub valid: bool,
    /// Everything found, in the order of the document.
    pub findings: Vec<Finding>,
    /// The messages in it.
    pub messages: Vec<Message>,
    /// What is around the messages.
    pub wrapper: Wrapper,
}

/// Judges a file: every message by the OASIS schema of its own version (errors), by the
/// specification's prose, geometry and good sense (warnings), and by a profile if one is asked for;
/// the wrapper by its own specification.
///
/// Never fails: what cannot be read is invalid.
pub fn check_file(bytes: &[u8], options: &Options) -> Verdict {
    let mut verdict = judge(bytes, options).unwrap_or_else(|error| unreadable(&error));
    if options.strict {
        for finding in &mut verdict.findings {
            finding.severity = FindingSeverity::Error;
        }
    }
    let grave = |finding: &Finding| finding.severity == FindingSeverity::Error;
    verdict.valid = !verdict.findings.iter().any(grave);
    verdict
}

fn judge(bytes: &[u8], options: &Options) -> Result<Verdict, ParseError> {
    let text = foreign_text(bytes)?;
    let document = intake::tree(&text, MAX_READ_BYTES * 2)?;
    let root = document.root_element();
    let (wrapper, alerts) = find_alerts(&document)?;
    let mut findings = Findings::new(EDGE_PAIRS);
    wrapper::check(root, wrapper, &mut findings);
    if alerts.is_empty() && wrapper != Wrapper::Stranger {
        let sentence = "No CAP message is inside; messages that are only linked to were not read.";
        findings.warning(root, "no-message", sentence);
    }
    let mut messages = Vec::new();
    for (version, alert) in alerts {
        schema::check(alert, version, &mut findings);
        prose::check(alert, version, &mut findings);
        let message = Message {
            version,
            at: node::path(alert),
            alert: parse::take(alert, version),
        };
        match (&message.alert, options.profile) {
            (Ok(taken), Some(profile)) => {
                for mut finding in profile.check(taken) {
                    finding.at = finding.at.replacen("/alert", &message.at, 1);
                    findings.push(alert.range().start, finding);
                }
            }
            (Err(error), _) => {
                let sentence = format!("The message cannot be understood: {}.", error.fault);
                findings.warning(alert, "not-understood", &sentence);
            }
            (Ok(_), None) => {}
        }
        messages.push(message);
    }
    Ok(Verdict {
        valid: false,
        findings: findings.finish(&document),
        messages,
        wrapper,
    })
}

fn unreadable(error: &ParseError) -> Verdict {
    let (code, sentence) = match error.fault {
        ParseFault::TooLarge => (
            "too-large",
            format!("The document is larger than {MAX_READ_BYTES} bytes or has too many parts."),
        ),
        ParseFault::TooDeep => (
            "too-deep",
            format!("Elements are nested deeper than {}.", parse::MAX_DEPTH),
        ),
        ParseFault::Crowded => (
            "too-crowded",
            "An element has more attributes, or the document more namespaces, than is taken."
                .to_owned(),
        ),
        ParseFault::Dtd => (
            "doctype",
            "A document type declaration (DOCTYPE) is not taken.".to_owned(),
        ),
        ParseFault::Encoding => (
            "encoding",
            "The text is neither UTF-8 nor declared as ISO-8859-1.".to_owned(),
        ),
        _ => ("not-xml", "This is not well-formed XML.".to_owned()),
    };
    let placed = !matches!(error.fault, ParseFault::TooLarge | ParseFault::Encoding);
    Verdict {
        valid: false,
        findings: vec![Finding {
            severity: FindingSeverity::Error,
            at: "/".to_owned(),
            line: placed.then_some(error.line),
            code,
            sentence,
        }],
        messages: Vec::new(),
        wrapper: Wrapper::Stranger,
    }
}

impl Verdict {
    /// How many findings are of this gravity.
    pub fn count(&self, severity: FindingSeverity) -> usize {
        let of_it = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of_it).count()
    }

    /// The verdict in one line: `FILE: valid`, `FILE: valid (3 warnings)` or `FILE: invalid: …`
    /// with the first error.
    pub fn line(&self, file: &str) -> String {
        let mut line = format!("{file}: ");
        let grave = |finding: &&Finding| finding.severity == FindingSeverity::Error;
        if let Some(first) = self.findings.iter().find(grave) {
            line.push_str("invalid: ");
            line.push_str(&first.to_string());
        } else {
            line.push_str("valid");
        }
        let warnings = match self.count(FindingSeverity::Warning) {
            0 => return line,
            1 => "1 warning".to_owned(),
            more => format!("{more} warnings"),
        };
        // Writing to a string does not fail.
        let _ = write!(line, " ({warnings})");
        line
    }
}
