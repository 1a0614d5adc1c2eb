# Words of the signed-in pages: frame.
nav-main = Main navigation
nav-waiting = { $n ->
    [one] { $n } waiting
   *[other] { $n } waiting
}
sign-out = Sign out
nav-cases = Cases
nav-new-report = New report
nav-tips = Tips
nav-bulletins = Bulletins
nav-decisions = To decide
nav-room = Command room
nav-delivery = Delivery
nav-call = Call line
nav-tasks = Search tasks
nav-people = People
nav-health = System health
nav-audit = Audit trail
role-officer = District officer
role-approver = Approving authority
role-room = Command room
role-line = Call line
role-prosecutor = Prosecutor’s office
role-field = Field unit
role-operator = System operator
role-auditor = Auditor
