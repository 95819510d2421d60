"""Where a model's files are, and which weights they hold.

The rule of this file: of a hub only data is fetched (JSON, vocabularies, weights),
never code, and what can't be had or doesn't fit is told in one sentence that says what
to do.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

CONFIG, PREPROCESSOR = "config.json", "preprocessor_config.json"
SAFE_WEIGHTS, PICKLED_WEIGHTS = "model.safetensors", "pytorch_model.bin"
WHAT_TO_DO = (
    "Set AUDIO_MODEL to a folder that holds the model's files, or "
    "AUDIO_ENCODER=descriptors."
)
# As many letters of the digest as tell the weights of one model apart.
REVISION_LETTERS = 12
# A search needn't wait for a hub that couldn't be reached for the search before it.
RETRY_AFTER_S = 300.0


class ModelUnusable(Exception):
    """A model can't be had or doesn't fit; the message says what to do."""

    def __init__(self, model_id: str, reason: str) -> None:
        super().__init__(
            f"The audio model {model_id!r} can't be used: {reason} {WHAT_TO_DO}"
        )


@dataclass
class _Miss:
    """The last time that a hub couldn't give a model, in seconds of the clock."""

    reason: str = ""
    at_s: float = 0.0

    @property
    def is_fresh(self) -> bool:
        return bool(self.reason) and 0 <= time.time() - self.at_s < RETRY_AFTER_S


@lru_cache(maxsize=8)
def _last_miss(model_id: str) -> _Miss:
    """Return what this process remembers of asking a hub in vain, to be written to."""
    return _Miss()


@lru_cache(maxsize=8)
def model_folder(model_id: str) -> Path:
    """Return the folder of a model's files, fetched from the hub if it isn't one.

    model_id: a folder, or an id on the Hugging Face hub, whose files are kept in the
    hub's own cache (HF_HOME) and are not asked for again where the network is away.
    Raises ModelUnusable, which for a hub that failed holds for RETRY_AFTER_S without
    asking it again. The first call for an id takes as long as its weights do.
    """
    folder = Path(model_id).expanduser()
    if not folder.is_dir():
        folder = _fetched(model_id)
    for name in (CONFIG, PREPROCESSOR):
        if not (folder / name).is_file():
            raise ModelUnusable(model_id, f"there is no {name} in {folder}.")
    if not any((folder / name).is_file() for name in (SAFE_WEIGHTS, PICKLED_WEIGHTS)):
        raise ModelUnusable(
            model_id, f"there is no {SAFE_WEIGHTS} or {PICKLED_WEIGHTS} in {folder}."
        )
    return folder


def _fetched(model_id: str) -> Path:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", model_id):
        raise ModelUnusable(model_id, "it is neither a folder nor an id of the hub.")
    miss = _last_miss(model_id)
    if miss.is_fresh:
        raise ModelUnusable(model_id, miss.reason)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        got = snapshot_download(model_id, allow_patterns=["*.json", "*.txt"])
        if not (Path(got) / SAFE_WEIGHTS).is_file():
            got = snapshot_download(model_id, allow_patterns=[SAFE_WEIGHTS])
        if not (Path(got) / SAFE_WEIGHTS).is_file():
            got = snapshot_download(model_id, allow_patterns=[PICKLED_WEIGHTS])
    except (OSError, ValueError, HfHubHTTPError) as error:
        miss.reason = (
            "it is no folder here, and the hub couldn't be asked for it "
            f"({type(error).__name__})."
        )
        miss.at_s = time.time()
        raise ModelUnusable(model_id, miss.reason) from error
    return Path(got)


def read_json(model_id: str, name: str) -> dict[str, Any]:
    """Return one of a model's JSON files. Raises ModelUnusable."""
    path = model_folder(model_id) / name
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnusable(model_id, f"{path} can't be read as JSON.") from error
    if not isinstance(found, dict):
        raise ModelUnusable(model_id, f"{path} holds no JSON object.")
    return found


def weights_file(model_id: str) -> Path:
    """Return the file of a model's weights. Raises ModelUnusable."""
    folder = model_folder(model_id)
    safe = folder / SAFE_WEIGHTS
    return safe if safe.is_file() else folder / PICKLED_WEIGHTS


@lru_cache(maxsize=8)
def weights_revision(model_id: str) -> str:
    """Return a digest of a model's weights: the same from the hub and from a folder.

    Reads the file once a process: about a second for 400 MB.
    """
    with weights_file(model_id).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:REVISION_LETTERS]


def read_weights(model_id: str) -> dict[str, torch.Tensor]:
    """Return a model's weights by key. Unpickles nothing but tensors.

    Raises ModelUnusable where the file is damaged.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    path = weights_file(model_id)
    try:
        if path.name == SAFE_WEIGHTS:
            return load_file(path)
        found: dict[str, torch.Tensor] = torch.load(
            path, map_location="cpu", weights_only=True
        )
    except (OSError, RuntimeError, SafetensorError, ValueError, EOFError) as error:
        raise ModelUnusable(model_id, f"{path} can't be read as weights.") from error
    except Exception as error:
        # pickle's own errors share no class with the others.
        if type(error).__module__ in ("_pickle", "pickle"):
            raise ModelUnusable(model_id, f"{path} holds no weights.") from error
        raise
    return found


def refuse_other_keys(
    model_id: str, *, missing: set[str], unexpected: set[str]
) -> None:
    """Raise ModelUnusable where weights lack keys or have others.

    A layer without its weights would be left random, and nobody would know.
    """
    parts = [
        f"{len(keys)} {what} ({', '.join(sorted(keys)[:3])}, …)"
        for what, keys in (("are missing", missing), ("are not its own", unexpected))
        if keys
    ]
    if parts:
        raise ModelUnusable(model_id, f"of its weights {' and '.join(parts)}.")


def model_slug(family: str, model_id: str) -> str:
    """Return a space's slug for a model: "mert-v1-95m", "clap-my-folder"."""
    name = re.sub(r"[^a-z0-9]+", "-", Path(model_id).name.lower()).strip("-")
    return (name if family in name else f"{family}-{name}")[:60].strip("-")


def torch_device() -> tuple[torch.device, torch.dtype]:
    """Return where models run: on a GPU in half precision, else on the CPU."""
    import torch

    if not torch.cuda.is_available():
        return torch.device("cpu"), torch.float32
    half = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    return torch.device("cuda"), half
