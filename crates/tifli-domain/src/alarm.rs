//! A first alarm taken on the telephone: three lines at the speed of speech, read as far as they can
//! be read with certainty. Nothing typed is lost: what is not understood stays as words. Not for: the
//! district it goes to, which needs the gazetteer.

use crate::text::{self, TextError};

/// The most characters of a line.
pub const LINE: usize = 200;
/// The most characters of the line on who calls, which is kept as a name.
const CALLER: usize = 120;
/// The most characters of a number; a longer one stays within the line.
const PHONE: usize = 32;
/// How words begin that make a number one of months, weeks or days and not of years.
const NOT_YEARS: [&str; 13] = [
    "mois",
    "semaine",
    "jour",
    "month",
    "week",
    "day",
    "شهر",
    "أشهر",
    "اشهر",
    "شهور",
    "أسبوع",
    "أسابيع",
    "يوم",
];
/// Fewest digits of a telephone number.
const PHONE_DIGITS: usize = 6;

/// The three lines as typed. The `Debug` of it shows nothing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// Who calls, with a number to call back.
    pub caller: String,
    /// The child's first name and age.
    pub child: String,
    /// Where and when the child was last seen.
    pub seen: String,
}

/// What the three lines say. The `Debug` of it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstAlarm {
    /// The caller's name, as far as there is one.
    pub caller: String,
    /// The caller's number, as far as there is one.
    pub phone: String,
    /// The child's first name.
    pub first_name: String,
    /// Whether the first name is written in Arabic letters.
    pub is_arabic: bool,
    /// The age in whole years, if one was said that a child can have.
    pub age: Option<i64>,
    /// Where and when, as typed.
    pub seen: String,
}

/// A problem with one of the lines: `caller`, `child` or `seen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {problem}")]
pub struct LineError {
    /// Which line.
    pub line: &'static str,
    /// What is wrong.
    pub problem: TextError,
}

impl Lines {
    /// All three in one text, the same for the same lines: for a hash, never for a log.
    pub fn key(&self) -> String {
        format!("{}\n{}", self.caller.trim(), self.story())
    }

    /// What was said of the child, in the words of the lines. The caller is not in it: every service may
    /// read the circumstances, and nobody but the case team how the caller is reached.
    pub fn story(&self) -> String {
        format!("{}\n{}", self.child.trim(), self.seen.trim())
    }
}

impl FirstAlarm {
    /// Reads the three lines; each is needed.
    pub fn read(lines: &Lines) -> Result<Self, Vec<LineError>> {
        let mut problems = Vec::new();
        let mut line = |line: &'static str, typed: &str, limit: usize| {
            text::required(typed, limit).unwrap_or_else(|problem| {
                problems.push(LineError { line, problem });
                String::new()
            })
        };
        let caller = line("caller", &lines.caller, CALLER);
        let child = line("child", &lines.child, LINE);
        let seen = line("seen", &lines.seen, LINE);
        if !problems.is_empty() {
            return Err(problems);
        }
        let (phone, caller) = split_phone(&caller);
        let (first_name, age) = split_age(&child);
        Ok(Self {
            is_arabic: first_name.chars().any(text::is_arabic),
            caller,
            phone,
            first_name,
            age,
            seen,
        })
    }
}

/// The longest run of digits that is long enough for a number, and the words around it.
fn split_phone(line: &str) -> (String, String) {
    let of_number = |c: char| digit(c).is_some() || " +-.()/".contains(c);
    let mut best: Option<&str> = None;
    for run in line.split(|c| !of_number(c)) {
        let digits = run.chars().filter(|c| digit(*c).is_some()).count();
        let longest = best.map_or(PHONE_DIGITS, |best| {
            best.chars().filter(|c| digit(*c).is_some()).count() + 1
        });
        if digits >= longest {
            best = Some(run);
        }
    }
    let best = best.map(|run| run.trim_matches([' ', '-', '.', '/']));
    let Some(run) = best.filter(|run| run.chars().count() <= PHONE) else {
        return (String::new(), line.to_owned());
    };
    let phone = run.chars().map(|c| digit(c).unwrap_or(c)).collect();
    let around = line.replacen(run, " ", 1);
    let words: Vec<&str> = around.split_whitespace().collect();
    let caller = words.join(" ");
    (phone, trimmed(&caller).to_owned())
}

/// The name in front of the first separator or digit, and the first number if it is one of years and a
/// child can be that old.
fn split_age(line: &str) -> (String, Option<i64>) {
    let ends = |c: char| digit(c).is_some() || "،,;؛/(-–".contains(c);
    let name = trimmed(line.split(ends).next().unwrap_or_default());
    let digits: String = line
        .chars()
        .skip_while(|c| digit(*c).is_none())
        .map_while(digit)
        .collect();
    let counted = line
        .trim_start_matches(|c: char| digit(c).is_none())
        .trim_start_matches(|c: char| digit(c).is_some());
    let unit = counted.trim_start().to_lowercase();
    let of_years = !NOT_YEARS.iter().any(|other| unit.starts_with(other));
    let age = digits
        .parse()
        .ok()
        .filter(|age| of_years && (0..=17).contains(age));
    let name = if name.is_empty() { trimmed(line) } else { name };
    (name.chars().take(60).collect(), age)
}

fn trimmed(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || "،,;؛:-–()".contains(c))
}

/// A digit of either script as an ASCII digit.
fn digit(c: char) -> Option<char> {
    let base = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(base), 10)
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Lines")
    }
}

impl std::fmt::Debug for FirstAlarm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FirstAlarm")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(caller: &str, child: &str) -> FirstAlarm {
        FirstAlarm::read(&Lines {
            caller: caller.to_owned(),
            child: child.to_owned(),
            seen: "Rabat, 18:30".to_owned(),
        })
        .unwrap()
    }

    #[test]
    fn who_calls_is_a_name_and_a_number_in_any_order_and_script() {
        for (line, name, phone) in [
            (
                "Nadia Exemple 0600 00 00 01",
                "Nadia Exemple",
                "0600 00 00 01",
            ),
            ("٠٦٠٠٠٠٠٠٠١ نادية", "نادية", "0600000001"),
            ("mother, +212 600-000-001", "mother", "+212 600-000-001"),
            ("neighbour of house 12", "neighbour of house 12", ""),
            (
                "0600 00 00 01 / 0600 00 00 02 / 0600 00 00 03",
                "0600 00 00 01 / 0600 00 00 02 / 0600 00 00 03",
                "",
            ),
        ] {
            let alarm = read(line, "Salma 7");
            assert_eq!(
                (alarm.caller.as_str(), alarm.phone.as_str()),
                (name, phone),
                "{line}"
            );
        }
    }

    #[test]
    fn the_child_is_a_name_and_an_age_and_what_is_not_understood_stays() {
        for (line, name, age, arabic) in [
            ("Salma, 7 ans", "Salma", Some(7), false),
            ("سلمى، ٧ سنوات", "سلمى", Some(7), true),
            ("Yassine 12", "Yassine", Some(12), false),
            ("سلمى", "سلمى", None, true),
            ("Salma 45", "Salma", None, false),
            ("Salma, 11 mois", "Salma", None, false),
            ("Dayana 7", "Dayana", Some(7), false),
            ("سلمى ٨ أشهر", "سلمى", None, true),
        ] {
            let alarm = read("Nadia", line);
            assert_eq!(
                (alarm.first_name.as_str(), alarm.age, alarm.is_arabic),
                (name, age, arabic),
                "{line}"
            );
        }
    }

    #[test]
    fn each_empty_line_is_named() {
        let problems = FirstAlarm::read(&Lines::default()).unwrap_err();
        let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, ["caller", "child", "seen"]);
    }

    #[test]
    fn an_alarm_in_a_log_tells_nothing() {
        let alarm = read("Nadia Exemple 0600000001", "Salma 7");
        assert_eq!(format!("{alarm:?}"), "FirstAlarm");
    }
}
