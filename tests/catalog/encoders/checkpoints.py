"""Tiny models of the true architectures, random, in the hub's layout of files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from catalog.audio.excerpts import Excerpts

MERT_CONFIG = {
    # As m-a-p/MERT-v1-95M says it, but for the sizes.
    "architectures": ["MERTModel"],
    "attention_relax": -1.0,
    "auto_map": {"AutoModel": "modeling_MERT.MERTModel"},
    "conv_dim": [8] * 7,
    "conv_kernel": [10, 3, 3, 3, 3, 2, 2],
    "conv_stride": [5, 2, 2, 2, 2, 2, 2],
    "deepnorm": False,
    "do_stable_layer_norm": False,
    "feature_extractor_cqt": False,
    "feature_extractor_cqt_bins": 336,
    "hidden_size": 16,
    "intermediate_size": 32,
    "layerdrop": 0.05,
    "mask_time_prob": 0.05,
    "model_type": "mert_model",
    "num_attention_heads": 2,
    "num_conv_pos_embedding_groups": 2,
    "num_conv_pos_embeddings": 8,
    "num_hidden_layers": 2,
    "sample_rate": 24000,
}


def make_mert(folder: Path, *, seed=1, changed=None, **config) -> Path:
    """Write a tiny MERT: pickled weights with the hub's key names.

    changed: a function of the weights by key, to spoil them.
    """
    import torch
    from transformers import HubertConfig, HubertModel

    said: dict[str, Any] = MERT_CONFIG | config
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(said))
    (folder / "preprocessor_config.json").write_text(
        json.dumps(
            {
                "do_normalize": True,
                "feature_extractor_type": "Wav2Vec2FeatureExtractor",
                "feature_size": 1,
                "padding_side": "right",
                "padding_value": 0,
                "return_attention_mask": True,
                "sampling_rate": 24000,
            }
        )
    )
    torch.manual_seed(seed)
    names = HubertConfig().to_dict().keys() - {"model_type"}
    model = HubertModel(HubertConfig(**{n: v for n, v in said.items() if n in names}))
    weights = {
        key.replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v"
        ): value
        for key, value in model.state_dict().items()
    }
    if changed:
        changed(weights)
    torch.save(weights, folder / "pytorch_model.bin")
    return folder


def make_clap(folder: Path, *, seed=1, is_fused=False) -> Path:
    """Write a tiny CLAP with its tokenizer, as transformers saves it."""
    import torch
    from transformers import (
        ClapConfig,
        ClapFeatureExtractor,
        ClapModel,
        ClapProcessor,
        RobertaTokenizer,
    )
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    letters = "abcdefghijklmnopqrstuvwxyzĠ,.'"
    vocab = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": 4}
    vocab |= {letter: 5 + n for n, letter in enumerate(letters)}
    tokenizer = RobertaTokenizer(vocab=vocab, merges=[], model_max_length=40)
    config = ClapConfig(
        text_config={
            "vocab_size": len(vocab),
            "hidden_size": 16,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "intermediate_size": 32,
            "max_position_embeddings": 64,
            "projection_dim": 24,
        },
        audio_config={
            "patch_embeds_hidden_size": 8,
            "hidden_size": 64,
            "depths": [1, 1, 1, 1],
            "num_attention_heads": [1, 1, 1, 1],
            "projection_dim": 24,
            "enable_fusion": is_fused,
        },
        projection_dim=24,
    )
    torch.manual_seed(seed)
    ClapModel(config).save_pretrained(folder)
    ClapProcessor(
        ClapFeatureExtractor(truncation="fusion" if is_fused else "rand_trunc"),
        tokenizer,
    ).save_pretrained(folder)
    # The hub's models have the extractor's values in a file of their own.
    extractor = ClapFeatureExtractor(truncation="fusion" if is_fused else "rand_trunc")
    extractor.save_pretrained(folder)
    return folder


def make_heard(*, rate_hz, seconds, seed=1) -> Excerpts:
    """Make windows of these lengths, whose tones follow the seed."""
    chance = np.random.default_rng(seed)
    windows: list[np.ndarray] = []
    for length in seconds:
        t = np.arange(round(length * rate_hz)) / rate_hz
        tone = np.sin(2 * np.pi * (110 * seed + 40 * len(windows)) * t)
        noise = chance.normal(size=t.size)
        windows.append((0.2 * tone + 0.05 * noise).astype(np.float32))
    return Excerpts(tuple(windows), rate_hz, round(1000 * sum(seconds)))
