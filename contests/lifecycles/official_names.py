"""A case's official name: built by the definition's pattern, with the ending of its state (（筹） until accepted)."""

from unicodedata import normalize

from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.parts import State


def official_name(lifecycle: Lifecycle, name: str, state: State) -> str:
    """威海市…技术创新中心（筹）, say. `name` is what is the case's own."""
    return (lifecycle.name_pattern.format(name) if lifecycle.name_pattern else name) + state.suffix


def own_part(lifecycle: Lifecycle, typed: str, state: State) -> str:
    """What is the case's own in a name, typed whole or not. ValueError, with the right name, for a wrong ending."""
    text = typed.strip().translate({ord("("): "（", ord(")"): "）"})
    before, _, after = lifecycle.name_pattern.partition("{}")
    endings = {one.suffix for one in lifecycle.states if one.suffix}
    ending = next((one for one in endings if text.endswith(one)), "")
    own = text.removesuffix(ending).removeprefix(before).removesuffix(after)
    whole = text.removesuffix(ending) != own
    if ending != state.suffix and (whole or ending):
        told = f"要带“{state.suffix}”" if state.suffix else f"不带“{ending}”"
        raise ValueError(f"“{state.name}”时名称{told}，应为“{official_name(lifecycle, own, state)}”")
    return own


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same, whatever the width of their letters and brackets."""
    return normalize("NFKC", one) == normalize("NFKC", other)
