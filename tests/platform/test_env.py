import pytest
from cryptography.fernet import Fernet

from personalais.env import BadEnvironment, read_env
from personalais.secret_key import kept_secret_key


def test_all_wrong_variables_are_named_at_once_without_their_values(monkeypatch):
    monkeypatch.setenv("DEBUG", "perhaps")
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hush@db/music")
    monkeypatch.setenv("REDIS_PREFIX", "two words")

    with pytest.raises(BadEnvironment) as caught:
        read_env()

    told = str(caught.value)
    assert "DEBUG: " in told
    assert "DATABASE_URL: " in told
    assert "postgresql://" in told
    assert "REDIS_PREFIX: " in told
    assert "hush" not in told
    assert "perhaps" not in told


def test_lists_are_split_at_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "music.example.org, 127.0.0.1,")

    assert read_env().allowed_hosts == ["music.example.org", "127.0.0.1"]


def test_an_origin_needs_its_scheme(monkeypatch):
    monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", "music.example.org")

    with pytest.raises(BadEnvironment, match="CSRF_TRUSTED_ORIGINS"):
        read_env()


def test_an_empty_variable_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("DEBUG", "")
    monkeypatch.setenv("DATABASE_URL", "")

    env = read_env()

    assert env.debug is False
    assert env.needs_embedded
    assert env.with_addresses().database_url.startswith("postgresql://postgres@/")


def test_a_file_of_settings_gives_way_to_the_environment(monkeypatch, tmp_path):
    file = tmp_path / "settings.env"
    file.write_text("LOG_LEVEL=ERROR\nREDIS_PREFIX=from-file\n")
    monkeypatch.setenv("PERSONALAIS_ENV_FILE", str(file))
    monkeypatch.setenv("REDIS_PREFIX", "from-shell")

    env = read_env()

    assert (env.log_level, env.redis_prefix) == ("ERROR", "from-shell")


def test_a_secret_is_not_shown(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")

    assert "hush" not in repr(read_env())


def test_the_secret_key_is_made_once_and_is_private(tmp_path):
    home = tmp_path / "new" / "home"

    first, second = kept_secret_key(home), kept_secret_key(home)

    assert first == second
    assert len(first) >= 50
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_a_key_for_tokens_must_be_one(monkeypatch):
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("TOKEN_KEYS", f"{key}, {key}")
    assert key in read_env().token_keys.get_secret_value()
    monkeypatch.setenv("TOKEN_KEYS", f"{key},hush")

    with pytest.raises(BadEnvironment, match="TOKEN_KEYS") as caught:
        read_env()

    assert "hush" not in str(caught.value)


def test_a_key_for_pseudonyms_must_be_one(monkeypatch):
    monkeypatch.setenv("DONATION_KEYS", "hush")

    with pytest.raises(BadEnvironment, match="DONATION_KEYS") as caught:
        read_env()

    assert "hush" not in str(caught.value)
