"""Django's admin classes with their models, which only the type checker can spell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from catalog.models import (
    Album,
    Artist,
    ArtistAlias,
    EmbeddingFailure,
    IngestItem,
    IngestRun,
    Space,
    Tag,
    Track,
    TrackArtist,
    TrackSource,
    TrainedBridge,
)

if TYPE_CHECKING:
    ArtistAdminBase = admin.ModelAdmin[Artist]
    AlbumAdminBase = admin.ModelAdmin[Album]
    TagAdminBase = admin.ModelAdmin[Tag]
    TrackAdminBase = admin.ModelAdmin[Track]
    SpaceAdminBase = admin.ModelAdmin[Space]
    FailureAdminBase = admin.ModelAdmin[EmbeddingFailure]
    BridgeAdminBase = admin.ModelAdmin[TrainedBridge]
    RunAdminBase = admin.ModelAdmin[IngestRun]
    ItemAdminBase = admin.ModelAdmin[IngestItem]
    CreditInlineBase = admin.TabularInline[TrackArtist, Track]
    SourceInlineBase = admin.TabularInline[TrackSource, Track]
    AliasInlineBase = admin.TabularInline[ArtistAlias, Artist]
else:
    ArtistAdminBase = AlbumAdminBase = TagAdminBase = admin.ModelAdmin
    TrackAdminBase = SpaceAdminBase = FailureAdminBase = admin.ModelAdmin
    RunAdminBase = ItemAdminBase = BridgeAdminBase = admin.ModelAdmin
    CreditInlineBase = SourceInlineBase = AliasInlineBase = admin.TabularInline
