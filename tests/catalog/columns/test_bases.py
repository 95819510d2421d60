"""Columns in files: opened instead of reading the catalog anew."""

import json

import numpy as np
import pytest

from catalog.columns import keeping
from catalog.columns.bases import base_opened, base_save
from catalog.columns.current import columns_forget, current_columns, current_spaces
from catalog.columns.keeping import base_is_due, base_make, bases_sweep
from catalog.columns.view import view_of
from catalog.embedding.spaces import space_switch
from catalog.jobs import save_columns
from catalog.models import Track
from catalog.slots import audio_queue
from catalog.spaces import space_ensure
from tests.catalog.columns.test_view import assert_alike, read
from tests.factories import make_audio_space, make_catalog, make_track, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    columns_forget()
    yield tmp_path
    columns_forget()


def test_what_is_opened_is_what_was_saved():
    make_catalog(per_genre=3)
    segment = read(current_spaces())

    mark = current_columns().mark
    base_save(segment, mark)
    base = base_opened(current_spaces())

    assert_alike(view_of(base.segment), segment)
    assert base.mark == mark
    assert base.segment.ids.tolist() == segment.ids.tolist()
    assert isinstance(base.segment.numbers["year"].base, np.memmap)


def test_a_process_that_starts_reads_only_what_changed_since():
    make_catalog(per_genre=3)
    base_make()
    track = make_track("Snow", year=2020)
    columns_forget()

    view = current_columns().view

    assert [len(segment) for segment in view.segments] == [24, 1]
    assert_alike(view, read(current_spaces()))
    assert view.number("year")[view.rows_of([track.pk])].tolist() == [2020]


def test_a_new_base_takes_the_place_of_the_old(home):
    make_track()
    first = base_make()
    make_track()

    second = base_make()

    assert [f.name for f in (home / "columns").iterdir()] == [second.name]
    assert not first.exists()
    assert len(base_opened(current_spaces()).segment) == 2


def test_columns_of_another_database_are_left_alone():
    make_track()
    path = base_make()
    facts = json.loads((path / "facts.json").read_text())
    (path / "facts.json").write_text(json.dumps(facts | {"database": ["1", 2]}))

    assert base_opened(current_spaces()) is None


def test_broken_files_are_told_and_the_catalog_is_read(caplog):
    track = make_track()
    path = base_make()
    (path / "ids.npy").write_bytes(b"no array")
    columns_forget()

    assert current_columns().view.ids.tolist() == [track.pk]
    assert f"the columns in {path} can't be used" in caplog.text


def test_a_full_disk_leaves_no_half_base(home, monkeypatch):
    make_track()
    (home / "columns").mkdir()
    real_save = np.save

    def save_until_full(file, array):
        if "title" in str(file):
            raise OSError(28, "No space left on device")
        real_save(file, array)

    monkeypatch.setattr(np, "save", save_until_full)
    with pytest.raises(OSError, match="No space"):
        base_save(read(()), current_columns().mark)

    assert list((home / "columns").iterdir()) == []


def test_a_base_is_due_when_a_large_catalog_moved_on(monkeypatch):
    monkeypatch.setattr(keeping, "BASE_FROM", 20)
    make_catalog(per_genre=2)
    assert not base_is_due()
    for _ in range(4):
        make_track()
    assert base_is_due()

    assert bases_sweep() == 1
    (job,) = audio_queue().jobs
    assert job.func_name == "catalog.jobs.save_columns"
    assert bases_sweep() == 0
    audio_queue().empty()
    save_columns()

    assert not base_is_due()
    Track.objects.filter(pk__in=Track.objects.values("pk")[:3]).update(year=1970)
    assert base_is_due()


def test_a_switch_of_a_large_catalog_prepares_the_new_space(monkeypatch):
    monkeypatch.setattr("catalog.embedding.spaces.BASE_FROM", 2)
    first = make_audio_space(2)
    tracks = [make_track() for _ in range(3)]
    for track in tracks:
        place(first, track, [1.0, 0.5])
    other = space_ensure(
        slug="other",
        kind="audio",
        model_id="other",
        revision="1",
        dimensions=3,
        make_current=False,
    )
    for track in tracks:
        place(other, track, [0.0, 1.0, 0.0])

    space_switch("other")

    base = base_opened([first, other])
    assert set(base.segment.vectors) == {first.pk, other.pk}
    assert current_columns().audio == other
