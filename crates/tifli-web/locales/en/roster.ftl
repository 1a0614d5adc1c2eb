# People of the house by file, and moving them.

roster-title = People by file
roster-words = The file adds accounts and changes them; it never closes one. Nothing changes before you confirm.
roster-hint = CSV in UTF-8, separated by commas or semicolons; columns login, name, role, district, unit
roster-file = File
roster-export = Download the present accounts (CSV)
roster-look-at = Check the file
roster-look = What this file will do
roster-line = Line
roster-verdict = Effect
roster-verdict-new = New account
roster-verdict-changed = Changed
roster-verdict-same = Unchanged
roster-verdict-wrong = To be corrected
roster-why = { $x }: { $y }
roster-column-login = Login
roster-column-name = Name
roster-column-role = Role
roster-column-district = District
roster-column-unit = Unit
roster-new =
    { $n ->
        [0] No new account
        [one] { $n } new account
       *[other] { $n } new accounts
    }
roster-made =
    { $n ->
        [0] No account was made.
        [one] { $n } account was made.
       *[other] { $n } accounts were made.
    }
roster-changed =
    { $n ->
        [0] No account changed
        [one] { $n } account changed
       *[other] { $n } accounts changed
    }
roster-same =
    { $n ->
        [0] No account unchanged
        [one] { $n } account unchanged
       *[other] { $n } accounts unchanged
    }
roster-wrong =
    { $n ->
        [0] No line to be corrected
        [one] { $n } line to be corrected
       *[other] { $n } lines to be corrected
    }
roster-missing =
    { $n ->
        [0] No account is missing from the file
        [one] { $n } account is missing from the file
       *[other] { $n } accounts are missing from the file
    }
roster-missing-words = They stay as they are. To close an account, use the list of accounts.
roster-not-yet = The file cannot be applied: correct the lines marked, or add what changes, and check it again.
roster-take-words = All of it is applied at once, or nothing. Sessions of people who move end at once.
roster-take = Apply the file
roster-reason-hint = It holds for everybody whose role, district or unit this file changes.
roster-secrets = To be handed to each
move-title = Move: { $x }
move-words = The move takes effect at once: their sessions end. Approvals already given stand, with the unit of that time.
move-now = Where they are now
move-begun = Work begun
move-begun-none = Nothing under way in this district.
move-begun-report = a report that is still typed
move-begun-alert = an alert that is still prepared
move-service = Service whose bulletins they read
move-service-hint = A service of a district is left with the district; a service of the whole country goes along, unless you choose otherwise.
move-service-follows = According to the rule
move-service-none = No service
move-hand-to = Who takes this work over?
move-hand-to-hint = A task is put on the board for each case.
move-stays = It stays with the district
move-reason = Reason for the move
move-do = Move this person
move-earlier = Earlier moves
move-from-to = From: { $x }; to: { $y }
person-move = Move
people-file = Import or export by file
duty-take_over_work = Take over work begun by somebody who moved
act-person-move = Moved a person
act-person-rename = Changed a person’s name
