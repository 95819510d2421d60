"""Reads that a list is to be put in order for mixing: "make the transitions smooth"."""

from __future__ import annotations

import re

_ORDERS = (
    r"(?:sort|order|arrange|rank|reorder|organi[sz]e|sequence|line up|put|mix|blend)"
)
_IT = r"(?:it|this|that|them|these|everything|(?:the |my |this )?(?:songs|tracks|(?:play)?list|set|mix))"
_KEYS = r"(?:(?:musical |harmonic )?keys?|camelot(?: wheel| keys?| numbers?)?|harmony)"
_TEMPOS = r"(?:tempos?|tempi|bpms?|speed|beats?)"
_SMOOTH = r"(?:smooth(?:er|ly)?|seamless(?:ly)?|clean|flowing|harmonic|natural)"
_PASSES = r"(?:transitions?|segues?|changeovers?|changes? from song to song)"
_SAYS = re.compile(
    rf"\b(?:please )?{_ORDERS} (?:{_IT} )?(?:(?:in an? order |so (?:that )?it is )?(?:good |ready |right )?for (?:dj(?:ing|s)?(?: |-)?)?(?:mixing|a dj|djing|a mix)"
    rf"|by (?:the |their |its )?(?:{_KEYS}(?:(?: and|,| then|/| &) (?:by )?(?:the )?{_TEMPOS})?|{_TEMPOS}(?: and|,| then|/| &) (?:by )?(?:the )?{_KEYS})"
    rf"|harmonically|in key|like a dj(?: would)?|(?:in|into) (?:a )?(?:dj|mixing|harmonic) order)(?: please)?"
    rf"|\b(?:(?:make|with|and|have|give (?:it|me)|keep|i want|use) )*(?:the |its |all |more )*(?:{_SMOOTH} {_PASSES}|{_PASSES} (?:be |to be |more )?{_SMOOTH})"
    rf"|\b(?:(?:with|use|do|in|by) )*harmonic mixing(?: order)?"
    rf"|\b(?:make|let) {_IT} (?:flow|segue)(?: (?:better|smoothly|into each other|nicely|well|from song to song))*(?=$|[,.!?]| and| please)"
    rf"|\bbeat[- ]?match(?: {_IT})?\b"
)


def mix_said(plain: str) -> tuple[int, int] | None:
    """Return where a message in lower case asks for an order for mixing, or None."""
    match = _SAYS.search(plain)
    return match.span() if match else None
