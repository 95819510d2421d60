"""The project package as an app, for its system checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "personalais"
    verbose_name = "PersonalAIs"

    def ready(self) -> None:
        from personalais import checks

        checks.register_all()
