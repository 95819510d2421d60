"""System checks of the site's own settings: what must hold, and what to do if not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


def check_text_jobs_are_json(**_: Any) -> list[CheckMessage]:
    """Pickled jobs would let whoever can write to Redis run code."""
    return [
        Error(
            f"The queue {name!r} does not use the JSON serializer.",
            hint='Set "SERIALIZER": "json" in RQ_QUEUES.',
            id="personalais.E001",
        )
        for name, queue in settings.RQ_QUEUES.items()
        if queue.get("SERIALIZER") != "json"
    ]


def check_policy_is_strict(**_: Any) -> list[CheckMessage]:
    """A page may run no script that is written into it."""
    loose = {"'unsafe-inline'", "'unsafe-eval'", "*"}
    return [
        Error(
            f"SECURE_CSP allows {source} in {name}.",
            hint="Put scripts and styles into files of static/.",
            id="personalais.E002",
        )
        for name, sources in settings.SECURE_CSP.items()
        for source in sources
        if source in loose
    ]


def check_hosts_are_named(**_: Any) -> list[CheckMessage]:
    """A host name is checked against rebinding attacks only if it is given."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS lets any host name through.",
            hint="Name the site's hosts, with commas between.",
            id="personalais.W001",
        )
    ]


def check_model_is_named(**_: Any) -> list[CheckMessage]:
    """A language model that is to answer needs a name, and OpenAI's a key."""
    if settings.PLANNER != "llm":
        return []
    found: list[CheckMessage] = []
    if not settings.LLM_MODEL:
        found.append(
            Error(
                "PLANNER is llm, and LLM_MODEL is empty.",
                hint="Name the model that the server offers, or set PLANNER=builtin.",
                id="personalais.E003",
            )
        )
    has_key = bool(settings.OPENAI_API_KEY.get_secret_value())
    if not (settings.OPENAI_BASE_URL or has_key):
        found.append(
            Error(
                "PLANNER is llm, and neither OPENAI_BASE_URL nor OPENAI_API_KEY is set.",
                hint="Give the address of a local server, or a key for OpenAI's.",
                id="personalais.E004",
            )
        )
    return found


def check_spotify_is_whole(**_: Any) -> list[CheckMessage]:
    """An app at Spotify has an id and a secret, and sends people to a named host."""
    has_id = bool(settings.SPOTIFY_CLIENT_ID)
    if has_id == bool(settings.SPOTIFY_CLIENT_SECRET.get_secret_value()):
        return []
    return [
        Error(
            "Of SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET only one is set.",
            hint="Set both, or neither: see docs/spotify.md.",
            id="personalais.E005",
        )
    ]


def check_mail_has_a_sender(**_: Any) -> list[CheckMessage]:
    """Mail servers refuse what comes from nobody."""
    if not settings.EMAIL_HOST or "@" in settings.DEFAULT_FROM_EMAIL:
        return []
    return [
        Error(
            "EMAIL_HOST is set, and EMAIL_FROM holds no address.",
            hint="Give one, like PersonalAIs <music@example.org>: see docs/accounts.md.",
            id="personalais.E006",
        )
    ]


def register_all() -> None:
    """Register the checks with Django."""
    register(check_text_jobs_are_json)
    register(check_policy_is_strict, Tags.security)
    register(check_hosts_are_named, Tags.security)
    register(check_model_is_named)
    register(check_spotify_is_whole)
    register(check_mail_has_a_sender)
