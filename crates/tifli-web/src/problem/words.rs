//! The codes of refusals in English sentences, for the API. Pages word the same codes in the reader's language.

use axum::http::StatusCode;
use tifli_app::Problem;

/// The code for a bare status of the framework.
pub fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        status if status.is_server_error() => "failure",
        _ => "malformed",
    }
}

/// A problem beside a field, with its numbers.
#[must_use]
pub fn of_problem(problem: &Problem) -> String {
    let mut text = of_code(&problem.code).to_owned();
    for (name, value) in &problem.args {
        text.push_str(&format!(" ({name}: {value})"));
    }
    text
}

/// The sentence of a code.
#[must_use]
pub fn of_code(code: &str) -> &'static str {
    of_request(code)
        .or_else(|| of_state(code))
        .or_else(|| of_publication(code))
        .or_else(|| of_people(code))
        .or_else(|| of_systems(code))
        .or_else(|| of_field(code))
        .unwrap_or("This is refused.")
}

fn of_request(code: &str) -> Option<&'static str> {
    Some(match code {
        "invalid" => "Something given cannot be accepted; `errors` says what, field by field.",
        "not_found" => "There is no such thing, or you may not know of it.",
        "method_not_allowed" => "This address does not have this method.",
        "unsupported_media_type" => "This address does not take this content type.",
        "too_large" => "What was sent is larger than the limit of this address.",
        "malformed" => "The request cannot be read.",
        "malformed_json" => "The body is not the JSON that this address takes.",
        "not_a_period" => "Give a week such as `2026-W47` or a year such as `2026`.",
        "not_signed_in" => {
            "Sign in first: POST /api/v1/sessions, then send the token as `Authorization: Bearer`."
        }
        "sign_in_refused" => "Login, password or code is wrong.",
        "paused" => "Too many failures. Wait before the next attempt.",
        "too_often" => "Too many requests from this network. Wait a little.",
        "too_many_receipts" => "Too many wrong receipts from this network. Come back in an hour.",
        "receipt_unknown" => "There is no tip with this receipt.",
        "role" => "Your role does not do this.",
        "district" => "This belongs to another district.",
        "foreign_realm" => "Your account belongs to another realm.",
        "not_in_live" | "live_realm" => "This is not done in the live realm.",
        "csrf" | "foreign_site" => "The request did not come from our own page.",
        "try_again" | "failure" => "It did not work; nothing was changed. Try again in a moment.",
        "disk_full" => "The disk is full; nothing was changed.",
        "key_used_otherwise" => "This Idempotency-Key was used for another request.",
        "not_a_key" => "An Idempotency-Key has 1 to 128 visible ASCII characters.",
        _ => return None,
    })
}

fn of_state(code: &str) -> Option<&'static str> {
    Some(match code {
        "erased" => "The case was erased; nothing of it can be read.",
        "alert_ended" => "The alert has ended.",
        "alert_not_live" => "The alert is not live.",
        "alert_changed" => "The alert has changed since it was shown. Look again.",
        "alert_expired" => "The validity asked for has run out.",
        "alert_already_open" => "The case has an open alert already.",
        "alert_still_prepared" => "An alert of this case is still prepared.",
        "author_cannot_approve" => "The author of an alert cannot approve it.",
        "unit_cannot_approve" => "The unit of an alert's author cannot approve it.",
        "same_person" => "A second person must do this.",
        "guardian_silent" => "The reporter is told nothing until the prosecutor opens the gate.",
        "own_decision" => "Nobody reviews their own decision: another person must.",
        "nothing_to_review" => "There is no decision to review yet.",
        "already_retracted" => "This clearance was taken back already.",
        "count_drifted" => {
            "The number of people reached has changed by more than five percent. Look again."
        }
        "case_not_open_for_alert" => "The case is in no state for an alert.",
        "case_closed" => "The case is closed.",
        "report_incomplete" => "The report is not complete.",
        "not_a_draft" => "This version is no draft any more.",
        "already_received" => "The report is received already; its time does not change any more.",
        "draft_changed" => "Somebody changed this draft since you saw it. Both texts are given.",
        "paper_too_early" => "A report on paper is typed in within seven days.",
        "paper_before_last_seen" => {
            "The report cannot have been received before the child was last seen."
        }
        "not_returned" => "This version was not returned.",
        "not_submitted" => "This version was not submitted.",
        "cap_not_signed" => {
            "The message cannot be written or signed as a CAP document, so it does not go out; the reason is in the log."
        }
        "not_signed" => "The two approvals do not agree.",
        "not_possible_now" => "The state of the thing does not allow this now.",
        "not_ended" => "The case has not ended.",
        "tips_waiting" => "Tips of this case have not been looked at.",
        "erasure_decided" => "This erasure has been decided on.",
        "erasure_not_done" => "This erasure is not finished.",
        "invitation_over" => "This link is used or too old.",
        "not_the_first" => "There are accounts already.",
        "own_account" => "Nobody disables their own account.",
        "no_district" => "Your account has no district to take reports in.",
        "no_question" => "There is no question to answer.",
        "photo_in_use" => "The photo is part of an alert.",
        "photo_of_a_tip" => "The photo belongs to a tip.",
        _ => return None,
    })
}

/// What stands in the way of a publication.
fn of_publication(code: &str) -> Option<&'static str> {
    Some(match code {
        "no_consent" => "There is no consent to publish.",
        "gate_closed" => {
            "Nothing is published: answers about the reporter stop publication until the prosecutor decides."
        }
        "gate_not_asked" => {
            "The three questions about the reporter were not all asked: ask them and record the answers in the report."
        }
        "bulletin_only" => {
            "It was decided that only the bulletin goes out: no alert until another rung is decided."
        }
        "consent_refused" => {
            "The guardian refused publication. The prosecutor may substitute consent with a reason."
        }
        "no_best_interests" => {
            "The disappearance seems voluntary: first note why publication serves the child."
        }
        "beyond_rung" => {
            "The area or the channels go beyond the rung: make the area smaller or ask for a higher rung."
        }
        "abduction_words" => {
            "The text speaks of abduction, which is not established: say that the child is missing."
        }
        "plate_asked" => "Something in the text looks like a plate: say whether it is one.",
        "adult_not_cleared" => "The text identifies an adult without a recorded clearance.",
        "plate_not_cleared" => "The text gives a plate without a recorded clearance.",
        "channel_not_lawful" => {
            "A channel has no legal line that counts here: controller, country, basis and authorization."
        }
        "channel_not_consented" => {
            "The guardian has not consented to a channel, and the prosecutor has not stood in."
        }
        _ => return None,
    })
}

/// Files of people and people moved.
fn of_people(code: &str) -> Option<&'static str> {
    Some(match code {
        "not_utf8" => "This file is not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.",
        "nothing_to_take" => {
            "There is nothing to apply: the file is empty, changes nothing or has a line to be corrected."
        }
        "roster_columns_missing" => {
            "The first line must name at least the columns login, name and role."
        }
        "too_many_new" => "One file makes at most 200 accounts: split it.",
        "account_disabled" => "This account is closed; open it first.",
        "changed_meanwhile" => "The accounts have changed meanwhile: check again.",
        "own_move" => "Nobody moves themselves.",
        "moved_nowhere" => "Role, district and unit are these already.",
        _ => return None,
    })
}

/// The systems of partners and what is delivered to them.
fn of_systems(code: &str) -> Option<&'static str> {
    Some(match code {
        "no_such_partner" => "This partner is not in the country pack.",
        "no_such_service" => "This service is not in the directory.",
        "service_inactive" => {
            "This service receives no bulletins at present: make it active first."
        }
        "system_of_a_partner" => "Bulletins go to the systems of services, and this is a partner.",
        "system_of_a_service" => "This is a service: only bulletins go to its system.",
        "cessation_owed" => {
            "A service's system is still being told that the search has ceased; wait until it is, or until it is given up."
        }
        "endpoint_has_no_secret" => {
            "This system has no secret of ours: it takes CAP with the partner's own token."
        }
        "delivery_not_given_up" => {
            "This delivery was not given up, or somebody has settled it already."
        }
        "not_a_token" => "A token has visible ASCII characters only, 500 at most.",
        "endpoint_too_long" => "The address is too long.",
        "endpoint_not_an_address" => "This is not a whole web address.",
        "endpoint_not_https" => "The address must begin with https://.",
        "endpoint_user_info" => "The address must not carry a user name or a password.",
        "endpoint_port" => "The address must use the standard port, 443.",
        "endpoint_private" => "The address leads into a private network: nothing is sent there.",
        "endpoint_local_name" => "The address is a local name: a public one is needed.",
        "endpoint_unknown_service" => "The address is of no push service that is used here.",
        _ => return None,
    })
}

fn of_field(code: &str) -> Option<&'static str> {
    Some(match code {
        "missing" => "An answer is needed.",
        "too_long" => "This is too long.",
        "too_short" => "This is too short.",
        "hidden_characters" => "This holds hidden characters.",
        "markup" => "Plain text only, without tags.",
        "not_an_answer" => "This is none of the answers.",
        "not_kilometres" => "A radius is in kilometres, not in metres or another unit.",
        "not_in_range" | "validity_range" => "This is outside of the limits.",
        "not_a_date" => "This is not a date.",
        "in_the_future" => "This lies in the future.",
        "not_a_child" => "The person would be eighteen or older.",
        "before_birth" => "This lies before the date of birth.",
        "not_degrees" => "Latitude is between -90 and 90, longitude between -180 and 180.",
        "swapped" => "Latitude and longitude seem to be exchanged.",
        "outside_country" | "area_outside_country" => "This lies outside of the country.",
        "area_empty" | "area_too_few_points" | "area_zero" | "area_invalid" => {
            "This area encloses nothing."
        }
        "area_self_crossing" => "The border of the area crosses itself.",
        "unknown_language" => "This language is not spoken here.",
        "unknown_field" => "There is no such question.",
        "not_a_login" => "A login has 2 to 64 of a-z, 0-9, dot, underscore, dash.",
        "login_taken" => "Somebody has this login.",
        "holds_the_login" => "The password holds the login.",
        "wrong_password" => "The password is wrong.",
        "wrong_code" => "The code is wrong.",
        "nobody_subscribed" => {
            "Nobody who receives alerts lives inside. Send `confirmed` as true if this is meant."
        }
        "photo_missing" => "There is no such photo in this case.",
        "too_many_photos" => "A case holds no more photos than this.",
        "too_large_bytes" | "too_many_pixels" => "The photo is too large.",
        "scan_is_pdf" => "A scan is a JPEG, PNG or WebP image, not a PDF.",
        "nothing_to_withdraw" => "No consent was given for this channel.",
        "not_an_image" | "unsupported_format" => "A photo is a JPEG, PNG or WebP file.",
        "damaged" | "too_slow" | "crashed" | "spawn" => "The photo cannot be read.",
        "subscription_key" | "subscription_secret" => "This is not a key of a push subscription.",
        _ => return None,
    })
}
