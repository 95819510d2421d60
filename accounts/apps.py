from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Begin to notice when access begins and ends."""
        import accounts.endings
        import accounts.sessions  # noqa: F401
