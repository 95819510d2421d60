"""Conversations in the admin: that they are, not what is said in them.

What listeners write is theirs; no list, search or page here shows it.
"""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from chat.models import Conversation, Message


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
