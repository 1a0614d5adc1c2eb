//! Searches every file of a folder for words, as bytes: as written, folded, in the other script,
//! in capitals; in UTF-8, UTF-16, hexadecimal and base64 at each of its three offsets.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use tifli_pack::{fold, transliterations};

use crate::codes::hex;

/// Bytes by which a needle is looked up.
const START: usize = 4;
/// A shorter form would be found by chance.
const SHORTEST: usize = 8;

/// What is searched for.
pub(super) struct Search {
    needles: HashMap<[u8; START], Vec<Vec<u8>>>,
}

impl Search {
    /// Every form and encoding of these words.
    pub(super) fn new(words: &[String]) -> Self {
        let mut forms = BTreeSet::new();
        for word in words {
            forms.insert(word.clone());
            forms.insert(word.to_uppercase());
            forms.insert(fold(word));
            forms.extend(transliterations(word));
        }
        let mut needles: HashMap<[u8; START], Vec<Vec<u8>>> = HashMap::new();
        let long = forms.iter().filter(|form| form.chars().count() >= SHORTEST);
        for needle in long.flat_map(|form| encodings(form)) {
            let start = needle.first_chunk().copied();
            let start = start.expect("the shortest form has more bytes than that");
            needles.entry(start).or_default().push(needle);
        }
        Self { needles }
    }

    /// The files below `folder` that hold any of it.
    pub(super) fn hits(&self, folder: &Path) -> Vec<PathBuf> {
        let mut hits = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                hits.extend(self.hits(&path));
            } else if self.holds(&std::fs::read(&path).unwrap()) {
                hits.push(path);
            }
        }
        hits
    }

    fn holds(&self, bytes: &[u8]) -> bool {
        (0..bytes.len()).any(|place| {
            let rest = &bytes[place..];
            let start = rest.first_chunk::<START>();
            let needles = start.and_then(|start| self.needles.get(start));
            needles.is_some_and(|needles| needles.iter().any(|n| rest.starts_with(n)))
        })
    }
}

fn encodings(form: &str) -> Vec<Vec<u8>> {
    let utf8 = form.as_bytes().to_vec();
    let wide = |bytes: fn(u16) -> [u8; 2]| form.encode_utf16().flat_map(bytes).collect();
    let little: Vec<u8> = wide(u16::to_le_bytes);
    let big: Vec<u8> = wide(u16::to_be_bytes);
    let mut all = Vec::new();
    for bytes in [utf8, little, big] {
        let digits = hex(&bytes);
        all.push(digits.to_uppercase().into_bytes());
        all.push(digits.into_bytes());
        for offset in 0..3 {
            all.push(inner_base64(
                &STANDARD.encode(shifted(&bytes, offset)),
                &bytes,
                offset,
            ));
            all.push(inner_base64(
                &URL_SAFE.encode(shifted(&bytes, offset)),
                &bytes,
                offset,
            ));
        }
        all.push(bytes);
    }
    all
}

fn shifted(bytes: &[u8], offset: usize) -> Vec<u8> {
    let mut shifted = vec![0; offset];
    shifted.extend_from_slice(bytes);
    shifted
}

/// The characters that depend on `bytes` alone, whatever stands before and after them.
fn inner_base64(text: &str, bytes: &[u8], offset: usize) -> Vec<u8> {
    let first = (offset * 8).div_ceil(6);
    let end = (offset + bytes.len()) * 8 / 6;
    text.as_bytes()[first..end].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_each_spelling_and_encoding_and_nothing_else_is() {
        let search = Search::new(&["bdfklmnrst".to_owned()]);
        let holds = |text: &[u8]| search.holds(text);
        assert!(!holds(b"bdfklmnrs and then something else"));
        assert!(holds(b"..bdfklmnrst.."));
        assert!(holds("..BDFKLMNRST..".as_bytes()));
        assert!(holds(hex(b"..bdfklmnrst..").as_bytes()));
        for before in ["", "x", "xy"] {
            let text = format!("{before}bdfklmnrst!");
            assert!(holds(STANDARD.encode(&text).as_bytes()), "{before}");
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(holds(&wide));
        }
        let arabic = transliterations("bdfklmnrst");
        let other = arabic.iter().find(|form| !form.is_ascii()).unwrap();
        assert!(holds(format!("..{other}..").as_bytes()));
    }
}
