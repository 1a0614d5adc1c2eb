# Telegrams handed to the services’ own systems: the page of a bulletin, the story of one, what an administrator typed.

dispatches-title = Services’ own systems
dispatches-words = The bulletin itself goes there as a signed CAP message of scope Restricted. A service without a system is told by e-mail and reads it signed in.
dispatch-title = Bulletin at the system of:
dispatch-telegram = Newest telegram
dispatch-next-soon = It leaves as soon as this system is free; an earlier telegram goes first.
dispatch-next-late = It is tried again at { $x }. The system has not taken it for minutes: call the service meanwhile.
dispatch-next-done = Nothing: the service’s system has this telegram.
dispatch-next-done-end = Nothing: the service’s system knows that the search has ceased.
dispatch-next-overtaken = Nothing: a newer telegram took its place.
dispatch-next-withheld = Nothing: the last answer says why it does not go there.
dispatch-next-given-up = Given up: nothing more is tried. Call the service, see that it has this telegram, and note on the board how.
dispatch-next-given-up-end = Given up: nothing more is tried. Call the service, tell it that the search has ceased, and note on the board how.
duty-bulletin_system = Call a service whose own system has not taken the bulletin
reply-service_left = This service no longer receives bulletins; nothing left.
reply-not_held = The system says that it has nothing of this search.
reply-cap_not_kept = No CAP message of this telegram was kept; nothing left. Call the service.
problem-no_such_service = This service is not in the directory.
problem-service_inactive = This service receives no bulletins at present: make it active in the directory first.
problem-system_of_a_partner = Bulletins go to the systems of services, and this is a partner. Choose a service, or another channel.
problem-system_of_a_service = This is a service: choose the channel of bulletins. Alerts go to the systems of partners.
problem-cessation_owed = A service’s system is still being told that the search has ceased. The file can be erased once it is, or once it is given up.
