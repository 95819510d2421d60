"""The forms of the account pages."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User


def password_field(label: str, *, is_new: bool, help_text: str = "") -> forms.CharField:
    """Return a password field that password managers understand."""
    autocomplete = "new-password" if is_new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, strip=False, widget=widget, help_text=help_text, max_length=1024
    )


class SignUpForm(forms.ModelForm):  # type: ignore[type-arg]
    """A user name and a password; the address is for those who want one."""

    password = password_field("Password", is_new=True)

    class Meta:
        model = User
        fields = ("username", "email")
        labels = {"username": "User name", "email": "E-mail (optional)"}  # noqa: RUF012
        help_texts = {"username": ""}  # noqa: RUF012
        error_messages = {  # noqa: RUF012
            "username": {
                "invalid": "Letters, digits and @ . + - _ go; spaces and the rest don't."
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = password_validators_help_texts()[0]
        self.fields["username"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_username(self) -> str:
        """Refuse a name that differs from another only in its capitals."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Somebody has this name already. Try another.")
        return username

    def _post_clean(self) -> None:
        """Check the password last, since its rules look at the name as well."""
        super()._post_clean()  # type: ignore[misc]
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password", error)


class SignInForm(forms.Form):
    """A user name and its password."""

    username = forms.CharField(label="User name", max_length=150)
    password = password_field("Password", is_new=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.fields["username"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "username" in data and "password" in data:
            user = authenticate(
                self.request, username=data["username"], password=data["password"]
            )
            if not isinstance(user, User):
                # One sentence for both: it must not tell which names exist.
                raise ValidationError(
                    "This user name and password don't go together. "
                    "Mind the capitals, and try again."
                )
            self.user = user
        return data


class ChangePasswordForm(forms.Form):
    """The password in use, and the one to come."""

    current = password_field("Current password", is_new=False)
    password = password_field("New password", is_new=True)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = password_validators_help_texts()[0]
        self.fields["current"].widget.attrs["autofocus"] = True

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise ValidationError("That is not your current password.")
        return current

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class KeyForm(forms.Form):
    """What a new key is for."""

    name = forms.CharField(
        label="What is it for?",
        max_length=80,
        widget=forms.TextInput(
            attrs={"placeholder": "my terminal", "autocomplete": "off"}
        ),
    )
