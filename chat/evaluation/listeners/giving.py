"""What made-up people give, and what a bridge that is trained on it is worth.

The rule of this file: all goes the site's own way: they agree, ask in words whose meaning
nothing in the catalog tells, say what fits, and that is scrubbed, kept, approved, released
and trained on. Who is in the release's test part is learned from by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from accounts.models import User
from catalog.bridge import bridge_fit
from catalog.encoders.text import text_encoder
from catalog.evaluation.failure import CannotEvaluate
from catalog.models import Space, Track
from catalog.spaces import current_space
from catalog.trained_bridges import bridge_use
from chat.agent.tools import Tools
from chat.evaluation.cpcd.measures import interval
from chat.evaluation.listeners.listening import TOP, answered, turn_begun
from chat.evaluation.listeners.world import World
from chat.given import given_view
from chat.reacting import asked_of
from feedback.curation.deeds import Verdict, record_decide, version_of
from feedback.donation.consent import Purpose, consent_set
from feedback.donation.work import donations_make
from feedback.models import DonatedRecord, Reaction, Release
from feedback.releasing.work import release_ask, release_make
from feedback.services import Answered, Source, reaction_set
from feedback.training.bridging import CannotTrain, release_train

Say = Callable[[str], None]

# What people ask for, and no word of a track says.
OCCASIONS = (
    *("washing the dishes", "a rainy sunday", "the long drive home", "a first date"),
    *("fixing my bicycle", "folding paper boats", "the night shift", "painting a wall"),
    *(
        "waiting for the bus",
        "a walk in the snow",
        "baking bread",
        "cleaning the attic",
    ),
    *("watching the harbour", "the last train", "sorting old photos", "a chess game"),
    *("peeling apples", "the ferry home", "writing letters", "feeding the ducks"),
    *("ironing shirts", "a power cut", "planting tulips", "the school run"),
    *("counting sheep", "a picnic on the roof", "moving house", "the dentist"),
    *("a long queue", "polishing shoes", "the first frost", "knitting a scarf"),
)
# Each person asks for so many of them, and so much of all songs fits one.
ASKED_BY_ONE = 10
FITTING_SHARE = 0.1
EVERY_PEOPLE = 20


def gives(
    world: World, ids: Sequence[int], *, people: int, seed: int, say: Say
) -> dict[str, Any]:
    """Have people give, release it, train on it; return what it is worth.

    A second a person, and half a minute for the training. Raises CannotEvaluate where
    so few people make no release, or one that says too little.
    """
    space = current_space(Space.Kind.AUDIO)
    if space is None or bridge_fit(space, text_encoder()) is None:
        raise CannotEvaluate("The songs are in no audio space, or none is described.")
    fits = fitting(world, seed=seed)
    places = {track: song for song, track in enumerate(ids)}
    before = _precision(fits, places)
    chance = np.random.default_rng((seed, 1))
    for number in range(1, people + 1):
        asked = chance.choice(len(OCCASIONS), size=ASKED_BY_ONE, replace=False)
        _give(asked.tolist(), fits, places)
        if number % EVERY_PEOPLE == 0:
            say(f"{number} of {people} people have given")
    _approve()
    release = release_ask()
    release_make(release.pk)
    release.refresh_from_db()
    if release.status != Release.Status.DONE:
        raise CannotEvaluate(f"No release came of it. {release.error}")
    say(f"release {release.number}: {release.facts['parts']}")
    try:
        trained = release_train(release.number, seed=seed)
    except CannotTrain as reason:
        raise CannotEvaluate(str(reason)) from reason
    if trained.is_offered:
        bridge_use(trained.pk)
    after = _precision(fits, places)
    gain = after - before
    low, high = interval(gain[:, None])
    return {
        "people": people,
        "records": DonatedRecord.objects.count(),
        "release": release.facts["parts"],
        "held_out_people": trained.figures,
        "is_offered": trained.is_offered,
        "newcomers_precision@10": {
            "before": round(float(before.mean()), 3),
            "after": round(float(after.mean()), 3),
            "gain": [round(float(low[0]), 3), round(float(high[0]), 3)],
        },
    }


def fitting(world: World, *, seed: int) -> NDArray[np.bool_]:
    """Return which songs fit which occasion: (occasions, n). Each lies between two scenes."""
    chance = np.random.default_rng((seed, 2))
    rows = []
    for _ in OCCASIONS:
        pair = chance.choice(len(world.centres), size=2, replace=False)
        near = world.vectors @ world.centres[pair].sum(axis=0)
        rows.append(near >= np.quantile(near, 1 - FITTING_SHARE))
    return np.array(rows)


def _request(occasion: int) -> str:
    return f"10 songs for {OCCASIONS[occasion]}"


def _listed(user: User, occasion: int) -> tuple[tuple[int, ...], Answered]:
    """Return the list that a request brings, and what reactions to it answer."""
    text = _request(occasion)
    turn = turn_begun(user, text, seed=occasion)
    tools = Tools(turn)
    told = given_view(answered(tools, turn).state.given)
    reaction = Answered(
        source=Source.CHAT,
        turn=uuid4(),
        asked=asked_of(told["constraints"], told["mood"], text),
        said_since=turn.conversation.created_at,
    )
    return tools.tracks()[:TOP], reaction


def _give(
    occasions: Sequence[int], fits: NDArray[np.bool_], places: dict[int, int]
) -> None:
    """Have a person agree, ask, and say of each song whether it fits."""
    user = User.objects.create(username=f"giver-{uuid4().hex}")
    consent_set(user, purpose=Purpose.RELEASE, is_given=True)
    for occasion in occasions:
        tracks, reaction = _listed(user, occasion)
        known = Track.objects.in_bulk(tracks)
        for position, track in enumerate(tracks):
            is_fitting = bool(fits[occasion, places[track]])
            reaction_set(
                user=user,
                track=known[track],
                value=Reaction.Value.LIKE if is_fitting else Reaction.Value.DISLIKE,
                words=_request(occasion),
                answered=replace(reaction, position=position),
            )
    donations_make(user.pk)


def _approve() -> None:
    """Have the one curator approve of all that waits: alone, so that nothing is drawn."""
    curator = User.objects.create(username="curator", is_staff=True, is_superuser=True)
    waiting = DonatedRecord.objects.filter(status=DonatedRecord.Status.WAITING)
    for record in waiting:
        seen = version_of(record)
        record_decide(record.pk, actor=curator, verdict=Verdict(), seen=seen)


def _precision(fits: NDArray[np.bool_], places: dict[int, int]) -> NDArray[np.float64]:
    """Return the precision@10 of what somebody new is answered, by occasion."""
    user = User.objects.create(username=f"newcomer-{uuid4().hex}")
    lists = (_listed(user, occasion)[0] for occasion in range(len(OCCASIONS)))
    return np.array(
        [
            sum(bool(fits[occasion, places[track]]) for track in tracks) / TOP
            for occasion, tracks in enumerate(lists)
        ]
    )
