"""Which encoders are in use. Importing this loads no model."""

from __future__ import annotations

from catalog.encoders.protocol import AudioEncoder


def audio_encoder() -> AudioEncoder:
    """Return the audio encoder in use."""
    from catalog.encoders.descriptors import DescriptorsEncoder

    return DescriptorsEncoder()
