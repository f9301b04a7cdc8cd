"""Pages of a long list."""

from dataclasses import dataclass
from math import ceil

from flask import request, url_for


@dataclass(frozen=True)
class Page:
    """Where one page of a list stands. `number` counts from 1."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def url(self, number: int) -> str:
        """The address of another page of the same list, with the same filters."""
        args = request.args.to_dict(flat=False) | request.view_args | {"page": number}
        return url_for(request.endpoint, **args)

    def window(self) -> list[int | None]:
        """The page numbers to offer: the first, the last, those around here; None stands for a gap."""
        near = sorted({1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)})
        shown: list[int | None] = []
        for number in near:
            if shown and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def asked(total: int, size: int) -> Page:
    """The page that the address asks for, moved to the last one where it asks for more."""
    number = request.args.get("page", 1, type=int)
    last = max(1, ceil(total / size))
    return Page(min(max(1, number), last), size, total)
