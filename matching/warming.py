"""The tables that a process reads at its first text: dictionaries, characters, units."""

from matching.compiling import compile_loops
from matching.reasons.judging import explain
from matching.reasons.passages import capability_passages
from matching.reasons.reading import read_targets
from matching.thesaurus.thesaurus import shipped, using

TEXT = "碳纤维自动化涂装线：膜厚不超过 0.5 mm，合格率达到 98 %"


def read_tables() -> None:
    """Read a text target by target, as a recommendation does, so that the next one finds every table in memory."""
    compile_loops()
    with using(shipped()):
        explain(read_targets(TEXT, TEXT), capability_passages("", TEXT, TEXT))
