//! What is found in a document: an error or a warning, where, and a sentence for people.
//!
//! For: the verdicts of `check_file` and of profiles. Not for: the faults that keep our own
//! messages from being written (see `check`). A finding never tells the document's text.

use std::fmt;

use roxmltree::{Document, Node};

use crate::intake::node;

/// One thing that is wrong or doubtful in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it makes the document invalid.
    pub severity: FindingSeverity,
    /// The element, as a path such as `/alert/info[2]/area[1]/circle[1]`.
    pub at: String,
    /// The line in the document, counted from 1, where there is one.
    pub line: Option<u32>,
    /// A short name of the rule, such as `element-order`.
    pub code: &'static str,
    /// What is wrong, as a sentence.
    pub sentence: String,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingSeverity {
    /// The schema of the message's version, or a demand of the profile asked for, is broken.
    Error,
    /// The prose of the specification, geometry or good sense is broken.
    Warning,
}

impl FindingSeverity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            FindingSeverity::Error => "error",
            FindingSeverity::Warning => "warning",
        }
    }
}

impl fmt::Display for FindingSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, ")?;
        }
        write!(f, "{}: {}", self.at, self.sentence)
    }
}

/// How many findings are kept of one document; a crafted one could have hundreds of thousands.
pub(crate) const MAX_FINDINGS: usize = 200;

/// The findings of one document, as they are made.
#[derive(Default)]
pub(crate) struct Findings {
    kept: Vec<(usize, Finding)>,
    left_out: usize,
    left_out_error: bool,
    /// How many pairs of edges may still be compared in this document.
    pub(crate) edge_pairs: usize,
}

impl Findings {
    pub(crate) fn new(edge_pairs: usize) -> Findings {
        Findings {
            edge_pairs,
            ..Findings::default()
        }
    }

    /// The schema, or what stands for one, is broken here.
    pub(crate) fn error(&mut self, at: Node<'_, '_>, code: &'static str, sentence: String) {
        self.add(FindingSeverity::Error, at, code, sentence);
    }

    /// Something else is broken here.
    pub(crate) fn warning(&mut self, at: Node<'_, '_>, code: &'static str, sentence: &str) {
        self.add(FindingSeverity::Warning, at, code, sentence.to_owned());
    }

    /// A finding made elsewhere, of the element at this offset of the document.
    pub(crate) fn push(&mut self, offset: usize, finding: Finding) {
        if self.kept.len() < MAX_FINDINGS {
            self.kept.push((offset, finding));
        } else {
            self.left_out += 1;
            self.left_out_error |= finding.severity == FindingSeverity::Error;
        }
    }

    fn add(
        &mut self,
        severity: FindingSeverity,
        at: Node<'_, '_>,
        code: &'static str,
        sentence: String,
    ) {
        // Beyond the bound only the gravity counts: paths are not worked out in vain.
        let full = self.kept.len() >= MAX_FINDINGS;
        let finding = Finding {
            severity,
            at: if full { String::new() } else { node::path(at) },
            line: None,
            code,
            sentence,
        };
        self.push(at.range().start, finding);
    }

    /// The findings in the order of the document, each with its line.
    pub(crate) fn finish(mut self, document: &Document<'_>) -> Vec<Finding> {
        self.kept.sort_by_key(|(offset, _)| *offset);
        let bytes = document.input_text().as_bytes();
        let (mut line, mut at) = (1, 0);
        let mut findings = Vec::new();
        for (offset, mut finding) in self.kept {
            line += bytes[at..offset].iter().filter(|b| **b == b'\n').count();
            at = offset;
            finding.line = u32::try_from(line).ok();
            findings.push(finding);
        }
        if self.left_out > 0 {
            findings.push(Finding {
                severity: if self.left_out_error {
                    FindingSeverity::Error
                } else {
                    FindingSeverity::Warning
                },
                at: "/".to_owned(),
                line: None,
                code: "more-findings",
                sentence: format!("{} more findings are not listed.", self.left_out),
            });
        }
        findings
    }
}
