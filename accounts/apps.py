from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Begin to notice when access ends."""
        import accounts.endings  # noqa: F401
