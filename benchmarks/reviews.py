"""How long a reviewer's list takes on the server, and the division of a round: on SQLite in a temporary folder.

    python -m benchmarks.reviews [--entries 500] [--rounds 20]

Figure to reach (issue 4): a list of 500 opens in under 0.3 s of server time.
"""

import pathlib
import statistics
import tempfile
import time
import uuid

import click
import numpy as np
from sqlalchemy.orm import Session

from contests.review.balancing import balance, lots
from models import migrate
from models.accounts import Admission, LoginSession, Role, RoleGrant, User
from models.base import now, today
from models.contests import Entry, EntryStatus, Season
from models.database import Database, make_engine
from models.reviews import Committee, CommitteeMember, ReviewRound, ReviewSheet, RoundState
from settings import Settings
from web.app import create_app


@click.command(help=__doc__)
@click.option("--entries", default=500, show_default=True, type=click.IntRange(1))
@click.option("--rounds", default=20, show_default=True, type=click.IntRange(1))
def main(entries: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as folder:
        taken = requests(pathlib.Path(folder), entries, rounds)
        click.echo(told(f"list of {entries}, processor", [cpu for cpu, _ in taken]))
        click.echo(told(f"list of {entries}, clock", [wall for _, wall in taken]))
    click.echo(told(f"dividing {entries} entries among 20, 3 each", divisions(entries, rounds)))


def requests(folder: pathlib.Path, entries: int, rounds: int) -> list[tuple[float, float]]:
    """(processor, clock) seconds of each GET /reviews by a reviewer with so many sheets, after one to warm up.

    Nothing on the way waits: the two differ by what others do on the machine.
    """
    engine = make_engine(f"sqlite:///{folder}/reviews.db")
    migrate.upgrade(engine)
    app = create_app(Settings(_env_file=None, data_dir=folder / "data", secret_key="s" * 32, rate_limits=False),
                     Database(engine))
    with app.extensions["database"].sessions() as session:
        login = reviewer(session, entries)
        session.commit()
    client, taken = app.test_client(), []
    with client.session_transaction() as cookie:
        cookie.update(_user_id=str(login), _fresh=True, seen=int(now().timestamp()))
    for _ in range(rounds + 1):
        start, begun = time.process_time(), time.perf_counter()
        page = client.get("/reviews")
        taken.append((time.process_time() - start, time.perf_counter() - begun))
        if page.text.count("/reviews/sheets/") < entries:
            raise RuntimeError("the list is not whole")
    engine.dispose()
    return taken[1:]


def reviewer(session: Session, entries: int) -> uuid.UUID:
    """A reviewer with a sheet for each of so many entries, logged in. The login's id."""
    person = User(email="reviewer@jiebang.example", phone="19900000000", name="林评", password_hash="-",
                  terms_version="1", terms_accepted_at=now())
    person.grants.append(RoleGrant(role=Role.reviewer, status=Admission.approved, decided_at=now()))
    season = Season(code="weihai-2020", year=2026, settings={})
    committee = Committee(season=season, name="评审委员会")
    seat = CommitteeMember(committee=committee, user=person, seat=1, kind="外请专家", organisation="外地研究院",
                           since=today())
    round_ = ReviewRound(season=season, committee=committee, track="tech_challenge", reviews=1,
                         state=RoundState.scoring)
    session.add_all([person, season, committee, seat, round_])
    for number in range(entries):
        entry = Entry(season=season, track="tech_challenge", user=person, name=f"参赛人{number}", employer="海岬大学",
                      status=EntryStatus.submitted, declared_at=now(), submitted_at=now(), ledger_index=number)
        session.add_all([entry, ReviewSheet(round=round_, member=seat, entry=entry)])
    login = LoginSession(user=person)
    session.add(login)
    session.flush()
    return login.id


def divisions(entries: int, rounds: int) -> list[float]:
    """Seconds of each division with one pair in ten shut out."""
    chance = np.random.default_rng(7)
    allowed = chance.random((entries, 20)) > 0.1
    drawn = lots("seed", [str(at) for at in range(entries)], [str(at) for at in range(20)])
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        balance(allowed, 3, np.zeros_like(allowed), drawn)
        taken.append(time.perf_counter() - start)
    return taken


def told(what: str, seconds: list[float]) -> str:
    ordered = sorted(1000 * second for second in seconds)
    return f"{what}: median {statistics.median(ordered):.0f} ms, from {ordered[0]:.0f} to {ordered[-1]:.0f} ms"


if __name__ == "__main__":
    main()
