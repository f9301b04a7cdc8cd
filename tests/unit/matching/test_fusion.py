import json
import shutil

import pytest

from matching.encoders.embedding import load_encoder, model_name
from matching.encoders.model_files import SHIPPED
from matching.fusion import FILE, Fusion


def test_short_queries_lean_on_the_encoder():
    fusion = Fusion(dense=0.4, short=0.6, short_length=8)
    assert fusion.weight(" 废水 ") == 0.6
    assert fusion.weight("焦化废水的深度处理与回用") == 0.4


def test_a_model_brings_its_own_weights(tmp_path):
    assert Fusion.of(tmp_path) == Fusion()
    (tmp_path / FILE).write_text(json.dumps({"dense": 0.3, "short": 0.9, "short_length": 4, "note": "chosen on …"}))
    assert Fusion.of(tmp_path) == Fusion(0.3, 0.9, 4)


@pytest.mark.parametrize("stored", ['{"dense": 2, "short": 0.5, "short_length": 8}', "{}", "[]", "x",
                                    '{"dense": "NaN", "short": 0.5, "short_length": 8}'])
def test_weights_that_are_none_are_refused(tmp_path, stored):
    (tmp_path / FILE).write_text(stored)
    with pytest.raises(ValueError, match="."):
        Fusion.of(tmp_path)


def test_other_weights_make_no_other_model(tmp_path):
    folder = shutil.copytree(SHIPPED, tmp_path / "encoder")
    (folder / FILE).write_text('{"dense": 0.1, "short": 0.1, "short_length": 1}')
    assert model_name(folder) == model_name(SHIPPED)
    assert load_encoder(str(folder), light=True).fusion == Fusion(0.1, 0.1, 1)
