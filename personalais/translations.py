"""The catalogs of translated words: found in the code, kept in step, compiled, judged.

docs/translating.md says how translators work. Needs Babel, which only developers have:
the site reads the compiled catalogs, which are kept with the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("personalais", "accounts", "catalog", "playlists", "feedback", "chat")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Pages, and mails.
KINDS = ("*.html", "*.txt")
# A value's place, or a tag. A translation has those of the words, and no other.
PLACES = re.compile(r"%\(\w+\)s|%s|</?\w+[^>]*>")
WIDTH = 88
# Catalogs have no dates of their own, so that only words make them differ.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def words_of_pages() -> Iterator[tuple[Path, str, bytes]]:
    """Yield each file whose words pages and mails show: its path, Babel's method, its content."""
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    files = (file for kind in KINDS for at in folders for file in at.rglob(kind))
    for path in sorted(files):
        code = templatize(path.read_text())
        # What isn't words became X; without indents it can be read as Python.
        yield path, "python", re.sub(r"^[ \t]+", "", code, flags=re.M).encode()
    for path in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        content = path.read_bytes()
        # Few have any, and reading them all as Python takes seconds.
        if b"gettext" in content:
            yield path, "python", content


def words_of_scripts() -> Iterator[tuple[Path, str, bytes]]:
    """Yield each script of the pages, as `words_of_pages` does."""
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        yield path, "javascript", path.read_bytes()


DOMAINS = {"django": words_of_pages, "djangojs": words_of_scripts}


@cache
def found_words(domain: str) -> Catalog:
    """Return all words of a domain that the code marks, each with its files."""
    catalog = Catalog(charset="utf-8")
    for path, method, content in DOMAINS[domain]():
        place = str(path.relative_to(ROOT))
        for _, words, comments, context in extract(
            method, BytesIO(content), KEYWORDS, ["Translators:"]
        ):
            # Without lines, which move with every change.
            catalog.add(
                words, locations=[(place, 1)], auto_comments=comments, context=context
            )
    return catalog


def languages() -> list[str]:
    """Return the languages that pages are translated into."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def po_path(language: str, domain: str) -> Path:
    """Return where a language's words of a domain are kept."""
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(path: Path, language: str) -> Catalog:
    """Return the catalog in a file, an empty one where there is none."""
    if not path.exists():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, language)


def with_found(catalog: Catalog, found: Catalog) -> Catalog:
    """Bring a catalog in step with the code: new words empty, gone ones out."""
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.project, catalog.version = "PersonalAIs", ""
    catalog.creation_date = catalog.revision_date = NO_DATE
    catalog.last_translator = catalog.language_team = ""
    catalog.fuzzy = False
    catalog.header_comment = "# See docs/translating.md."
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Return the catalog as it is kept."""
    written = BytesIO()
    write_po(written, catalog, width=WIDTH, include_lineno=False, sort_output=True)
    return written.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return the catalog as the site reads it."""
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def texts(words: str | Sequence[str | None] | None) -> list[str]:
    """Return words as a list: of one, or of one for each form of number."""
    several = [words] if isinstance(words, str) or words is None else words
    return [one or "" for one in several]


def fault_of(message: Message) -> str:
    """Return what is wrong with a translated message, "" for nothing."""
    asked, told = texts(message.id), texts(message.string)
    if not all(told):
        return "is not translated"
    if message.fuzzy:
        return "is marked fuzzy"
    places = {place for words in asked for place in PLACES.findall(words)}
    # Of several forms one may do without the number: "a song", "two songs".
    all_needed = told[-1:] if len(asked) > 1 else told
    if any(set(PLACES.findall(words)) != places for words in all_needed) or any(
        set(PLACES.findall(words)) - places for words in told
    ):
        return "has other places for values than the English words"
    return ""


def faults(language: str, domain: str) -> Iterator[str]:
    """Yield what is wrong with a language's words of a domain, a line each."""
    path = po_path(language, domain)
    name = path.relative_to(ROOT)
    kept = read_catalog(path, language)
    if not path.exists() or po_bytes(with_found(kept, found_words(domain))) != (
        path.read_bytes()
    ):
        yield f"{name} is not in step with the code: run manage.py words"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(kept):
        yield f"{compiled.relative_to(ROOT)} is not {name}: run manage.py words"
    for message in kept:
        if message.id and (fault := fault_of(message)):
            yield f"{name}: {message.id!r} {fault}"
