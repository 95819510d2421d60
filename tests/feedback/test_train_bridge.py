"""A bridge trained on what people gave: learned, compared, switched and taken back."""

import itertools
import json
from datetime import date

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from catalog.bridge import bridge_fit, text_to_audio
from catalog.bridge_comparing import Comparison, Found
from catalog.contrasting import Bridge, Trained
from catalog.encoders.text import text_encoder
from catalog.fitted import array_pack, array_unpack
from catalog.models import Embedding, Space, TrainedBridge
from catalog.spaces import embeddings_store, space_ensure
from catalog.trained_bridges import (
    TRAINED_WEIGHTS,
    BridgeRefused,
    bridge_back,
    bridge_store,
    bridge_use,
)
from feedback.donation.keys import donation_keys
from feedback.models import DonatedRecord, DonatedTrack
from feedback.releasing.work import release_ask, release_make
from feedback.training.bridging import CannotTrain, release_train, site_train
from feedback.training.site import LEARNED_FROM, site_rows
from tests.factories import make_track
from tests.feedback.giving import identifiers_of, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

GENRES = ("jazz", "heavy metal", "techno", "folk", "solo piano", "reggae")
# What people ask for, and nothing in the catalog says: it only sounds.
OCCASIONS = (
    "to wash the dishes",
    "for a rainy sunday",
    "for the long drive home",
    "while the baby sleeps",
    "for a first date",
    "to fix my bicycle",
)
EACH, FLOOR = 16, 3


@pytest.fixture
def heard(settings):
    """A catalog whose sound has a side that no words of its tracks tell of."""
    settings.RELEASE_FLOOR = FLOOR
    chance = np.random.default_rng(11)
    size = len(GENRES) + len(OCCASIONS)
    space = space_ensure(
        slug="ears", kind="audio", model_id="ears", revision="1", dimensions=size
    )
    tracks, vectors = [], []
    for n in range(EACH * len(GENRES)):
        genre = n % len(GENRES)
        tracks.append(make_track(artist=f"Act {n // 4}", genres=(GENRES[genre],)))
        vector = 0.15 * chance.normal(size=size)
        vector[genre] += 1
        vector[len(GENRES) + int(chance.integers(len(OCCASIONS)))] += 1
        vectors.append(vector)
    audio = np.array(vectors, np.float32)
    audio /= np.linalg.norm(audio, axis=1, keepdims=True)
    embeddings_store(space, [t.pk for t in tracks], audio)
    assert bridge_fit(space, text_encoder())
    return Space.objects.get(pk=space.pk), tracks, audio


def give(heard, *, is_random=False, purpose="release"):
    """Have people ask for genres on occasions; those of the test part for other pairs.

    Returns the release that was made of it, None where it was given for the site.
    """
    _, tracks, audio = heard
    chance = np.random.default_rng(5)
    names = {track.pk: identifiers_of(track) for track in tracks}
    asked = list(itertools.product(range(len(GENRES)), range(len(OCCASIONS))))
    order = [asked[n] for n in chance.permutation(len(asked))]
    parts = {"train": order[:18], "validation": order[18:24], "test": order[24:]}
    number = itertools.count()
    records, said = [], []
    for part, pairs in parts.items():
        for genre, occasion in pairs:
            wanted = np.zeros(audio.shape[1])
            wanted[[genre, len(GENRES) + occasion]] = 1
            best = np.argsort(-(audio @ wanted))
            if is_random:
                best = chance.permutation(len(tracks))
            for who in people(part, FLOOR):
                record = DonatedRecord(
                    pseudonym=who,
                    key_id=donation_keys()[0].id,
                    turn_key=f"t{next(number)}",
                    for_release=purpose == "release",
                    for_site=purpose == "site",
                    consent_version=1,
                    text=f"{GENRES[genre]} {OCCASIONS[occasion]}",
                    week=date(2026, 11, 23),
                    status="approved",
                )
                records.append(record)
                chosen = [(n, True) for n in best[:3]] + [(best[-1], False)]
                for row, is_approved in chosen:
                    track = tracks[int(row)]
                    said.append(
                        DonatedTrack(
                            record=record,
                            track=track,
                            is_approved=is_approved,
                            identifiers=names[track.pk],
                        )
                    )
    DonatedRecord.objects.bulk_create(records)
    DonatedTrack.objects.bulk_create(said)
    if purpose == "site":
        return None
    release = release_ask()
    release_make(release.pk)
    release.refresh_from_db()
    assert release.facts["parts"]["test"]["rows"] >= 10
    return release


def places(space, text="jazz for a rainy sunday"):
    fresh = Space.objects.defer("fitted").get(pk=space.pk)
    return text_to_audio(fresh, text_encoder().encode_text([text]))


def test_what_people_gave_teaches_what_the_bridge_in_use_misses(heard, capsys):
    space, _, _ = heard
    release = give(heard)
    before = places(space)

    call_command("train_bridge", release=release.number)

    trained = TrainedBridge.objects.get()
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["bridge"] == trained.pk
    assert trained.is_offered
    assert figures["p_value"] < 0.01
    assert figures["after"]["recall_at_10"] > figures["before"]["recall_at_10"] + 0.1
    assert figures["after"]["median_rank"] < figures["before"]["median_rank"]
    assert trained.learned_from == "release 1"
    assert not trained.is_current
    assert np.array_equal(places(space), before)


def test_what_is_given_at_random_is_not_offered(heard, capsys):
    release = give(heard, is_random=True)

    call_command("train_bridge", "--use", release=release.number)

    trained = TrainedBridge.objects.get()
    assert not trained.is_offered
    assert not trained.is_current
    assert "Not better" in capsys.readouterr().out
    with pytest.raises(CommandError, match="wasn't better"):
        call_command("switch_bridge", str(trained.pk))
    call_command("switch_bridge", str(trained.pk), "--force")
    trained.refresh_from_db()
    assert trained.is_current


def test_the_same_seed_gives_the_same_bridge_and_the_next_begins_with_it(heard):
    release = give(heard)

    one, two = (release_train(release.number, seed=3) for _ in range(2))
    bridge_use(one.pk)
    after = release_train(release.number, seed=3)

    assert one.arrays == two.arrays
    assert one.figures == two.figures
    assert after.figures["before"] == one.figures["after"]
    assert not after.is_offered


def test_a_switch_is_at_once_everywhere_and_goes_back(heard, admin_client):
    space, _, _ = heard
    own = places(space)
    first = release_train(give(heard).number, seed=1)
    second = TrainedBridge.objects.get(pk=first.pk)
    opposite = -array_unpack(first.arrays[TRAINED_WEIGHTS])
    second.pk, second.arrays[TRAINED_WEIGHTS] = None, array_pack(opposite)
    second.save()
    page = reverse("admin:catalog_trainedbridge_changelist")
    shown = reverse("admin:catalog_space_change", args=[space.pk])
    assert "release 1" in admin_client.get(page).content.decode()
    assert "serves in its place" not in admin_client.get(shown).content.decode()

    call_command("switch_bridge", str(first.pk))
    by_first = places(space)
    switch = {"action": "make_current", "_selected_action": [second.pk]}
    admin_client.post(page, switch)
    by_second = places(space)
    bridge_use(second.pk)

    assert not np.allclose(own, by_first)
    assert np.allclose(by_first, -by_second)
    assert TrainedBridge.objects.get(is_current=True) == second
    told = f"Trained bridge {second.pk} serves"
    assert told in admin_client.get(shown).content.decode()
    admin_client.post(page, {**switch, "action": "go_back"})
    assert np.array_equal(places(space), by_first)
    call_command("switch_bridge", "--back")
    assert np.array_equal(places(space), own)
    with pytest.raises(BridgeRefused, match="No trained bridge"):
        bridge_back(space)
    with pytest.raises(BridgeRefused, match="no trained bridge 99"):
        bridge_use(99)


def test_a_refit_keeps_it_while_it_is_better_and_says_why_it_went(heard, admin_client):
    space, tracks, audio = heard
    trained = release_train(give(heard).number, seed=1)
    bridge_use(trained.pk)
    by_trained = places(space)

    def refit():
        TrainedBridge.objects.filter(pk=trained.pk).update(is_current=True)
        bridge_fit(space, text_encoder())
        trained.refresh_from_db()

    refit()
    assert trained.is_current
    assert np.array_equal(places(space), by_trained)

    # The sound of all is another: what was learned of it fits no more.
    turned = np.roll(audio, 5, axis=1)
    embeddings_store(space, [t.pk for t in tracks], turned)
    refit()
    assert not trained.is_current
    assert "fitted anew" in trained.ended
    assert not np.allclose(places(space), by_trained)
    url = reverse("admin:catalog_trainedbridge_change", args=[trained.pk])
    assert "fitted anew" in admin_client.get(url).content.decode()

    embeddings_store(space, [t.pk for t in tracks], audio)
    gone = {track for _, spoken in trained.held_out for track in spoken}
    Embedding.objects.filter(space=space, track__in=sorted(gone)[1:]).delete()
    refit()
    assert "None of the tracks" not in trained.ended
    Embedding.objects.filter(space=space, track__in=gone).delete()
    refit()
    assert "None of the tracks" in trained.ended

    TrainedBridge.objects.update(text_model="another")
    refit()
    assert not trained.is_current
    assert "words of another" in trained.ended


def test_what_was_given_for_the_site_teaches_its_own_search(heard, capsys):
    space, _, _ = heard
    give(heard, purpose="site")
    with pytest.raises(CommandError, match="no release 1"):
        call_command("train_bridge", release=1)

    call_command("train_bridge", "--site", "--use")

    trained = TrainedBridge.objects.get()
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["after"]["recall_at_10"] > figures["before"]["recall_at_10"] + 0.1
    assert figures["p_value"] < 0.01
    assert trained.is_current
    assert trained.learned_from == LEARNED_FROM
    # Nobody's words stay with it: they are asked for anew, as long as they are given.
    assert trained.held_out == []
    bridge_fit(space, text_encoder())
    trained.refresh_from_db()
    assert trained.is_current
    DonatedRecord.objects.all().delete()
    bridge_fit(space, text_encoder())
    trained.refresh_from_db()
    assert "None of the tracks" in trained.ended


def test_the_next_training_knows_nothing_of_what_was_taken_back(heard):
    give(heard, purpose="site")
    gone = DonatedRecord.objects.filter(text__startswith="jazz")
    first = site_train(seed=1)
    bridge_use(first.pk)
    gone.update(for_site=False)
    again = site_train(seed=1)
    bridge_back(first.space)

    without = site_train(seed=1)

    # Begun with the catalog's own, not with what had learned of it.
    assert again.arrays == without.arrays != first.arrays
    assert again.figures["before"] != without.figures["before"]
    texts = {row["text"] for rows in site_rows().values() for row in rows}
    assert texts
    assert not any(text.startswith("jazz") for text in texts)


def test_what_isnt_approved_or_not_for_the_site_teaches_it_nothing(heard):
    give(heard, purpose="site")
    one = DonatedRecord.objects.first()
    DonatedRecord.objects.exclude(pk=one.pk).update(status="waiting")

    rows = [row for rows in site_rows().values() for row in rows]

    assert [row["text"] for row in rows] == [one.text]
    assert [len(rows[0][name]) for name in ("approved", "refused")] == [3, 1]
    DonatedRecord.objects.update(for_site=False, for_release=True)
    assert not any(site_rows().values())
    with pytest.raises(CannotTrain, match="What was given for this site says nothing"):
        site_train(seed=1)


def test_a_bridge_for_other_words_serves_nobody(heard):
    space, _, _ = heard
    own = places(space)
    nothing = Found(0.0, 0.0, 1.0)
    trained = bridge_store(
        Trained(Bridge(np.ones((384, 12), "f4"), np.zeros(384, "f4")), 1, 1),
        Comparison(10, 10, 10, nothing, nothing, 0.0, is_better=True),
        space=space,
        text_model="another",
        learned_from="release 1",
        seed=1,
        held_out=[],
    )

    bridge_use(trained.pk)

    assert np.array_equal(places(space), own)


def test_it_says_what_it_cannot_train_on(heard):
    with pytest.raises(CannotTrain, match="no release 1"):
        release_train(1, seed=1)
    give(heard)
    Embedding.objects.all().delete()
    with pytest.raises(CannotTrain, match="says nothing for training"):
        release_train(1, seed=1)
    Space.objects.all().delete()
    with pytest.raises(CommandError, match="no audio space"):
        call_command("train_bridge", release=1)
