# Words of the signed-in pages: frame.
nav-main = Main navigation
nav-waiting = { $n ->
    [one] { $n } waiting
   *[other] { $n } waiting
}
sign-out = Sign out
nav-cases = Cases
nav-tips = Tips
nav-delivery = Delivery
nav-people = People
nav-audit = Audit trail
role-officer = District officer
role-approver = Approving authority
role-room = Command room
role-line = Call line
role-prosecutor = Prosecutor’s office
role-field = Field unit
role-operator = Administrator
role-auditor = Auditor

# Words of the pages themselves.

# General words.
search = Search
show-all = Show all
more = Show more
reload = Load again
remove = Remove
choose = Choose…
needed = (needed)
until = until
not-yet = not yet
not-told = not told
percent = { $x }%
by-system = By the system
by-public = By the public
back-to-case = Back to the case
span-none = under 1 s
span-seconds = { $x } s
span-minutes = { $x } min
span-hours = { $x } h { $y } min
span-days = { $x } d { $y } h
left-until = { $x } left
left-late = late by { $x }
col-child = Child
col-state = State
col-next = Next step
col-clock = 24-hour clock
col-district = Police district
col-version = Version no.
col-author = Written by
col-decided = Decided by
col-when = When
col-what = What
col-after = After
col-channel = Channel
col-how = How it is withdrawn
col-dark = Withdrawn at
col-time-to-dark = Time to dark
col-progress = Progress
col-first-last = First – last
col-who = Who
col-host = Server
col-answer = Answer
col-attempts = Attempts
col-next-attempt = Next attempt
col-number = No.
col-act = Act
col-object = Object
col-hash = Hash

# Signing in.
sign-in = Sign in
sign-in-do = Sign in now
sign-in-help = Lost your password or your phone? Your administrator gives you new ones.
sign-in-wait = { $n ->
    [one] Too many attempts. Try again in { $n } minute.
   *[other] Too many attempts. Try again in { $n } minutes.
}
signed-out = You have signed out.
session-ended = Your session has ended. Please sign in again.
login = Login
login-hint = Small Latin letters, digits, dots and dashes.
password = Password
password-again = The password again
password-hint = { $n ->
    [one] At least { $n } character. A sentence is easier to remember.
   *[other] At least { $n } characters. A sentence is easier to remember.
}
totp-code = Code of your authenticator
totp-code-hint = Six digits that change every 30 seconds.
totp-words = Type this secret into an authenticator application, or open the address on the phone that holds it. It is not shown again.
totp-secret = Authenticator secret
totp-address = The same as an address
first-title = First administrator
first-words = This link works once. It creates the account that will create all others; that account reads no case.
first-step-who = 1. Who you are
first-step-totp = 2. Your second key
first-do = Create the account
session-expired-title = Sign in again to go on
session-expired-kept = { $n ->
    [one] Your session ended. What you typed is kept ({ $n } answer) and will be sent once you sign in.
   *[other] Your session ended. What you typed is kept ({ $n } answers) and will be sent once you sign in.
}
session-expired-files = Photos could not be kept: please choose them again.
session-expired-do = Sign in and send
replay-title = Sending what you typed
replay-words = You are signed in again. What you typed is being sent.
replay-do = Send now

# Refusals.
refusal-role = Your role does not do this
refusal-more-role = Somebody with another role must do it. Nothing was changed.
refusal-district = This belongs to another district
refusal-more-district = Ask the command room if your district should take part.
refusal-not-found = Nothing is here
refusal-more-not-found = The address is wrong, or it leads to something you may not see.
refusal-token = The form was too old
refusal-more-token = Nothing was changed. Open the page again and repeat the last step.
refusal-stale = It has changed meanwhile
refusal-more-stale = Somebody else was faster. Look at the page again before you decide.
refusal-not-possible = This is not possible any more
refusal-more-not-possible = The case or the alert has moved on. Its page shows what can be done now.
refusal-erased = This case was erased
refusal-more-erased = Two people signed its erasure. Nothing of it can be read any more.
refusal-failure = Something failed on our side
refusal-more-failure = Nothing was done. Please try again; if it fails again, tell the operator the number below.
refusal-reference = Number for the operator:
refusal-back = Go on from here

# List of cases.
new-report = Take a new report
all-cases = All cases
search-cases = Search cases
search-cases-hint = Name in any spelling, phone or case number.
no-cases = No case yet.
no-cases-found = No case matches.
no-name-yet = No name yet
child-years = { $n ->
    [one] { $n } year old
   *[other] { $n } years old
}
tile-waiting = to decide
tile-ended = ended, to confirm
tile-live = live alerts
tile-tips = tips to look at
waiting-title = Alerts waiting for a decision
ended-unconfirmed = Ended, waiting for a second person
live-title = Live alerts
live-since = since
submitted-by = Submitted by
ended-by = Ended by
decide = Look and decide
confirm-end = Confirm the end
end-alert = End the alert
version-first = First version
version-update = { $n ->
    [one] Update, version { $n }
   *[other] Update, version { $n }
}
would-reach = { $n ->
    [one] { $n } subscriber
   *[other] { $n } subscribers
}
handed-of = { $x } of { $y } handed over
tips-waiting = { $n ->
    [one] { $n } tip to look at
   *[other] { $n } tips to look at
}
case-state-draft = Report being typed
case-state-received = Report received
case-state-alerted = Alert live
case-state-recalling = Being withdrawn
case-state-dark = Withdrawn everywhere
case-state-closed = Closed
case-state-erased = Erased
next-finish-report = Finish the report
next-draft-alert = Draft the alert
next-submit-alert = Finish and submit the alert
next-await-decision = The approver decides
next-reconsider = Correct the returned alert
next-watch = Watch tips and delivery
next-confirm-end = A second person confirms the end
next-await-dark = Wait for the last channel
next-close = Close the file
next-erase = Ask for erasure
next-confirm-erasure = A second person signs the erasure
next-nothing = Nothing left to do
end-reason-found = The child was found
end-reason-consent_withdrawn = The guardian withdrew consent
end-reason-danger = The alert puts the child in danger
end-reason-false_report = The report was false
end-reason-issued_in_error = It should not have gone out
end-reason-expired = Its validity ran out

# Report.
report-title = Report of a missing child
report-words = Every answer is saved at once. Start with what you know; nothing but the questions marked as needed holds the case back.
report-index = Sections of the report
answered-of = { $x } of { $y }
report-open = Open the case
report-save = Save
report-ceiling = { $n ->
    [one] The clock of { $n } hour starts when the case opens.
   *[other] The clock of { $n } hours starts when the case opens.
}
section-reporter = Who reports
section-consent = Consent to publish
section-child = The child
section-last-seen = Last seen
section-more-reporter = Never published. A missing paper never delays the report.
section-more-consent = Without express consent nothing is published; the search goes on all the same.
section-more-child = Only the first name, the age and the description can be published.
section-more-last-seen = The public sees the place only roughly; the exact point stays with the team.
report-heading-look = Appearance
report-heading-place = The place
report-heading-what = What happened
field-reporter_name = Full name of the reporter
field-reporter_relation = Relation to the child
field-reporter_paper_kind = Identity paper
field-reporter_paper_number = Number of the paper
field-reporter_phone = Phone
field-consent_publish = Does the guardian consent to publishing the photo and first name?
field-consent_given_by = Given or refused by whom, and before whom
field-child_first_name_ar = First name in Arabic letters
field-child_first_name = First name in Latin letters
field-child_family_name_ar = Family name in Arabic letters
field-child_family_name = Family name in Latin letters
field-child_birth_date = Date of birth
field-child_age = Age in years
field-child_sex = Girl or boy
field-clothes_ar = Clothes, in Arabic
field-clothes = Clothes, in the second language of alerts
field-marks_ar = Visible marks, in Arabic
field-marks = Visible marks, in the second language of alerts
field-home_address = Home address
field-last_seen_at = When last seen
field-last_seen_place = Place
field-last_seen_lat = Latitude of the point
field-last_seen_lon = Longitude of the point
field-last_seen_words = The place in words
field-circumstances = Circumstances
field-nature = Forced or voluntary
field-confirmed = I have checked this and it is right
hint-reporter_name = As on the identity paper.
hint-reporter_paper_number = Can be added later.
hint-reporter_phone = A number that is answered day and night.
hint-consent_given_by = For example: the mother, before the officer on duty, signed statement.
hint-child_first_name_ar = One of the two scripts is enough.
hint-child_birth_date = If it is not known, give the age.
hint-child_age = Only if the date of birth is not known.
hint-clothes_ar = What the child wore when last seen.
hint-marks_ar = Scar, glasses, haircut. Nothing intimate.
hint-home_address = Where the child lives, to search there first.
hint-last_seen_at = Local time. If unsure, the last moment that is certain.
hint-last_seen_place = Town, quarter or village, in any spelling.
hint-last_seen_words = A street, a shop, a bus stop.
hint-circumstances = What happened before, who was there, which way the child went.
hint-nature = Never shown to the public. “Unknown” is a good answer.
answer-consent-yes = Yes, expressly
answer-consent-no = No, refused
answer-consent-unknown = Not asked yet
answer-nature-forced = Forced
answer-nature-voluntary = Voluntary
answer-nature-unknown = Unknown
sex-girl = Girl
sex-boy = Boy
sex-unknown = Not known
seen-by-public = May be published
seen-by-police = All security services
seen-by-team = Case team only
seen-by-sealed = Sealed
saving = Saving…
saved-at = Saved { $x }
saving-retry = Not saved yet – trying again
saving-offline = No connection. Go on typing: it is kept encrypted on this computer and sent when the connection is back.
saving-offline-open = No connection. Go on typing and keep this page open: it alone keeps what you type until the connection is back.
kept-restored = Typed on this computer at { $x }, not sent yet
kept-elsewhere = Answers typed on this computer that wait for your choice on another page: { $x }
saving-signed-out = You are signed out. Sign in again in another tab and go on here; nothing is lost.
all-saved = Everything is saved
pending-count = Not saved yet: { $x }
conflict-who = { $x } changed this at { $y }. Keep which?
conflict-theirs = Theirs:
conflict-yours = Yours:
empty-answer = (no answer)
place-search = Search places
place-choose = Choose the place
place-none = None of these
place-not-found = No place of this name. Try another spelling, or give the point on the map.
map-live = Map: click to set the point
map-set-point = Put the point at the middle of the map
map-none = The map appears once a place or a point is given.
map-hint = Click on the map, or type latitude and longitude below.
map-show = Show the point
photos-title = Photos of the child
photo-add = Add photos
photo-hint = { $n ->
    [one] JPEG, PNG or WebP, up to { $n } MB each. The face, alone, as recent as possible. Location data in the file is removed.
   *[other] JPEG, PNG or WebP, up to { $n } MB each. The face, alone, as recent as possible. Location data in the file is removed.
}
photo-send = Send the chosen photos
photo-sending = Sending the photo…
photo-failed = The photo was not accepted.
no-photos = No photo yet. The report goes on without one.
photo-main = First choice
photo-make-main = Use first
photo-alt = { $n ->
    [one] Photo { $n } of the child
   *[other] Photo { $n } of the child
}
photo-n = { $n ->
    [one] Photo no. { $n }
   *[other] Photo no. { $n }
}
photo-remove-n = { $n ->
    [one] Remove photo { $n }
   *[other] Remove photo { $n }
}
photo-size = { $x } × { $y } pixels
confirm-title = Please confirm before the case opens
warning-long-ago = The child was last seen more than a week ago.
warning-outside-country = The point lies in the sea or abroad.
warning-no-subscriber = Nobody who receives alerts lives around the point.

# One case.
next-step = Next:
consent-given = Consent to publish is recorded.
consent-refused = Consent to publish was refused: nothing can be published.
consent-unknown = Consent to publish is not recorded yet: nothing can be published.
action-edit-report = Correct the report
action-draft-alert = Draft an alert
action-update-alert = Update the alert
action-open-draft = Go on with the draft
action-deliveries = See the delivery
action-close = Close this file
action-ask-erasure = Ask for erasure of the file
action-confirm-erasure = Decide on the erasure
alerts-title = Alerts
versions-title = Versions of the alert
public-page = Public page
alert-state-preparing = Being prepared
alert-state-live = Live
alert-state-ended = Ended, not confirmed
alert-state-confirmed = Ended and confirmed
alert-state-refused = Refused
version-state-drafted = Draft
version-state-submitted = Submitted
version-state-returned = Returned
version-state-refused = Turned down
version-state-issued = Issued
version-state-withdrawn = Withdrawn
file-title = The file
file-not-yours = Your role does not read the file.
reading-recorded = You opened this file: the reading is recorded with your name and the time.
clocks-title = Clocks
clock-started = Typing began
clock-received = Report received on
clock-submitted = Alert submitted
clock-published = Alert published
clock-ended = Alert ended
clock-dark = Last channel dark
timeline-title = What was done
no-tips = No tips.
with-photo = with photo

# Drafting an alert.
draft-title = Draft of the alert
returned-title = Returned by
draft-no-consent = No consent to publish is recorded. You can draft; the alert cannot be approved until consent is there.
draft-photo = Photo to publish
draft-photo-hint = The picture is what people remember.
draft-no-photo = No photo
language-optional = optional: its absence never delays the alert
text-first_name = First name
text-place = Where last seen
text-when = When, in words
text-clothes = What the child wore
text-marks = Marks to recognize
text-headline = Headline
text-description = Full description
text-instruction = What people should do
text-standard = Left empty, the standard sentence is used.
area-heading = Area and validity
area-kind = Shape of the area
area-circle = A circle around a point
area-polygon = Corners on the map
area-regions = Regions of the country, by name
area-words = Area:
radius-km = Radius in kilometres
radius-km-hint = In kilometres, never in metres.
unit-km = kilometres
unit-hours = hours
latitude = Latitude (degrees)
longitude = Longitude (degrees)
polygon-title = Corners
polygon = One corner a line
polygon-hint = Latitude, longitude; at least three lines.
regions-title = Regions and provinces
regions = A whole region or some of its provinces
regions-hint = More than one may be chosen. The alert goes to everybody subscribed inside them.
regions-provinces = Provinces:
validity-hours = Validity
validity-hint = { $n ->
    [one] At most { $n } hour; the alert then ends by itself.
   *[other] At most { $n } hours; the alert then ends by itself.
}
reach-title = Who would be disturbed
reach-subscribers = Subscribers reached
reach-residents = Residents by census
reach-foreign = Foreign residents
reach-month = Alerts and updates in the last 30 days
reach-month-value = about { $x } per subscriber inside, at most { $y }
reach-unknown = The count appears once the area is complete.
reach-count = Save and count again
reach-warning-clipped = Part of the area lies outside the country and is left out.
reach-warning-nobody = No subscriber is inside: only the page and the feeds would carry the alert.
reach-confirm-title = No subscriber in the area
reach-confirmed = Yes, the area is right; the alert goes even if it reaches no subscriber
reach-warning-wide = The area covers most of the country. A smaller one is noticed more.
reach-warning-small = The radius is under one kilometre. Is it right?
reach-warning-often = People inside have received many alerts this month.
reach-warning-asleep = It is night there: most people inside are asleep.
draft-save = Save the draft
draft-preview = See it as the public
draft-submit = Submit for decision
preview-title = As the public will see it

# Approval.
approval-title = Decide:
approval-seen = What the public will see
approval-reach = Where, and how many people
approval-rests = What it rests on
approval-consent = Consent
consent-short-given = given
consent-short-not = missing
approval-expires = Ends by itself on
approval-channels = Channels
approval-changes = What changed since the last version
approval-rung = Rung
approval-abroad = Parts across a border
abroad-part = about { $x } km², { $y } of the area
approval-decision = Your decision
approval-password = Your password, to sign
approval-means = Approving sends this alert to { $x } subscribers now and shows it to everyone until { $y }.
approve = Approve and send
approval-reason = Reason
approval-reason-hint = Needed to return or refuse. The author reads it.
return-draft = Return for correction
refuse-alert = Refuse this alert
approval-bound = What your approval binds
approval-bound-hint = If the text, the area, the channels, the expiry or the count differ from this by anything, the approval is void.
bound-message = Fingerprint of the text
bound-area = Fingerprint of the area
bound-sequence = Count made at entry
approval-not-blocked = What stands in the way is listed above. Have it settled, return the alert, or refuse it with a reason.
approval-not-own-draft = You wrote this alert. Another person must decide.
approval-not-own-unit = This alert was written in your unit. Another unit must approve it; you may return or refuse it.
approval-not-expired = The validity asked for has run out. Return it for a new one.
approval-not-stale = This alert was changed or decided since this page was made. Open it again.
approval-not-not-yours = Your role reads this page and does not decide.

# Delivery.
delivery-title = Delivery of the alert:
no-deliveries = No alert has been sent.
figures-live = Live, as of { $x }
figures-still = Complete, as of { $x }
figure-inside = In the area
figure-handed = Handed over
figure-retrying = Trying again
figure-failed = Failed
figure-gone = Gone
figure-rate = Per second
figure-all-tried = from approval until all were tried
channels-title = By channel
message-kind-alert = Alert
message-kind-update = Update
message-kind-cancel = Cancel
delivery-state-pending = Waiting
delivery-state-sending = Sending
delivery-state-retrying = Retrying
delivery-state-done = Done
delivery-state-withdrawn = Overtaken
delivery-state-dead = Given up
channel-web_push = Phones and browsers (push)
channel-public_page = Page of the alert
channel-cap_feed = CAP feed
channel-webhook = Partners
channel-email = E-mail
channel-sms = Text messages
dark-by-page = The page says that the alert has ended.
dark-by-feed = The feed carries the Cancel.
dark-by-push = The Cancel replaces the notification on each device.
dark-by-partner = The Cancel is delivered to each system that had the alert, until it confirms.
dark-by-hand = People ask the partner to take it down, and look whether it is gone.
recall-title = Withdrawal
recall-dark = Dark everywhere
recall-going = Under way
recall-done = Time to dark: { $x }, at { $y }.
recall-since = Running for { $x }.
failures-title = Failures by name
no-failures = No failure.
failures-shown = { $x } of { $y } shown, newest first.
given-up = given up
receipts-title = Receipts
no-receipts = No receipt yet. Nothing counts as sent without one.
refresh-start = Reload this page every 5 seconds
refresh-stop = Stop reloading

# Ending an alert.
end-title = End the alert about
end-words = { $n ->
    [one] The photo and the page go at once, sending stops, and { $n } person who received the alert is told that it has ended. The public never learns why.
   *[other] The photo and the page go at once, sending stops, and { $n } people who received the alert are told that it has ended. The public never learns why.
}
end-second = A second person confirms the reason within 30 minutes; otherwise the approver is paged.
end-why = Why it ends
end-why-hint = Only the house reads this.
end-do = End it now
confirm-end-title = Confirm why the alert ended:
confirm-end-words = The alert has already ended for the public. You confirm the reason only; to bring it back takes a new alert with two people.
confirm-end-own = You ended it yourself: somebody else must confirm.
confirm-end-do = I confirm this reason

# Tips.
tips-words = What people told us. A tip never changes a case by itself.
tips-filter = Which tips
tips-all = All
tips-new = To look at: { $x }
tip-state-received = New
tip-state-linked = Linked
tip-state-dismissed = Set aside
live-on = Live: new tips appear by themselves.
live-lost = Connection lost – trying again.
tip-no-place = No place told
tip-seen-at = Seen:
tip-unread = { $n ->
    [one] { $n } new answer
   *[other] { $n } new answers
}
tip-one-title = Tip about
tip-told = What was told
tip-where = Where it was
sighting-when = When it was
tip-distance = { $n ->
    [one] { $n } km from where the child was last seen
   *[other] { $n } km from where the child was last seen
}
tip-photo-title = Photo of the tip
tip-photo-warning = A photo came with this tip. It may be disturbing. Opening it is recorded.
tip-photo-open = Open the photo
tip-photo-opened = Opened by you: this is recorded.
tip-photo-unblur = Show clearly
tip-photo-alt = Photo sent with the tip
tip-dialogue = Dialogue
dialogue-none = Nothing was said since.
dialogue-public = The person
tip-question = Ask a question
tip-question-hint = The person reads it with their receipt code; your name is not shown.
tip-ask = Send the question
tip-link-title = Link as a sighting
tip-link-words = Nothing of it goes to the public; it can be undone.
tip-link-do = Link to the case
tip-dismiss-title = Set this tip aside
tip-dismiss-why = Why is it set aside?
dismiss-not_child = It is not the child
dismiss-duplicate = Known already
dismiss-impossible = Not possible in time or place
dismiss-hoax = A hoax
dismiss-no_detail = Nothing that helps
dismiss-other = Another reason
tip-dismiss-note = Note
tip-dismiss-do = Set aside

# Erasure.
erase-title = Ask to erase case
erase-confirm-title = Second signature: erase case
erase-goes = What goes, for ever
erase-stays = What stays
erase-kind-answers = answers of the report
erase-kind-photos = photos in every size
erase-kind-messages = texts of alerts
erase-kind-tips = tips with their dialogues
erase-how = The key of this case is destroyed: in the database, its log and every backup the data can never be read again.
erase-backups = { $n ->
    [one] A backup of the keys lives at most { $n } day.
   *[other] A backup of the keys lives at most { $n } days.
}
erase-stays-audit = audit entries without personal data; the chain still verifies
erase-stays-page = The page that says “this alert has ended”
erase-stays-counts = Counts and times for statistics, without a name
erase-again = If the child disappears again, a new report can always be taken.
erase-not-ended = Not yet: an alert is live or its withdrawal is not complete.
erase-tips-waiting = { $n ->
    [one] Not yet: { $n } tip of this case has not been looked at.
   *[other] Not yet: { $n } tips of this case have not been looked at.
}
erase-reason = Why it is erased
erase-reason-hint = No names: the reason stays in the request.
erase-second = Nothing goes yet: a second person must sign.
erase-ask = Ask for the erasure
erase-asked-by = Asked by
erase-confirmed-by = Signed by
erase-own = You asked for it: somebody else must sign.
erase-type-number = Type the number of the case
erase-type-number-hint = As it stands in the title: what goes does not come back.
erase-do = Erase for ever
erase-decline = Do not erase
erase-done-title = Erased: case
erase-done-words = The key was destroyed on { $x }. The data cannot be read any more.
erase-count-gone = { $x } gone
erase-keys-by = Last backup of the keys gone by
chain-title = Audit chain
chain-whole = { $n ->
    [one] Whole: { $n } entry verified.
   *[other] Whole: { $n } entries verified.
}
chain-broken = { $n ->
    [one] Broken at entry { $n }.
   *[other] Broken at entry { $n }.
}

# People.
people-list = Accounts
person-name = Full name
person-role = Role
person-role-officer = Officer of a district
person-role-approver = Approving authority
person-role-prosecutor = Prosecutor
person-role-room = Command and coordination room
person-role-unit = Unit in the field
person-role-administrator = Administrator
person-seen = Last signed in
person-never = never
person-account = Account
person-own = your own
person-disabled = disabled
person-disable = Disable
person-enable = Enable again
person-renew = New secrets
person-new = New account
person-unit = Unit or post
person-unit-hint = Shown beside the name wherever two people sign.
person-create = Create this account
person-created = Account created: { $x }
person-once = Shown once. Hand it over in person.
person-password = One-time password

# Audit.
audit-words = Every act and every reading of a file, each entry sealed to the one before.
audit-verify = Verify the chain
audit-head = Last hash:
audit-broken-more = Tell the operator and the prosecutor at once; change nothing.
audit-search = Identifier or login
audit-none = No entry.
audit-total = { $n ->
    [one] { $n } entry in all
   *[other] { $n } entries in all
}
audit-newer = Newer
audit-older = Older

# What is wrong with a form.
wrong-missing = An answer is needed.
wrong-hidden = The text holds hidden characters. Type it again.
wrong-markup = Write plain text, without tags.
wrong-not-an-answer = Choose one of the answers.
wrong-date = This is not a date. Example: 2026-11-22.
wrong-future = This lies in the future.
wrong-not-a-child = The person would be eighteen or older.
wrong-before-birth = This lies before the date of birth.
wrong-degrees = Latitude is between -90 and 90, longitude between -180 and 180.
wrong-swapped = Latitude and longitude seem to be exchanged.
wrong-sign-in = Login, password or code is not right.
wrong-code = The code is not right. Wait for the next one.
wrong-login = Use three characters or more: small Latin letters, digits, dots, dashes.
wrong-login-taken = This login is taken.
wrong-password-short = The password is too short.
wrong-passwords-differ = The two passwords differ.
wrong-password = The password is not right.
wrong-reason = Give a reason.
wrong-radius = Give the radius in kilometres: a number greater than zero, without a unit. Example: 160.
wrong-area = The area is incomplete or encloses nothing. One corner a line: latitude, longitude; at least three corners.
wrong-hours = Give the validity in whole hours within the limit.
wrong-photo-type = This is not a JPEG, PNG or WebP photo.
wrong-photo-large = The photo is too large.
wrong-photo-broken = The photo cannot be read.
wrong-photo-small = The photo is too small to recognize a face.
wrong-place = Choose the place from the list.
wrong-number = This is not the number of the case.
wrong-draft-changed = Somebody changed the draft meanwhile. Compare before you save again.
draft-theirs = What stands there now: { $x }
wrong-confirm = Confirm this, or correct it.
wrong-count-drifted = The number of people reached has changed by more than five percent. Look again.
wrong-too-long = { $n ->
    [one] At most { $n } character.
   *[other] At most { $n } characters.
}
problem-of = { $x }: { $y }
wrong-range = Give a whole number from { $x } to { $y }.
approval-untargeted = Channels that cannot be limited to the area
approval-untargeted-hint = They reach whoever reads them, wherever that is. Tick to name them all before you approve.
approval-sent = What each channel will send
approval-sent-hint = The text as it will leave, character by character.
approval-sent-limit = Arrives whole up to { $x } characters.
recall-real = Real recall
recall-best_effort = Best-effort recall
recall-none = No recall
wrong-channels-not-named = Not every channel that cannot be limited to the area has been named.
