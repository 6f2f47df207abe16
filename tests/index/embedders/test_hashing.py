import subprocess
import sys

import numpy as np
import pytest

from index.embedders.hashing import DIMENSION, Hashing, create

TEXTS = ["绿色产品认证证书的有效期是五年。", "民宿评定等级之后每三年复核一次。", "ISO 9001", "证", "！", ""]


def test_a_text_has_the_same_vector_in_every_process(tmp_path):
    code = "from index.embedders.hashing import Hashing; print(Hashing(64).question('绿色产品认证证书').tolist())"
    runs = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert runs == [str(Hashing(64).question("绿色产品认证证书").tolist())] * 2


@pytest.mark.parametrize("text", TEXTS)
def test_vectors_have_unit_length(text):
    assert np.linalg.norm(Hashing().question(text)) == pytest.approx(1, abs=1e-6)


def test_different_texts_have_different_vectors():
    texts = [text for text in TEXTS if text.strip("！")]
    vectors = Hashing().passages(texts)
    assert vectors.shape == (4, DIMENSION)
    assert vectors.dtype == np.float32
    assert (vectors @ vectors.T - np.eye(4)).max() < 0.5


def test_a_passage_has_the_vector_of_the_same_question():
    assert np.array_equal(Hashing().passages(TEXTS), [Hashing().question(text) for text in TEXTS])


def test_texts_that_share_characters_are_nearer_than_those_that_do_not():
    asked, near, far = Hashing().passages(["绿色产品证书", "绿色产品认证证书的有效期", "民宿评定等级复核"])
    assert asked @ near > asked @ far + 0.3


def test_full_width_and_capital_letters_are_the_same_as_ordinary_ones():
    assert np.array_equal(Hashing().question("ＩＳＯ９００１"), Hashing().question("iso 9001"))


def test_no_passages_have_no_vectors():
    assert Hashing(64).passages([]).shape == (0, 64)


def test_the_argument_is_the_dimension_and_part_of_the_name(tmp_path):
    assert create("", tmp_path).name == f"hashing-{DIMENSION}"
    small = create("64", tmp_path)
    assert small.name == "hashing-64"
    assert small.question("证书").shape == (64,)
