"""`manage.py words`: keep the translations in step with the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from personalais.translations import (
    DOMAINS,
    faults,
    found_words,
    languages,
    mo_bytes,
    po_bytes,
    po_path,
    read_catalog,
    with_found,
)
from personalais.unmarked import unmarked_words


class Command(BaseCommand):
    """Finds the words that pages show, and compiles their translations."""

    help = (
        "Bring locale/*/LC_MESSAGES in step with the words in the code, compile them, "
        "and tell what is left to translate."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing, only tell"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        names = [(lang, domain) for lang in languages() for domain in DOMAINS]
        if not check:
            for language, domain in names:
                update(language, domain)
        told = list(unmarked_words())
        for language, domain in names:
            told += faults(language, domain)
        for line in told:
            self.stderr.write(line)
        if told:
            raise CommandError(f"{len(told)} to mend; see docs/translating.md.")
        self.stdout.write("All words are translated.")


def update(language: str, domain: str) -> None:
    """Write a language's words of a domain anew, and compile them."""
    path = po_path(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = with_found(read_catalog(path, language), found_words(domain))
    path.write_bytes(po_bytes(catalog))
    path.with_suffix(".mo").write_bytes(mo_bytes(read_catalog(path, language)))
