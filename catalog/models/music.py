"""Artists, albums, tracks and their tags."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from catalog.attributes import UNIT_ATTRIBUTES
from catalog.models.near import key_trigrams
from catalog.models.words import key_words, song_title
from catalog.names import name_key


class Artist(models.Model):
    """Someone who is credited with tracks."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, editable=False)
    musicbrainz_id = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("key",), name="catalog_artist_key"),
        )
        indexes = (
            GinIndex(key_words(), name="catalog_artist_words_idx"),
            GinIndex(key_trigrams(), name="catalog_artist_trigrams_idx"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Album(models.Model):
    """A release that tracks came out on."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=500)
    key = models.CharField(max_length=500, editable=False)
    artist = models.ForeignKey(
        Artist, models.CASCADE, null=True, blank=True, related_name="albums"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_compilation = models.BooleanField(
        default=False, help_text="of various artists, and credited to none of them"
    )

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("key", "artist"),
                name="catalog_album_key_artist",
                nulls_distinct=False,
            ),
        )
        indexes = (GinIndex(key_words(), name="catalog_album_words_idx"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Tag(models.Model):
    """A word that describes tracks: a genre, mood, theme or instrument."""

    class Kind(models.TextChoices):
        GENRE = "genre"
        MOOD = "mood"
        THEME = "theme"
        INSTRUMENT = "instrument"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ("kind", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"), name="catalog_tag_kind_key"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def unit_interval(field: str) -> models.CheckConstraint:
    """Return the constraint that a nullable field lies in 0..1."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": 0, f"{field}__lte": 1}),
        name=f"catalog_track_{field}_unit",
    )


class Track(models.Model):
    """One recording.

    Audio attributes are null where nobody measured or gave them; `attribute_sources`
    names for each attribute where it came from ("measured", "generator", "tags", …).
    """

    class Source(models.TextChoices):
        DEMO = "demo", "Demo library"
        FILE = "file", "Audio file"
        TABLE = "table", "Table"

    class DatePrecision(models.TextChoices):
        YEAR = "year"
        MONTH = "month"
        DAY = "day"

    class Version(models.TextChoices):
        """How a recording differs from the one that people mean by the title."""

        ORIGINAL = "", "Original"
        LIVE = "live", "Live"
        REMIX = "remix", "Remix"
        REMASTER = "remaster", "Remaster"
        ACOUSTIC = "acoustic", "Acoustic"
        INSTRUMENTAL = "instrumental", "Instrumental"
        DEMO = "demo", "Demo"
        EDIT = "edit", "Edit"
        COVER = "cover", "Cover"
        KARAOKE = "karaoke", "Karaoke"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=500)
    key = models.CharField(max_length=500, editable=False)
    song_key = models.CharField(
        max_length=800,
        blank=True,
        editable=False,
        help_text="title without its version, and first artist: what kin share",
    )
    version = models.CharField(max_length=12, choices=Version, blank=True)
    version_detail = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="which one of that version: whose remix, which concert",
    )
    artists = models.ManyToManyField(
        Artist, through="TrackArtist", related_name="tracks"
    )
    album = models.ForeignKey(
        Album, models.SET_NULL, null=True, blank=True, related_name="tracks"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="tracks")

    released_on = models.DateField(null=True, blank=True)
    released_precision = models.CharField(
        max_length=5, choices=DatePrecision, blank=True
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)

    isrc = models.CharField("ISRC", max_length=12, null=True, blank=True, unique=True)
    musicbrainz_id = models.UUIDField(null=True, blank=True, unique=True)
    spotify_id = models.CharField(max_length=22, blank=True, db_index=True)
    youtube_id = models.CharField(
        "YouTube id", max_length=11, blank=True, db_default=""
    )
    apple_music_id = models.CharField(max_length=20, blank=True, db_default="")
    deezer_id = models.CharField(max_length=20, blank=True, db_default="")

    is_explicit = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True, help_text="ISO 639 code")
    popularity = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0 to 100"
    )

    tempo_bpm = models.FloatField("tempo (BPM)", null=True, blank=True)
    pitch_class = models.PositiveSmallIntegerField(
        "key", null=True, blank=True, help_text="tonic as pitch class, 0 = C"
    )
    is_major = models.BooleanField("major mode", null=True, blank=True)
    loudness_lufs = models.FloatField("loudness (LUFS)", null=True, blank=True)
    energy = models.FloatField(null=True, blank=True, help_text="0 to 1")
    valence = models.FloatField(null=True, blank=True, help_text="0 to 1")
    danceability = models.FloatField(null=True, blank=True, help_text="0 to 1")
    acousticness = models.FloatField(null=True, blank=True, help_text="0 to 1")
    instrumentalness = models.FloatField(null=True, blank=True, help_text="0 to 1")
    speechiness = models.FloatField(null=True, blank=True, help_text="0 to 1")
    liveness = models.FloatField(null=True, blank=True, help_text="0 to 1")
    replaygain_db = models.FloatField(
        "ReplayGain (dB)", null=True, blank=True, help_text="of the track"
    )
    attribute_sources = models.JSONField(default=dict, blank=True)

    licence = models.CharField(max_length=120, blank=True)
    # What it first came from. All that it is known from are its `sources`.
    source = models.CharField(max_length=8, choices=Source)
    audio_path = models.CharField(
        max_length=1000, blank=True, help_text="absolute, or under the media folder"
    )
    cover_path = models.CharField(
        max_length=1000, blank=True, help_text="under the media folder"
    )
    document = models.TextField(
        blank=True, editable=False, help_text="what is known of it, in words"
    )
    document_vector = models.GeneratedField(
        expression=SearchVector("document", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    vanished_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="since when none of its sources is there any more",
    )
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(popularity__isnull=True) | Q(popularity__lte=100),
                name="catalog_track_popularity_range",
            ),
            models.CheckConstraint(
                condition=Q(pitch_class__isnull=True) | Q(pitch_class__lte=11),
                name="catalog_track_pitch_class_range",
            ),
            *(unit_interval(field) for field in UNIT_ATTRIBUTES),
        )
        indexes = (
            models.Index(fields=("key",), name="catalog_track_key_idx"),
            models.Index(fields=("year",), name="catalog_track_year_idx"),
            # Which tracks a search by years may find, without a visit to the table.
            models.Index(
                fields=("year", "id"),
                condition=Q(vanished_at=None),
                name="catalog_track_findable_year",
            ),
            models.Index(
                fields=("song_key",),
                condition=~Q(song_key=""),
                name="catalog_track_song_idx",
            ),
            models.Index(song_title(), name="catalog_track_song_title_idx"),
            GinIndex(fields=("document_vector",), name="catalog_track_document_idx"),
            GinIndex(key_words(), name="catalog_track_words_idx"),
            models.Index(
                fields=("language",),
                condition=~Q(language=""),
                name="catalog_track_language_idx",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TrackArtist(models.Model):
    """A credit, in its order."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="credits")
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="credits")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("track", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("track", "artist"), name="catalog_credit_track_artist"
            ),
        )

    def __str__(self) -> str:
        return f"{self.artist} on {self.track}"
