"""Agreement between annotators: Krippendorff's alpha for names, with an interval.

Sentences that were labelled alike are counted together, as profiles: how many people gave which
label. There are few profiles however many sentences there are, so all of this takes no time, and
the interval needs no random numbers: leaving out one sentence of a profile is the same for each.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import NamedTuple

NINETY_FIVE = 1.959964  # standard deviations to both sides
ENOUGH = 10  # sentences; below that an interval would promise more than there is

Profile = tuple[int, ...]
Profiles = Mapping[Profile, int]


class Agreement(NamedTuple):
    """Alpha is None where all labels are the same or no sentence has two; so are the ends."""

    alpha: float | None
    sentences: int
    labels: int
    low: float | None = None
    high: float | None = None


def profiles(units: Iterable[Iterable[int]]) -> Profiles:
    """Count sentences by how many people gave each label; one person alone agrees with nobody."""
    return Counter(tuple(unit) for unit in units if sum(unit) > 1)


def agreement(found: Profiles) -> Agreement:
    """Say how far annotators agree beyond chance: 1 always, 0 no more than by chance."""
    found = {profile: number for profile, number in found.items() if sum(profile) > 1}
    sentences = sum(found.values())
    labels = sum(sum(profile) * number for profile, number in found.items())
    alpha = _alpha(found)
    if alpha is None or sentences < ENOUGH:
        return Agreement(alpha, sentences, labels)
    margin = NINETY_FIVE * _error(found)
    return Agreement(alpha, sentences, labels, max(-1.0, alpha - margin), min(1.0, alpha + margin))


def _alpha(found: Profiles) -> float | None:
    """Compare the disagreement within sentences with that between all labels given."""
    given: list[int] = [sum(column) for column in zip(*_weighted(found), strict=True)]
    total: int = sum(given)
    by_chance = total * total - sum(number * number for number in given)
    if not by_chance:
        return None
    return 1.0 - (total - 1) * _disagreement(found) / by_chance


def _weighted(found: Profiles) -> list[list[int]]:
    return [[value * number for value in profile] for profile, number in found.items()]


def _disagreement(found: Profiles) -> float:
    """Count the pairs of unlike labels within sentences, each pair by how many labelled it."""
    return sum(number * _unlike(one) / (sum(one) - 1) for one, number in found.items())


def _unlike(profile: Profile) -> int:
    people = sum(profile)
    return people * people - sum(value * value for value in profile)


def _error(found: Profiles) -> float:
    """Estimate the standard error by leaving out each sentence once (the jackknife)."""
    sentences = sum(found.values())
    left_out = [(_alpha(_without(found, profile)), number) for profile, number in found.items()]
    known = [(alpha, number) for alpha, number in left_out if alpha is not None]
    mean = sum(alpha * number for alpha, number in known) / max(1, sum(n for _, n in known))
    spread = sum(number * (alpha - mean) ** 2 for alpha, number in known)
    return sqrt(spread * (sentences - 1) / sentences)


def _without(found: Profiles, profile: Profile) -> Profiles:
    return {one: number - (one == profile) for one, number in found.items()}
