# Bulletins to the security services, and the directory of those who receive them.
nav-bulletins = Bulletins
nav-services = Directory of services
section-bulletin = Bulletin
bulletins-words = Each report that is received goes to all services at once. Open a bulletin to read it, then acknowledge it.
bulletins-empty = There is no bulletin.
bulletins-no-service = Your account belongs to no service, so no bulletin is addressed to you. The administrator can put you into one.
bulletins-waiting = { $n ->
    [one] { $n } bulletin waits for your acknowledgement
   *[other] { $n } bulletins wait for your acknowledgement
}
bulletin-title = Search bulletin
bulletin-none = The report is not received yet: the bulletin goes out the moment it is.
bulletin-recorded = This reading is recorded. The content stays here: no e-mail holds it.
bulletin-acknowledge = Acknowledge
bulletin-acknowledged = You have acknowledged it
bulletin-text = Plain text
bulletin-pdf = Print (PDF)
bulletin-services = Services it was sent to
bulletin-service = Name of the service
bulletin-mail = Notice by e-mail
bulletin-reading = Receipt
bulletin-phone = Duty telephone
bulletin-answered = Acknowledged by telephone
bulletin-by-phone = by telephone
bulletin-remind = Remind the silent services
bulletin-update = Send an update
bulletin-again = Seek again
bulletin-all-answered = All services have acknowledged
bulletin-silent = { $n ->
    [one] { $n } silent service
   *[other] { $n } silent services
}
bulletin-failed = { $n ->
    [one] { $n } e-mail not delivered
   *[other] { $n } e-mails not delivered
}
bulletin-reminders = { $n ->
    [one] { $n } reminder
   *[other] { $n } reminders
}
bulletin-page = Page { "{page}" } of { "{pages}" }
telegram-search = Search
telegram-update = Update
telegram-cessation = Cessation of search
search-open = Being sought
search-ceased = Search has ceased
cause-found = Child found
cause-false_report = Report unfounded
cause-issued_in_error = Sent in error
cause-closed = File closed
mail-waiting = Waiting
mail-handed = Taken by the mail server
mail-failed = Not delivered
mail-needless = No e-mail
reading-unread = Unread
reading-read = Read, not acknowledged
reading-acknowledged = Acknowledged
duty-bulletin_silent = Reach the services that have not acknowledged the bulletin
services-words = All active services receive each bulletin. A service without an address reads its bulletins signed in, without a notice by e-mail.
services-list = All services
services-export = Download as CSV
services-reach = E-mail and duty telephone
services-active = Receives bulletins
services-active-yes = Yes, active
services-active-no = No, suspended
services-no-mail = No address
services-one = Add or change a service
services-id = Identifier
services-id-hint = Lower-case letters, digits and hyphens. One that is taken changes that service.
services-kind = Kind
services-name-ar = Name in Arabic
services-name-fr = Name in French
services-name-en = Name in English
services-region = Area
services-email = E-mail address
services-email-hint = It only says that a bulletin waits.
services-save = Save the service
services-import = Import from CSV
services-file = The file
services-paste = Or its content, pasted
services-take = Import
services-imported = File imported: { $x } services added or changed, { $y } as they were.
services-line = Line { $x }, column { $y }:
services-line-whole = Line { $x }:
services-people = Who belongs to which service
services-join = Put into the service
services-none = No service
problem-not_addressed = This bulletin is not addressed to your service.
problem-nothing_new = Nothing has changed since the last bulletin.
problem-not_received = The report is not received yet.
problem-not_a_slug = Only lower-case letters, digits and hyphens, 2 to 48 characters.
problem-not_an_email = This is not an e-mail address.
problem-not_a_phone = A telephone number holds only digits, spaces, hyphens and a plus.
problem-given_twice = This identifier stands twice.
problem-not_csv = This line cannot be read as CSV.
problem-columns_missing = The first line must name at least the columns id and kind.
problem-unknown_column = The first line names an unknown column.
problem-too_many_lines = The file has too many lines.
act-bulletin-send = Sent the bulletin to all services
act-bulletin-update = Sent an update of the bulletin
act-bulletin-cease = Sent the cessation of the search
act-bulletin-acknowledge = A service acknowledged
act-bulletin-remind = Reminded the silent services
act-bulletin-read = Read the bulletin
act-bulletin-mail_failed = An e-mail to a service could not be delivered
act-service-put = Changed the directory of services
act-person-assign = Put somebody into a service
