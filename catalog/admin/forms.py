"""What may be typed into the catalog's pages, and what to do where it can't be so.

The keys that names are known by are made of the names, and must be unique: the database
would refuse them without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.ingest.tables import fields
from catalog.ingest.tables.fields import Dropped
from catalog.models import Album, Artist, ArtistAlias, Tag, Track
from catalog.names import name_key

if TYPE_CHECKING:
    ArtistFormBase = forms.ModelForm[Artist]
    AliasFormBase = forms.ModelForm[ArtistAlias]
    AlbumFormBase = forms.ModelForm[Album]
    TagFormBase = forms.ModelForm[Tag]
    TrackFormBase = forms.ModelForm[Track]
else:
    ArtistFormBase = AliasFormBase = AlbumFormBase = forms.ModelForm
    TagFormBase = TrackFormBase = forms.ModelForm


class ArtistForm(ArtistFormBase):
    """An artist."""

    def clean_name(self) -> str:
        """Take a name that no other artist has."""
        name = str(self.cleaned_data["name"])
        others = Artist.objects.exclude(pk=self.instance.pk)
        if others.filter(key=name_key(name)).exists():
            raise ValidationError("Another artist has this name: merge the two.")
        aliases = ArtistAlias.objects.exclude(artist=self.instance.pk)
        if alias := aliases.filter(key=name_key(name)).first():
            raise ValidationError(
                f"It is another name of {alias.artist}: remove it there first."
            )
        return name


class AliasForm(AliasFormBase):
    """Another name of an artist."""

    def clean_name(self) -> str:
        """Take a name that means nobody yet."""
        name = str(self.cleaned_data["name"])
        if artist := Artist.objects.filter(key=name_key(name)).first():
            raise ValidationError(f"It is the name of {artist} (#{artist.pk}) already.")
        others = ArtistAlias.objects.exclude(pk=self.instance.pk)
        if alias := others.filter(key=name_key(name)).first():
            raise ValidationError(f"It is another name of {alias.artist} already.")
        return name


class AlbumForm(AlbumFormBase):
    """An album."""

    def clean(self) -> dict[str, Any]:
        """Take a title that its artist has no other album of."""
        data = super().clean() or {}
        if "title" in data and "artist" in data:
            key = name_key(str(data["title"]))
            same = Album.objects.filter(key=key, artist=data["artist"])
            if same.exclude(pk=self.instance.pk).exists():
                raise ValidationError("Its artist has an album of this title already.")
        return data


class TagForm(TagFormBase):
    """A tag."""

    def clean(self) -> dict[str, Any]:
        """Take a name that no other tag of its kind has."""
        data = super().clean() or {}
        if "name" in data and "kind" in data:
            key = name_key(str(data["name"]))
            same = Tag.objects.filter(kind=data["kind"], key=key)
            if same.exclude(pk=self.instance.pk).exists():
                raise ValidationError(
                    f"There is a {data['kind']} of this name already."
                )
        return data


class TrackForm(TrackFormBase):
    """A track. Its identifiers may be written as people write them."""

    # Longer than what is stored: with hyphens, and as an address.
    isrc = forms.CharField(
        label="ISRC", max_length=20, required=False, empty_value=None
    )
    spotify_id = forms.CharField(label="Spotify id", max_length=200, required=False)
    youtube_id = forms.CharField(label="YouTube id", max_length=200, required=False)
    apple_music_id = forms.CharField(
        label="Apple Music id", max_length=200, required=False
    )
    deezer_id = forms.CharField(label="Deezer id", max_length=200, required=False)

    def clean_isrc(self) -> str | None:
        """Take an ISRC, with or without hyphens."""
        given = self.cleaned_data["isrc"]
        return _read(fields.isrc, given) if given else None

    def clean_spotify_id(self) -> str:
        """Take a Spotify id, or an address that holds one."""
        given = self.cleaned_data["spotify_id"]
        return _read(fields.spotify_id, given) if given else ""

    def clean_youtube_id(self) -> str:
        """Take a YouTube video's id, or its address."""
        given = self.cleaned_data["youtube_id"]
        return _read(fields.youtube_id, given) if given else ""

    def clean_apple_music_id(self) -> str:
        """Take an Apple Music song's number, or its address."""
        given = self.cleaned_data["apple_music_id"]
        return _read(fields.apple_music_id, given) if given else ""

    def clean_deezer_id(self) -> str:
        """Take a Deezer track's number, or its address."""
        given = self.cleaned_data["deezer_id"]
        return _read(fields.deezer_id, given) if given else ""


def _read(read: Any, given: object) -> str:
    try:
        return str(read(given))
    except Dropped as problem:
        raise ValidationError(f"It {problem}.") from problem
