"""Embedding spaces, and where each track lies in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from pgvector.django import VectorField

from catalog.models.music import Track


class Space(models.Model):
    """A vector space that one model made.

    One space per kind is current. `fitted` holds what the space learned from the
    catalog itself (the descriptors' mean and deviation, the bridge), as base64 of
    float32 arrays by name, with the number of tracks that it was fitted on. It can be
    large, so queries leave it out; `fitted_at` says whether a copy in hand is stale.
    """

    class Kind(models.TextChoices):
        AUDIO = "audio"
        TEXT = "text"
        JOINT = "joint"

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=5, choices=Kind)
    encoder = models.CharField(
        max_length=20,
        blank=True,
        help_text="family of the audio encoder that fills it",
    )
    model_id = models.CharField(max_length=200)
    revision = models.CharField(max_length=100, blank=True)
    dimensions = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=False)
    is_filling = models.BooleanField(
        default=False, help_text="what lacks a vector in it is being embedded"
    )
    fitted = models.JSONField(default=dict, blank=True)
    fitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("kind", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(is_current=True),
                name="catalog_space_one_current",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Embedding(models.Model):
    """A track's place in a space: a vector of unit length.

    `raw` keeps the encoder's own output where the space is standardised over the
    catalog (float32, little-endian), so that a refit needs no audio.
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="embeddings")
    space = models.ForeignKey(Space, models.CASCADE, related_name="embeddings")
    vector = VectorField()
    raw = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("space", "track"), name="catalog_embedding_space_track"
            ),
        )

    def __str__(self) -> str:
        return f"{self.track_id} in {self.space_id}"


class EmbeddingFailure(models.Model):
    """A track that an encoder couldn't take, and why: not tried again by itself."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, related_name="failures")
    reason = models.CharField(max_length=500)
    attempts = models.PositiveSmallIntegerField(default=1)
    failed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("space", "track"), name="catalog_embeddingfailure_track"
            ),
        )

    def __str__(self) -> str:
        return f"{self.track_id} in {self.space_id}: {self.reason}"


class EmbeddingAttempt(models.Model):
    """A track whose embedding was begun `count` times and came to no result yet."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("space", "track"), name="catalog_embeddingattempt_track"
            ),
        )

    def __str__(self) -> str:
        return f"{self.track_id} in {self.space_id}: begun {self.count} times"


class EmbeddingWanted(models.Model):
    """A track that is to be embedded anew. Until then its old vector serves."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, related_name="wanted")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("space", "track"), name="catalog_embeddingwanted_track"
            ),
        )

    def __str__(self) -> str:
        return f"{self.track_id} in {self.space_id}"
