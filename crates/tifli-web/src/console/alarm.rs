//! A first alarm by the line: three fields and, if the place is not known, the district.

use askama::Template;

use crate::forms::{Choice, FieldError, FormErrors};
use crate::layout::Shell;

/// `GET|POST /console/alarm`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/alarm.html")]
pub struct AlarmForm {
    /// Frame.
    pub shell: Shell,
    /// The same form sent twice opens one case.
    pub key: String,
    /// The call it is opened from; empty for none.
    pub call: String,
    /// Who calls, as typed.
    pub caller: String,
    /// The child, as typed.
    pub child: String,
    /// Where and when, as typed.
    pub seen: String,
    /// Districts to choose from.
    pub districts: Vec<Choice>,
    /// What must be corrected.
    pub errors: FormErrors,
}

impl AlarmForm {
    /// The three lines with what was typed, in order.
    #[must_use]
    pub fn lines(&self) -> [(&'static str, &str); 3] {
        [
            ("caller", &self.caller),
            ("child", &self.child),
            ("seen", &self.seen),
        ]
    }

    /// A problem with the name of its line in front.
    #[must_use]
    pub fn problem(&self, error: &FieldError) -> String {
        let label = self.shell.word("alarm-{}", &error.field);
        self.shell.t.wrong_with(&label, &error.message)
    }
}
