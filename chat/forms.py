"""The forms of the chat page."""

from django import forms
from django.utils.translation import gettext_lazy

TITLE_RULE = gettext_lazy("A title has 1 to 120 characters.")


class TitleForm(forms.Form):
    """A conversation's title."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        error_messages={"required": TITLE_RULE, "max_length": TITLE_RULE},
    )
