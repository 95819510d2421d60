"""The tools: all that a planner can do, bound to one turn.

Every tool takes and gives ids of the catalog, and refuses an id that no tool has
returned and the conversation doesn't hold: that is what keeps replies grounded.
Tools block, and run on a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import F, Q

from catalog.columns.current import current_columns
from catalog.findable import findable_tracks
from catalog.guests import tracks_with_guests
from catalog.models import Artist, Track
from catalog.search.conditions import VOICELESS
from catalog.search.engine import search_tracks
from catalog.search.heard import taken_for
from catalog.search.known_names import are_familiar, named_by
from catalog.search.masks import matching_rows
from catalog.search.near_names import artist_hint, artists_near, titles_near
from catalog.search.query import Filters, Query
from catalog.search.result import Result
from chat import wire
from chat.agent.catalog_tools import CatalogTools
from chat.agent.constraints import Kind
from chat.agent.events import PlaylistMoved
from chat.agent.library import Standing, library_standing
from chat.agent.living import LivingTools
from chat.agent.mentions import songs_mentioned
from chat.agent.opinions import OpinionTools, Ungrounded
from chat.agent.saving import Outcome, playlist_save
from chat.agent.songs import Song, songs_of
from chat.agent.turn import Turn
from chat.agent.understanding.respelling import english_words
from chat.agent.understanding.spans import KnownNames, Mentioned
from chat.agent.versions import VersionTools
from chat.models import Message
from playlists.edits import Add, Content, Edit, Stale, edits_rebased
from playlists.library.seeds import Borrowed, library_lists, library_tracks
from playlists.models import Playlist, PlaylistVersion
from playlists.services import (
    is_like,
    playlist_edit,
    playlist_redo,
    playlist_restore,
    playlist_return,
    playlist_undo,
    playlists_titled,
    recently_listed,
    version_content,
)

_MUSIC = re.compile(
    r"\b(music|songs?|tracks?|tunes?|something|anything|play|listen|hear|sounds?|feels?)\b",
    re.IGNORECASE,
)


class Tools(OpinionTools):
    """The tools of one turn."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn)
        self._version = self._version_at_start = PlaylistVersion.objects.select_related(
            "playlist"
        ).get(playlist=turn.conversation.playlist_id, playlist__current=F("pk"))
        self._playlist = self._version.playlist
        # Where one "undo" leads: never past what was done by hand during the turn.
        self._undo_to = self._version_at_start
        self._taken_out: set[int] = set()
        state = turn.state
        # A song that was spoken of may have left the list by hand since.
        spoken_of = () if state.spoken_of is None else (state.spoken_of,)
        self._known |= {
            *state.shown,
            *state.given.seeds,
            *state.pointed,
            *state.named,
            *spoken_of,
            *self.tracks(),
        }
        self._known.update(track for tracks in state.lists for track in tracks)
        # What was read once holds for the turn, as far as no tool changes it.
        self._songs: dict[int, Song] = {}
        self._heard: frozenset[int] | None = None
        self._guests: dict[frozenset[int], frozenset[int]] = {}
        self._borrowed: dict[Borrowed, list[int]] = {}
        # What the whole catalog held when the turn began.
        self.columns = current_columns()

    @property
    def version_at_start(self) -> int:
        """The key of the version that the playlist showed when the turn began."""
        return self._version_at_start.pk

    @property
    def version_like(self) -> int:
        """The key of the version that is shown, or of the one that it stands for."""
        return self._version.original

    def began_with(self, version: int | None) -> bool:
        """Say whether the turn began with a version, or what ruling out made of it."""
        return is_like(self._version_at_start, version)

    @property
    def is_changed_by_hand(self) -> bool:
        """Say whether the playlist was seen to be changed by hand during the turn."""
        return self._undo_to.pk != self._version_at_start.pk

    @property
    def living(self) -> LivingTools:
        """The tools for a list that is refreshed by itself."""
        return LivingTools(self._version, self._refuse_when_stopped)

    @property
    def versions(self) -> VersionTools:
        """The tools for versions of the list, and for copies of them."""
        return VersionTools(self._turn.user, self._version, self._refuse_when_stopped)

    @property
    def catalog(self) -> CatalogTools:
        """The tools for questions about the whole catalog."""
        return CatalogTools(self._known.update)

    # --- reading ----------------------------------------------------------------

    def look_again(self) -> bool:
        """Read the playlist anew; say whether it was changed by hand since. One query.

        What was taken out by hand is found no more in this turn.
        """
        seen, self._version = self._version, wire.current_version(self._playlist)
        if self._version.pk == seen.pk:
            return False
        self._undo_to = self._version
        self._taken_out |= set(seen.track_ids) - set(self._version.track_ids)
        self._taken_out -= set(self._version.track_ids)
        return True

    def content(self) -> Content:
        """Return the playlist as it was when the turn began, or last edited it."""
        return version_content(self._version)

    def tracks(self) -> tuple[int, ...]:
        """Return the playlist's tracks in order."""
        return self.content().tracks

    def heard_lately(self) -> frozenset[int]:
        """Return tracks of the listener's other lists of the last days."""
        if self._heard is None:
            self._heard = recently_listed(self._turn.user, apart_from=self._playlist)
        return self._heard

    def songs(self, track_ids: Iterable[int]) -> dict[int, Song]:
        """Return stored facts of tracks, by ascending id. One query for new ones."""
        wanted = sorted(set(track_ids))
        self._songs |= songs_of([t for t in wanted if t not in self._songs])
        return {t: self._songs[t] for t in wanted if t in self._songs}

    def library_standing(self, service: str, kind: str) -> Standing:
        """Say how far what the listener has at a service is in. Two queries."""
        return library_standing(self._turn.user, service, kind)

    def library_lists(self, service: str) -> list[tuple[int, str]]:
        """Return id and title of their playlists there, to compare names with alone."""
        return library_lists(self._turn.user, service)

    def library_tracks(self, borrowed: Borrowed) -> list[int]:
        """Return tracks to search near to, which may be put nowhere. One query each."""
        if borrowed not in self._borrowed:
            self._borrowed[borrowed] = library_tracks(self._turn.user, borrowed)
        return self._borrowed[borrowed]

    def song_keys(self, track_ids: Iterable[int]) -> dict[int, str]:
        """Return what the versions of a song share, by track; "" where unknown."""
        found = Track.objects.filter(pk__in=set(track_ids))
        return dict(found.values_list("pk", "song_key"))

    def names_known(self, keys: set[str]) -> KnownNames:
        """Look up which keys name an artist or a song. One query."""
        named = named_by(keys)
        self._known.update(named.titles.values())
        faint = named.little_known & english_words()
        return KnownNames(named.artists, named.titles, faint=faint)

    def songs_mentioned(self, text: str) -> tuple[Mentioned, ...]:
        """Find songs that a message names by title and artists. Two queries at most."""
        mentioned = songs_mentioned(text, self._known)
        self._known.update(song.track_id for song in mentioned)
        return mentioned

    def names_near(self, names: set[str]) -> KnownNames:
        """Look up which names are misspelt ones of artists or songs. Two queries."""
        artists = {name: near.pk for name, near in artists_near(names).items()}
        titles = {name: near.pk for name, near in titles_near(names).items()}
        self._known.update(titles.values())
        return KnownNames(artists, titles)

    def nearest_artist(self, name: str) -> str:
        """Return the artist whose name is most like an unknown one; "" for none."""
        return artist_hint(name)

    def artist_names(self, ids: Iterable[int]) -> dict[int, str]:
        """Return artists' names. One query."""
        found = Artist.objects.filter(pk__in=set(ids))
        return dict(found.values_list("pk", "name"))

    def tracks_by_artists(self, ids: Iterable[int], *, limit: int = 20) -> list[int]:
        """Return tracks of artists, the best known first. One query."""
        found = (
            findable_tracks()
            .filter(credits__artist__in=set(ids))
            .order_by(F("popularity").desc(nulls_last=True), "pk")
            .distinct()
        )
        tracks = list(found.values_list("pk", flat=True)[:limit])
        self._known.update(tracks)
        return tracks

    def version_in_list(self, track_id: int) -> int | None:
        """Return the list's version of a song, where it holds another. Two queries."""
        keys = Track.objects.filter(pk=track_id).exclude(song_key="")
        listed = Track.objects.filter(
            pk__in=self.tracks(), song_key__in=keys.values("song_key")
        )
        return listed.exclude(pk=track_id).values_list("pk", flat=True).first()

    def placed_by(self, first: int, second: int) -> PlaylistVersion | None:
        """Return the version since which one track stands before another.

        None where they don't stand so now, or have from the beginning of what is known.
        A query for each version on the way back.
        """
        version: PlaylistVersion | None = self._version
        found = None
        while version is not None and _stand_so(version.track_ids, first, second):
            found = version
            version = version.stands_for or version.parent
        return found

    def last_said(self) -> Message | None:
        """Return the message before this turn's that stands. One query."""
        standing = Message.objects.filter(
            conversation=self._turn.conversation.pk, branch=None
        ).exclude(status=Message.Status.RUNNING)
        return standing.order_by("-pk").select_related("version_before").first()

    def are_familiar(self, words: Sequence[str]) -> bool:
        """Say whether any of the words means something. One query at most."""
        return are_familiar(words)

    def asks_for_music(self) -> bool:
        """Say whether the message speaks of music or of hearing at all."""
        return _MUSIC.search(self._turn.text) is not None

    def notes(self, kind: Kind) -> bool:
        """Say whether the catalog notes of any song what a constraint is about.

        A query that ends at the first such song.
        """
        known = {
            "language": ~Q(language=""),
            "tempo": Q(tempo_bpm__isnull=False),
            "duration": Q(duration_ms__isnull=False),
            "instrumental": Q(instrumentalness__isnull=False)
            | Q(version__in=VOICELESS),
            "explicit": Q(is_explicit__isnull=False),
        }
        return kind not in known or findable_tracks().filter(known[kind]).exists()

    def count_keeping(self, filters: Filters) -> int:
        """Return how many tracks of the catalog keep filters. Some milliseconds."""
        view = current_columns().view
        return int(matching_rows(view, filters).sum())

    def has_genre(self, key: str) -> bool:
        """Say whether a song is of a genre, or by somebody known for it. Two queries."""
        of_genre = Filters(genres=frozenset({key}))
        view = current_columns().view
        return self.count_keeping(of_genre) > 0 or taken_for([key], None, view).size > 0

    def catalog_size(self) -> int:
        """Return how many tracks the catalog held when the turn began."""
        return self.columns.view.count

    # --- doing ------------------------------------------------------------------

    def find_tracks(self, query: Query) -> Result:
        """Search the catalog; what it returns may be shown and put into the list.

        Whatever a planner asks for, no song that the listener dislikes comes, in no
        version, none that rests or was left out of this talk, none that they have taken
        out just now, and nothing that they never want to hear again.
        """
        asked, never = query.filters, self.never()
        refused = asked.without_tracks | self._taken_out
        refused |= self.opinions().refused | never.tracks
        unwanted = asked.without_artists | never.artists
        refused |= self._with_guests(unwanted)
        filters = replace(asked, without_tracks=refused, without_artists=unwanted)
        result = search_tracks(replace(query, filters=filters))
        self._known.update(hit.track_id for hit in result.hits)
        return result

    def _with_guests(self, artists: frozenset[int]) -> frozenset[int]:
        """Return the tracks whose titles name one of the artists. Two queries in a turn."""
        if artists not in self._guests:
            self._guests[artists] = tracks_with_guests(artists)
        return self._guests[artists]

    def edit_playlist(
        self, edits: Sequence[Edit], *, uses: Iterable[int] = ()
    ) -> PlaylistMoved | None:
        """Edit the playlist; None when that changes nothing.

        uses: the tracks that the edits put in. Raises Ungrounded for one that no tool
        returned, EditRefused for an edit that can't be made, and Stale where the list
        was changed by hand since it was looked at and the edits don't fit it as it is.
        """
        unknown = set(uses) - self._known
        if unknown:
            raise Ungrounded(f"tracks {sorted(unknown)} were not found by a tool")
        while True:
            self._refuse_when_stopped()
            try:
                return self._moved(
                    playlist_edit(
                        self._playlist,
                        edits=edits,
                        author=PlaylistVersion.Author.AGENT,
                        words=self._turn.text,
                        undo_to=self._undo_to,
                        base=self._version.number,
                    )
                )
            except Stale:
                was, now = self._version, wire.current_version(self._playlist)
                rebased = edits_rebased(
                    edits, version_content(was), version_content(now)
                )
                if rebased is None:
                    raise
                edits = rebased
                self.look_again()

    def listeners_lists(self) -> list[tuple[int, str]]:
        """Return id and title of the listener's other lists, newest first. One query."""
        lists = playlists_titled(self._turn.user)
        return [(pk, title) for pk, title in lists if pk != self._playlist.pk]

    def tracks_of_list(self, playlist: int) -> tuple[int, ...]:
        """Return the tracks of another list of the listener's. Two queries."""
        return version_content(wire.current_version(self._owned(playlist))).tracks

    def add_to_playlist(
        self, playlist: int, track_ids: Sequence[int], *, again: bool = False
    ) -> int | None:
        """Put tracks at the end of another list of the listener's. again: see `Add`.

        Returns the version that it shows now, None where that changes nothing. Raises
        Ungrounded for a track that no tool returned, EditRefused for a list that grows
        too long, Playlist.DoesNotExist for one that isn't the listener's.
        """
        unknown = set(track_ids) - self._known
        if unknown:
            raise Ungrounded(f"tracks {sorted(unknown)} were not found by a tool")
        self._refuse_when_stopped()
        other = self._owned(playlist)
        before = wire.current_version(other)
        after = playlist_edit(
            other,
            edits=[Add(tuple(track_ids), again=again)],
            author=PlaylistVersion.Author.AGENT,
            words=self._turn.text,
        )
        return None if before.pk == after.pk else after.pk

    def undo_addition(self, playlist: int, version: int) -> PlaylistVersion | None:
        """Take back what `add_to_playlist` did; returns what the list shows again.

        None where the list is gone, or shows another version by now.
        """
        self._refuse_when_stopped()
        try:
            other = self._owned(playlist)
        except Playlist.DoesNotExist:
            return None
        shown = wire.current_version(other)
        if shown.pk != version:
            return None
        try:
            return playlist_undo(other, base=shown.number)
        except Stale:
            return None

    def _owned(self, playlist: int) -> Playlist:
        return Playlist.objects.get(owner=self._turn.user, pk=playlist)

    def content_at(self, version: int) -> Content:
        """Return what a version of the playlist holds. Two queries."""
        return version_content(self._playlist.versions.get(pk=version))

    def undo(self) -> PlaylistMoved | None:
        """Go back to before the last edit.

        Raises EditRefused at the first version; Stale, as the next two, where the list
        was changed by hand since it was looked at.
        """
        self._refuse_when_stopped()
        return self._moved(playlist_undo(self._playlist, base=self._version.number))

    def redo(self) -> PlaylistMoved | None:
        """Go on to the newest version that was made from this one.

        Raises EditRefused where there is none.
        """
        self._refuse_when_stopped()
        return self._moved(playlist_redo(self._playlist, base=self._version.number))

    def before(self) -> PlaylistVersion | None:
        """Return the version that this one was made from, None for the first."""
        return self._version.parent

    def current(self) -> PlaylistVersion:
        """Return the version that the list shows."""
        return self._version

    def return_to(self, version: PlaylistVersion) -> PlaylistMoved | None:
        """Show an earlier version of the playlist again; None where it is shown."""
        self._refuse_when_stopped()
        base = self._version.number
        return self._moved(playlist_return(self._playlist, to=version, base=base))

    def restore(self, version: PlaylistVersion) -> PlaylistMoved | None:
        """Make a version like an earlier one; None where the list is like it already."""
        self._refuse_when_stopped()
        after = playlist_restore(
            self._playlist,
            number=version.number,
            author=PlaylistVersion.Author.AGENT,
            words=self._turn.text,
            undo_to=self._undo_to,
            base=self._version.number,
        )
        return self._moved(after)

    def save_playlist(self, service: str) -> Outcome:
        """Have the playlist saved at a service. Only for a message that asks for it."""
        self._refuse_when_stopped()
        return playlist_save(self._turn.user, self._playlist, service)

    def _moved(self, after: PlaylistVersion) -> PlaylistMoved | None:
        before, self._version = self._version, after
        if before.pk == after.pk:
            return None
        return PlaylistMoved(
            before.pk, after.pk, words=self._turn.text, versions=(before, after)
        )


def _stand_so(track_ids: Sequence[int], first: int, second: int) -> bool:
    if first not in track_ids or second not in track_ids:
        return False
    return track_ids.index(first) < track_ids.index(second)
