"""The values of a reading, and the clause of each: its article and its own words."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Said = Mapping[str, Any]
"""A reading as ingestion.notices.shown gives it, after people's decisions."""
Cited = Mapping[str, Any]
"""One value of it: {"value", "source"}."""


@dataclass(frozen=True)
class Clauses:
    """`article` names the part of the notice that a place stands in."""

    article: Callable[[int], str]

    def of(self, *values: Cited | None) -> dict[str, str]:
        """The clause of the first value that has a source; of a value that a person filled in, that."""
        for value in values:
            if value and value.get("source"):
                quote = re.sub(r"\s*[\n\r]+\s*", "", value["source"]["quote"]).strip()
                return {"article": self.article(value["source"]["start"]), "text": quote or str(value["value"])}
        said = next((str(value["value"]) for value in values if value and value.get("value")), "")
        reason = next((value["reason"] for value in values if value and value.get("reason")), "")
        return {"article": "通知未写", "text": said or "通知没有写明",
                "derived": f"由工作人员补录：{reason}" if reason else "由工作人员补录"}


def day(value: Cited) -> dt.date | str:
    """The day, or the mark that the notice does not say it."""
    return dt.date.fromisoformat(value["value"]) if value["value"] else "unsaid"


def said_or_open(value: Cited) -> Any:
    return "unsaid" if value["value"] is None else value["value"]


def texts(values: Iterable[Cited]) -> str:
    """All the texts in one, to look for words in."""
    return "；".join(str(value["value"]) for value in values if value["value"])
