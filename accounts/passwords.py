"""Django's password rules, told in a friendlier voice.

The rules are Django's own; only the words that a listener reads are ours.
"""

from django.contrib.auth import password_validation as rules


class LongEnough(rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return f"A little longer, please: {self.min_length} characters or more."

    def get_help_text(self) -> str:
        return f"{self.min_length} characters or more. A few words in a row work well."


class UnlikeTheUser(rules.UserAttributeSimilarityValidator):
    """Not the user name or e-mail address again."""

    def get_error_message(self) -> str:
        return "That is very close to your %(verbose_name)s. Try something else."


class Uncommon(rules.CommonPasswordValidator):
    """Not one of the 20 000 that are tried first."""

    def get_error_message(self) -> str:
        return "Many people use that one, so it is guessed early. Try another."


class NotOnlyDigits(rules.NumericPasswordValidator):
    """More than a number."""

    def get_error_message(self) -> str:
        return "Digits alone are quick to guess. Add some letters."
