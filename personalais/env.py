"""The environment, typed: the only place that reads it.

Each variable has a default that is safe for one person on one machine. All wrong
values are reported at once, by name.
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Env(BaseSettings):
    """Every setting that the environment may carry."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore")

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
        "personalais", description="Start of every Redis key, to share a server."
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signing key. Empty: one kept in the data folder."
    )
    debug: bool = Field(False, description="Show error pages with details.")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        ["127.0.0.1", "localhost", "[::1]"],
        description="Host names that the site answers to, with commas between.",
    )


def read_env() -> Env:
    """Read the environment. Raises pydantic.ValidationError naming each bad variable."""
    return Env()
