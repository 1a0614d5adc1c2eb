//! How alike two names are, whatever their spelling and script: a first, simple form. Not for:
//! deciding that two children are one.

use crate::fold::{fold, without_articles};
use crate::translit::{skeleton, transliterations};

/// Below this likeness, two words are no spellings of each other.
const LEAST: f64 = 0.84;

/// How alike a name as heard is to a name that may be written in several scripts, from 0 to 100:
/// the mean over the heard words of the best likeness of each. `None` where a side is empty.
///
/// ```
/// use tifli_pack::likeness;
/// assert_eq!(likeness("Yacine", &["ياسين", "Idrissi"]), Some(100));
/// assert!(likeness("Karim", &["ياسين"]).is_some_and(|l| l < 40));
/// assert_eq!(likeness("", &["ياسين"]), None);
/// ```
pub fn likeness(heard: &str, written: &[&str]) -> Option<u8> {
    let heard = words(heard);
    let written: Vec<String> = written.iter().flat_map(|name| words(name)).collect();
    if heard.is_empty() || written.is_empty() {
        return None;
    }
    let best = heard.iter().map(|word| {
        let alike = written.iter().map(|other| of_words(word, other));
        alike.fold(0, u32::max)
    });
    let sum: u32 = best.sum();
    let mean = sum / u32::try_from(heard.len()).unwrap_or(u32::MAX);
    Some(u8::try_from(mean).unwrap_or(100))
}

fn words(name: &str) -> Vec<String> {
    let folded = without_articles(&fold(name));
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The same consonants are the same name; otherwise the closest of the forms in either script.
fn of_words(one: &str, other: &str) -> u32 {
    let bones = skeleton(one);
    if one == other || (bones.chars().count() > 1 && bones == skeleton(other)) {
        return 100;
    }
    let others = transliterations(other);
    let pairs = transliterations(one)
        .into_iter()
        .flat_map(|a| others.iter().map(move |b| strsim::jaro_winkler(&a, b)));
    let closest = pairs.fold(0.0, f64::max);
    if closest < LEAST {
        return 0;
    }
    // From the least likeness upwards, 50 to 95: never the certainty of equal consonants.
    let share = (closest - LEAST) / (1.0 - LEAST);
    let percent = (50.0 + share * 45.0).round();
    format!("{percent:.0}").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_child_in_any_script_is_alike_and_another_is_not() {
        for (heard, written, least, most) in [
            ("Salma", &["سلمى"][..], 100, 100),
            ("سلما", &["Salma", "Exemple"], 100, 100),
            ("ⵢⴰⵙⵉⵏ", &["Yassine"], 100, 100),
            ("Mohamed El Amrani", &["محمد", "العمراني"], 100, 100),
            ("Ayoub", &["أيمن", "Aymane"], 0, 80),
            ("Salma", &["Yassine", "ياسين"], 0, 30),
        ] {
            let found = likeness(heard, written).unwrap();
            assert!(
                (least..=most).contains(&found),
                "{heard} {written:?}: {found}"
            );
        }
    }

    #[test]
    fn half_a_name_is_half_alike() {
        assert_eq!(likeness("Salma Tazi", &["Salma", "Exemple"]), Some(50));
    }
}
