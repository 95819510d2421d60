"""The forms of the chat page."""

from django import forms

from chat.models import Conversation


class TitleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A conversation's title."""

    title = forms.CharField(label="Title", max_length=120)

    class Meta:
        model = Conversation
        fields = ("title",)
