"""The plays by the code of their contest."""

from collections.abc import Callable

from contests.scenarios import smeie_2023, smeie_2023_review, weihai_2020
from contests.scenarios.play import Play

PLAYS: dict[str, Callable[[Play], object]] = {
    weihai_2020.CODE: weihai_2020.play,
    smeie_2023.CODE: smeie_2023_review.play,
}
