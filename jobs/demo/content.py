"""The demo city's texts (ingestion/demo/*.json), read once."""

import json
import pathlib
from dataclasses import dataclass

import ingestion

FOLDER = pathlib.Path(ingestion.__file__).parent / "demo"


@dataclass(frozen=True)
class Content:
    """Lists of plain rows as written; `ref` names a row."""

    organisations: list[dict]
    contacts: list[dict]
    experts: list[dict]
    brokers: list[dict]
    staff: list[dict]
    applicants: list[dict]
    capabilities: list[dict]
    demands: list[dict]
    stories: list[dict]
    activities: list[dict]
    sources: list[dict]

    @classmethod
    def read(cls) -> "Content":
        people = _file("people")
        return cls(_file("organisations"), people["enterprise_users"], people["experts"], people["brokers"],
                   people["staff"], people["applicants"],
                   *map(_file, ("capabilities", "demands", "stories", "activities", "sources")))


def _file(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
