"""Every route of the site as lines of a table: methods, URL, endpoint, who may open it.

`python -m tests.support.routes > tests/guards/routes.txt` writes the table anew; its change is then read in review.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

import settings
from models.accounts import Role
from web.access import Access
from web.app import create_app

SAMPLES = {"UUIDConverter": "00000000-0000-4000-8000-000000000000", "IntegerConverter": "2026"}


@dataclass(frozen=True, order=True)
class Route:
    """One URL rule. `access` is None where the view declares nobody."""

    rule: str
    methods: tuple[str, ...]
    endpoint: str
    access: str | None
    path: str
    roles: frozenset[Role]

    def __str__(self) -> str:
        return f"{self.rule}  {','.join(self.methods)}  {self.endpoint}  {self.access}"


def routes(app: Flask) -> Iterator[Route]:
    """The site's routes in order of their URLs. `path` is the URL with sample values in it."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=str):
        access: Access | None = getattr(app.view_functions[rule.endpoint], "access", None)
        methods = tuple(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        samples = {name: SAMPLES.get(type(converter).__name__, "x") for name, converter in rule._converters.items()}
        yield Route(str(rule), methods, rule.endpoint, access.label if access else None,
                    adapter.build(rule.endpoint, samples, methods[0]), access.roles if access else frozenset())


if __name__ == "__main__":
    for route in routes(create_app(settings.Settings(_env_file=None, secret_key="s" * 32))):
        print(route)
