//! Whether the family must not learn of the search, as the reporter gate has it.

use std::collections::BTreeMap;

use tifli_domain::gate::{Heard, Question, decide};
use tifli_domain::intake::Field;

/// Whether the telegram bears the mark that the family must not be informed. Nothing here ever
/// holds a telegram back: a question nobody has asked yet leaves it unmarked and on its way.
pub(super) fn family_uninformed(answers: &BTreeMap<Field, String>) -> bool {
    let heard = Question::ALL.map(|question| {
        let field = Field::find(question.field());
        let answer = field.and_then(|field| answers.get(&field));
        Heard::answer(answer.map_or("", String::as_str))
    });
    decide(heard, None).is_silent()
}
