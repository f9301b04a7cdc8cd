"""`python -m benchmarks.documents [KIND …]`: the shares, and each slip."""

import sys

from benchmarks.documents.measure import READERS, measure

for kind in sys.argv[1:] or READERS:
    for held_out, count in measure(kind).items():
        half = "held out" if held_out else "tuned on"
        print(f"{kind} {half}: {count.share:.0%} of {count.total} facts right, {count.outcomes['wrong']} wrong, "
              f"{count.outcomes['missed']} missed, {count.outcomes['invented']} invented")
        print("".join(f"  {slip}\n" for slip in count.slips), end="")
