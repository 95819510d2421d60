"""Conversations in the admin: that they are, not what is said in them.

What listeners write is theirs; no list, search or page here shows it.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse

from chat.agent.llm.spending import llm_days
from chat.models import Conversation, LLMCall, Message

DAYS_SUMMED = 14


@admin.register(Conversation)
class ConversationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who talks how much, and since when."""

    list_display = ("uuid", "owner", "message_count", "created_at", "updated_at")
    list_select_related = ("owner",)
    search_fields = ("=uuid", "owner__username")
    date_hierarchy = "updated_at"
    fields = ("uuid", "owner", "last_seq", "created_at", "updated_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        queryset: QuerySet[Conversation] = super().get_queryset(request)
        return queryset.annotate(said=Count("messages"))

    @admin.display(description="messages", ordering="said")
    def message_count(self, conversation: Conversation) -> int:
        said: int = getattr(conversation, "said", 0)
        return said

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Conversation | None = None
    ) -> bool:
        return False


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How replies ended and how long they took."""

    list_display = ("uuid", "owner", "status", "created_at", "finished_at")
    list_select_related = ("conversation__owner",)
    list_filter = ("status",)
    search_fields = ("=uuid", "conversation__owner__username")
    fields = ("uuid", "owner", "status", "created_at", "finished_at")
    readonly_fields = fields

    @admin.display(description="listener", ordering="conversation__owner")
    def owner(self, message: Message) -> str:
        return str(message.conversation.owner)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Message | None = None
    ) -> bool:
        return False


@admin.register(LLMCall)
class LLMCallAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How long language models took, for whom, at what cost; and the sums of days."""

    change_list_template = "admin/chat/llmcall/change_list.html"
    list_display = (
        "started_at",
        "user",
        "model",
        "outcome",
        "round_number",
        "first_token_ms",
        "total_ms",
        "tokens_in",
        "tokens_out",
        "is_estimated",
    )
    list_select_related = ("user",)
    list_filter = ("outcome", "is_estimated")
    search_fields = ("user__username", "=model")
    date_hierarchy = "started_at"
    fields = (*list_display, "conversation")
    readonly_fields = fields

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list below the sums of the last days."""
        sums = {"days": llm_days(DAYS_SUMMED)}
        return super().changelist_view(request, {**(extra_context or {}), **sums})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: LLMCall | None = None
    ) -> bool:
        return False
