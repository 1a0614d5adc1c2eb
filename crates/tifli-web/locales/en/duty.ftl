# What is left to do in a case, and by when.
nav-board = Board
case-sections = Pages of the case
section-duties = To do
board-words = What somebody must do, the most urgent first. What passes its time pages the room and stays here until it is done.
board-empty = Nothing waits.
board-late = { $n ->
    [0] Nothing is late
    [one] { $n } duty is late
   *[other] { $n } duties are late
}
board-late-now = Late: { $x }
duty-late = Late
duty-paged = Room paged
duty-settle = Mark as done
duty-note = How was it done?
duty-go = Open
duty-end-done = Done
duty-end-needless = No longer needed
duty-publish = Decide: an alert, or why there is none
duty-decide = Approve, return or refuse the alert
act-duty-settle = Marked a duty as done
act-duty-page_room = Room paged for a late duty
duty-triage_tips = Take up the tips that wait
