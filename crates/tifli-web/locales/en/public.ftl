# Words of the public pages.

## Alert

alert-tag = { $sex ->
    [girl] Missing girl
    [boy] Missing boy
   *[other] Missing child
}
i-saw = { $sex ->
    [girl] I saw this girl
    [boy] I saw this boy
   *[other] I saw this child
}
age-years = { $n ->
    [one] { $n } year old
   *[other] { $n } years old
}
age-months = { $n ->
    [one] { $n } month old
   *[other] { $n } months old
}
list-comma = ,
when-around = around { $time }
when-between = between { $from } and { $to }
photo-of = Photo of { $name }
no-photo = No photo yet
missing-since = Missing since:
last-seen-at = Last seen:
updated-at = Updated:
call-now = Call
clothes = Clothes
marks = How to recognize
speaks = Speaks
area-title = Search area
area-map = Map of the search area around the place last seen
share-title = Help spread the alert
share-hint = Share the link to this page, do not copy the photo. When the alert ends, photo and name vanish from the link; a copy can follow the child for years.
issued-at = Published
expires-at = The alert ends
verify-code = Verification code
verify-hint = Enter this code on the checking page to be sure the alert is ours.

## End of an alert

ended-title = This alert has ended
ended-delete = Please delete what you shared.
ended-why = To protect children we publish no details after an alert has ended, whatever the reason.
ended-thanks = Thank you to everyone who helped.

## Current alerts

current-title = Missing children: current alerts
current-none = There is no alert at the moment.
current-count = { $n ->
    [one] { $n } alert is active.
   *[other] { $n } alerts are active.
}
feed-title = Feed of current alerts
subscribe-call = Be told first, near you
subscribe-call-more = Receive an alert on your phone when a child goes missing in your area. No account, no name, no number.
doubt-title = Not sure an alert is real?
doubt-more = Check before you share: all you need is the code written on it.

## Tip from the public

title-error = Error:
tip-title = Tell the police what you saw
tip-about = About:
tip-urgent = If the child is in front of you now or in danger, call at once:
tip-anonymous = We do not ask for your name or number. Every detail helps, even if you are not sure.
tip-seen = What did you see?
tip-seen-hint = For example: what the child wore, who was there, which way they went, the color of a car.
tip-place = Where?
tip-place-hint = A town, a district, a street, or describe the place in your own words.
find-place = Search
tip-which-place = Is it one of these places?
tip-when = When?
tip-when-hint = A rough time is enough.
tip-photo = A photo, if you have one
tip-photo-hint = Add it last: searching for a place empties this field. Take no risk for a photo. 10 MB at most.
tip-trap = Leave this field empty
tip-trapped = The form asked for it to stay empty, so it was not sent. Empty the last field and send again.
tip-send = Send
tip-thanks-title = Thank you
tip-thanks-stored = What you told us has arrived and is stored. An officer will read it.
receipt-title = Your receipt number
receipt-why = The police may have questions. With this number you can come back and answer them without saying who you are.
receipt-keep = Write it down or take a screenshot.
receipt-only-once = It is shown only once; we cannot find it again for you.
receipt-return = To come back later:
tip-return-title = Come back to what you told us
tip-return-more = Enter your receipt number to see whether the police have questions.
receipt-label = Receipt number (16 digits)
receipt-unknown = No tip has this receipt number. Check the digits.
receipt-hint = With or without spaces.
tip-return-open = Continue
dialogue-title = What you told us
dialogue-progress = Progress:
tip-progress-received = received
tip-progress-looking = being looked at
dialogue-limits = To protect the child and the search we cannot say more here.
dialogue-no-question = There is no open question now. Come back later.
dialogue-police = The police
dialogue-you = You
dialogue-answer = Your answer, or what came back to you
dialogue-answer-hint = Give your name only if you want to.
dialogue-send = Send the answer

## Subscription

subscribe-title = Receive alerts on this device
subscribe-more = When an alert covers your area a notification appears; when it ends, it goes away.
subscribe-place = 1. Where are you most of the time?
subscribe-place-hint = Type the name of a town, district or village.
subscribe-none-found = We did not find that place. Try another spelling or the nearest town.
subscribe-which-place = 2. Choose the place
subscribe-language = 3. Language of the alerts
subscribe-on = Turn alerts on
subscribe-off = Stop alerts on this device
push-done = Done. You will receive alerts that cover your area.
push-removed = Stopped. Everything we kept about this device is deleted.
push-refused = Your browser blocks notifications from this site. Allow them in its settings, then try again.
push-unsupported = This browser cannot show notifications. On an iPhone, follow the steps at the bottom of the page.
push-failed = It did not work. Check your connection, then try again.
push-choose-place = Choose a place first.
push-waiting = Turning on…
push-not-set-up = Notifications are not available on this site yet.
push-needs-script = Notifications need JavaScript. Without it, follow the alerts on the home page or with a feed reader.
coarse-title = What do we know about you?
coarse-more = Only a rough area shared by at least a hundred subscribers, the language, and a technical address for the notification. Not your position, not your movements.
coarse-leave = You can stop at any time on this page, and everything is deleted.
iphone-title = On iPhone and iPad
iphone-more = Open this page in Safari, tap Share, then “Add to Home Screen”. Open Tifli from the new icon and turn alerts on.

## About

about-what = This service tells people nearby when a child goes missing, brings the police what they saw, and takes every trace back when the alert ends. Only the police decide to publish, with the guardian’s consent or on a prosecutor’s decision.
about-end = There is no list of alerts that have ended.
about-data-title = Your data
about-data-tips = What you tell us is stored encrypted and read only by those in charge of the case.
about-data-push = A subscription knows neither your name nor your exact position.
about-data-cookies = These pages have no trackers, no advertising and no outside services.
about-credits-title = Sources and thanks
credit-fonts = Fonts:
credit-programs = Free software of the pages:

## When a page cannot be shown

problem-not-found = Page not found
problem-not-found-more = The address may be incomplete. Check it or go to the current alerts.
problem-gone = This page is no longer available
problem-gone-more = Its content was removed for good.
problem-forbidden = You may not open this page
problem-forbidden-more = If your work needs it, ask the person who manages your account.
problem-session = Your session has expired
problem-session-more = Go back and try again, or sign in again.
problem-too-many = Too many requests in a short time
problem-too-many-more = Wait a minute and try again. If it is urgent, call the police.
problem-too-large = The file is too large
problem-too-large-more = Choose a smaller photo, or send what you saw without one.
problem-server = Something went wrong on our side
problem-server-more = Your request was probably not stored. Try again in a moment. If it is urgent, call the police.
problem-reference = Reference:
