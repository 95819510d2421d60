"""The pieces of a taste, each as a change of the query that a turn asked.

The rule of this file: a turn is read by the agent once, and its own query is asked again,
each time with one piece more. Nothing is ranked here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.columns.current import current_columns
from catalog.search.query import Query, Taste
from chat.agent.asking import SEED_WEIGHT
from chat.agent.builtin.gathering import LIKE_WEIGHT
from chat.evaluation.cpcd.dialogues import Asked
from chat.evaluation.cpcd.talk import Said
from feedback.taste.interests import interests_of
from feedback.taste.weights import STRENGTH

# Of a talk: a like counts half after so many turns. Tried from 1 to 4, with the same end.
HALF_LIFE_TURNS = 2.0
STRENGTHS = (0.25, 0.5, 1.0)

Piece = Callable[[Query], Query]


@dataclass(frozen=True)
class Replayed:
    """A turn, its query, and since how many turns each of its liked tracks is liked."""

    asked: Asked
    query: Query
    ages: Mapping[int, int]
    disliked: tuple[int, ...]


def replayed(talk: Sequence[Said], ids: Mapping[str, int]) -> list[Replayed]:
    """Return the turns of one dialogue. ids: tracks by cluster."""
    first: dict[str, int] = {}
    found = []
    for said in talk:
        asked = said.asked
        for cluster in asked.liked:
            first.setdefault(cluster, asked.turn)
        ages = {ids[song]: asked.turn - first[song] for song in asked.liked}
        disliked = tuple(ids[song] for song in asked.disliked)
        found.append(Replayed(asked, said.query, ages, disliked))
    return found


def talks_steps(turn: Replayed) -> dict[str, Query]:
    """Return a turn's query with no reaction, then with one piece more each time."""
    query = turn.query
    pointed = {t: w for t, w in query.liked.items() if w == SEED_WEIGHT}
    words = replace(
        query,
        liked=pointed,
        disliked={},
        filters=replace(query.filters, without_tracks=frozenset()),
        taste=Taste(strength=0.0),
    )
    likes = replace(words, liked={**dict.fromkeys(turn.ages, LIKE_WEIGHT), **pointed})
    refused = replace(likes.filters, without_tracks=frozenset(turn.disliked))
    away = dict.fromkeys(turn.disliked, 1.0)
    dislikes = replace(likes, filters=refused, disliked=away)
    faded = {
        track: LIKE_WEIGHT * 0.5 ** (age / HALF_LIFE_TURNS)
        for track, age in turn.ages.items()
    }
    decay = replace(dislikes, liked={**faded, **pointed})
    return {
        "words alone": words,
        "+ likes": likes,
        "+ dislikes": dislikes,
        "+ decay": decay,
        "+ several interests": replace(decay, interests=grouped(decay.liked)),
    }


def lasting_steps(
    turn: Replayed, *, own: Collection[int], others: Collection[int]
) -> dict[str, Query]:
    """Return a first turn's query with the lasting taste of earlier talks.

    own: liked in an earlier talk about the same; others: in talks about something else.
    """
    blank = talks_steps(turn)["words alone"]
    every = dict.fromkeys((*own, *others), 1.0)
    blank = replace(blank, beside=blank.beside | frozenset(every))
    apart = grouped(every)
    each = tuple(frozenset([track]) for track in every)
    steps = {
        "no taste": blank,
        "one centre": _tasting(blank, every, (), STRENGTH),
        "each like by itself": _tasting(blank, every, each, STRENGTH),
    }
    foreign = dict.fromkeys(others, 1.0)
    for strength in STRENGTHS:
        name = f"several interests, {strength:g}"
        steps[name] = _tasting(blank, every, apart, strength)
    for strength in STRENGTHS:
        name = f"of other music alone, {strength:g}"
        steps[name] = _tasting(blank, foreign, grouped(foreign), strength)
    return steps


def _tasting(
    query: Query,
    liked: Mapping[int, float],
    interests: tuple[frozenset[int], ...],
    strength: float,
) -> Query:
    return replace(query, taste=Taste(liked, {}, interests, strength))


def grouped(liked: Mapping[int, float]) -> tuple[frozenset[int], ...]:
    """Return the interests of liked tracks, by what is told of them."""
    columns = current_columns()
    if columns.text is None:
        return ()
    vectors = columns.view.vectors_of(columns.text.pk, tuple(liked))
    return interests_of(vectors, liked)
