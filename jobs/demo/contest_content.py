"""What the demo city's finished and running contests tell (ingestion/demo/contests.json)."""

import json
from dataclasses import dataclass

from jobs.demo.content import FOLDER


@dataclass(frozen=True)
class Contests:
    """`collaborations` won last year's contest; `teams` enter the contest of universities and enterprises."""

    collaborations: list[dict]
    reviewers: list[dict]
    teams: list[dict]

    @classmethod
    def read(cls) -> "Contests":
        return cls(**json.loads((FOLDER / "contests.json").read_text(encoding="utf-8")))
