"""What belongs to a listener, table by table: each room's module `exported` tells.

A room lists its models in TABLES, and in MADE what is put together of several. All columns
of a table are written, also those to come, but for what is left out with its reason. A
test walks all models that lead to a listener, and fails for one that is in no TABLES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.module_loading import module_has_submodule

from accounts.models import User

MODULE = "exported"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A model whose rows are a listener's.

    owner: the lookup that leads from a row to them ("conversation__owner"; "pk" for
    themselves). about: what is in it, in words. left_out: fields that aren't written,
    each with why. also: lookups that are written beside the fields, for what a number
    alone wouldn't tell.
    """

    model: type[Model]
    owner: str
    about: Any
    left_out: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return its file's name: that of the table in the database."""
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        """Return what is written of each row."""
        fields = self.model._meta.concrete_fields
        return [
            *(f.attname for f in fields if f.name not in self.left_out),
            *self.also,
        ]

    def of(self, user: User) -> QuerySet[Any]:
        """Return a listener's rows, the oldest first."""
        rows = self.model._default_manager.filter(**{self.owner: user.pk})
        return rows.order_by("pk")


@dataclass(frozen=True)
class Made:
    """A file that is put together of several tables."""

    name: str
    about: Any
    rows: Callable[[User], Iterable[Row]]


def tables() -> list[Table]:
    """Return the tables of all rooms."""
    return [table for module in _modules() for table in module.TABLES]


def made() -> list[Made]:
    """Return what all rooms put together."""
    return [one for module in _modules() for one in getattr(module, "MADE", ())]


def _modules() -> list[Any]:
    return [
        import_module(f"{config.name}.{MODULE}")
        for config in apps.get_app_configs()
        if config.module and module_has_submodule(config.module, MODULE)
    ]
