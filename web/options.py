"""What drop-down lists offer: the districts of the city, the groups of the industry standard."""

from flask import Flask
from flask_babel import gettext as _

from models import codes
from web.chrome import city_code

MANUFACTURING = "C"
GROUP = 4
"""Length of a GB/T 4754 group code (中类): a letter and three digits."""


def districts(chosen: str = "") -> list[tuple[str, str]]:
    """The city's districts by code, and `chosen` too where it lies outside the city."""
    found = codes.counties(city_code())
    if chosen and chosen not in found:
        found = found | {chosen: codes.division_name(chosen) or chosen}
    return list(found.items())


def provinces() -> list[tuple[str, str]]:
    """Where an organisation outside the city sits."""
    return [(code, _("%(place)s（市外）", place=name)) for code, name in codes.divisions().items() if code.endswith("0000")]


def industries(chosen: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """(section, [(code, name), …]) of every group, manufacturing first; `chosen` too where it is finer or coarser."""
    every = codes.industries()
    letters = sorted(_letters(), key=lambda letter: (letter != MANUFACTURING, letter))
    groups: dict[str, list[tuple[str, str]]] = {letter: [] for letter in letters}
    for code, name in every.items():
        if len(code) == GROUP or code == chosen:
            groups[code[0]].append((code, f"{name} {code}"))
    return [(every[letter], found) for letter, found in groups.items() if found]


def _letters() -> list[str]:
    return [code for code in codes.industries() if len(code) == 1]


def init(app: Flask) -> None:
    app.jinja_env.globals.update(districts=districts, provinces=provinces, industries=industries)
