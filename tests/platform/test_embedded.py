"""The embedded PostgreSQL and Redis: found, started, shared, and never left behind."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
import rq
from channels_redis.pubsub import RedisPubSubChannelLayer

from personalais.embedded import addresses, postgres
from personalais.embedded.account import let_through, let_through_note
from personalais.embedded.failure import EmbeddedFailure
from personalais.embedded.lease import Lease, is_held, is_kept

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home():
    """A data folder of its own.

    Not in pytest's folder: each new pytest of the same user closes that to others, and
    root's PostgreSQL is another user's.
    """
    folder = Path(tempfile.mkdtemp(prefix="personalais home "))
    folder.chmod(0o711)
    yield folder
    wait_for(lambda: not is_kept(folder))
    shutil.rmtree(folder)


@pytest.fixture
def lease(home):
    lease = Lease(home, is_throwaway=True)
    yield lease
    lease.release(is_end_awaited=True)


def wait_for(is_true, timeout_s=30):
    until = time.monotonic() + timeout_s
    while not is_true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def processes_of(home):
    """Return the processes that work in a data folder or name it."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            if (
                process.pid != os.getpid()
                and any(str(home) in word for word in words)
                or process.cwd().startswith(str(home))
            ):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def database_answers(home):
    try:
        with psycopg.connect(addresses.database_url(home)) as connection:
            return connection.execute("SELECT current_database()").fetchone()[0]
    except psycopg.OperationalError:
        return None


def test_a_plain_short_path_keeps_its_sockets_inside():
    home = Path("/srv/personalais/.data")

    assert addresses.socket_folder(home) == home / "services" / "run"


@pytest.mark.parametrize("name", ["a b", "a,b", "a" * 90, "müsik"])
def test_a_path_that_sockets_cannot_bear_gives_way_to_a_short_one(name):
    folder = addresses.socket_folder(Path("/srv") / name)

    assert addresses.PLAIN_PATH.fullmatch(str(folder))
    assert len(str(folder)) <= addresses.MAX_FOLDER_BYTES
    assert folder != addresses.socket_folder(Path("/srv/another") / name)


def test_both_servers_answer_in_a_folder_with_a_space(home, lease):
    assert database_answers(home) == addresses.DATABASE_NAME
    with redis.Redis.from_url(addresses.redis_url(home)) as client:
        assert client.ping()


def test_nobody_else_can_reach_the_servers(home, lease):
    sockets = addresses.socket_folder(home)

    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    owner = sockets.stat().st_uid
    assert (home / "services" / "postgres").stat().st_uid == owner
    connections = [
        connection
        for process in processes_of(home)
        if process.name() in ("postgres", "redis-server")
        for connection in process.net_connections("inet")
    ]
    assert connections == []


async def test_the_redis_url_suits_all_three_clients(home, lease):
    url = addresses.redis_url(home)

    layer = RedisPubSubChannelLayer(hosts=[url])
    await layer.group_add("tabs", channel := await layer.new_channel())
    await layer.group_send("tabs", {"type": "hello"})
    assert await layer.receive(channel) == {"type": "hello"}
    await layer.flush()
    with redis.Redis.from_url(url, db=None) as client:
        # It reads CLIENT LIST, which a space in the socket's path would break.
        worker = rq.SimpleWorker(["default"], connection=client)
        worker.register_birth()
        assert worker.ip_address is not None
        worker.register_death()


def test_the_last_lease_stops_the_servers_and_no_other(home):
    first, second = Lease(home, is_throwaway=True), Lease(home)
    first.release(is_end_awaited=True)

    assert is_held(home)
    assert database_answers(home)

    second.release(is_end_awaited=True)

    assert not is_kept(home)
    wait_for(lambda: processes_of(home) == [])
    assert not addresses.socket_folder(home).exists()


def test_logs_are_closed_to_others_whatever_umask_holds(home):
    (home / "logs").mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        lease = Lease(home, is_throwaway=True)
    finally:
        os.umask(before)

    assert stat.S_IMODE((home / "logs").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "services").stat().st_mode) == 0o711
    assert database_answers(home)
    lease.release(is_end_awaited=True)


def test_a_private_umask_does_not_keep_the_servers_out(home):
    before = os.umask(0o077)
    try:
        lease = Lease(home / "new" / "data", is_throwaway=True)
    finally:
        os.umask(before)

    assert database_answers(home / "new" / "data")
    assert stat.S_IMODE((home / "new" / "data").stat().st_mode) == 0o711
    lease.release(is_end_awaited=True)


def test_only_the_folders_in_the_way_are_opened_and_named(tmp_path):
    (tmp_path / "closed" / "open" / "data").mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    (tmp_path / "closed" / "open").chmod(0o755)

    opened = let_through(tmp_path / "closed" / "open" / "data")

    assert tmp_path / "closed" in opened
    assert tmp_path / "closed" / "open" not in opened
    assert stat.S_IMODE((tmp_path / "closed").stat().st_mode) == 0o701
    assert str(tmp_path / "closed") in let_through_note(opened)
    assert let_through(tmp_path / "closed" / "open" / "data") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
def test_whoever_starts_the_servers_is_told_which_folders_were_opened(home):
    (home / "closed").mkdir(mode=0o700)

    lease = Lease(home / "closed" / "data", is_throwaway=True)
    second = Lease(home / "closed" / "data")

    assert [str(home / "closed") in note for note in lease.notes] == [True]
    assert second.notes == []
    lease.release()
    second.release(is_end_awaited=True)


def test_data_outlive_the_servers(home):
    for number in (1, 2):
        lease = Lease(home)
        with psycopg.connect(addresses.database_url(home)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
            found = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
        with redis.Redis.from_url(addresses.redis_url(home)) as client:
            assert client.incr("kept") == number
        lease.release(is_end_awaited=True)

    assert found == 2


def test_a_holder_that_is_killed_leaves_nothing_running(home):
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys, time, pathlib\n"
            "from personalais.embedded.lease import Lease\n"
            "lease = Lease(pathlib.Path(sys.argv[1]), is_throwaway=True)\n"
            "print('held', flush=True)\n"
            "time.sleep(600)",
            str(home),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"

    holder.kill()
    holder.wait()
    holder.stdout.close()

    wait_for(lambda: not is_kept(home))
    wait_for(lambda: processes_of(home) == [])


def test_a_killed_keeper_takes_its_servers_along_and_a_lease_renews_them(home, lease):
    keeper = next(p for p in processes_of(home) if "keeper" in " ".join(p.cmdline()))

    keeper.kill()
    wait_for(lambda: not is_kept(home))
    wait_for(lambda: database_answers(home) is None)
    lease.renew()

    assert database_answers(home) == addresses.DATABASE_NAME


def test_a_killed_server_is_started_again(home, lease):
    with redis.Redis.from_url(addresses.redis_url(home)) as client:
        pid = client.info("server")["process_id"]
    with psycopg.connect(addresses.database_url(home)) as connection:
        assert connection.execute("SELECT 1").fetchone()

    os.kill(pid, signal.SIGKILL)

    def is_new():
        try:
            with redis.Redis.from_url(addresses.redis_url(home)) as client:
                return client.info("server")["process_id"] != pid
        except redis.ConnectionError:
            return False

    wait_for(is_new)


def test_a_data_folder_that_is_none_is_told_in_one_sentence(home):
    folder = home / "services" / "postgres"
    folder.mkdir(parents=True)
    (folder / "holiday.jpg").write_bytes(b"not a database")

    with pytest.raises(EmbeddedFailure) as caught:
        Lease(home)

    assert "is not a PostgreSQL data folder" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (folder / "holiday.jpg").exists()


def test_a_folder_in_tmp_that_someone_else_made_is_refused(home):
    sockets = addresses.socket_folder(home)
    sockets.symlink_to("/var")
    try:
        with pytest.raises(EmbeddedFailure, match="belongs to someone else"):
            Lease(home)
    finally:
        sockets.unlink()


def manage(home, *arguments):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL")
    }
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env={**environment, "PERSONALAIS_HOME": str(home), "SECRET_KEY": ""},
        capture_output=True,
        text=True,
    )


def test_a_command_starts_the_servers_for_its_own_duration(home):
    done = manage(home, "migrate", "catalog", "0001")

    assert done.returncode == 0, done.stderr
    assert "Applying catalog.0001_vector... OK" in done.stdout
    wait_for(lambda: not is_kept(home))
    key = home / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) >= 50


def test_a_command_finds_the_servers_that_run(home, lease):
    done = manage(home, "migrate", "catalog", "0001")

    assert done.returncode == 0, done.stderr
    assert is_kept(home)
    with psycopg.connect(addresses.database_url(home)) as connection:
        assert connection.execute("SELECT to_regclass('django_migrations')").fetchone()


def test_a_command_without_need_of_data_starts_nothing(home):
    assert manage(home, "check").returncode == 0

    assert not (home / "services").exists()


def test_memory_grows_with_the_machine_and_stays_within_bounds():
    small, common, large = (
        postgres.memory_settings(mib) for mib in (512, 16_384, 1_048_576)
    )

    assert small["shared_buffers"] == "128MB"
    assert small["work_mem"] == "4MB"
    assert common["shared_buffers"] == "2048MB"
    assert common["effective_cache_size"] == "8192MB"
    assert common["work_mem"] == "16MB"
    assert common["maintenance_work_mem"] == "512MB"
    assert large["shared_buffers"] == "4096MB"
    assert large["work_mem"] == "32MB"
    assert large["maintenance_work_mem"] == "1024MB"


def test_data_outlive_a_change_of_the_memory(home):
    # A throwaway server has other settings than one that is to keep its data.
    shared = {}
    for is_throwaway in (True, False, True):
        lease = Lease(home, is_throwaway=is_throwaway)
        with psycopg.connect(addresses.database_url(home)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
            connection.execute("INSERT INTO kept VALUES (1)")
            found = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
            row = connection.execute("SHOW shared_buffers").fetchone()
            shared.setdefault(is_throwaway, row[0])
        lease.release(is_end_awaited=True)

    assert found == 3
    assert shared[True] == "64MB"
    assert shared[False] != "64MB"
