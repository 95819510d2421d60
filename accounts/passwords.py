"""Django's password rules, told in a friendlier voice.

The rules are Django's own; only the words that a listener reads are ours.
"""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class LongEnough(rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        told = _("A little longer, please: %(count)s characters or more.")
        return told % {"count": self.min_length}

    def get_help_text(self) -> str:
        told = _("%(count)s characters or more. A few words in a row work well.")
        return told % {"count": self.min_length}


class UnlikeTheUser(rules.UserAttributeSimilarityValidator):
    """Not the user name or e-mail address again."""

    def get_error_message(self) -> str:
        return _("That is very close to your %(verbose_name)s. Try something else.")


class Uncommon(rules.CommonPasswordValidator):
    """Not one of the 20 000 that are tried first."""

    def get_error_message(self) -> str:
        return _("Many people use that one, so it is guessed early. Try another.")


class NotOnlyDigits(rules.NumericPasswordValidator):
    """More than a number."""

    def get_error_message(self) -> str:
        return _("Digits alone are quick to guess. Add some letters.")
