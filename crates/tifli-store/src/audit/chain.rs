//! The chain itself, without a database: hashing a record and checking a run of them.
//!
//! A verifier outside the server needs this file and an export, nothing else.

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

/// Separates this chain's hashes from every other use of SHA-256.
const LABEL: &[u8] = b"tifli/audit/1";

/// The last entry of a node's chain. Kept elsewhere, it betrays a truncated chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    /// The node.
    pub node: String,
    /// Number of its last entry, 0 when there is none.
    pub seq: i64,
    /// Hash of that entry, in hexadecimal.
    pub hash: String,
}

impl ChainHead {
    /// The head of a chain without entries.
    pub fn start(node: &str) -> Self {
        Self {
            node: node.to_owned(),
            seq: 0,
            hash: hex(&field_hash(&[b"start", node.as_bytes()])),
        }
    }
}

/// One chained entry, as exported: one JSON object a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The chain it belongs to.
    pub node: String,
    /// Its number there, from 1, without gaps.
    pub seq: i64,
    /// When, in UTC milliseconds.
    pub at_ms: i64,
    /// Who.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which.
    pub object_id: String,
    /// Ids, counts and codes.
    pub detail: String,
    /// Hash of the entry before, in hexadecimal.
    pub prev_hash: String,
    /// Hash of this entry, in hexadecimal.
    pub hash: String,
}

impl Record {
    /// The hash its fields call for.
    pub fn computed_hash(&self) -> String {
        hex(&field_hash(&[
            self.prev_hash.as_bytes(),
            self.node.as_bytes(),
            &self.seq.to_be_bytes(),
            &self.at_ms.to_be_bytes(),
            self.actor.as_bytes(),
            self.verb.as_bytes(),
            self.object_kind.as_bytes(),
            self.object_id.as_bytes(),
            self.detail.as_bytes(),
        ]))
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainReport {
    /// Entries looked at.
    pub entries: u64,
    /// Whether every entry holds and every remembered head was met.
    pub ok: bool,
    /// Node and number of the first entry that does not hold, or is missing.
    pub first_bad: Option<(String, i64)>,
    /// The heads found, one per node, in order of first appearance.
    pub heads: Vec<ChainHead>,
}

/// Checks records of any number of nodes, each node's in order, against heads remembered from earlier.
pub fn verify_records<'r>(
    records: impl IntoIterator<Item = &'r Record>,
    remembered: &[ChainHead],
) -> ChainReport {
    let mut check = Check::new(remembered);
    for record in records {
        check.take(record);
    }
    check.finish()
}

/// Checks an export. A line that is not a record counts as bad at the number expected there.
pub fn verify_ndjson(text: &str, remembered: &[ChainHead]) -> ChainReport {
    let mut check = Check::new(remembered);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str::<Record>(line) {
            Ok(record) => check.take(&record),
            Err(_) => check.unreadable(),
        }
    }
    check.finish()
}

/// A verification under way; fed a page at a time by [`super::verify`].
pub(super) struct Check<'h> {
    remembered: &'h [ChainHead],
    met: Vec<bool>,
    heads: Vec<ChainHead>,
    entries: u64,
    first_bad: Option<(String, i64)>,
}

impl<'h> Check<'h> {
    pub(super) fn new(remembered: &'h [ChainHead]) -> Self {
        Self {
            remembered,
            met: remembered.iter().map(|head| head.seq == 0).collect(),
            heads: Vec::new(),
            entries: 0,
            first_bad: None,
        }
    }

    pub(super) fn take(&mut self, record: &Record) {
        self.entries += 1;
        let place = self.place_of(&record.node);
        let head = &mut self.heads[place];
        let expected = head.seq + 1;
        let holds = record.seq == expected
            && record.prev_hash == head.hash
            && record.hash == record.computed_hash();
        head.seq = record.seq;
        head.hash.clone_from(&record.hash);
        if !holds {
            self.blame(&record.node, expected);
        }
        self.meet(record);
    }

    pub(super) fn finish(mut self) -> ChainReport {
        let missing: Vec<_> = self
            .remembered
            .iter()
            .zip(&self.met)
            .filter(|(_, met)| !**met)
            .map(|(head, _)| (head.node.clone(), head.seq))
            .collect();
        for (node, seq) in missing {
            self.blame(&node, seq);
        }
        ChainReport {
            entries: self.entries,
            ok: self.first_bad.is_none(),
            first_bad: self.first_bad,
            heads: self.heads,
        }
    }

    fn unreadable(&mut self) {
        self.entries += 1;
        let (node, seq) = match self.heads.last() {
            Some(head) => (head.node.clone(), head.seq + 1),
            None => (String::new(), 1),
        };
        self.blame(&node, seq);
    }

    fn place_of(&mut self, node: &str) -> usize {
        let known = self.heads.iter().position(|head| head.node == node);
        known.unwrap_or_else(|| {
            self.heads.push(ChainHead::start(node));
            self.heads.len() - 1
        })
    }

    fn meet(&mut self, record: &Record) {
        for (head, met) in self.remembered.iter().zip(&mut self.met) {
            if head.node == record.node && head.seq == record.seq && head.hash == record.hash {
                *met = true;
            }
        }
    }

    fn blame(&mut self, node: &str, seq: i64) {
        self.first_bad.get_or_insert_with(|| (node.to_owned(), seq));
    }
}

/// SHA-256 over length-prefixed fields: no two lists of fields share a byte string.
fn field_hash(fields: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for field in [LABEL].iter().chain(fields) {
        context.update(&(field.len() as u64).to_be_bytes());
        context.update(field);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}
