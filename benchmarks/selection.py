"""C1: a group's entries weighed, ranked and selected under places, organisation, district and overall caps.

    python -m benchmarks C1 --size 10000

Seeded figures of three indicators (counts from 1 to 5, amounts and benefits over seven orders), four entries an
organisation, ten districts, three grades of 300 places. `distinct`: hardly anybody is equal. `equals`: figures so
coarse that most share a rank, and the places end among them. `all tied`: everybody is equal, the most there is to
enumerate before the committee is asked. CPU seconds of this process, one core; wall seconds beside them.
"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from benchmarks.assignment import timed
from benchmarks.command import Options
from benchmarks.results import Result, found
from contests.selection.choice import select
from contests.selection.ranking import Candidate
from contests.selection.terms import Cap, Criterion, Grade, Terms

SEED = 20261126
TERMS = Terms(
    (Criterion("projects", "项目数量", "项", Decimal("0.2")), Criterion("amount", "合同金额", "元", Decimal("0.4")),
     Criterion("benefit", "经济效益", "元", Decimal("0.4"))),
    (Grade("first", "一等奖", 100), Grade("second", "二等奖", 100), Grade("third", "三等奖", 100)),
    (Cap("firm", "每单位 2 名", "organisation", 2), Cap("town", "一等奖每区市 15 名", "district", 15, "first"),
     Cap("all", "总数 250 名", "contest", 250)))
COARSE = {"distinct": 10**7, "equals": 3, "all tied": 1}
"""How many different values an indicator takes."""


def candidates(size: int, values: int) -> list[Candidate]:
    chance = np.random.default_rng(SEED)
    counts, amounts, benefits = (chance.integers(1, most + 1, size) for most in (min(values, 5), values, values))
    firms, towns = chance.integers(0, max(1, size // 4), size), chance.integers(0, 10, size)
    return [Candidate(at, {"projects": Decimal(int(counts[at])), "amount": Decimal(int(amounts[at])),
                           "benefit": Decimal(int(benefits[at]))}, 0, f"f{firms[at]}", f"t{towns[at]}")
            for at in range(size)]


def measure(options: Options) -> Iterator[Result]:
    for size in options.sizes:
        for variant, values in COARSE.items():
            entries = candidates(size, values)
            cpu, wall, chosen = timed(lambda entries=entries: select(TERMS, entries), options.rounds)
            yield found("C1", size, variant, cpu, f"CPU; {wall.median:.2f} s wall, {len(chosen.awarded())} awarded, "
                                                  f"{len(chosen.ties)} ties to settle")
