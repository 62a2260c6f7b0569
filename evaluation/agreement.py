"""How far two people agree who judged the same things apart."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """`alike` of `judged` were judged alike; `kappa` is what that is worth beyond chance: 1 is
    always alike, 0 no more than by chance; None where chance alone makes them alike."""

    judged: int
    alike: int
    kappa: float | None

    @property
    def per_cent(self) -> int:
        """The share that was judged alike."""
        return round(100 * self.alike / self.judged) if self.judged else 0


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Cohen's kappa of what the first and the second said of each thing (J. Cohen, A Coefficient
    of Agreement for Nominal Scales, 1960): (seen - by chance) / (1 - by chance)."""
    judged = len(pairs)
    alike = sum(first == second for first, second in pairs)
    if not judged:
        return Agreement(0, 0, None)
    firsts = Counter(first for first, _ in pairs)
    seconds = Counter(second for _, second in pairs)
    by_chance = sum(count * seconds[word] for word, count in firsts.items())
    if by_chance == judged * judged:
        return Agreement(judged, alike, None)
    kappa = (alike * judged - by_chance) / (judged * judged - by_chance)
    return Agreement(judged, alike, kappa)
