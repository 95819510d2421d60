"""What encoders whose model lies in a folder or on a hub share: its name, its loading.

The rule of this file: a model is loaded once, when it is first needed, and used by one
thread at a time.
"""

from __future__ import annotations

import threading
from typing import ClassVar, Generic, TypeVar

from catalog.encoders.weights import model_slug, weights_revision

Loaded = TypeVar("Loaded")


class HubModel(Generic[Loaded]):
    """A model of weights, by an id on the hub or a folder."""

    family: ClassVar[str]
    default_model: ClassVar[str]

    def __init__(self, model_id: str = "") -> None:
        """Name a model: an id on the hub, a folder, or "" for the default."""
        self.model_id = model_id or self.default_model
        self.slug = model_slug(self.family, self.model_id)
        self._model: Loaded | None = None
        self._loading = threading.Lock()
        self._encoding = threading.Lock()

    @property
    def revision(self) -> str:
        """Return which weights these are. Fetches them where they aren't here."""
        return weights_revision(self.model_id)

    def load(self) -> None:
        """Load the model now: some seconds, and 400 to 800 MB for the defaults."""
        self._loaded()

    def _load(self) -> Loaded:
        """Load the model. Raises ModelUnusable."""
        raise NotImplementedError

    def _loaded(self) -> Loaded:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model
