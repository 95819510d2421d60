"""Whose eyes the folders of the data are for."""

import os
import stat

import pytest

from personalais.folders import passable_folder, private_folder


@pytest.fixture(params=[0o022, 0o077])
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_private_folder_is_its_owners_alone(tmp_path, umask):
    private_folder(tmp_path / "new" / "logs")

    assert mode(tmp_path / "new" / "logs") == 0o700


def test_an_open_folder_is_closed(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs").chmod(0o755)

    private_folder(tmp_path / "logs")

    assert mode(tmp_path / "logs") == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_a_folder_of_somebody_else_keeps_its_mode(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media").chmod(0o755)
    os.chown(tmp_path / "media", 1, 1)

    private_folder(tmp_path / "media")

    assert mode(tmp_path / "media") == 0o755


def test_a_passable_folder_can_be_passed_but_not_listed(tmp_path, umask):
    passable_folder(tmp_path / "home")

    assert mode(tmp_path / "home") == 0o711


def test_a_passable_folder_that_is_there_keeps_its_mode(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o750)

    passable_folder(tmp_path / "home")

    assert mode(tmp_path / "home") == 0o750
