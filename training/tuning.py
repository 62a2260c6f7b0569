"""Tuning the encoder to our subjects: `python -m training.tuning`, about an hour on one core.

The frozen encoder knows what sentences mean, not what matters here: that "hij houdt geld in" is
the boss and "zij houden geld in" the tax office. A low-rank change of each matrix (Hu et al. 2021,
"LoRA: Low-Rank Adaptation of Large Language Models") teaches it that with a thirtieth of the
numbers; `conversations.understanding.encoder` lays the change over the packed weights.

The seed is fixed and there is one thread, so one machine makes the same twice. It does not see
what is held apart.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax

from conversations.understanding import encoder
from conversations.understanding.encoder import LAYERS, MATRICES, NORMS, VECTORS, Tensors, read
from conversations.understanding.labels import LABELS, ROUTE_OF, Route
from training.corpus import Line, to_learn
from training.noise import as_typed
from training.pieces import Pieces

EPOCHS = 4

_AT_ONCE = 32
_RANK = 8
_HEADS = 12
_WIDTH = 384
_SEED = 0
_LENGTHS = (12, 16, 20, 28, 40, 60, 96)
_MOST_PIECES = 80
_SPEED = {"low_rank": 5e-4, "vectors": 1e-3, "head": 5e-3}
_STEEP = 20.0
_GRAVE = 1.5  # how much danger counts for
_SMOOTH = 0.05
_DECAY = 1e-4

Array = npt.NDArray[Any]
Numbers = dict[str, Any]


class Frozen:
    """The packed model as plain numbers."""

    def __init__(self) -> None:
        raw = read()
        tensors = Tensors(raw)
        self.pieces = Pieces(raw)
        self.matrices = {
            name: jnp.asarray(
                np.stack([tensors.matrix(f"l{layer}.{name}.w") for layer in range(LAYERS)])
            )
            for name in MATRICES
        }
        self.vectors: Numbers = {
            name: jnp.asarray(
                np.stack([tensors.vector(f"l{layer}.{name}") for layer in range(LAYERS)])
            )
            for name in VECTORS
        } | {name: jnp.asarray(tensors.vector(name)) for name in NORMS}
        self._words = tensors["emb.word"].reshape(-1, _WIDTH // 32 * 18)
        self._places = tensors.vector("emb.pos").reshape(-1, _WIDTH)
        self._kind = tensors.vector("emb.type")[:_WIDTH]

    def batch(self, cut: Sequence[Sequence[int]]) -> tuple[Array, Array]:
        """The first vectors of texts that were cut into pieces, and where they are."""
        most = max(map(len, cut))
        length = next(one for one in _LENGTHS if one >= min(most, _LENGTHS[-1]))
        mask = np.zeros((len(cut), length), np.float32)
        numbers = np.zeros((len(cut), length), int)
        for row, one in enumerate(cut):
            numbers[row, : len(one)] = one
            mask[row, : len(one)] = 1
        words = encoder.unpacked(self._words[numbers.reshape(-1)].reshape(-1, 18))
        vectors = words.reshape(len(cut), length, _WIDTH) + self._places[:length] + self._kind
        return vectors, mask


def forward(
    matrices: Numbers, vectors: Numbers, change: Numbers, start: Any, mask: Any
) -> jax.Array:
    """The points of texts, as the engine makes them but in full precision."""
    texts, length, _ = start.shape
    away = (1 - mask)[:, None, None, :] * -1e9

    def layer(now: jax.Array, parts: Any) -> tuple[jax.Array, None]:
        vector, matrix, low = parts

        def through(given: jax.Array, name: str) -> jax.Array:
            changed = (given @ low[f"{name}.down"]) @ low[f"{name}.up"]
            return given @ matrix[name] + changed + vector[f"{name}.b"]

        query, key, value = (
            through(now, name).reshape(texts, length, _HEADS, _WIDTH // _HEADS) for name in "qkv"
        )
        meets = jnp.einsum("bthd,bshd->bhts", query, key) / np.sqrt(_WIDTH // _HEADS)
        seen = jnp.einsum("bhts,bshd->bthd", jax.nn.softmax(meets + away, -1), value)
        out = through(seen.reshape(texts, length, _WIDTH), "ao")
        now = _normal(now + out, vector["aln.w"], vector["aln.b"])
        inner = jax.nn.gelu(through(now, "fi"), approximate=False)
        return _normal(now + through(inner, "fo"), vector["oln.w"], vector["oln.b"]), None

    first = _normal(start, vectors["emb.ln.w"], vectors["emb.ln.b"])
    each = ({name: vectors[name] for name in VECTORS}, matrices, change)
    last, _ = jax.lax.scan(layer, first, each)
    mean = (last * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
    return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)


def _normal(given: Any, weight: Any, bias: Any) -> jax.Array:
    mean = given.mean(-1, keepdims=True)
    spread = ((given - mean) ** 2).mean(-1, keepdims=True)
    normal: jax.Array = (given - mean) / jnp.sqrt(spread + 1e-12) * weight + bias
    return normal


def tune(lines: Sequence[Line], epochs: int = EPOCHS) -> dict[str, Array]:
    """What to add to the packed model so that it tells our labels apart, and the rows that do."""
    frozen = Frozen()
    chance = np.random.default_rng(_SEED)
    change: Numbers = {}
    for name, (given, made) in MATRICES.items():
        shape = (LAYERS, given, _RANK)
        change[f"{name}.down"] = jnp.asarray(
            chance.normal(0, 1 / np.sqrt(given), shape).astype("f4")
        )
        change[f"{name}.up"] = jnp.zeros((LAYERS, _RANK, made))
    head = {"weight": jnp.zeros((_WIDTH, len(LABELS))), "bias": jnp.zeros(len(LABELS))}
    now: Numbers = {"vectors": frozen.vectors, "low_rank": change, "head": head}
    centre = _centre(frozen, now, [line.text for line in lines[::20]])
    steps = epochs * -(-len(lines) // _AT_ONCE)
    optimiser = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform(
            {part: optax.adam(_schedule(speed, steps)) for part, speed in _SPEED.items()},
            {part: part for part in _SPEED},
        ),
    )
    memory = optimiser.init(now)

    def learn(now: Numbers, memory: Any, *batch: Any) -> tuple[Numbers, Any, Any]:
        loss, slope = jax.value_and_grad(_loss)(now, frozen.matrices, centre, *batch)
        moves, memory = optimiser.update(slope, memory, now)
        return optax.apply_updates(now, moves), memory, loss

    step = jax.jit(learn)
    for epoch in range(epochs):
        losses = []
        for batch in _batches(frozen, lines, chance):
            now, memory, loss = step(now, memory, *batch)
            losses.append(float(loss))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}", file=sys.stderr, flush=True)
    return _packed(now, frozen) | {
        "centre": np.asarray(centre, np.float32),
        "head": np.asarray(now["head"]["weight"] * _STEEP, np.float16),
        "bias": np.asarray(now["head"]["bias"], np.float32),
    }


def _loss(
    now: Numbers, matrices: Numbers, centre: Any, start: Any, mask: Any, truth: Any, weight: Any
) -> Any:
    """How far from the labels, and half as much how far from the routes."""
    points = forward(matrices, now["vectors"], now["low_rank"], start, mask)
    scores = (points - centre) @ now["head"]["weight"] * _STEEP + now["head"]["bias"]
    chances = jax.nn.log_softmax(scores)
    soft = truth * (1 - _SMOOTH) + _SMOOTH / len(LABELS) * truth.sum(-1, keepdims=True)
    routes = jnp.log(jnp.exp(chances) @ _TO_ROUTE + 1e-6)
    missed = -(soft * chances).sum(-1) - 0.5 * ((truth @ _TO_ROUTE) * routes).sum(-1)
    return (missed * weight).mean() + _DECAY * (now["head"]["weight"] ** 2).sum()


_TO_ROUTE = np.array(
    [[ROUTE_OF[label] is route for route in Route] for label in LABELS], np.float32
)


def _batches(
    frozen: Frozen, lines: Sequence[Line], chance: np.random.Generator
) -> Iterator[tuple[Array, Array, Array, Array]]:
    """All lines once, as people might have typed them, about equally long ones together."""
    texts, truth = as_typed(lines, chance)
    cut = [frozen.pieces.of(text)[:_MOST_PIECES] for text in texts]
    order = np.argsort([len(one) + chance.random() * 2 for one in cut], kind="stable")
    batches = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
    chance.shuffle(batches)
    for batch in batches:
        padded = np.resize(batch, _AT_ONCE)
        start, mask = frozen.batch([cut[one] for one in padded])
        weight = np.array([_GRAVE if lines[int(one)].is_danger else 1.0 for one in padded], "f4")
        weight[len(batch) :] = 0
        yield start, mask, truth[padded], weight


def _centre(frozen: Frozen, now: Numbers, texts: Sequence[str]) -> Array:
    """Where the points lie on average before anything is tuned."""
    points = []
    for text in texts:
        start, mask = frozen.batch([frozen.pieces.of(text)[:_MOST_PIECES]])
        points.append(forward(frozen.matrices, now["vectors"], now["low_rank"], start, mask)[0])
    centre: Array = np.mean(points, axis=0)
    return centre


def _schedule(speed: float, steps: int) -> Any:
    return optax.warmup_cosine_decay_schedule(0, speed, steps // 12, steps, speed * 0.02)


def _packed(now: Numbers, frozen: Frozen) -> dict[str, Array]:
    """The change as it is kept: the low rank in bytes with a scale, the vectors in halves."""
    kept: dict[str, Array] = {
        name: np.asarray(now["vectors"][name] - frozen.vectors[name], np.float16)
        for name in (*VECTORS, *NORMS)
    }
    for name in MATRICES:
        for side, axis in (("down", 1), ("up", 2)):
            numbers = np.asarray(now["low_rank"][f"{name}.{side}"])
            scale = np.maximum(np.abs(numbers).max(axis, keepdims=True) / 127, 1e-12)
            kept[f"{name}.{side}"] = np.round(numbers / scale).astype(np.int8)
            kept[f"{name}.{side}.scale"] = scale.astype(np.float32)
    return kept


if __name__ == "__main__":
    tuned: dict[str, Any] = tune(to_learn())
    np.savez_compressed(Path(encoder.__file__).parent / encoder.TUNED, **tuned)
