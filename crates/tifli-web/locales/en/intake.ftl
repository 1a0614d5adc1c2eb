# The questions of the intake beyond the first report, the places to check, the first alarm.

# The reporter gate.
section-gate = Before anything is published
section-more-gate = Three questions about the person who reports. Ask them alone. A “yes” or “unknown” stops publication until the prosecutor decides; the bulletin goes on.
field-gate_custody = Is there a ruling on custody of the child?
field-gate_protection = Is there a protection order, or a complaint of violence, in the family?
field-gate_fleeing = Is the child fleeing the person who reports?
hint-gate_custody = Of any court, also abroad, also pending.
hint-gate_fleeing = Judge from what others say too. “Unknown” is a good answer.
answer-yes = Yes
answer-no = No
answer-unknown = Not known
answer-refused = Refused to say
sealed-kept = An answer is kept sealed. What you choose or write now replaces it; left empty, it stays.
sealed-answer = (sealed)
