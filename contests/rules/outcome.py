"""What a rule answers: nothing where it holds, a Refusal where it does not."""

from dataclasses import dataclass

from contests.parts import Clause


@dataclass(frozen=True)
class Refusal:
    """One rule that does not hold: what is wrong, in Chinese for the person, and the clause that says so."""

    rule: str
    message: str
    clause: Clause
    document: str

    @property
    def citation(self) -> str:
        """“威工发〔2020〕16号 二（一）：……”, with the reasoning where the document only implies the rule."""
        cited = f"{self.document} {self.clause.article}：“{self.clause.text}”"
        return f"{cited}（{self.clause.derived}）" if self.clause.derived else cited


Outcome = Refusal | None
"""None: the rule holds."""
