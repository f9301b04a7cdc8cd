"""The recipe on a teacher of three layers: each step does what it says; how well it teaches is measured elsewhere."""

import random

import numpy as np
import pytest

from matching.encoders.embedding import load_encoder
from matching.encoders.training.corpus import Document, pairs, passages, texts

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
TEXTS = ["工业废水处理", "焦化废水的生化处理", "机器人焊接", "焊接机器人控制", "锂电池管理系统", "锂电池均衡控制方法"]
DOCUMENTS = [Document("工业废水处理", ("焦化废水的生化处理",)), Document("机器人焊接", ("焊接机器人控制", "焊缝跟踪系统")),
             Document("锂电池管理系统", (), ("锂电池均衡控制方法",))]


@pytest.fixture(scope="module")
def teacher():
    from transformers import BertConfig, BertModel

    from matching.encoders.training.teacher import Teacher

    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *sorted(set("".join(TEXTS)))]
    config = BertConfig(vocab_size=len(pieces), hidden_size=16, num_hidden_layers=3, num_attention_heads=2,
                        intermediate_size=32, max_position_embeddings=140, type_vocab_size=2, hidden_dropout_prob=0.0,
                        attention_probs_dropout_prob=0.0, layer_norm_eps=1e-12, pad_token_id=1)
    weights = BertModel(config, add_pooling_layer=False).state_dict()
    return Teacher(config, weights, pieces, [0.0, 0.0, 0.0, 0.0] + [-5.0] * (len(pieces) - 4))


def test_sentences_are_put_together_and_short_rests_left_out():
    assert passages("短。" * 40) == ["短。" * 29, "短。" * 11]
    assert passages("太短。") == []


def test_a_pair_is_of_one_document():
    of = {part: at for at, one in enumerate(DOCUMENTS) for part in (one.title, *one.passages)}
    drawn = pairs(DOCUMENTS, random.Random(1))
    assert {of[a] for a, _ in drawn} == {0, 1, 2}
    assert all(of[a] == of[b] for a, b in drawn)


def test_what_the_pupil_hears_is_the_same_each_time_and_never_empty():
    heard = texts(DOCUMENTS, [("自动导引车", "AGV小车")], 200, random.Random(1))
    assert heard == texts(DOCUMENTS, [("自动导引车", "AGV小车")], 200, random.Random(1))
    assert {"工业废水处理", "AGV小车"} <= set(heard)
    assert all(text.strip() for text in heard)
    assert len(set(heard)) == len(heard)


def test_an_epoch_takes_every_text_once_but_for_a_rest():
    from matching.encoders.training.distilling import batches

    drawn = batches(np.arange(100) % 7 + 3, 16, np.random.default_rng(1))
    epoch = np.concatenate([next(drawn) for _ in range(6)])
    assert len(set(epoch.tolist())) == 96


def test_the_pupil_comes_nearer_to_its_teacher_and_is_saved_as_a_model_of_ours(teacher, tmp_path):
    from matching.encoders.training.bags import DEVICE, Bag, centred, encode
    from matching.encoders.training.distilling import choose_pieces, distil
    from matching.encoders.training.folder import save
    from matching.encoders.training.teacher import tokenizer
    from matching.encoders.training.tuning import tune

    tuned = teacher.with_weights_of(tune(teacher, DOCUMENTS, [("工业废水处理", "焦化废水的生化处理")], 1, steps=2))
    cut = tokenizer(teacher.pieces, teacher.scores)
    wanted = centred(encode(tuned.model(range(3)).to(DEVICE).eval(), Bag(cut, TEXTS, 64)))
    kept = choose_pieces(teacher, TEXTS * 2)

    def likeness(steps: int) -> float:
        pupil = distil(tuned, kept, TEXTS, wanted, 1, steps, batch=6)
        save(tmp_path / str(steps), pupil, teacher, kept, 1)
        given = load_encoder(str(tmp_path / str(steps)), light=True).encode(TEXTS)
        return float((given * wanted.cpu().float().numpy()).sum(axis=1).mean())

    assert likeness(60) > likeness(1) + 0.02
    full, light = (load_encoder(str(tmp_path / "60"), light=way) for way in (False, True))
    assert full.name == light.name
    np.testing.assert_allclose(full.encode(TEXTS), light.encode(TEXTS), atol=2e-6)
