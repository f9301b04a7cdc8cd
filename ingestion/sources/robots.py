"""What a site allows to be read by a program, and how often (RFC 9309), read with Protego."""

from dataclasses import dataclass

from protego import Protego

AGENT = "jiebang"
_LONGEST_DELAY = 30.0
"""Seconds. A site that asks for more is asked less often by the schedule anyway."""


@dataclass(frozen=True)
class Rules:
    """A site's rules. `parsed` None: nothing is allowed, because the site could not say (RFC 9309, 2.3.1.4)."""

    parsed: Protego | None

    def allow(self, url: str) -> bool:
        return self.parsed is not None and bool(self.parsed.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds between two requests, as far as the site asks for them."""
        asked = self.parsed.crawl_delay(AGENT) if self.parsed else None
        return min(float(asked or 0), _LONGEST_DELAY)


def rules_of(status: int, text: str) -> Rules:
    """From the answer to /robots.txt: none there (4xx) allows everything, a fault of the site (5xx) nothing."""
    if status >= 500:
        return Rules(None)
    return Rules(Protego.parse(text if status == 200 else ""))
