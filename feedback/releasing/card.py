"""The data card: what a release holds, how it came about, and what it can't tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from django.template.loader import render_to_string

from feedback.releasing.parts import NAMES
from feedback.releasing.rows import COLUMNS

# As the `datasets` library's hub sorts sets by size.
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"))
_LARGEST = "n>100K"


def card_text(
    *, number: int, licence: str, floor: int, facts: Mapping[str, Any]
) -> str:
    """Return README.md: a YAML header that the `datasets` library reads, and the text.

    facts: as `facts_of` counts them.
    """
    parts = [name for name in NAMES if facts["parts"][name]["rows"]]
    rows = sum(facts["parts"][name]["rows"] for name in parts)
    header = {
        "pretty_name": f"PersonalAIs feedback, release {number}",
        "license": licence,
        "language": sorted(facts["languages"]),
        "task_categories": ["text-retrieval"],
        "tags": ["music", "recommendation", "playlists", "feedback"],
        "size_categories": [
            next((size for end, size in _SIZES if rows < end), _LARGEST)
        ],
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": part, "path": f"data/{part}.parquet"} for part in parts
                ],
            }
        ],
    }
    head = yaml.safe_dump(header, sort_keys=False, allow_unicode=True)
    context = {
        "number": number,
        "licence": licence,
        "floor": floor,
        "facts": facts,
        "columns": COLUMNS,
        "versions": ", ".join(map(str, facts["consent_versions"])),
        "parts": [(name, facts["parts"][name]) for name in NAMES],
        "empty": [
            why_empty(name, facts["parts"][name]["given_by"], floor=floor)
            for name in NAMES
            if name not in parts
        ],
        "rows": rows,
    }
    body = render_to_string("feedback/release_card.md", context)
    return f"---\n{head}---\n\n{body}"


def why_empty(name: str, people: int, *, floor: int) -> str:
    """Say why a part has no rows. people: those who gave to it."""
    if people < floor:
        return (
            f"`{name}` is empty: fewer than {floor} of the people who gave are in it,"
            " and what fewer share is held back."
        )
    return (
        f"`{name}` is empty: {people} of the people who gave are in it, and nothing is"
        f" shared by {floor} of them."
    )


def card_body(card: str) -> str:
    """Return the text of a card without its header."""
    return card.split("\n---\n", 1)[1].lstrip()
