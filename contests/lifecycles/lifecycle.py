"""A lifecycle as a whole: its pieces fit together, every state can be reached, every move has somebody to make it."""

import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from contests.lifecycles.parts import CaseRole, Clock, Grade, Move, State
from contests.parts import Clause, Code, Misplaced, Part, Text

PARTS = ("roles", "states", "moves", "clocks", "grades")


class Lifecycle(Part):
    """What one kind of case goes through. `parent`: the lifecycle whose cases these belong to (a report of a centre).

    `meets`: the clock of the parent that such a case meets when it stands in `met_in`. `unique`: the contest's rule by
    which only one case has an industry class. `name_pattern`: how an official name is built, with one {} for what is
    the case's own.
    """

    code: Code
    name: Text
    clause: Clause
    asks: tuple[Literal["organisation", "district", "industry", "track"], ...] = ()
    """What a case must say of itself when it is opened."""
    parent: Code | None = None
    meets: Code | None = None
    met_in: Code | None = None
    unique: Code | None = None
    name_pattern: str = ""
    roles: tuple[CaseRole, ...] = Field(min_length=1)
    states: tuple[State, ...] = Field(min_length=1)
    moves: tuple[Move, ...] = Field(min_length=1)
    clocks: tuple[Clock, ...] = ()
    grades: tuple[Grade, ...] = ()

    @model_validator(mode="after")
    def codes_differ(self) -> Self:
        for part in PARTS:
            codes = [one.code for one in getattr(self, part)]
            for index, code in enumerate(codes):
                if code in codes[:index]:
                    raise Misplaced(f"code 重复：{code}", part, index, "code")
        return self

    @model_validator(mode="after")
    def names_are_known(self) -> Self:
        states, roles, clocks, moves, grades = (
            {one.code for one in getattr(self, part)} for part in ("states", "roles", "clocks", "moves", "grades"))
        for at, move in enumerate(self.moves):
            _known(move.origins, states, "没有“{}”这个状态", at, "from")
            _known([move.to], states, "没有“{}”这个状态", at, "to")
            _known([move.role], roles, "没有“{}”这个角色", at, "role")
            _known(move.starts, clocks, "没有“{}”这个时限", at, "starts")
            _known([move.after], clocks, "没有“{}”这个时限", at, "after")
            _known([move.before], clocks, "没有“{}”这个时限", at, "before")
            _known(move.requires, moves, "没有“{}”这一步", at, "requires")
            _known(move.grades, grades, "没有“{}”这个档次", at, "grades")
            _known([given.move for given in move.given], moves, "没有“{}”这一步", at, "given")
        for at, clock in enumerate(self.clocks):
            for key in ("met_by", "ended_by"):
                _known(getattr(clock, key), moves, "没有“{}”这一步", at, key, part="clocks")
        return self

    @model_validator(mode="after")
    def clocks_start(self) -> Self:
        started = {code for move in self.moves for code in move.starts}
        for at, clock in enumerate(self.clocks):
            if clock.code not in started:
                raise Misplaced(f"时限“{clock.name}”没有哪一步开始它", "clocks", at, "code")
        return self

    @model_validator(mode="after")
    def states_are_reached_and_left(self) -> Self:
        reached = self._reached()
        left = {origin for move in self.moves for origin in move.origins if move.to not in (None, origin)}
        for at, state in enumerate(self.states):
            if state.code not in reached:
                raise Misplaced(f"状态“{state.name}”走不到", "states", at, "code")
            if state.final and state.code in left:
                raise Misplaced(f"“{state.name}”是终点，却还能走出去", "states", at, "final")
            if not state.final and state.code not in left:
                raise Misplaced(f"“{state.name}”走不出去，又没有标 final", "states", at, "code")
        return self

    @model_validator(mode="after")
    def grades_fall(self) -> Self:
        """Grades are written from the best down; cut-offs fall, and the lowest takes in everything left."""
        said = [(at, grade, grade.floor) for at, grade in enumerate(self.grades) if isinstance(grade.floor, Decimal)]
        for (_, better, higher), (at, worse, lower) in itertools.pairwise(said):
            if lower >= higher:
                raise Misplaced(f"“{worse.name}”的分数线要低于“{better.name}”的", "grades", at, "floor")
        return self

    def state(self, code: str) -> State:
        """The state of that code; KeyError where there is none. So for the other parts."""
        return {state.code: state for state in self.states}[code]

    def move(self, code: str) -> Move:
        return {move.code: move for move in self.moves}[code]

    def clock(self, code: str) -> Clock:
        return {clock.code: clock for clock in self.clocks}[code]

    def role(self, code: str) -> CaseRole:
        return {role.code: role for role in self.roles}[code]

    def openings(self) -> list[Move]:
        """The moves by which a case comes into being."""
        return [move for move in self.moves if not move.origins]

    def _reached(self) -> set[str]:
        """Every state some chain of moves leads to."""
        reached: set[str] = set()
        new = {move.to for move in self.openings() if move.to}
        while new:
            reached |= new
            new = {move.to for move in self.moves if move.to and reached & set(move.origins)} - reached
        return reached


def _known(names: Iterable[str | None], known: set[str], message: str, at: int, key: str, part: str = "moves") -> None:
    for name in names:
        if name is not None and name not in known:
            raise Misplaced(message.format(name), part, at, key)
