"""评审: committees, conflicts and recusal, balanced assignment, sealed scoring, live scoring, severity of judges.

The algorithms (conflicts, balancing, calibration, ordering, rubric, sealing) are pure; relations, rounds' reading and
scores read the database; committees, assigning, sheets, opening, recusals and live write.
"""
