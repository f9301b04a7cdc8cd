"""What is in use and why, every version, and one version's comparison demand by demand."""

from flask import render_template, request
from flask_babel import gettext as _

from matching.learning import rankers
from matching.learning.outcomes import DISMISSED, ENDED, LOOKED, REACHED
from models.rankers import RankerVersion
from web import access, names
from web.rankings import told
from web.refusals import NONE, Refusal
from web.search import searcher
from web.sessions import db


@access.staff
def index():
    return page()


@access.staff
def show(number: int):
    return version_page(rankers.find_version(db(), number))


def page(refusal: Refusal = NONE):
    """The overview; `refusal` is what was wrong with an act on it."""
    encoder, present, control = searcher().encoder.name, rankers.in_use(db()), rankers.control(db())
    versions, switches = rankers.versions(db()), rankers.switches(db())
    return render_template(
        "rankings/index.html", present=present, usable=present is None or present.encoder == encoder, control=control,
        since=switches[0] if switches else None, switches=switches, numbers={one.id: one.number for one in versions},
        lines=[(one, told.why(one, control, present, encoder)) for one in versions],
        attempt=told.attempt(control.attempt), states=told.STATES, kinds=told.KINDS, switch_kinds=told.SWITCHES,
        worth=_worth(), typed=request.form, refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def version_page(version: RankerVersion, refusal: Refusal = NONE):
    encoder, present = searcher().encoder.name, rankers.in_use(db())
    control = rankers.control(db())
    return render_template(
        "rankings/show.html", version=version, usable=version.encoder == encoder, kinds=told.KINDS, states=told.STATES,
        why=told.why(version, control, present, encoder), looks=told.looks(db(), version.comparison),
        figures=told.figures(version), interval=told.interval(version),
        typed=request.form, refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def _worth() -> list[tuple[str, str, str]]:
    """(what happened, its gain, its weight) for every outcome that counts, and in one line those that do not."""
    rows = [(str(told.KINDS[kind]), worth) for kind, worth in REACHED.items()]
    coded = [(str(names.END[code]), worth) for code, worth in ENDED.items()]
    coded += [(str(names.DISMISSAL[code]), worth) for code, worth in DISMISSED.items()]
    rows += [(_("没成，或标了不合适：%(code)s", code=words), worth) for words, worth in coded if worth]
    found = [(what, f"{worth.gain:.2f}", f"{worth.weight:.1f}") for what, worth in rows]
    found.append((str(told.KINDS["looked"]), f"±{LOOKED.gain:.2f}", f"{LOOKED.weight:.1f}"))
    nothing = dict.fromkeys(words for words, worth in coded if not worth)
    return [*found, (_("、").join(nothing), _("不算"), _("不算"))]
