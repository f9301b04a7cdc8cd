"""`python -m benchmarks.documents [KIND …]`: the shares, and each slip of the samples that were tuned on.

What the held-out ones slip on is not shown, so that nobody tunes a reader on them by looking.
"""

import sys

from benchmarks.documents.measure import READERS, measure, pairs

PAIRS = ("demands", "organisations", "capabilities")

for kind in sys.argv[1:] or READERS:
    for held_out, count in measure(kind).items():
        half = "held out" if held_out else "tuned on"
        if not count.total:
            continue
        print(f"{kind} {half}: {count.share:.0%} of {count.total} facts right, {count.outcomes['wrong']} wrong, "
              f"{count.outcomes['missed']} missed, {count.outcomes['invented']} invented")
        if not held_out:
            print("".join(f"  {slip}\n" for slip in count.slips), end="")
for kind in () if sys.argv[1:] else PAIRS:
    for held_out, (found, missed, mistaken, slips) in pairs(kind).items():
        half = "held out" if held_out else "tuned on"
        print(f"same {kind} {half}: recall {found}/{found + missed}, precision {found}/{found + mistaken}")
        print("".join(f"  {slip}\n" for slip in slips), end="")
