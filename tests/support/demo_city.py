"""The demo city as written (ingestion/demo/*.json), for the tests that check it.

`FITS` (demo_fits.json beside the tests) holds, by hand, who fits which demand: {demand: {expert: verdict}}, where the
verdict is full (every required target answered), part, or conflict (would fit, but works for the enterprise itself). A
demand that nobody in the city can meet has no expert.
"""

import json
import pathlib

ROOT = pathlib.Path(__file__).parents[2]


def read(name):
    """One file of the demo city, by its name without .json."""
    return json.loads((ROOT / "ingestion" / "demo" / f"{name}.json").read_text(encoding="utf-8"))


def by_ref(rows):
    return {row["ref"]: row for row in rows}


ORGANISATIONS, PEOPLE, DEMANDS = by_ref(read("organisations")), read("people"), by_ref(read("demands"))
CAPABILITIES, STORIES, ACTIVITIES = read("capabilities"), by_ref(read("stories")), read("activities")
EXPERTS, BROKERS = by_ref(PEOPLE["experts"]), by_ref(PEOPLE["brokers"])
EVERYBODY = by_ref([person for group in PEOPLE.values() for person in group])
FITS = json.loads((ROOT / "tests" / "unit" / "ingestion" / "demo_fits.json").read_text(encoding="utf-8"))


def claims_of(expert):
    """The sentences an expert stands behind, over all of their capabilities."""
    return [claim["text"] for row in CAPABILITIES if row["expert"] == expert for claim in row["claims"]]


def texts(value):
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)
