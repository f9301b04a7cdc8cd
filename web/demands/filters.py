"""What a reader of the hall asked for, read from the address and written back into it."""

from dataclasses import dataclass, fields, replace

from flask import url_for
from werkzeug.datastructures import MultiDict

from models.demands import CooperationType
from web.queries import words

BUDGETS = ("under20", "20to50", "50to100", "over100", "open")
SORTS = ("fit", "deadline", "newest", "budget")


@dataclass(frozen=True)
class Filters:
    """`field`: GB/T 4754 divisions (C34); `district`: GB/T 2260 codes; several of one kind mean either."""

    q: str = ""
    field: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    budget: str = ""
    taken: bool = False
    """Whether demands that are no longer open are listed too."""
    sort: str = ""

    @classmethod
    def read(cls, args: MultiDict) -> "Filters":
        """The filters of an address. What is not known is left out, never an error."""
        return cls(
            q=words(args.get("q")),
            field=tuple(code for code in args.getlist("field")[:20] if code.isalnum() and len(code) == 3),
            type=tuple(name for name in args.getlist("type") if name in set(CooperationType)),
            district=tuple(code for code in args.getlist("district")[:20] if code.isdigit() and len(code) == 6),
            budget=args.get("budget", "") if args.get("budget") in BUDGETS else "",
            taken=args.get("taken") == "1",
            sort=args.get("sort", "") if args.get("sort") in SORTS else "",
        )

    @property
    def chosen(self) -> int:
        """How many conditions narrow the list, the search words apart."""
        return len(self.field) + len(self.type) + len(self.district) + bool(self.budget)

    def without(self, name: str, value: str | None = None) -> "Filters":
        """The same filters with one kind dropped, or one value of it."""
        held = getattr(self, name)
        if isinstance(held, tuple):
            return replace(self, **{name: tuple(one for one in held if value is not None and one != value)})
        return replace(self, **{name: type(held)()})

    def toggled(self, name: str, value: str) -> "Filters":
        """The same filters with one value of a many-valued kind added, or taken off where it is on."""
        held = getattr(self, name)
        return self.without(name, value) if value in held else replace(self, **{name: (*held, value)})

    def url(self, endpoint: str = "demands.hall") -> str:
        values = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        return url_for(endpoint, **{name: "1" if value is True else value
                                          for name, value in values.items() if value})
