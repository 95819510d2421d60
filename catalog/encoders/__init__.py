"""Which encoders are in use. Importing this loads no model."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from catalog.encoders.protocol import AudioEncoder, Layout

if TYPE_CHECKING:
    from catalog.encoders.clap import ClapEncoder

FAMILIES = ("descriptors", "clap", "mert")


def audio_encoder() -> AudioEncoder:
    """Return the encoder that AUDIO_ENCODER and AUDIO_MODEL name. Loads nothing."""
    family: Any = getattr(settings, "AUDIO_ENCODER", "descriptors")
    model: Any = getattr(settings, "AUDIO_MODEL", "")
    return audio_encoder_of(str(family), str(model or ""))


def audio_encoder_of(family: str, model_id: str = "") -> AudioEncoder:
    """Return this process's encoder of a family and model. Loads nothing.

    model_id: a hub id or a folder; "" for the family's default. Raises ValueError for
    a family that isn't in FAMILIES.
    """
    match family:
        case "descriptors":
            from catalog.encoders.descriptors import DescriptorsEncoder

            return DescriptorsEncoder()
        case "clap":
            return _clap(model_id)
        case "mert":
            return _mert(model_id)
    raise ValueError(f"{family!r} is no audio encoder: {', '.join(FAMILIES)} are")


def layout_of(family: str, revision: str) -> Layout | None:
    """Return how features are weighed in the space of a family's revision.

    None where all count alike. Loads nothing.
    """
    if family != "descriptors":
        return None
    from catalog.encoders.descriptors import DescriptorsEncoder, descriptors_layout

    # Spaces of earlier revisions stay as they were.
    is_present = revision == DescriptorsEncoder.revision
    return descriptors_layout() if is_present else None


def revisions_alike(family: str, revision: str) -> tuple[str, ...]:
    """Return earlier revisions of a family whose raw features are the same as of one.

    Empty where there is none. Loads nothing.
    """
    if family != "descriptors":
        return ()
    from catalog.encoders.descriptors import SAME_FEATURES_AS, DescriptorsEncoder

    return SAME_FEATURES_AS if revision == DescriptorsEncoder.revision else ()


def joint_encoder_of(family: str, model_id: str) -> ClapEncoder | None:
    """Return the encoder if its family takes words as well as sound, else None."""
    return _clap(model_id) if family == "clap" else None


def _clap(model_id: str) -> ClapEncoder:
    from catalog.encoders.clap import DEFAULT_MODEL

    return _clap_of(model_id or DEFAULT_MODEL)


def _mert(model_id: str) -> AudioEncoder:
    from catalog.encoders.mert import DEFAULT_MODEL

    return _mert_of(model_id or DEFAULT_MODEL)


# One encoder a model, so that each is loaded once a process.
@lru_cache(maxsize=4)
def _clap_of(model_id: str) -> ClapEncoder:
    from catalog.encoders.clap import ClapEncoder

    return ClapEncoder(model_id)


@lru_cache(maxsize=4)
def _mert_of(model_id: str) -> AudioEncoder:
    from catalog.encoders.mert import MertEncoder

    return MertEncoder(model_id)
