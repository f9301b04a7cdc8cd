import numpy as np
import pytest

from matching.encoders import embedding
from matching.encoders.embedding import SHIPPED, EncoderMissing, NoEncoder, embed_postings, load_encoder, model_name

TEXTS = ["焦化废水处理环保材料", "PLC 控制的 AGV 小车", "锂離子電池", "", " ", "🐟", "1234567", "coke oven", "工" * 100_000]


def test_the_shipped_model_is_small():
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= 20_000_000


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_computed_without_torch_it_gives_what_sentence_transformers_gives(encoder):
    full = load_encoder()
    assert (full.name, full.dimensions) == (encoder.name, encoder.dimensions)
    np.testing.assert_allclose(full.encode(TEXTS), encoder.encode(TEXTS), atol=2e-6)
    assert full.encode([]).shape == (0, encoder.dimensions)
    assert not full.encode([""]).any()


def test_vectors_have_length_one_or_nothing_and_no_nan(encoder):
    lengths = np.linalg.norm(encoder.encode(TEXTS), axis=1)
    assert all(length == pytest.approx(1, abs=1e-5) or length == 0 for length in lengths)


def test_texts_about_one_thing_lie_closer_than_others(encoder):
    sewage, coking, counselling = encoder.encode(["含油污水的生化处理", "焦化废水治理", "儿童心理辅导"]) @ encoder.encode(["工业废水处理"])[0]
    assert min(sewage, coking) > counselling + 0.1


def test_title_and_body_weigh_the_same(encoder):
    vector = embed_postings(encoder, ["焦化废水"], ["锂电池" * 200])[0]
    title, body = encoder.encode(["焦化废水", "锂电池" * 200])
    assert vector @ title == pytest.approx(float(vector @ body), abs=1e-4)


def test_a_model_that_is_not_here_is_not_fetched_unless_allowed():
    with pytest.raises(EncoderMissing, match="JIEBANG_ALLOW_MODEL_HUB"):
        load_encoder("BAAI/bge-small-zh-v1.5")


def test_a_folder_that_holds_no_model_says_so(tmp_path):
    with pytest.raises(EncoderMissing, match=r"modules\.json.*JIEBANG_ENCODER"):
        load_encoder(str(tmp_path), light=True)
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / embedding.MARK).write_text("{}")
    with pytest.raises(EncoderMissing, match="无法载入.*JIEBANG_ENCODER"):
        load_encoder(str(tmp_path), light=True)


def test_another_training_is_another_name(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"1")
    first = model_name(folder)
    (folder / "model.safetensors").write_bytes(b"2")
    assert model_name(folder) != first
    assert first.startswith("model@")


def test_without_an_encoder_there_are_no_dimensions():
    assert NoEncoder().encode(["锂", "电"]).shape == (2, 0)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_sentence_transformer_folder_can_take_its_place(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "废": 1, "水": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    table = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]], np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)]).save(str(tmp_path / "own"))
    encoder = load_encoder(str(tmp_path / "own"), light=True)
    assert encoder.name.startswith("own@")
    np.testing.assert_allclose(encoder.encode(["废水", ""]), [[2 ** -0.5, 2 ** -0.5, 0], [0, 0, 0]], atol=1e-6)


def test_what_was_asked_before_is_not_computed_again(monkeypatch):
    encoder = load_encoder(light=True)
    first = encoder.encode(["焦化废水", "锂电池"])
    monkeypatch.setattr(encoder._model, "encode", lambda texts: np.ones((len(texts), encoder.dimensions), np.float32))
    again = encoder.encode(["锂电池", "焦化废水", "新的一句"])
    np.testing.assert_array_equal(again[:2], first[::-1])
    assert again[2] == pytest.approx(encoder.dimensions ** -0.5)


def test_no_more_is_remembered_than_said(monkeypatch):
    monkeypatch.setattr(embedding, "REMEMBERED", 3)
    encoder = load_encoder(light=True)
    encoder.encode(["一号机", "二号机", "三号机", "四号机", "五号机"])
    assert len(encoder._kept) == 3
    np.testing.assert_array_equal(encoder.encode(["一号机"]), load_encoder(light=True).encode(["一号机"]))
