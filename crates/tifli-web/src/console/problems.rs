//! The codes of refused use cases in sentences of the page: beside a field, or for the whole of a refusal. It decides
//! nothing; the codes are the application's.

use tifli_app::Problem;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// A problem beside its field, in the page's language.
#[must_use]
pub fn sentence(shell: &Shell, problem: &Problem) -> String {
    let number = |name: &str| -> i64 {
        let found = problem.args.iter().find(|(held, _)| held == name);
        found
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or_default()
    };
    match problem.code.as_str() {
        "too_long" => shell.many("wrong-too-long", number("limit")),
        "not_in_range" => shell.pair(
            "wrong-range",
            shell.num(number("low")),
            shell.num(number("high")),
        ),
        "too_many_photos" => shell.many("problem-too_many_photos", number("limit")),
        "tips_waiting" => shell.many("erase-tips-waiting", number("count")),
        "paused" => shell.many("sign-in-wait", number("minutes")),
        code => of_code(shell, code),
    }
}

/// A code without numbers, in the page's language. A code without words is a failure of ours and said so.
#[must_use]
pub fn of_code(shell: &Shell, code: &str) -> String {
    if let Some(key) = shared(code) {
        return shell.say(key);
    }
    let key = "problem-{}".replace("{}", code);
    if shell.t.knows(&key) {
        shell.t.get(&key)
    } else {
        shell.say("problem-failure")
    }
}

/// Whether a code has a sentence of its own.
#[must_use]
pub fn is_worded(shell: &Shell, code: &str) -> bool {
    let numbered = ["too_long", "not_in_range", "tips_waiting", "paused"].contains(&code);
    numbered || shared(code).is_some() || shell.t.knows(&"problem-{}".replace("{}", code))
}

/// All problems beside the fields of a form; `rename` gives a field's name on the page.
#[must_use]
pub fn beside(shell: &Shell, problems: &[Problem], rename: impl Fn(&str) -> String) -> FormErrors {
    let mut errors = FormErrors::none();
    for problem in problems {
        errors.insert(&rename(&problem.field), sentence(shell, problem));
    }
    errors
}

/// Codes that say what a sentence of the forms says already.
fn shared(code: &str) -> Option<&'static str> {
    Some(match code {
        "missing" => "wrong-missing",
        "hidden_characters" => "wrong-hidden",
        "markup" => "wrong-markup",
        "not_an_answer" => "wrong-not-an-answer",
        "not_a_date" => "wrong-date",
        "in_the_future" => "wrong-future",
        "not_a_child" => "wrong-not-a-child",
        "before_birth" => "wrong-before-birth",
        "not_degrees" => "wrong-degrees",
        "swapped" => "wrong-swapped",
        "not_a_login" => "wrong-login",
        "login_taken" => "wrong-login-taken",
        "too_short" => "wrong-password-short",
        "wrong_password" => "wrong-password",
        "wrong_code" => "wrong-code",
        "sign_in_refused" => "wrong-sign-in",
        "area_empty" | "area_invalid" | "area_zero" | "area_too_few_points" => "wrong-area",
        "validity_range" => "wrong-hours",
        "not_an_image" | "unsupported_format" => "wrong-photo-type",
        "too_large_bytes" | "too_many_pixels" => "wrong-photo-large",
        "damaged" | "too_slow" | "crashed" => "wrong-photo-broken",
        "author_cannot_approve" => "approval-not-own-draft",
        "unit_cannot_approve" => "approval-not-own-unit",
        "channels_not_named" => "wrong-channels-not-named",
        "alert_changed" => "approval-not-stale",
        "no_consent" => "problem-no_consent",
        "alert_expired" => "approval-not-expired",
        "count_drifted" => "wrong-count-drifted",
        "not_ended" => "erase-not-ended",
        _ => return None,
    })
}
