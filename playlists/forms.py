"""The form that takes a list in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playlists.files.formats import MAX_BYTES, read_file
from playlists.files.listing import LISTING_CHARS, Listing
from playlists.files.refusal import FileRefused

# What the choosing of files shows first; others can be chosen too.
ENDINGS = ".m3u8,.m3u,.xspf,.jspf,.json,.csv,.tsv,.txt"


class ImportForm(forms.Form):
    """A file or pasted words; `listing` is what was read, once it is valid."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        allow_empty_file=True,  # told in our words
        help_text=gettext_lazy("M3U8, M3U, XSPF, JSPF or CSV, of 5 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste it here"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        help_text=gettext_lazy(
            "What such a file holds, or a song a line: Artist - Title."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title (optional)"),
        required=False,
        max_length=LISTING_CHARS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    listing: Listing

    def clean(self) -> dict[str, Any]:
        """Read the list. What is wrong with it is told in a sentence."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("file"), given.get("text", "")
        if self.errors:
            return given
        if file is None and not text.strip():
            raise ValidationError(_("Choose a file, or paste a list."))
        name = file.name if file else ""
        # One byte more than is taken says that it is too much.
        data = file.read(MAX_BYTES + 1) if file else text.encode("utf-8", "replace")
        try:
            listing = read_file(data, name=name)
        except FileRefused as refused:
            raise ValidationError(str(refused)) from refused
        stem = name.rpartition(".")[0] or name
        title = given.get("title", "").strip() or listing.title or stem[:LISTING_CHARS]
        self.listing = replace(listing, title=title)
        return given
