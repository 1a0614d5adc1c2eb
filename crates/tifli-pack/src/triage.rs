//! How a country takes up what the public tells: minutes by band, words for *now*, speeds. The rule that uses them is
//! the domain's.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::fold::fold;
use crate::{PackError, PackParts};

const FILE: &str = "triage.toml";
/// The bands of a queue.
const BANDS: [&str; 4] = ["p1", "p2", "p3", "p4"];
/// The longest a band may wait, in minutes.
const LONGEST: u32 = 7 * 24 * 60;

/// How the room takes up tips.
#[derive(Debug, Clone)]
pub struct Triage {
    file: File,
    now: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    live_minutes: u32,
    recent_minutes: u32,
    now: Vec<String>,
    minutes: BTreeMap<String, u32>,
    speeds: SpeedFile,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeedFile {
    town: f64,
    road: f64,
}

impl Triage {
    pub(crate) fn read(parts: &PackParts) -> Result<Self, PackError> {
        let file: File = parts.toml(FILE)?;
        let refuse = |at: &str, why: &str| Err(PackError::rule(format!("{FILE}, {at}"), why));
        let known: Vec<&str> = file.minutes.keys().map(String::as_str).collect();
        if known != BANDS {
            return refuse("minutes", "each band has its minutes, and no other");
        }
        let minutes: Vec<u32> = file.minutes.values().copied().collect();
        if minutes.iter().any(|m| *m == 0 || *m > LONGEST) || !minutes.is_sorted() {
            return refuse(
                "minutes",
                "from one minute to seven days, the urgent ones shorter",
            );
        }
        if file.live_minutes == 0 || file.live_minutes >= file.recent_minutes {
            return refuse(
                "live_minutes",
                "more than none and less than recent_minutes",
            );
        }
        let speeds = 5.0..=file.speeds.road;
        if !speeds.contains(&file.speeds.town) || file.speeds.road > 400.0 {
            return refuse(
                "speeds",
                "a town is slower than a road, and a road has 400 km/h at most",
            );
        }
        let now: Vec<String> = file.now.iter().map(|words| fold(words)).collect();
        if now.iter().any(String::is_empty) {
            return refuse("now", "each has words");
        }
        Ok(Self { file, now })
    }

    /// Minutes between seeing and telling that make a tip a live sighting.
    pub fn live_minutes(&self) -> u32 {
        self.file.live_minutes
    }

    /// Minutes between seeing and telling that make a tip a fresh one.
    pub fn recent_minutes(&self) -> u32 {
        self.file.recent_minutes
    }

    /// Milliseconds until a tip of this band is taken up; an hour for a band that is none.
    pub fn due_ms(&self, band: &str) -> i64 {
        i64::from(self.file.minutes.get(band).copied().unwrap_or(60)) * 60_000
    }

    /// The speed of a town and of a road, in kilometres per hour along a straight line.
    pub fn speeds(&self) -> (f64, f64) {
        (self.file.speeds.town, self.file.speeds.road)
    }

    /// Whether a text says that something is happening now.
    pub fn says_now(&self, text: &str) -> bool {
        let folded = format!(" {} ", fold(text));
        let said = |words: &String| folded.contains(&format!(" {words} "));
        self.now.iter().any(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;

    #[test]
    fn every_pack_says_now_in_its_languages_and_not_in_others_words() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            let triage = pack.triage();
            for text in [
                "أراها الآن قرب المحطة",
                "je la vois en ce moment",
                "Right now, here",
            ] {
                assert!(triage.says_now(text), "{code} {text}");
            }
            for text in ["", "I know her", "رأيتها أمس", "hier soir"] {
                assert!(!triage.says_now(text), "{code} {text}");
            }
        }
    }

    #[test]
    fn a_pack_with_a_missing_band_or_minutes_out_of_order_is_refused() {
        let good = PackParts::embedded("ma")
            .unwrap()
            .get(FILE)
            .unwrap()
            .to_owned();
        for (from, to) in [
            ("p2 = 15\n", ""),
            ("p2 = 15", "p2 = 1"),
            ("p1 = 2", "p1 = 0"),
            ("live_minutes = 15", "live_minutes = 180"),
            ("town = 20", "town = 500"),
        ] {
            let mut parts = PackParts::embedded("ma").unwrap();
            parts.insert(FILE, good.replace(from, to));
            assert!(Triage::read(&parts).is_err(), "{from} {to}");
        }
    }
}
