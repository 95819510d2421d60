"""What ./bin/run says when the machine is not ready for it: one line, and what to do."""

import errno
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from personalais import bootstrap, install
from personalais.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments, **environment):
    """Run bin/run as a newcomer would; it must end by itself."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "PYTHON")
    }
    return subprocess.run(
        [ROOT / "bin" / "run", *arguments],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def assert_one_clear_line(done, *words):
    assert done.returncode not in (0, -1)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_a_port_in_use_is_named_with_another_one(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = start("--port", str(port), PERSONALAIS_HOME=str(tmp_path))

    assert_one_clear_line(done, f"Port {port} is in use", "./bin/run --port")


def test_a_port_that_is_none_is_refused(tmp_path):
    done = start("--port", "99999", PERSONALAIS_HOME=str(tmp_path))

    assert done.returncode == 2
    assert "'99999' is not a port from 1 to 65535" in done.stderr


def test_an_address_of_another_machine_is_refused(tmp_path):
    done = start("--host", "192.0.2.1", PERSONALAIS_HOME=str(tmp_path))

    assert_one_clear_line(done, "192.0.2.1", "--host")


def test_a_data_folder_that_is_a_file_is_told(tmp_path):
    file = tmp_path / "home"
    file.write_text("I am a file")

    done = start("--port", "8439", PERSONALAIS_HOME=str(file))

    assert_one_clear_line(done, str(file), "PERSONALAIS_HOME")
    assert file.read_text() == "I am a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_data_folder_is_told(tmp_path):
    tmp_path.chmod(0o500)

    done = start("--port", "8439", PERSONALAIS_HOME=str(tmp_path / "home"))

    assert_one_clear_line(done, "Permission denied", "PERSONALAIS_HOME")


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    def is_full(*_arguments, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", is_full)

    with pytest.raises(bootstrap.CannotStart, match="is full: free at least"):
        bootstrap.check_home(tmp_path)


def test_too_little_space_is_told_with_both_numbers(tmp_path):
    with pytest.raises(bootstrap.CannotStart, match=r"GiB free and .* needs 1048576.0"):
        bootstrap.check_space(tmp_path, 2**50, "the installation")


def test_an_old_python_is_told_with_what_to_install(tmp_path):
    bash = shutil.which("bash")
    for name in ("dirname", "readlink", "env"):
        (tmp_path / name).symlink_to(shutil.which(name))
    (tmp_path / "bash").symlink_to(bash)
    old = tmp_path / "python3"
    old.write_text(f'#!{bash}\n[ "$1" = --version ] || exit 1\necho "Python 3.9.2"\n')
    old.chmod(0o755)

    done = start(PATH=str(tmp_path))

    assert_one_clear_line(
        done, "Python 3.11 or newer", "found Python 3.9.2", "apt-get install"
    )


def test_a_missing_venv_module_names_the_package_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(install.CannotInstall) as caught:
        install.make_environment(str(tmp_path / "install.log"))

    assert f"apt-get install python3.{sys.version_info.minor}-venv" in str(caught.value)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project without dependencies, in a path with a space."""
    root = tmp_path / "a project"
    root.mkdir()
    for name in ("requirements.txt", "constraints.txt"):
        (root / name).write_text("# Nothing.\n")
    monkeypatch.setattr(install, "ROOT", root)
    monkeypatch.setattr(install, "VENV", root / ".venv")
    monkeypatch.setattr(install, "install_torch", lambda pip: None)
    return root


def ensure(project, calls):
    return install.ensure_installed(
        "requirements.txt",
        log=project / "install.log",
        terminal=Terminal(),
        before=lambda: calls.append("installing"),
    )


@pytest.mark.slow
def test_an_environment_is_made_once_and_repaired_when_half_made(project, capsys):
    calls = []

    python = ensure(project, calls)
    ensure(project, calls)

    assert calls == ["installing"]
    assert subprocess.run([python, "-c", ""]).returncode == 0
    assert len(capsys.readouterr().out.splitlines()) == 2

    shutil.rmtree(next((project / ".venv").glob("lib/python3*/site-packages/pip")))
    ensure(project, calls)

    assert calls == ["installing"] * 2
    assert subprocess.run([python, "-m", "pip", "--version"]).returncode == 0

    (project / "requirements.txt").write_text("# Something else.\n")
    ensure(project, calls)

    assert calls == ["installing"] * 3


class PlannedPip:
    """Stands for pip at the network's edge: what each index would bring."""

    def __init__(self, plans):
        self.plans = plans
        self.installed = None
        self.terminal = Terminal()

    def plan(self, *arguments):
        return self.plans["--index-url" in arguments]

    def install(self, _title, *arguments):
        self.installed = arguments


CUDA = ["torch", "nvidia-cublas-cu12", "triton"]


def test_a_machine_without_a_gpu_takes_torch_from_the_index_without_cuda(monkeypatch):
    monkeypatch.setattr(install, "has_gpu", lambda: False)
    monkeypatch.delenv("TORCH_INDEX_URL", raising=False)
    pip = PlannedPip({False: CUDA, True: ["torch", "sympy"]})

    install.install_torch(pip)

    assert pip.installed[-2:] == ("--index-url", install.TORCH_INDEX_URL)


def test_an_index_that_has_no_cuda_is_left_alone(monkeypatch):
    monkeypatch.setattr(install, "has_gpu", lambda: False)
    pip = PlannedPip({False: ["torch", "sympy"]})

    install.install_torch(pip)

    assert "--index-url" not in pip.installed


def test_cuda_packages_are_never_installed_without_a_gpu(monkeypatch):
    monkeypatch.setattr(install, "has_gpu", lambda: False)
    pip = PlannedPip({False: CUDA, True: CUDA})

    with pytest.raises(install.CannotInstall, match="TORCH_INDEX_URL"):
        install.install_torch(pip)

    assert pip.installed is None


def test_a_machine_with_a_gpu_takes_what_torch_brings(monkeypatch):
    monkeypatch.setattr(install, "has_gpu", lambda: True)
    pip = PlannedPip({False: CUDA})

    install.install_torch(pip)

    assert "--index-url" not in pip.installed
