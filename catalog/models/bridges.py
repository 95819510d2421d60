"""Bridges that were trained on what people approved of, beside the fitted ones."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from catalog.models.spaces import Space


class TrainedBridge(models.Model):
    """A bridge into a space, with how it did on people whom no choice saw.

    Its number is its key. arrays: weights and centre, packed as in `fitted.py`; those of
    the current one serve from the space's own. figures: as `bridge_comparing.Comparison`,
    with its epochs. held_out: texts of those people, each with the ids of the tracks that
    were approved of for it, by which a refit of the catalog's own bridge is compared;
    none where they mustn't stay, and are asked for then (signals.held_out_asked).
    is_offered: it was better. ended: why it is current no more, where nobody switched.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="trained_bridges")
    text_model = models.CharField(max_length=200)
    learned_from = models.CharField(max_length=100)
    seed = models.PositiveIntegerField()
    arrays = models.JSONField()
    figures = models.JSONField()
    held_out = models.JSONField()
    is_offered = models.BooleanField()
    is_current = models.BooleanField(default=False)
    before = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="which was current when this one became so; none: the catalog's own",
    )
    ended = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("space",),
                condition=Q(is_current=True),
                name="catalog_trainedbridge_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"trained bridge {self.pk}"
