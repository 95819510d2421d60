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
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mail import mail_is_on
from accounts.models import NAME_TAKEN, User
from accounts.services import name_is_taken

# Why an address is asked for at all.
FOR_RESETS = gettext_lazy("Only to set a new password when you forget yours.")
USERNAME = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
    "autofocus": True,
}


def password_field(label: Promise, *, is_new: bool) -> forms.CharField:
    """Return a password field that password managers understand."""
    autocomplete = "new-password" if is_new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        strip=False,
        widget=widget,
        max_length=1024,
    )


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """A user name."""

    class Meta:
        model = User
        fields: tuple[str, ...] = ("username",)
        labels = {  # noqa: RUF012
            "username": gettext_lazy("User name"),
            "email": gettext_lazy("E-mail (optional)"),
        }
        help_texts = {"username": ""}  # noqa: RUF012
        error_messages = {  # noqa: RUF012
            "username": {
                "invalid": gettext_lazy(
                    "Letters, digits and @ . + - _ go; spaces and the rest don't."
                )
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= USERNAME

    def clean_username(self) -> str:
        """Refuse a name that differs from another's only in its capitals."""
        username: str = self.cleaned_data["username"]
        if name_is_taken(username, apart_from=self.instance.pk):
            raise ValidationError(NAME_TAKEN)
        return username


class SignUpForm(NameForm):
    """A user name and a password; the address is for those who want one."""

    password = password_field(gettext_lazy("Password"), is_new=True)

    class Meta(NameForm.Meta):
        fields = ("username", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = password_validators_help_texts()[0]
        if mail_is_on():
            self.fields["email"].widget.attrs["autocomplete"] = "email"
            self.fields["email"].help_text = FOR_RESETS
        else:
            del self.fields["email"]

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

    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    password = password_field(gettext_lazy("Password"), is_new=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.fields["username"].widget.attrs |= USERNAME

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "username" in data and "password" in data:
            user = authenticate(
                self.request, username=data["username"], password=data["password"]
            )
            if not isinstance(user, User):
                # One sentence for both: it must not tell which names exist.
                raise ValidationError(
                    _(
                        "This user name and password don't go together. "
                        "Mind the capitals, and try again."
                    )
                )
            self.user = user
        return data


class OwnForm(forms.Form):
    """A form about a listener, `user`."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class PasswordForm(OwnForm):
    """The password in use, from somebody who is signed in."""

    current = password_field(gettext_lazy("Current password"), is_new=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["current"].widget.attrs["autofocus"] = True

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise ValidationError(_("That is not your current password."))
        return current


class NewPasswordForm(OwnForm):
    """The password to come, from somebody who has no other or was sent a link."""

    password = password_field(gettext_lazy("New password"), is_new=True)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["password"].help_text = password_validators_help_texts()[0]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def save(self) -> User:
        """Store the password, which ends every session of theirs."""
        self.user.set_password(self.cleaned_data["password"])
        self.user.save(update_fields=["password"])
        return self.user


class ChangePasswordForm(PasswordForm, NewPasswordForm):
    """The password in use, and the one to come."""

    field_order = ("current", "password")


class EmailForm(forms.Form):
    """An address, or none."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=FOR_RESETS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


class DeleteForm(OwnForm):
    """The user name, typed by who has no password to give."""

    username = forms.CharField(
        label=gettext_lazy("Your user name"),
        max_length=150,
        widget=forms.TextInput(attrs={**USERNAME, "autocomplete": "off"}),
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username != self.user.username:
            raise ValidationError(_("That is not your user name."))
        return username


class KeyForm(forms.Form):
    """What a new key is for."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"placeholder": gettext_lazy("my terminal"), "autocomplete": "off"}
        ),
    )
