"""The forms of the chat page."""

from django import forms

TITLE_RULE = "A title has 1 to 120 characters."


class TitleForm(forms.Form):
    """A conversation's title."""

    title = forms.CharField(
        label="Title",
        max_length=120,
        error_messages={"required": TITLE_RULE, "max_length": TITLE_RULE},
    )
