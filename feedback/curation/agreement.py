"""How far first and second looks agree, in figures that allow for chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.models import Review

Reason = Review.Reason


@dataclass(frozen=True)
class Agreement:
    """How two raters agree on one question. kappa: None where it isn't defined.

    first, second: how often each said yes. both: how often both did.
    """

    label: str
    count: int
    first: int
    second: int
    both: int

    @property
    def agreed(self) -> int:
        """Return on how many they said the same, yes or no."""
        return self.count - self.first - self.second + 2 * self.both

    @property
    def share(self) -> float | None:
        """Return on what share they said the same, 0 to 1."""
        return self.agreed / self.count if self.count else None

    @property
    def percent(self) -> float | None:
        """Return percent agreement, 0 to 100."""
        return None if self.share is None else 100 * self.share

    @property
    def kappa(self) -> float | None:
        """Return Cohen's kappa [1]: agreement beyond chance, 1 for all there could be.

        None where both always said the same one thing: chance alone would agree too.

        [1] Cohen, "A coefficient of agreement for nominal scales", Educational and
        Psychological Measurement 20(1), 1960, 37-46.
        """
        if self.share is None:
            return None
        yes = self.first * self.second
        no = (self.count - self.first) * (self.count - self.second)
        by_chance = (yes + no) / self.count**2
        if by_chance == 1:
            return None
        return (self.share - by_chance) / (1 - by_chance)


@dataclass(frozen=True)
class Agreements:
    """On whether to approve, and on each reason that anybody gave."""

    overall: Agreement
    reasons: tuple[Agreement, ...]


def agreements_of(pairs: Sequence[tuple[str, str]]) -> Agreements:
    """Count from pairs of reasons, "" for approved: of the first look and the second."""
    reasons = [reason for reason in Reason if reason != Reason.NONE]
    return Agreements(
        overall=agreement_on(Reason.NONE, "Approved", pairs),
        reasons=tuple(
            agreement_on(reason, str(reason.label), pairs)
            for reason in reasons
            if any(reason in pair for pair in pairs)
        ),
    )


def agreement_on(
    reason: str, label: str, pairs: Sequence[tuple[str, str]]
) -> Agreement:
    """Count on one question: was it found so, or not?"""
    return Agreement(
        label=label,
        count=len(pairs),
        first=sum(first == reason for first, _ in pairs),
        second=sum(second == reason for _, second in pairs),
        both=sum(first == reason == second for first, second in pairs),
    )


def reviewed_pairs() -> list[tuple[str, str]]:
    """Return the reasons of first and second looks that stand. Two queries."""
    seconds = Review.objects.filter(look=Review.Look.SECOND, is_standing=True)
    firsts = Review.objects.filter(look=Review.Look.FIRST, is_standing=True)
    second = dict(seconds.values_list("record", "reason"))
    first = firsts.filter(record__in=seconds.values("record"))
    found = first.order_by("record").values_list("record", "reason")
    return [(reason, second[record]) for record, reason in found]
