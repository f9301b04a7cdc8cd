"""Any other model by one setting, shown on real transformer folders: small, random, saved here, the hub off."""

import json
import shutil

import numpy as np
import pytest

from matching.encoders.embedding import EncoderBroken, EncoderMissing, embed_postings, load_encoder, model_name
from matching.encoders.instructions import Instructions, instructions_of
from tests.support import tiny_models

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
QUESTION = "焦化废水处理"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return tiny_models.build(tmp_path_factory.mktemp("models") / "bge-tiny-zh-v1.5")


@pytest.fixture
def folder(built, tmp_path):
    """A copy to break or to rename."""
    return shutil.copytree(built, tmp_path / "bge-tiny-zh-v1.5")


@pytest.fixture(scope="module")
def encoder(built):
    return load_encoder(str(built))


def raw(folder, text):
    """What sentence-transformers itself gives for a text, of length 1."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu").encode(text, normalize_embeddings=True)


def test_a_query_is_told_what_its_family_wants_and_a_document_is_not(built, encoder):
    asked, found = encoder.encode([QUESTION], query=True)[0], encoder.encode([QUESTION])[0]
    np.testing.assert_allclose(asked, raw(built, "为这个句子生成表示以用于检索相关文章：" + QUESTION), atol=1e-5)
    np.testing.assert_allclose(found, raw(built, QUESTION), atol=1e-5)
    assert not encoder.symmetric


@pytest.mark.parametrize(("name", "query", "document"), [
    ("multilingual-e5-small", "query: ", "passage: "), ("intfloat/e5-base-v2", "query: ", "passage: "),
    ("BAAI/bge-large-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""), ("BAAI/bge-m3", "", ""),
    ("thenlper/gte-large-zh", "", ""), ("moka-ai/m3e-base", "", ""), ("my-case5-model", "", "")])
def test_families_are_known_by_their_names(tmp_path, name, query, document):
    assert instructions_of(tmp_path, name, Instructions()) == Instructions(query, document)


def test_newer_families_are_told_the_task(tmp_path):
    assert instructions_of(tmp_path, "Qwen/Qwen3-Embedding-0.6B", Instructions()).query.startswith("Instruct: ")


def test_a_renamed_folder_is_known_by_where_its_model_came_from(folder):
    renamed = folder.rename(folder.with_name("model"))
    tiny_models.describe(renamed, _name_or_path="intfloat/multilingual-e5-small")
    assert instructions_of(renamed, "model", Instructions()).document == "passage: "


def test_the_models_own_prompts_come_before_its_familys(tmp_path):
    own = tiny_models.build(tmp_path / "e5-own", prompts={"query": "查询：", "passage": "文章："})
    assert instructions_of(own, "e5-own", Instructions()) == Instructions("查询：", "文章：")
    np.testing.assert_allclose(load_encoder(str(own)).encode([QUESTION])[0], raw(own, "文章：" + QUESTION), atol=1e-5)


def test_the_settings_come_before_everything_and_make_another_model(built, encoder):
    told = load_encoder(str(built), wished=Instructions("查询：", "none"))
    np.testing.assert_allclose(told.encode([QUESTION], query=True)[0], raw(built, "查询：" + QUESTION), atol=1e-5)
    assert told.name != encoder.name


def test_without_instructions_a_text_has_one_vector(built):
    plain = load_encoder(str(built), wished=Instructions("none", "none"))
    assert plain.symmetric
    np.testing.assert_array_equal(plain.encode([QUESTION], query=True), plain.encode([QUESTION]))


def test_a_long_text_is_read_as_far_as_the_model_reads(encoder):
    long = "废水处理" * 25_000
    np.testing.assert_allclose(encoder.encode([long]), encoder.encode([long[:200]]), atol=1e-6)


def test_the_setting_can_read_less_but_never_more(built):
    short = load_encoder(str(built), wished=Instructions(tokens=34))
    np.testing.assert_allclose(short.encode(["废水处理" * 9]), short.encode(["废水处理" * 8]), atol=1e-6)
    load_encoder(str(built), wished=Instructions(tokens=8192)).encode(["废水处理" * 1000])


def test_an_empty_body_adds_nothing_to_a_title(encoder):
    np.testing.assert_allclose(embed_postings(encoder, [QUESTION], [" "]), encoder.encode([QUESTION]), atol=1e-6)
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_same_model_gives_the_same_name_wherever_it_lies(built, folder):
    assert model_name(folder) == model_name(built)


def test_a_model_that_gives_no_numbers_is_refused(folder):
    tiny_models.spoil(folder)
    with pytest.raises(EncoderBroken, match="JIEBANG_ENCODER"):
        load_encoder(str(folder))


def test_a_model_that_gives_other_dimensions_than_it_says_is_refused(folder):
    path = folder / "1_Pooling" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"embedding_dimension": 48}))
    with pytest.raises(EncoderMissing, match="JIEBANG_ENCODER"):
        load_encoder(str(folder))


@pytest.mark.parametrize("lost", ["model.safetensors", "tokenizer.json", "config.json", "modules.json"])
def test_a_folder_that_lacks_a_file_says_so(folder, lost):
    (folder / lost).unlink()
    with pytest.raises(EncoderMissing, match="JIEBANG_ENCODER"):
        load_encoder(str(folder))


@pytest.mark.parametrize("broken", ["model.safetensors", "config.json", "modules.json", "tokenizer.json",
                                    "config_sentence_transformers.json"])
def test_a_file_cut_short_says_so(folder, broken):
    (folder / broken).write_bytes((folder / broken).read_bytes()[:40])
    with pytest.raises(EncoderMissing, match="JIEBANG_ENCODER"):
        load_encoder(str(folder))


def test_a_hub_model_in_the_cache_is_loaded_by_its_name_and_named_by_its_commit(built, tmp_path, monkeypatch):
    cached = tmp_path / "hub" / "models--somebody--bge-tiny-zh"
    shutil.copytree(built, cached / "snapshots" / "0123456789abcdef")
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0123456789abcdef")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    encoder = load_encoder("somebody/bge-tiny-zh")
    assert encoder.name.startswith("somebody/bge-tiny-zh@0123456789ab+")
    assert not encoder.symmetric


def test_another_kind_of_model_is_refused(tmp_path):
    from sentence_transformers import CrossEncoder

    tiny_models.build(tmp_path / "tiny")
    CrossEncoder(str(tmp_path / "tiny.raw"), num_labels=1, device="cpu").save_pretrained(str(tmp_path / "cross"))
    with pytest.raises(EncoderMissing, match="JIEBANG_ENCODER"):
        load_encoder(str(tmp_path / "cross"))
