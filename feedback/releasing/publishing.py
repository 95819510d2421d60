"""What of releases the public sees, and where its files lie."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from catalog.media.files import MediaFile
from feedback.models import Release
from feedback.releasing.card import card_body
from feedback.releasing.writing import CARD, release_folder

# What browsers are told that files are; the archive is the one that most people take.
TYPES = {
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}


def releases_public() -> QuerySet[Release]:
    """Return the releases that everybody sees, the newest first."""
    return Release.objects.filter(is_published=True)


def release_publish(release: Release) -> bool:
    """Show a release to the public. Says if it wasn't shown before; only done ones are."""
    rows = Release.objects.filter(pk=release.pk, status=Release.Status.DONE)
    hidden = rows.filter(is_published=False)
    return bool(hidden.update(is_published=True, published_at=timezone.now()))


def release_hide(release: Release) -> bool:
    """Show a release to nobody any more. Says if it was shown; the release stays."""
    return bool(releases_public().filter(pk=release.pk).update(is_published=False))


def release_file(release: Release, path: str) -> MediaFile | None:
    """Return a file that the release names; None for any other path."""
    if release.status != Release.Status.DONE:
        return None
    if not any(file["path"] == path for file in release.files):
        return None
    held = release_folder(release.number) / path
    try:
        status = held.stat()
    except OSError:
        return None
    return MediaFile(
        path=held,
        size_bytes=status.st_size,
        modified_at=datetime.fromtimestamp(status.st_mtime, UTC),
        content_type=TYPES.get(held.suffix, "text/plain; charset=utf-8"),
    )


def release_card(release: Release) -> SafeString:
    """Return the data card without its header and title, as HTML, from its folder.

    "" where the folder isn't there. Markup in it is shown as text.
    """
    path = release_folder(release.number) / CARD
    try:
        body = card_body(path.read_text(encoding="utf-8"))
    except OSError:
        return mark_safe("")
    _title, _, text = body.partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    html: str = markdown.render(text)
    return mark_safe(html)  # noqa: S308
