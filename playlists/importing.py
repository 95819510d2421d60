"""Making a playlist of what a file lists.

The rule of this file: what is surely known goes into the playlist at once, in the
file's order, each song once. The rest stays with the import, until the listener
chooses or the catalog has grown, and then goes where it stood in the file. So does what
stands in the file again, once the listener asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.aliases import track_ids_named
from catalog.signals import tracks_refused
from playlists.edits import Add, places_of
from playlists.files.identifiers import Ids
from playlists.files.listing import Entry, Listing
from playlists.files.matching import Match, entries_match
from playlists.models import Playlist, PlaylistImport
from playlists.services import (
    Author,
    lists_hold,
    playlist_create,
    playlist_edit,
)

# The newest of a listener's imports; older ones go, their playlists stay.
IMPORTS_KEPT = 50


class State(StrEnum):
    """How a song of a file stands."""

    FOUND = "found"
    CHOSEN = "chosen"
    UNSURE = "unsure"
    MISSING = "missing"
    PASSED = "passed"  # the listener wants none of those near it
    REFUSED = "refused"  # it is here, and the listener never wants to hear it


OPEN = (State.UNSURE, State.MISSING, State.PASSED)


@dataclass(frozen=True)
class Item:
    """One song of a file: what the file says, the track that it is, those near it.

    track, near: UUIDs as text, which outlive merges; track is "" while it is open.
    """

    entry: Entry
    state: State
    track: str = ""
    near: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether no track stands for it yet."""
        return self.state in OPEN


def import_make(user: User, listing: Listing) -> PlaylistImport:
    """Match what a file lists, and make a playlist of what is surely known.

    Without any such song there is no playlist yet. A dozen queries and those of an edit.
    """
    items = [_matched(entry, match) for entry, match in _matches(listing.entries)]
    with transaction.atomic():
        row = PlaylistImport(
            owner=user,
            title=listing.title or _("Imported list"),
            description=listing.description,
            left_out=listing.left_out,
        )
        _put_in(row, items, range(len(items)))
        old = user.playlist_imports.order_by("-created_at", "-pk")[IMPORTS_KEPT:]
        user.playlist_imports.filter(pk__in=[one.pk for one in old]).delete()
    return row


def import_choose(row: PlaylistImport, choices: Mapping[int, str]) -> int:
    """Take tracks that are near songs of an import. Returns how many came in.

    choices: by the songs' places, the UUID of a track that is near it, or "" for none
    of them. Others change nothing. Raises EditRefused where the playlist grows too long.
    """
    with transaction.atomic():
        row = _locked(row)
        items = items_of(row)
        chosen = []
        for place, track in choices.items():
            item = items[place] if 0 <= place < len(items) else None
            if item is None or not item.is_open:
                continue
            if track in item.near:
                items[place] = replace(item, state=State.CHOSEN, track=track)
                chosen.append(place)
            elif not track:
                items[place] = replace(item, state=State.PASSED)
        return _put_in(row, items, chosen)


def import_again(row: PlaylistImport) -> int:
    """Look again for what is missing or unsure. Returns how many came in.

    With what was ruled out then and may come again by now. Raises EditRefused where the playlist grows too long.
    """
    places = [n for n, item in enumerate(items_of(row)) if item.is_open]
    matches = entries_match([items_of(row)[n].entry for n in places])
    with transaction.atomic():
        row = _locked(row)
        items = items_of(row)
        came = [n for n, item in enumerate(items) if item.state == State.REFUSED]
        for n, match in zip(places, matches, strict=True):
            if not items[n].is_open:
                continue  # chosen meanwhile
            again = _matched(items[n].entry, match)
            if again.state == State.FOUND:
                came.append(n)
            elif items[n].state == State.PASSED and set(again.near) <= set(
                items[n].near
            ):
                continue  # those are what the listener didn't want
            items[n] = again
        return _put_in(row, items, came)


def import_repeats(row: PlaylistImport) -> int:
    """Let songs stand as often as in the file. Returns how many places came in.

    What isn't in the playlist any more doesn't come back. Raises EditRefused where the
    playlist grows too long.
    """
    with transaction.atomic():
        row = _locked(row)
        if row.playlist is None:
            return 0
        playlist = _locked_list(row.playlist)
        tracks = _tracks(items_of(row))
        listed = set(playlist.current.track_ids if playlist.current else ())
        places = [place for place, track in enumerate(tracks) if track in listed]
        return _add(playlist, tracks, places, again=True)


def repeats_of(row: PlaylistImport) -> int:
    """Return how many places `import_repeats` would bring. Two queries."""
    if row.playlist is None or row.playlist.current is None:
        return 0
    held = Counter(row.playlist.current.track_ids)
    told = Counter(_tracks(items_of(row)))
    return sum(max(0, told[track] - count) for track, count in held.items())


def items_of(row: PlaylistImport) -> list[Item]:
    """Return an import's songs in the file's order."""
    return [_item(held) for held in row.items]


def missing_listing(row: PlaylistImport) -> Listing:
    """Return the songs that stand for no track, as a list of its own."""
    entries = tuple(item.entry for item in items_of(row) if item.is_open)
    return Listing(row.title, entries)


def _matches(entries: Sequence[Entry]) -> Iterable[tuple[Entry, Match]]:
    return zip(entries, entries_match(entries), strict=True)


def _matched(entry: Entry, match: Match) -> Item:
    # Where it lay elsewhere is of no use here, and nobody else's business.
    entry = replace(entry, location="")
    if match.track:
        return Item(entry, State.FOUND, str(match.track))
    near = tuple(map(str, match.near))
    return Item(entry, State.UNSURE if near else State.MISSING, near=near)


def _put_in(row: PlaylistImport, items: list[Item], places: Iterable[int]) -> int:
    """Put the tracks of these places into the playlist, and store the import.

    Returns how many came in; those that are ruled out are noted as such.
    """
    lists_hold(row.owner_id)
    tracks = _tracks(items)
    refused = tracks_refused(row.owner_id, {t for t in tracks if t is not None})
    wanted = sorted(place for place in places if tracks[place] is not None)
    came = [place for place in wanted if tracks[place] not in refused]
    for place in wanted:
        if tracks[place] in refused:
            items[place] = replace(items[place], state=State.REFUSED)
        elif items[place].state == State.REFUSED:
            items[place] = replace(items[place], state=State.FOUND)
    put = came
    if came and row.playlist is None:
        row.playlist = playlist_create(
            owner=row.owner, title=row.title, description=row.description
        )
        # Also what came in before, where the playlist was deleted since.
        put = [n for n, track in enumerate(tracks) if track is not None]
    if put and row.playlist is not None:
        _add(_locked_list(row.playlist), tracks, put)
        row.playlist.refresh_from_db()
    row.items = [_held(item) for item in items]
    row.full_clean(exclude=["items"])
    row.save()
    return len(came)


def _tracks(items: Sequence[Item]) -> list[int | None]:
    """Return the keys of the tracks that songs of a file are; None for open ones."""
    ids = track_ids_named({UUID(item.track) for item in items if item.track})
    return [ids.get(UUID(item.track)) if item.track else None for item in items]


def _add(
    playlist: Playlist,
    tracks: Sequence[int | None],
    places: Sequence[int],
    *,
    again: bool = False,
) -> int:
    """Add tracks behind those that stood before them in the file, in one version.

    again: as often as they stand there, and not only those that aren't in the list.
    Returns how many came in.
    """
    listed = list(playlist.current.track_ids) if playlist.current else []
    edits = []
    for place in places:
        track = tracks[place]
        most = tracks[: place + 1].count(track) if again else 1
        if track is None or listed.count(track) >= most:
            continue
        position = _behind(listed, tracks[:place])
        listed.insert(position, track)
        edits.append(Add((track,), position, again=again))
    playlist_edit(playlist, edits=edits, author=Author.LISTENER, words="from a file")
    return len(edits)


def _behind(listed: Sequence[int], before: Sequence[int | None]) -> int:
    """Return the position behind the nearest of the songs before that is in the list.

    A song that stands in the file again and in the list once is where it stood first.
    """
    for place in reversed(range(len(before))):
        track = before[place]
        nth = before[: place + 1].count(track)
        if track is not None and listed.count(track) >= nth:
            return places_of(listed, track)[nth - 1] + 1
    return 0


def _locked_list(playlist: Playlist) -> Playlist:
    return Playlist.objects.select_for_update(of=("self",)).get(pk=playlist.pk)


def _locked(row: PlaylistImport) -> PlaylistImport:
    lists_hold(row.owner_id)
    return PlaylistImport.objects.select_for_update().get(pk=row.pk)


def _held(item: Item) -> dict[str, Any]:
    return asdict(item)


def _item(held: Mapping[str, Any]) -> Item:
    facts = held["entry"]
    entry = Entry(
        **{
            **facts,
            "artists": tuple(facts["artists"]),
            "artist_ids": tuple(facts.get("artist_ids", ())),
            "ids": Ids(**facts["ids"]),
        }
    )
    return Item(entry, State(held["state"]), held["track"], tuple(held["near"]))
