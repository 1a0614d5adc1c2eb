# What was done, and why something was refused: the codes of the application in sentences.

act-alert-approve = Approved the alert
act-alert-begin = Began an alert
act-alert-begin_update = Began an update of the alert
act-alert-confirm_end = Confirmed the end
act-alert-dark = The last channel went dark
act-alert-draft = Saved the draft
act-alert-end = Ended the alert
act-alert-page_approver = The approver was paged: nobody has confirmed the end
act-alert-read = Read the alert
act-alert-redraft = Took the returned draft up again
act-alert-refuse = Refused the alert
act-alert-return = Returned the alert
act-alert-submit = Submitted the alert
act-audit-verify = Verified the audit chain
act-case-add_photo = Added a photo
act-case-answer = Answered questions
act-case-close = Closed the file
act-case-confirm_erasure = Signed the erasure
act-case-decline_erasure = Declined the erasure
act-case-erase = The key was destroyed: the file is erased
act-case-erase_again = The erasure was finished after an interruption
act-case-first_photo = Put another photo first
act-case-read = Read the file
act-case-receive = Received the report and opened the case
act-case-remove_photo = Removed a photo
act-case-request_erasure = Asked for the erasure
act-case-search = Searched the cases
act-case-start = Began the report
act-message-read = Opened the published text
act-person-create = Created an account
act-person-disable = Disabled an account
act-person-enable = Enabled an account
act-person-first = Became the first administrator
act-person-password = Changed their password
act-person-re_authenticate = Gave the password again
act-person-read = Checked a second key
act-person-renew = Gave somebody new secrets
act-person-sign_in = Signed in
act-person-sign_in_refused = Sign-in refused
act-person-sign_out = Signed out
act-photo-read = Opened a photo
act-receipt-refuse = A receipt code did not exist
act-tip-answer = Answered a question on a tip
act-tip-ask = Asked a question on a tip
act-tip-dismiss = Set a tip aside
act-tip-link = Linked a tip
act-tip-read = Read tips
act-tip-tell = Sent a tip

problem-already_settled = This duty is settled already.
problem-alert_already_open = This case has an open alert already.
problem-alert_ended = The alert has ended.
problem-alert_not_live = The alert is not live.
problem-alert_still_prepared = An alert of this case is still being prepared: finish it first.
problem-area_outside_country = The area lies outside the country.
problem-area_self_crossing = The border of the area crosses itself.
problem-case_closed = The file is closed.
problem-case_not_open_for_alert = The case is in no state for an alert.
problem-csrf = The form was too old. Open the page again.
problem-disk_full = The disk is full; nothing was changed.
problem-district = This belongs to another district.
problem-erased = The case was erased.
problem-erasure_decided = This request was decided already.
problem-erasure_not_done = The erasure is not finished yet.
problem-failure = Something failed on our side; nothing was changed.
problem-foreign_realm = Your account belongs to another installation.
problem-foreign_site = The form did not come from our own page.
problem-holds_the_login = The password must not hold the login.
problem-invalid = Something given cannot be accepted.
problem-invitation_over = This link was used or is too old.
problem-key_used_otherwise = This form was already sent with other content.
problem-live_realm = This is not done in the live installation.
problem-malformed = The form cannot be read.
problem-no_district = Your account has no district to take reports in.
problem-no_question = There is no question to answer.
problem-nobody_subscribed = Nobody who receives alerts lives in this area. Check its middle and its radius, then confirm if this is meant.
problem-not_a_draft = This version is no draft any more.
problem-not_a_key = This form has no key of its own. Open the page again.
problem-not_found = There is no such thing.
problem-not_in_live = This is not done in the live installation.
problem-not_possible_now = This is not possible any more: it has moved on meanwhile.
problem-not_returned = This version was not returned.
problem-cap_not_signed = The message cannot be written or signed as a CAP document, so it does not go out. Tell who runs the system; the reason is in its log.
problem-not_signed = The two approvals do not agree. Submit the alert again.
problem-not_submitted = This version is not waiting for a decision.
problem-not_the_first = There are accounts already.
problem-outside_country = This lies outside the country.
problem-own_account = Nobody disables their own account.
problem-photo_in_use = The photo is part of an alert and stays.
problem-photo_missing = This photo is not there any more. Choose another.
problem-photo_of_a_tip = This photo belongs to a tip.
problem-receipt_unknown = There is nothing with this receipt code.
problem-report_incomplete = The report is not complete: finish it first.
problem-role = Your role does not do this.
problem-same_person = A second person must do this.
problem-settled_by_the_act = This duty is not ticked off by hand: the act it waits for settles it.
problem-spawn = Photos cannot be taken at this moment. Try again shortly.
problem-store = Something failed while saving; nothing was changed.
problem-template = The sentences cannot be made of these facts. Write the headline yourself.
problem-too_large = What was sent is too large.
problem-too_many_receipts = Too many wrong receipt codes. Come back in an hour.
problem-too_often = Too often. Wait a little and try again.
problem-try_again = It did not work; nothing was changed. Try again in a moment.
problem-unknown_field = There is no such question.
problem-unknown_language = This language is not spoken here.

problem-too_many_photos = { $n ->
    [one] A file holds at most { $n } photo. Remove one first.
   *[other] A file holds at most { $n } photos. Remove one first.
}
receipt-published = { $n ->
    [one] Published.
   *[other] Published in { $n } places.
}
receipt-withdrawn = { $n ->
    [one] Withdrawn.
   *[other] Withdrawn from { $n } recipients.
}
receipt-targeted = { $n ->
    [0] Nobody to be told.
    [one] { $n } recipient to be told.
   *[other] { $n } recipients to be told.
}
act-case-closing_corrected = Corrected a recorded step
act-case-closing_done = Recorded a step before closing
act-case-closing_skipped = Left out a step before closing, with a name and a reason
act-case-closing_taken_back = Took back a recorded step
act-case-hold = Held the erasure back
act-case-lift_hold = Lifted a hold on the erasure
act-case-link_episode = Linked another case of the same child
problem-closing_open = The file cannot be closed: there are steps left to do.
problem-closing_before = A step that comes before it is not recorded.
problem-closing_stands_on = A later step stands on it: take that one back first.
problem-closing_not_needed = This case does not need this step.
problem-closing_settled = This step is recorded or taken back already.
problem-closing_receipts = This follows from receipts and cannot be declared.
problem-hold_lifted = This hold is lifted already.
problem-in_the_past = This date is past.
problem-no_outcome = The outcome of the case is not recorded.
problem-under_hold = This file is under a legal hold and is not erased.
problem-proceedings_open = Proceedings are open: the file is not erased.
act-found-register = Wrote down a found child
act-found-read = Read the file of a found child
act-found-photo = Added a found child’s photo
act-found-propose = Proposed whose child a found one is
act-found-link = Confirmed whose child a found one is
act-found-decline = Declined a match
act-found-close = Closed a found child without a case
act-found-erase = Erased the file of a found child
problem-place_not_found = There is no place of this name.
problem-erased_with_its_case = It is erased with its case.
act-case-venue_open = Alerted the staff of a venue
act-case-venue_found = Said that the lost child is found
act-case-venue_expire = The minutes of the venue’s alert are over
act-case-venue_grow = Made a national case of the venue’s alert
act-venue-add = Added a venue
act-venue-staff_on = Added somebody to the staff of a venue
act-venue-staff_off = Took somebody off the staff of a venue
problem-not_staff = This alert is for the staff of another venue.
problem-venue_taken = This code is another venue’s.
problem-not_in_country = This point is not in the country.
problem-venue_radius = Write the radius in kilometres, from 0.05 to 2.
problem-venue_minutes = From 5 to 60 minutes.
problem-no_such_login = Nobody has this login.
problem-not_of_the_venue = Only people of a unit of the venue’s own district can be its staff.
problem-period_runs = This period has not ended. Its figures are published once it has.
problem-not_of_the_district = This service belongs to another district.
problem-not_a_period = Give a week such as 2026-W47 or a year such as 2026.
problem-not_utf8 = This file is not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.
problem-nothing_to_take = There is nothing to apply: the file is empty, changes nothing or has a line to be corrected.
problem-roster_columns_missing = The first line must name at least the columns login, name and role.
problem-too_many_new = One file makes at most 200 accounts: split it.
problem-account_disabled = This account is closed; open it first.
problem-changed_meanwhile = The accounts have changed meanwhile: check again.
problem-own_move = Nobody moves themselves.
problem-moved_nowhere = Role, district and unit are these already.
