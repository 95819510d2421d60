"""Which version of what artists are known for the catalog's documents speak of."""

from __future__ import annotations

from django.db import models


class Hearsay(models.Model):
    """How far documents were written anew with a version of the known artists.

    One row at most. `upto`: tracks up to this key are done; null when all are.
    """

    version = models.CharField(max_length=16)
    upto = models.PositiveBigIntegerField(null=True, default=0)

    class Meta:
        verbose_name_plural = "hearsay"

    def __str__(self) -> str:
        where = "done" if self.upto is None else f"up to track {self.upto}"
        return f"known artists {self.version}, {where}"
