"""Whose processes the embedded servers are.

PostgreSQL refuses to run as root, so root lends them a system account without a
password or a shell; anyone else runs them as themselves.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from personalais.embedded.failure import EmbeddedFailure

ACCOUNT_NAME = "personalais"


@dataclass(frozen=True)
class Account:
    """A user of the operating system; `is_other` where that is not ourselves."""

    uid: int
    gid: int
    is_other: bool

    def own(self, path: Path) -> None:
        """Make a folder that nobody but this account (and root) can look into."""
        path.mkdir(parents=True, exist_ok=True)
        if self.is_other and path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)
        if stat.S_IMODE(path.stat().st_mode) != 0o700:
            path.chmod(0o700)

    def popen_options(self) -> dict[str, object]:
        """Return what subprocess needs to start a process as this account."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(data: Path) -> Account:
    """Return the account that owns, or shall own, the servers' data.

    Raises EmbeddedFailure where the data belongs to someone else.
    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise EmbeddedFailure(
                f"The data in {data} belong to another user: start as the user who "
                "made them (or as root), or set PERSONALAIS_HOME to a folder of yours."
            )
        return Account(os.geteuid(), os.getegid(), is_other=False)
    entry = pwd.getpwuid(owner) if owner else _system_account()
    return Account(entry.pw_uid, entry.pw_gid, is_other=True)


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise EmbeddedFailure(
            "PostgreSQL does not run as root and there is no 'useradd' to make an "
            "account for it: start as an ordinary user, or set DATABASE_URL and "
            "REDIS_URL."
        )
    made = subprocess.run(  # noqa: S603
        [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin",
         "--user-group", ACCOUNT_NAME],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    # Code 9: another start made it a moment before us.
    if made.returncode not in (0, 9):
        raise EmbeddedFailure(
            f"Could not make the system account '{ACCOUNT_NAME}' for PostgreSQL "
            f"({made.stderr.strip()}): start as an ordinary user instead."
        )
    return pwd.getpwnam(ACCOUNT_NAME)


def let_through(path: Path) -> list[Path]:
    """Let the account reach a path: search permission on the folders above it.

    Only that one bit is added, and only where it lacks: nobody can list more than
    before. Returns the folders that were changed.
    """
    changed = []
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
            changed.append(folder)
    return changed


def let_through_note(folders: list[Path]) -> str:
    """Say in one line which folders were opened, and what for."""
    named = " ".join(str(folder).replace("\n", "?") for folder in folders)
    return (
        f"Others may now pass through (chmod o+x), but not list: {named}. The account "
        f"'{ACCOUNT_NAME}' of PostgreSQL and Redis has to reach its files."
    )


def let_read(tree: Path) -> None:
    """Let the account read and run an installed tree, whatever umask installed it."""
    wanted = stat.S_IROTH | stat.S_IXOTH
    if tree.stat().st_mode & wanted == wanted:
        return
    for path in [*tree.rglob("*"), tree]:
        if path.is_symlink():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        is_runnable = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(mode | (wanted if is_runnable else stat.S_IROTH))
