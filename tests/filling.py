"""Gives a listener a row in every table that leads to one, whatever tables there are.

Values are made up from the fields, so a new model needs nothing here. Text, JSON and
keys carry the listener's mark, by which anything of theirs is found again anywhere.
"""

from __future__ import annotations

import itertools
import uuid

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from catalog.models import Track
from tests.factories import make_track, make_user

_numbers = itertools.count(1)

# What outside the listener's own tables is made with care.
MAKERS = {Track: make_track}


def listeners_models():
    """Return all models with a path of foreign keys to a listener, by label."""
    every = apps.get_models(include_auto_created=True)
    return {m._meta.label: m for m in every if m is not User and _leads(m, frozenset())}


def _leads(model, seen):
    if model is User:
        return True
    return model not in seen and any(
        _leads(field.related_model, seen | {model}) for field in _keys_of(model)
    )


def _keys_of(model):
    return [f for f in model._meta.concrete_fields if f.is_relation]


class Filled:
    """A listener and their rows: `rows` by model."""

    def __init__(self, name):
        self.mark = f"zq{name}"
        self.user = make_user(self.mark, email=f"{self.mark}@music.example")
        self.rows = {User: self.user}
        for model in listeners_models().values():
            self._row(model)
        self._close_circles()

    def _row(self, model):
        if model not in self.rows:
            self.rows[model] = model._default_manager.create(**self._values(model))
        return self.rows[model]

    def _values(self, model):
        found = {}
        for field in model._meta.concrete_fields:
            if field.primary_key and isinstance(field, models.AutoField):
                continue
            if isinstance(field, models.GeneratedField):
                continue
            if field.is_relation:
                # A row that is never changed names its listener from the first.
                if not field.null or field.related_model is User:
                    found[field.name] = self._related(field)
                continue
            value = self._value(field)
            if value is not None:
                found[field.name] = value
        return found

    def _related(self, field):
        model = field.related_model
        if model is User or _leads(model, frozenset()):
            return self._row(model)
        if model in MAKERS:
            return MAKERS[model]()
        if field.unique:  # as theirs as the row that points there
            return model._default_manager.create(**self._values(model))
        held = model._default_manager.first()
        return held or model._default_manager.create(**_Everyones()._values(model))

    def _value(self, field):
        """Return a value; None leaves the field to its default."""
        if field.choices:
            return next(value for value, _ in field.flatchoices if value != "")
        if isinstance(field, ArrayField):
            inner = self._value(field.base_field)
            return [] if inner is None else [inner]
        match field:
            case models.UUIDField():
                return uuid.uuid4()
            case models.EmailField():
                return f"{self.mark}{next(_numbers)}@music.example"
            case models.CharField() | models.TextField():
                return f"{self.mark}-{next(_numbers)}"[: field.max_length]
            case models.JSONField():
                return {"mark": self.mark}
            case models.DateTimeField():
                return timezone.now()
            case models.DateField():
                return timezone.now().date()
            case models.BooleanField():
                return False
            case models.FloatField() | models.IntegerField():
                return 1
        return None

    def _close_circles(self):
        """Fill in keys that may be empty, also those that lead round to the row itself."""
        for model, row in self.rows.items():
            for field in _keys_of(model):
                if field.null and field.related_model in self.rows:
                    setattr(row, field.name, self.rows[field.related_model])
            row.save()


class _Everyones(Filled):
    """Makes values of what belongs to nobody."""

    mark = "everyone's"

    def __init__(self):
        """Make no rows."""


def tables_with(text):
    """Return the names of all tables of the database in which a text stands anywhere."""
    names = connection.introspection.table_names()
    found = []
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{name}" AS row'  # noqa: S608
                " WHERE row::text LIKE %s)",
                [f"%{text}%"],
            )
            if cursor.fetchone()[0]:
                found.append(name)
    return found
