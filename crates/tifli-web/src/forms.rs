//! What a form shows back: the typed values, an error beside each field and a summary on top that links to them. It
//! validates nothing; the decisions come from the layers below.

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
    fn selecting_a_value_unselects_the_others() {
        let list = Choice::select(vec![Choice::new("a", "A"), Choice::new("b", "B")], "b");
        assert_eq!(
            list.iter().map(|choice| choice.chosen).collect::<Vec<_>>(),
            [false, true]
        );
    }
}
