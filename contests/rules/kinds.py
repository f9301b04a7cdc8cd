"""The parameters of every rule kind, told apart by `kind`. A kind that is not listed here is an error on loading."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contests.parts import Clause, Code, Misplaced, Part


class WindowRule(Part):
    """The contract's signing day lies between two days, both inclusive, in Asia/Shanghai."""

    kind: Literal["window"]
    code: Code
    first: dt.date
    last: dt.date
    clause: Clause

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.last < self.first:
            raise Misplaced("佐证期的最后一天早于第一天", "last")
        return self


class MembershipRule(Part):
    """The claimant is of the entrant kind and has been admitted to the platform."""

    kind: Literal["membership"]
    code: Code
    entrant: Literal["person", "organisation"]
    clause: Clause


class OnPlatformRule(Part):
    """The contract comes out of a demand posted on the platform; `link` says what ties the claimant to it."""

    kind: Literal["on_platform"]
    code: Code
    link: Literal["engagement", "introduction"]
    clause: Clause


class OneClaimRule(Part):
    """A contract counts once in the group: one claim a person, and shares of at most the whole."""

    kind: Literal["one_claim"]
    code: Code
    clause: Clause


Rule = Annotated[WindowRule | MembershipRule | OnPlatformRule | OneClaimRule, Field(discriminator="kind")]
