"""The environment, typed: the only place that reads it.

Each variable has a default that is safe for one person on one machine. All wrong
values are reported at once, by name. A file `.env` in the project's folder is read as
well (the environment comes first), and a secret may lie in a file of
/run/secrets that is named like its variable.
"""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from personalais.embedded import addresses

ROOT = Path(__file__).resolve().parent.parent
SECRETS = Path("/run/secrets")

# What Redis keys and pub/sub channels may start with; RQ takes no other letters.
PREFIX = r"[A-Za-z0-9_.-]{1,40}"

FERNET_KEY_BYTES = 32

Names = Annotated[list[str], NoDecode]


class BadEnvironment(ValueError):
    """Some variables cannot be used; the message names each with its reason."""


class Env(BaseSettings):
    """Every setting that the environment may carry."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    personalais_home: Path = Field(
        ROOT / ".data", description="Folder of all data: database, audio, covers, logs."
    )
    database_url: str = Field(
        "", description="PostgreSQL with pgvector. Empty: the embedded one."
    )
    redis_url: str = Field(
        "", description="Redis 6.2 or newer. Empty: the embedded one."
    )
    redis_prefix: str = Field(
        "personalais",
        pattern=f"^{PREFIX}$",
        description="Start of every Redis key, to share a server.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signing key. Empty: one kept in the data folder."
    )
    debug: bool = Field(False, description="Show error pages with details.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The least important messages that are logged."
    )
    web_processes: int = Field(
        1,
        ge=1,
        le=64,
        description="How many processes answer pages and chats. One keeps about one "
        "core busy, and takes some 500 MB.",
    )
    allowed_hosts: Names = Field(
        ["127.0.0.1", "localhost", "[::1]"],
        description="Host names that the site answers to, with commas between.",
    )
    csrf_trusted_origins: Names = Field(
        [],
        description="Origins of forms behind a proxy, like https://music.example.org, "
        "with commas between.",
    )
    https: bool = Field(
        False,
        description="The site is reached over HTTPS only, through a proxy that sets "
        "X-Forwarded-Proto itself.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=8,
        description="How many proxies of yours stand before the site. Each must add to "
        "X-Forwarded-For; else all visitors count as one address when tries are counted.",
    )
    text_model: str = Field(
        "",
        description="Text encoder: a sentence-transformers id or folder. Empty: the "
        "packaged all-MiniLM-L6-v2.",
    )
    audio_encoder: Literal["descriptors", "clap", "mert"] = Field(
        "descriptors",
        description="What places songs by their sound: descriptors, clap or mert.",
    )
    audio_model: str = Field(
        "",
        description="Weights for clap or mert: a hub id or folder. Empty: "
        "laion/larger_clap_music, m-a-p/MERT-v1-95M.",
    )
    seconds_per_word: float = Field(
        0.012,
        ge=0,
        le=1,
        description="Pace at which the built-in planner's replies stream in.",
    )

    planner: Literal["builtin", "llm"] = Field(
        "builtin",
        description="Who answers: builtin, by rules, or llm, a language model.",
    )
    openai_base_url: str = Field(
        "",
        description="Server of the language model that speaks Chat Completions, like "
        "http://127.0.0.1:11434/v1. Empty: OpenAI's.",
    )
    openai_api_key: SecretStr = Field(
        SecretStr(""), description="Key of that server, where it wants one."
    )
    llm_model: str = Field("", description="Name of the language model.")
    llm_max_tokens_param: Literal["max_tokens", "max_completion_tokens"] = Field(
        "max_tokens",
        description="What the server calls the limit of an answer. OpenAI's reasoning "
        "models want max_completion_tokens.",
    )
    llm_usage_in_stream: bool = Field(
        True,
        description="The server counts tokens when asked by stream_options. Otherwise "
        "they are estimated.",
    )
    llm_max_tokens: int = Field(
        1500, ge=100, le=32_000, description="Longest answer of the model, in tokens."
    )
    llm_max_rounds: int = Field(
        6, ge=2, le=20, description="How often the model is asked in one turn at most."
    )
    llm_turn_tokens: int = Field(
        60_000, ge=1000, description="Tokens in and out after which a turn ends."
    )
    llm_connect_timeout_s: float = Field(
        5, gt=0, le=60, description="Seconds to reach the model's server."
    )
    llm_read_timeout_s: float = Field(
        60,
        gt=0,
        le=150,
        description="Seconds that the model may be silent. A local one that is loaded "
        "first needs more.",
    )
    llm_turn_timeout_s: float = Field(
        120,
        gt=0,
        le=150,
        description="Seconds after which a turn goes on without the model.",
    )
    llm_daily_tokens: int = Field(
        500_000,
        ge=0,
        description="Tokens that one listener may use in a day (UTC). 0: no limit.",
    )
    llm_log_days: int = Field(
        90, ge=1, description="Days for which calls of the model are logged."
    )

    spotify_client_id: str = Field(
        "", description="Id of the site's app at Spotify. Empty: no Spotify."
    )
    spotify_client_secret: SecretStr = Field(
        SecretStr(""), description="Secret of that app."
    )
    spotify_accounts_url: str = Field(
        "https://accounts.spotify.com", description="Where Spotify asks for consent."
    )
    spotify_api_url: str = Field(
        "https://api.spotify.com/v1", description="Spotify's Web API."
    )
    listenbrainz: bool = Field(
        True,
        description="Whether listeners may connect ListenBrainz, by a token of their own. "
        "Nothing is asked there before somebody does.",
    )
    listenbrainz_api_url: str = Field(
        "https://api.listenbrainz.org", description="ListenBrainz's API."
    )
    library_days: int = Field(
        30,
        ge=1,
        le=60,
        description="Days after which what came in from a listener's library at a music "
        "service is deleted.",
    )
    release_floor: int = Field(
        5,
        ge=2,
        le=1000,
        description="How many people each row of a release of donated data stands for at "
        "least. What fewer share is generalised or held back.",
    )
    release_licence: str = Field(
        "cc-by-4.0",
        pattern=r"^[A-Za-z0-9.+-]{1,60}$",
        description="Licence of releases, by its identifier, like cc-by-4.0.",
    )

    second_look_share: float = Field(
        0.1,
        ge=0,
        le=1,
        description="Share of donated records that a second reviewer looks at, without "
        "seeing what the first found.",
    )
    token_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys that encrypt the tokens of connected services, the newest "
        "first, with commas between. Empty: one made of SECRET_KEY.",
    )

    donation_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys of the pseudonyms under which listeners give what they say of "
        "songs, the newest first, with commas between. Empty: one made of SECRET_KEY.",
    )

    email_host: str = Field(
        "", description="Mail server that sends for the site (SMTP). Empty: no mail."
    )
    email_port: int = Field(587, ge=1, le=65_535, description="Its port.")
    email_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the way to it is encrypted: starttls, tls (mostly on port 465) "
        "or none.",
    )
    email_user: str = Field("", description="Who signs in there. Empty: nobody.")
    email_password: SecretStr = Field(SecretStr(""), description="Their password.")
    email_from: str = Field(
        "",
        description="Who mail comes from, like PersonalAIs <music@example.org>.",
    )

    @field_validator("token_keys", "donation_keys")
    @classmethod
    def be_keys_of_32_bytes(cls, value: SecretStr) -> SecretStr:
        for key in filter(None, value.get_secret_value().split(",")):
            try:
                is_key = len(base64.urlsafe_b64decode(key.strip())) == FERNET_KEY_BYTES
            except ValueError:
                is_key = False
            if not is_key:
                raise ValueError(
                    "each key is 32 random bytes in URL-safe base64, 44 characters long"
                )
        return value

    @field_validator(
        *("openai_base_url", "spotify_accounts_url", "spotify_api_url"),
        "listenbrainz_api_url",
    )
    @classmethod
    def be_http(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("it must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("allowed_hosts", "csrf_trusted_origins", mode="before")
    @classmethod
    def split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [name for part in value.split(",") if (name := part.strip())]
        return value

    @field_validator("csrf_trusted_origins")
    @classmethod
    def need_a_scheme(cls, value: list[str]) -> list[str]:
        for origin in value:
            if not re.match(r"https?://[^/]+$", origin):
                raise ValueError(f"{origin!r} is not like https://music.example.org")
        return value

    @field_validator("personalais_home")
    @classmethod
    def be_absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def be_postgres(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("it must start with postgresql://")
        return value

    @field_validator("redis_url")
    @classmethod
    def be_redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("it must start with redis://, rediss:// or unix://")
        return value

    @property
    def needs_embedded(self) -> bool:
        """Say whether a server of the outside is not given for both."""
        return not (self.database_url and self.redis_url)

    def with_addresses(self) -> Env:
        """Return a copy where a server that is not given is the embedded one."""
        home = self.personalais_home
        return self.model_copy(
            update={
                "database_url": self.database_url or addresses.database_url(home),
                "redis_url": self.redis_url or addresses.redis_url(home),
            }
        )


def read_env() -> Env:
    """Read the environment. Raises BadEnvironment naming each bad variable."""
    # The tests name no file, so that nobody's own settings reach them.
    file = os.environ.get("PERSONALAIS_ENV_FILE", str(ROOT / ".env"))
    secrets = SECRETS if SECRETS.is_dir() else None
    try:
        return Env(_env_file=file or None, _secrets_dir=secrets)
    except ValidationError as error:
        lines = [
            f"{str(problem['loc'][0]).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False)
        ]
        raise BadEnvironment(
            "These settings of the environment cannot be used:\n  " + "\n  ".join(lines)
        ) from None
