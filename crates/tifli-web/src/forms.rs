//! What a form shows back: the typed values, an error beside each field and a summary on top that links to them. It
//! validates nothing; the decisions come from the layers below.

use crate::i18n::{FluentValue, T};

/// One thing wrong with a form, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's `id` (same as its `name`).
    pub field: String,
    /// The translated sentence.
    pub message: String,
}

/// All that is wrong with a form; empty when it is shown for the first time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors {
    /// In the order of the fields on the page.
    pub list: Vec<FieldError>,
}

impl FormErrors {
    /// A form without errors.
    #[must_use]
    pub const fn none() -> Self {
        Self { list: Vec::new() }
    }

    /// Adds an error to a field.
    pub fn insert(&mut self, field: &str, message: impl Into<String>) {
        self.list.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// Whether there is nothing to complain about.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first sentence about a field.
    #[must_use]
    pub fn find(&self, field: &str) -> Option<&str> {
        self.list
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

/// For a summary whose sentences need no name of a field in front.
pub const NO_LABELS: [(&str, &str); 0] = [];

impl T {
    /// An error in the words of a summary: the label of its field in front, so that "an answer is needed" says which.
    /// `labels` are pairs of a field and the key of its label; a field `note` stands for `note-3` as well.
    #[must_use]
    pub fn problem_of<S: AsRef<str>>(
        self,
        error: &FieldError,
        labels: impl AsRef<[(S, S)]>,
    ) -> String {
        let is_of = |name: &str| {
            let rest = error.field.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let mut labels = labels.as_ref().iter();
        match labels.find(|(name, _)| is_of(name.as_ref())) {
            Some((_, key)) => self.wrong_with(&self.get(key.as_ref()), &error.message),
            None => error.message.clone(),
        }
    }

    /// What is wrong with the field of this label. A label that is a question goes without its mark.
    #[must_use]
    pub fn wrong_with(self, label: &str, message: &str) -> String {
        let label = label.trim_end_matches(['?', '؟', ' ', '\u{a0}', '\u{202f}']);
        self.with(
            "problem-of",
            &[
                ("x", FluentValue::from(label)),
                ("y", FluentValue::from(message)),
            ],
        )
    }
}

/// One choice of a radio group or a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

impl Choice {
    /// A choice that is not chosen yet.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            chosen: false,
        }
    }

    /// Marks the one whose value is `value`.
    #[must_use]
    pub fn select(mut list: Vec<Self>, value: &str) -> Vec<Self> {
        for choice in &mut list {
            choice.chosen = choice.value == value;
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_of_a_field_is_shown_beside_it() {
        let mut errors = FormErrors::none();
        errors.insert("place", "first");
        errors.insert("place", "second");
        assert_eq!(errors.find("place"), Some("first"));
        assert_eq!(errors.find("seen"), None);
    }

    #[test]
    fn a_summary_says_which_field_a_sentence_is_about() {
        let t = T::new(crate::i18n::Locale::En);
        let of = |field: &str| FieldError {
            field: field.to_owned(),
            message: "An answer is needed.".to_owned(),
        };
        let labels = [("note", "search"), ("name", "decide")];
        let told = t.problem_of(&of("note-3"), labels);
        assert!(told.contains(&t.get("search")), "{told}");
        assert!(told.contains("An answer is needed."), "{told}");
        assert_eq!(t.problem_of(&of("notes"), labels), "An answer is needed.");
    }

    #[test]
    fn a_label_that_is_a_question_goes_without_its_mark() {
        let t = T::new(crate::i18n::Locale::Ar);
        let told = t.wrong_with("هل الهاتف مشغَّل؟", "الجواب مطلوب.");
        assert!(told.contains("مشغَّل") && !told.contains('؟'), "{told}");
    }

    #[test]
    fn selecting_a_value_unselects_the_others() {
        let list = Choice::select(vec![Choice::new("a", "A"), Choice::new("b", "B")], "b");
        assert_eq!(
            list.iter().map(|choice| choice.chosen).collect::<Vec<_>>(),
            [false, true]
        );
    }
}
