"""Any edits, undos, redos and hands at once leave a history that tells what was done."""

import threading
from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from playlists import edits
from playlists.edits import Content, EditRefused, Stale, content_edited
from playlists.models import Playlist
from playlists.services import (
    Author,
    playlist_copy,
    playlist_create,
    playlist_edit,
    playlist_redo,
    playlist_restore,
    playlist_undo,
    version_content,
)
from tests.factories import make_track, make_user
from tests.waiting import DEADLINE_S

TRACKS = st.integers(0, 7)
EDITS = st.one_of(
    st.builds(
        edits.Add,
        st.lists(TRACKS, min_size=1, max_size=3).map(tuple),
        st.none() | st.integers(0, 9),
        st.booleans(),
    ),
    st.builds(edits.Remove, st.lists(TRACKS, max_size=2).map(tuple)),
    st.builds(edits.Remove, st.just(tuple(range(8))), st.tuples(st.integers(0, 3))),
    st.builds(edits.Move, TRACKS, st.integers(0, 9), st.none() | st.integers(0, 9)),
    st.builds(edits.Replace, TRACKS, TRACKS),
    st.builds(edits.Swap, TRACKS, TRACKS),
    st.builds(edits.Reorder, st.permutations(range(8)).map(tuple)),
    st.builds(edits.Rename, st.sampled_from(["Evening", "Night", "Rain"])),
    st.builds(edits.Describe, st.sampled_from(["", "for the train", "loud\nand long"])),
    st.just(edits.Clear()),
)
SEVERAL = st.lists(EDITS, min_size=1, max_size=3)


class Histories(RuleBasedStateMachine):
    """One playlist, and beside it what its history should be.

    versions: content and parent of each, by its number less 1; at: the current one.
    """

    owner = None
    tracks = ()

    @initialize()
    def begin(self):
        self.playlist = playlist_create(owner=self.owner, title="Evening")
        self.versions = [(Content("Evening", ()), None)]
        self.at = 0
        self.copies = []

    def real(self, edit):
        """Return an edit with the keys of tracks in place of their numbers."""
        match edit:
            case edits.Add(tracks=held) | edits.Remove(tracks=held):
                return replace(edit, tracks=self.keys(held))
            case edits.Reorder(tracks=held):
                return edits.Reorder(self.keys(held))
            case edits.Move(track=track):
                return replace(edit, track=self.tracks[track])
            case edits.Replace(track=track, by=by):
                return edits.Replace(self.tracks[track], self.tracks[by])
            case edits.Swap(track=track, other=other):
                return edits.Swap(self.tracks[track], self.tracks[other])
        return edit

    def keys(self, numbers):
        return tuple(self.tracks[number] for number in numbers)

    def expect(self, made, parent):
        """Note the version that should have come of an edit of the current one."""
        if made != self.versions[self.at][0]:
            self.versions.append((made, parent))
            self.at = len(self.versions) - 1

    def outcome(self, several):
        """Return what edits should lead to from here; None where they are refused."""
        try:
            return content_edited(self.versions[self.at][0], several)
        except EditRefused:
            return None

    def edited(self, several, **fields):
        return playlist_edit(
            self.playlist,
            edits=several,
            author=Author.LISTENER,
            words="by hand",
            **fields,
        )

    @rule(several=SEVERAL, is_based=st.booleans())
    def edit(self, several, is_based):
        several = [self.real(edit) for edit in several]
        made = self.outcome(several)
        base = self.at + 1 if is_based else None
        if made is None:
            with pytest.raises(EditRefused):
                self.edited(several, base=base)
            return
        self.edited(several, base=base)
        self.expect(made, self.at)

    @precondition(lambda self: len(self.versions) > 1)
    @rule(several=SEVERAL, chance=st.data())
    def edit_late(self, several, chance):
        others = [n + 1 for n in range(len(self.versions)) if n != self.at]
        with pytest.raises(Stale):
            self.edited(
                [self.real(edit) for edit in several],
                base=chance.draw(st.sampled_from(others)),
            )

    @rule()
    def undo(self):
        parent = self.versions[self.at][1]
        if parent is None:
            with pytest.raises(EditRefused):
                playlist_undo(self.playlist)
            return
        playlist_undo(self.playlist, base=self.at + 1)
        self.at = parent

    @rule()
    def redo(self):
        after = [n for n, (_, parent) in enumerate(self.versions) if parent == self.at]
        if not after:
            with pytest.raises(EditRefused):
                playlist_redo(self.playlist)
            return
        playlist_redo(self.playlist, base=self.at + 1)
        self.at = after[-1]

    @rule(several=SEVERAL)
    def change_ones_mind(self, several):
        """Of two ways on from a version, redo takes the newer one."""
        self.undo()
        self.edit(several, is_based=False)
        self.undo()
        self.redo()

    @rule(chance=st.data())
    def restore(self, chance):
        number = chance.draw(st.integers(1, len(self.versions) + 1))
        if number > len(self.versions):
            with pytest.raises(EditRefused):
                playlist_restore(self.playlist, number=number, author=Author.AGENT)
            return
        playlist_restore(self.playlist, number=number, author=Author.AGENT)
        self.expect(self.versions[number - 1][0], self.at)

    @rule(chance=st.data())
    def branch(self, chance):
        number = chance.draw(st.integers(1, len(self.versions)))
        version = self.playlist.versions.get(number=number)
        copy = playlist_copy(version, owner=self.owner)
        self.copies.append((copy.pk, self.versions[number - 1][0]))

    @rule(one=SEVERAL, other=SEVERAL)
    def edit_at_once(self, one, other):
        """Two hands edit the same version: one of them is told that it is late."""
        both = [[self.real(edit) for edit in several] for several in (one, other)]
        base = self.at + 1
        gate = threading.Barrier(2)
        ended = {}

        def work(number):
            try:
                gate.wait(DEADLINE_S)
                ended[number] = self.edited(both[number], base=base).number
            except EditRefused as refused:
                ended[number] = refused
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(n,)) for n in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(DEADLINE_S)
        made = [n for n in (0, 1) if isinstance(ended[n], int) and ended[n] != base]
        assert len(made) <= 1, ended
        for number in made:
            self.expect(self.outcome(both[number]), self.at)
        if not made:
            # Neither was anything to do: refused for itself, or without effect.
            for several in both:
                assert self.outcome(several) in (None, self.versions[self.at][0])

    @invariant()
    def history_tells_what_was_done(self):
        if not hasattr(self, "playlist"):
            return
        held = list(self.playlist.versions.order_by("number").select_related("parent"))
        assert [v.number for v in held] == list(range(1, len(self.versions) + 1))
        for version, (content, parent) in zip(held, self.versions, strict=True):
            assert version_content(version) == content
            assert (version.parent.number - 1 if version.parent else None) == parent
        current = Playlist.objects.select_related("current").get(pk=self.playlist.pk)
        assert current.current.number == self.at + 1

    def teardown(self):
        for pk, content in getattr(self, "copies", ()):
            copy = Playlist.objects.select_related("current").get(pk=pk)
            assert version_content(copy.current) == content


@pytest.mark.django_db(transaction=True)
def test_any_edits_undos_redos_and_hands_at_once_keep_the_history_consistent():
    Histories.owner = make_user("ada")
    Histories.tracks = tuple(make_track().pk for _ in range(8))

    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=35,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
