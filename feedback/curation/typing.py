"""Django's admin classes with their models, which only the type checker can spell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from feedback.models import CurationEntry, DonatedRecord

if TYPE_CHECKING:
    RecordAdminBase = admin.ModelAdmin[DonatedRecord]
    EntryAdminBase = admin.ModelAdmin[CurationEntry]
else:
    RecordAdminBase = EntryAdminBase = admin.ModelAdmin
