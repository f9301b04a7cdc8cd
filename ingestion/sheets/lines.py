"""Several parts on one line of a cell: a target's what, figure, measure. Written so that they read again exactly."""

import re
from collections.abc import Sequence

SPLIT = re.compile(r"\s\|(?:\s|$)")


def joined(parts: Sequence[str]) -> str:
    """The parts with bars between; a bar, a backslash or a line break inside a part is written with a backslash."""
    return " | ".join(part.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for part in parts)


def parted(line: str) -> list[str]:
    """What `joined` was given. A line without bars is one part, as it stands: a person typed it."""
    if not SPLIT.search(line):
        return [line.strip()]
    return [_plain(part.strip()) for part in SPLIT.split(line)]


def _plain(part: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], part)
