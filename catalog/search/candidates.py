"""What a query gives to go on, and the lists that each kind of evidence brings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from catalog.bridge import text_to_audio
from catalog.columns.current import Current, current_columns
from catalog.columns.postings import Rows
from catalog.columns.sketches import Among, picked_out
from catalog.columns.view import Mask, View
from catalog.documents import known_beside_title
from catalog.encoders.text import text_vector
from catalog.models import Artist, Space, Track
from catalog.search import lists
from catalog.search.levels import Levels, attribute_levels
from catalog.search.named import Named, by_names, named_in
from catalog.search.query import Query, Taste
from catalog.search.ranking import Ids, ListName, Ranking
from catalog.search.seeds import Seeds
from catalog.search.traits import Leanings
from catalog.search.usual import asks_for_a_kind, by_usual
from catalog.search.weights import weights_for

# How many candidates a list brings.
LIST_LIMIT = 200
# So many of the words that are known of seeds are looked for.
SEED_TERMS = 40
# Of whom so many songs are liked, more are wanted than variety allows of others.
LIKED_OFTEN = 2
# A message counts for less than the one after it by this, in what all of them mean.
EARLIER_SHARE = 0.7
# All messages together count for so much of liked tracks.
SAID_SHARE = 0.7
# Lists that know tracks by what their words mean.
Vectors = Sequence[np.ndarray]
OF_MEANING: tuple[ListName, ...] = ("seed_words", "text_to_text")
# Arithmetic of numpy's and torch's lets other threads run. These here touch no database.
_beside = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="nearest")


@dataclass(frozen=True)
class TasteIn:
    """A lasting taste in one space: a vector an interest, and those of what is disliked.

    Unit vectors, (d,) each.
    """

    interests: tuple[np.ndarray, ...]
    disliked: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Evidence:
    """All that a query gives to rank by, looked up once for all stages.

    Vectors are (d,) of unit length in the space that they are named for, None where
    there is nothing to make them of. vectors: of liked and disliked tracks, the taste's
    among them, in the audio space. seeds, seed_words_apart: one for each interest, in the
    audio space and in that of documents. tastes: by the space's key. named_before: what earlier messages name. seed_terms:
    words of what is known of liked tracks, by their worth. wanted_artists: those that the
    latest words name, or of whom several songs are liked.
    """

    query: Query
    columns: Current
    levels: Levels
    vectors: Mapping[int, np.ndarray]
    seeds: tuple[np.ndarray, ...]
    seed_words: np.ndarray | None
    seed_words_apart: tuple[np.ndarray, ...]
    tastes: Mapping[int, TasteIn]
    named: Named
    named_before: Named
    seed_artists: Mapping[int, float]
    seed_terms: Mapping[str, float]
    wanted_artists: frozenset[int]
    _encoded: Mapping[str, Future[np.ndarray]]

    @cached_property
    def meaning(self) -> np.ndarray | None:
        """Return the vector of the whole message, where it is known; else of the text."""
        # A whole message says more than its content words, to a model of sentences.
        return self._vector_of(words_of(self.query)[0])

    @cached_property
    def so_far(self) -> tuple[np.ndarray, ...]:
        """Return where liked tracks and several messages point together.

        One vector for both, an interest: to look for each by itself takes twice as long
        and finds no more. A single message is looked for already.
        """
        said = self.query.said
        if len(said) < 2:
            return self.seed_words_apart
        found = np.zeros_like(self._encoded[said[-1]].result())
        for text in said:
            found = EARLIER_SHARE * found + self._encoded[text].result()
        found = _unit(found)
        if not self.seed_words_apart:
            return (found,)
        return tuple(_unit(w + SAID_SHARE * found) for w in self.seed_words_apart)

    @cached_property
    def leanings(self) -> Leanings:
        """Return what tracks have of the taste's artists, genres and ranges."""
        return Leanings(self.view, self.query.taste.traits)

    @property
    def asks_for_a_kind(self) -> bool:
        """Say whether nothing is said of songs but what the filters hold to."""
        is_named = self.named.artists.keys() <= self.query.filters.artists
        return is_named and asks_for_a_kind(self.query)

    @cached_property
    def heard(self) -> np.ndarray | None:
        """Return where the text points in the space of sound."""
        return self._heard(self.query.text)

    @cached_property
    def sound(self) -> np.ndarray | None:
        """Return where the words about sound alone point."""
        return self._heard(self.query.sound)

    def _vector_of(self, words: str) -> np.ndarray | None:
        """Wait for the vector of words, None for none."""
        return self._encoded[words].result() if words else None

    def _heard(self, words: str) -> np.ndarray | None:
        """Return where in the audio space words point, None where no way leads there."""
        vector = self._vector_of(words)
        if self.audio is None or vector is None:
            return None
        places = text_to_audio(self.audio, vector[None, :], texts=[words])
        return None if places is None else np.asarray(places[0])

    @property
    def view(self) -> View:
        """Return the catalog, as it was when the search began."""
        return self.columns.view

    @property
    def audio(self) -> Space | None:
        """Return the space of sound that search uses."""
        return self.columns.audio

    @property
    def text(self) -> Space | None:
        """Return the space of meanings that search uses."""
        return self.columns.text


def _unit(vector: np.ndarray) -> np.ndarray:
    length = max(float(np.linalg.norm(vector)), 1e-6)
    return np.asarray(vector / length, np.float32)


def evidence_of(query: Query) -> Evidence:
    """Look up what a query gives to go on. Up to five queries.

    Its words are encoded meanwhile, and waited for when a vector of them is read.
    """
    text_now, before = words_of(query)
    words = {text_now, query.text, query.sound, *query.said} - {""}
    encoded = {text: _beside.submit(text_vector, text) for text in sorted(words)}
    columns = current_columns()
    audio, text = columns.audio, columns.text
    taste = query.taste
    marked = {*query.liked, *query.disliked}
    tasted = {*taste.liked, *taste.disliked} if taste.strength else set()
    seeds = Seeds(columns.view, marked | tasted)
    vectors = seeds.vectors(audio) if audio else {}
    described = seeds.vectors(text) if text and (query.liked or tasted) else {}
    liked, disliked, apart = query.liked, query.disliked, query.interests
    levels = attribute_levels(columns.view)
    named = named_in(text_now, columns.view) if text_now else Named()
    liked_artists = seeds.artists(query.liked)
    return Evidence(
        query=query,
        columns=columns,
        levels=levels,
        vectors=vectors,
        seeds=lists.centres(liked, disliked, apart, vectors),
        seed_words=lists.rocchio(liked, disliked, described),
        seed_words_apart=lists.centres(liked, disliked, apart, described),
        tastes={
            space.pk: _taste_in(taste, known)
            for space, known in ((audio, vectors), (text, described))
            if space is not None and tasted
        },
        named=named,
        named_before=named_in(before, columns.view) if before else Named(),
        seed_artists=_artist_weights(query.liked, liked_artists),
        seed_terms=_seed_terms(
            query.liked,
            columns.view,
            without=_all_of(liked_artists) & query.filters.without_artists,
        ),
        wanted_artists=frozenset(named.artists) | _liked_often(liked_artists),
        _encoded=encoded,
    )


def _taste_in(taste: Taste, vectors: Mapping[int, np.ndarray]) -> TasteIn:
    return TasteIn(
        lists.centres(taste.liked, {}, taste.interests, vectors),
        tuple(vectors[track] for track in taste.disliked if track in vectors),
    )


def words_of(query: Query) -> tuple[str, str]:
    """Return the words of now, and those said before them, the newest first."""
    if not query.said:
        return query.text, ""
    *before, now = query.said
    return now, " ".join(reversed(before))


def _seed_terms(
    liked: Mapping[int, float], view: View, *, without: Collection[int]
) -> dict[str, float]:
    """Return the words that tell liked tracks from others. Two queries at most.

    without: artists whose names aren't looked for, since none of their songs is wanted.
    """
    if not liked:
        return {}
    keys = Artist.objects.filter(pk__in=without).values_list("key", flat=True)
    names = {word for key in (keys if without else ()) for word in key.split()}
    tracks = Track.objects.filter(pk__in=liked).exclude(document="")
    documents: dict[str, float] = {}
    told = tracks.order_by("pk").values_list("pk", "document", "title")
    for track, document, title in told:
        document = known_beside_title(document, title)
        documents[document] = documents.get(document, 0.0) + liked[track]
    worth = lists.telling_words(view, documents, most=SEED_TERMS)
    return {word: share for word, share in worth.items() if word not in names}


def rankings(evidence: Evidence, mask: Mask) -> list[Ranking]:
    """Return all lists that have something to go on, of the rows that may be found."""
    query, view = evidence.query, evidence.view
    audio, text = evidence.audio, evidence.text
    weights = weights_for(query)
    text_now, before = words_of(query)
    # Once for all lists of vectors.
    among = picked_out(mask)
    found: list[Ranking] = []
    measured: list[tuple[ListName, float, Future[list[int] | None]]] = []

    def add(name: ListName, ids: Iterable[int], *, share: float = 1.0) -> None:
        kept = [t for t in ids if t not in query.liked] if query.liked else ids
        found.append(Ranking(name, weights[name] * share, tuple(kept)))

    def near(
        name: ListName,
        space: Space | None,
        vectors_of: Callable[[], Vectors],
        *,
        share: float = 1.0,
    ) -> None:
        if space is not None:
            ids = _beside.submit(_nearest_ids, view, space.pk, among, vectors_of)
            measured.append((name, share, ids))

    # Vectors of words are waited for beside; here, first what needs none.
    near("seeds", audio, lambda: evidence.seeds)
    if not query.liked and audio is not None and audio.pk in evidence.tastes:
        taste = evidence.tastes[audio.pk].interests
        near("taste", audio, lambda: taste, share=query.taste.strength)
    strength = query.taste.strength if query.taste.traits else 0.0
    if not query.liked and strength and weights["traits"]:
        add("traits", evidence.leanings.best(mask, limit=LIST_LIMIT), share=strength)
    usual: list[int] = []
    if evidence.asks_for_a_kind:
        genres, levels = query.filters.genres, evidence.levels
        usual = by_usual(view, mask, genres, levels, limit=LIST_LIMIT)
        add("usual", usual)
    if not usual:
        near("seed_words", text, lambda: evidence.so_far)
        near("text_to_text", text, lambda: _some(evidence.meaning))
    if artists := evidence.seed_artists:
        near_seeds = lists.Nearness(text, evidence.seed_words)
        ids = lists.by_artists(view, mask, artists, near_seeds, limit=LIST_LIMIT)
        add("seed_artists", ids)
    if wishes := query.wishes:
        levels = evidence.levels
        ids = lists.by_attributes(view, mask, wishes, levels, limit=LIST_LIMIT)
        add("attributes", ids)
    if query.text:
        add("tags", lists.by_tags(view, mask, query.text, limit=LIST_LIMIT))
    if terms := evidence.seed_terms:
        ids = lists.by_worth(view, mask, terms, limit=LIST_LIMIT)
        add("seed_terms", ids)
    if not usual:
        # The way from words to sound may have to be read from the database.
        heard, sound = evidence.heard, evidence.sound
        near("text_to_audio", audio, lambda: _some(heard))
        near("sound", audio, lambda: _some(sound))
    if text_now and not usual:
        ids = lists.by_words(view, mask, text_now, before=before, limit=LIST_LIMIT)
        add("words", ids)
    near_now = lists.Nearness(text, evidence.meaning)
    if named := evidence.named:
        add("names", by_names(view, mask, named, near_now, limit=LIST_LIMIT))
    if named := evidence.named_before:
        add("names_before", by_names(view, mask, named, near_now, limit=LIST_LIMIT))
    for name, share, ids_of in measured:
        if (near_ids := ids_of.result()) is not None:
            add(name, near_ids, share=share)
    return found


def _nearest_ids(
    view: View,
    space_id: int,
    among: Among,
    vectors_of: Callable[[], Vectors],
) -> list[int] | None:
    """Return what is nearest to any of some vectors, None where there is none."""
    vectors = vectors_of()
    if not vectors:
        return None
    near = [view.nearest(space_id, among, v, limit=LIST_LIMIT) for v in vectors]
    rows = np.concatenate([found for found, _ in near])
    how = np.concatenate([cosines for _, cosines in near])
    order = np.lexsort((view.ids[rows], -how))
    ids: list[int] = view.ids[rows[order]].tolist()
    return list(dict.fromkeys(ids))[:LIST_LIMIT]


def _some(vector: np.ndarray | None) -> Vectors:
    return () if vector is None else (vector,)


def brought_by(view: View, found: Sequence[Ranking]) -> Rows:
    """Return the rows of all candidates that lists bring, ascending."""
    return view.rows_of({track for ranking in found for track in ranking.ids})


def judged_by(
    evidence: Evidence, found: Sequence[Ranking], rows: Rows
) -> dict[ListName, Ids]:
    """Return for each list that knows only some tracks which candidates it knows.

    rows: (n,) of the candidates, ascending.

    Lists of sound know tracks with audio, those of meaning tracks with a text vector,
    attributes those of which a wished one is known, tags those with any mood, theme or
    instrument, words those of which anything is told.
    """
    view = evidence.view
    names = {ranking.name for ranking in found if ranking.ids}
    known: dict[ListName, Ids] = {}

    def judge(knows: Callable[[], Mask], *of: ListName) -> None:
        if asked := names.intersection(of):
            ids = view.ids[rows[knows()]]
            known.update(dict.fromkeys(asked, ids))

    def placed(space: Space | None) -> Mask:
        none = np.zeros(len(rows), bool)
        return none if space is None else view.has_vector(space.pk, rows)

    judge(lambda: placed(evidence.audio), *("seeds", "taste", "text_to_audio", "sound"))
    judge(lambda: placed(evidence.text), *OF_MEANING)
    judge(lambda: _measured(view, evidence.query, rows), "attributes")
    judge(lambda: evidence.leanings.of(rows)[1], "traits")
    judge(lambda: view.flag("has_words")[rows].astype(bool), "tags")
    judge(lambda: view.flag("length")[rows] > 0, "words", "seed_terms")
    return known


def _artist_weights(
    liked: Mapping[int, float], artists_of: Mapping[int, Collection[int]]
) -> dict[int, float]:
    weights: dict[int, float] = {}
    for track, artists in artists_of.items():
        for artist in artists:
            weights[artist] = weights.get(artist, 0.0) + liked[track]
    return weights


def _all_of(artists_of: Mapping[int, Collection[int]]) -> frozenset[int]:
    return frozenset(a for artists in artists_of.values() for a in artists)


def _liked_often(artists_of: Mapping[int, Collection[int]]) -> frozenset[int]:
    times = Counter(artist for artists in artists_of.values() for artist in artists)
    return frozenset(a for a, count in times.items() if count >= LIKED_OFTEN)


def _measured(view: View, query: Query, rows: Rows) -> Mask:
    is_known = np.zeros(len(rows), bool)
    for wish in query.wishes:
        is_known |= ~np.isnan(view.number(wish.attribute)[rows])
    return is_known
