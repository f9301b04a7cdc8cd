"""The plays by the code of their contest."""

from collections.abc import Callable

from contests.scenarios import (
    binzhou_2015,
    innovator_2020,
    smeie_2023,
    smeie_2023_result,
    weihai_2020,
    weihai_2020_result,
    weihai_centre_2022,
)
from contests.scenarios.play import Play

PLAYS: dict[str, Callable[[Play], object]] = {
    weihai_2020.CODE: weihai_2020_result.play,
    smeie_2023.CODE: smeie_2023_result.play,
    innovator_2020.CODE: innovator_2020.play,
    binzhou_2015.CODE: binzhou_2015.play,
    weihai_centre_2022.CODE: weihai_centre_2022.play,
}
