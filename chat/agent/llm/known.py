"""What a reply may speak of: the songs that tools returned, their facts, and counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.genres import genre_spellings
from catalog.names import name_key
from chat.agent.songs import Song
from chat.agent.understanding.lexicon import mood_words

MS_A_MINUTE = 60_000


@dataclass
class Known:
    """What has been seen in a turn. Filled by the toolbox as tools return.

    titles, artists: by name key. counts: how many songs came, went, stay or stand in
    the list, and its minutes. said: the listener's words, and their numbers. reasons: the
    stored reasons that were told, as one key; names and numbers of them may be said.
    """

    said: str
    titles: dict[str, set[int]] = field(default_factory=dict)
    artists: set[str] = field(default_factory=set)
    list_titles: set[str] = field(default_factory=set)
    songs: dict[int, Song] = field(default_factory=dict)
    counts: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    list_size: int = 0
    reasons: str = " "
    has_changed: bool = False

    def add_songs(self, songs: Iterable[Song]) -> None:
        """Let songs be spoken of."""
        for song in songs:
            self.songs[song.track_id] = song
            self.titles.setdefault(name_key(song.title), set()).add(song.track_id)
            self.artists.update(name_key(artist) for artist in song.artists)

    def add_reasons(self, texts: Iterable[str]) -> None:
        """Let what stored reasons say be said."""
        self.reasons += "".join(f"{name_key(text)} " for text in texts)

    def is_song(self, name: str) -> bool:
        """Say whether a name is a known song's title or artist, or the list's title."""
        key = name_key(name)
        return key in self.titles or key in self.artists or key in self.list_titles

    def is_name(self, name: str) -> bool:
        """Say whether a name may be said: a title, an artist, a genre.

        A mood word may be where it is written like a word ("calm", and not "Calm").
        """
        key = name_key(name)
        return (
            not key
            or key in self.titles
            or key in self.artists
            or key in self.list_titles
            or key in genre_spellings()
            or f" {key} " in self.reasons
            or (name.islower() and key in mood_words())
        )

    def tracks_named_in(self, text: str) -> list[int]:
        """Return the tracks whose titles a text holds, in the order of the text.

        Of several tracks of one title, those whose artist the text names come before
        the others; one of each title.
        """
        key = f" {name_key(text)} "
        places = sorted(
            (key.index(f" {title} "), -len(title), title)
            for title in self.titles
            if title and f" {title} " in key
        )
        return [self._meant(title, key) for _, _, title in places]

    def _meant(self, title: str, key: str) -> int:
        def is_credited(track: int) -> bool:
            names = map(name_key, self.songs[track].artists)
            return any(f" {name} " in key for name in names)

        tracks = sorted(self.titles[title])
        return next((t for t in tracks if is_credited(t)), tracks[0])

    def whole_numbers(self, tracks: Iterable[int]) -> set[int]:
        """Return the numbers without decimals that are facts of tracks."""
        found = set()
        for track in tracks:
            song = self.songs[track]
            found.update(_whole(song))
        return found

    def fractions(self, tracks: Iterable[int]) -> set[float]:
        """Return the facts of tracks that lie between 0 and 1."""
        return {
            value
            for track in tracks
            for name, value in self.songs[track].facts.items()
            if value is not None and name not in ("tempo_bpm", "popularity")
        }


def _whole(song: Song) -> set[int]:
    found = {song.year} if song.year is not None else set()
    for name in ("tempo_bpm", "popularity"):
        value = song.facts.get(name)
        if value is not None:
            found.add(round(value))
    if song.duration_ms is not None:
        found.add(round(song.duration_ms / MS_A_MINUTE))
        found.add(round(song.duration_ms / 1000))
    return found
