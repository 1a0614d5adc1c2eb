# What the approver weighs, the proposal of another rung, and the way to an end from every page.
field-in-language = { $x }, in { $y }
glance-title = At a glance
glance-people = people alerted
glance-clear = No warning
glance-decide = Decide
glance-blocking =
    { $n ->
        [one] { $n } warning stops it
       *[other] { $n } warnings stop it
    }
glance-confirm =
    { $n ->
        [one] { $n } warning to confirm
       *[other] { $n } warnings to confirm
    }
warnings-title = Warnings in the words
warnings-none = Nothing found in the texts
severity-blocks = Stops it
severity-confirm = To be confirmed
severity-advice = Advice
finding-event_against_report = The kind of event is not that of the report. Send it back: it is set anew when it is handed over.
finding-abduction_word = A word of abduction, of a child that is not known to have been taken:
finding-family_phone = A phone number of the family or of the child:
finding-radius_in_metres = Metres where the area is in kilometres:
finding-runaway_word = A word of running away, of a child that was taken:
finding-demeaning_word = A word that demeans the child:
finding-status_word = A word on care, custody or offences:
finding-family_name = The family name:
finding-unknown_phone = A number that is none of the authority’s:
finding-radius_without_unit = A radius without its unit:
finding-language_missing = No text in this language. The alert need not wait for it.
finding-place_cut = The place is too long for a channel and is shown as:
confirm-warnings = I confirm that these may stand in the alert
confirm-reason = Why they may stand
confirm-reason-hint = Kept with the decision and read by whoever checks it.
run-gone = Removed:
run-added = Added:
run-end = (end)
changed-area = The area on the map is another.
changed-photo = The photo is another, or there is none any more.
texts-fields = The texts, field by field
sent-raw = As it leaves, character by character
sent-changed = What differs from the letter that went out is marked.
push-look-title = Notification on the phone
push-alert = Missing child
push-update = Update: missing child
push-drill = EXERCISE
push-demo = DEMONSTRATION
push-comma = ,{" "}
push-years =
    { $n ->
        [one] { $n } year old
       *[other] { $n } years old
    }
attention-title = Alerts these people had in the last 30 days
attention-here =
    { $n ->
        [0] No other alert reached anybody here.
        [one] { $n } alert reached somebody here.
       *[other] { $n } alerts reached somebody here.
    }
attention-forgotten =
    { $n ->
        [one] { $n } more has been erased; its area is not known any more.
       *[other] { $n } more have been erased; their areas are not known any more.
    }
attention-counted-subscribers = Subscribers in the area, by the areas of those alerts.
attention-counted-residents = Nobody in the area is subscribed: residents by census, by overlap of the areas.
attention-sampled = Estimated from an even sample of places.
attention-had-0 = None
attention-had-1 = 1 alert
attention-had-2 = 2 alerts
attention-had-3 = 3 or more
attention-alerts =
    { $n ->
        [one] { $n } alert
       *[other] { $n } alerts
    }
attention-over = { $x } of the people here already had { $y } or more this month. One more may be overlooked: a smaller area or a quieter alert may serve the child better.
loudness-title = How loudly it goes out
loudness-hour = It is { $x } there.
loudness-asleep = Most people sleep.
loudness-awake = People are awake.
loudness-danger = Danger is known.
loudness-proposed = proposed
loudness-quiet = Quiet
loudness-normal = Normal
loudness-siren = Siren
loudness-heard = { $x }: { $y }
heard-nothing = nobody is called; whoever comes reads
heard-shown = shown without a sound; a sleeping phone is not woken
heard-sound = one sound, as the phone is set
heard-insistent = sound and vibration, stays on the screen until touched; a browser has no siren
heard-as_set = as the reader’s mail program is set
heard-asked = the partner’s system is asked for this and decides
heard-partner = the partner’s system decides by its own rules
other-decisions = Send back, refuse, propose another rung
another-rung = Another rung
another-rung-hint = The author reads it with the reason above and can take it over in one act. For the bulletin alone, refuse.
propose-rung = Send back with this rung
returned-rung = Proposed instead: { $x }
take-rung = Take this rung over
take-rung-hint = The rung is then decided, and a new draft with the same texts is as wide as it allows.
ending-this = End this alert
ending-some =
    { $n ->
        [one] End an alert ({ $n } out)
       *[other] End an alert ({ $n } out)
    }
end-list-title = End an alert
end-list-words = One person ends an alert at once. The next page asks why.
end-list-none = No alert is out that you may end.
end-list-since = Out since
end-list-do = End the alert for { $x }
problem-family_phone = This holds a phone number of the family or of the child. Only the authority’s numbers go out.
problem-radius_in_metres = This says metres; the area is in kilometres.
problem-warnings_block = A warning in the words stops it. Send it back to be mended.
problem-warnings_not_confirmed = Confirm each warning that asks for it, with a reason, or send the alert back.
problem-rung_is_refusal = For the bulletin alone, refuse the alert: the guardian is then told why.
problem-rung_not_chosen = Choose the rung that you propose.
problem-no_rung_proposed = No other rung was proposed with this version, or it was taken over already.
act-case-take_rung = Took over the rung proposed by the approver
