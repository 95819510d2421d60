"""The shipped tagger reads any text, and its spans are the text's own words."""

import numpy as np
import pytest

from chat.agent.understanding.tagging.tagger import (
    WEIGHTS,
    Tagger,
    Tagging,
    UnusableWeights,
    tagger,
)
from chat.agent.understanding.tagging.words import word_places

ODD_TEXTS = (
    "songs like Sigur Rós and Mötley Crüe",
    "songs like Sigur Ro\u0301s please",  # the accent is a character of its own
    "play 🎸🎸 Nina Vale 👩‍👩‍👧",
    "ÀÉÎ ıİ ſongs by ﬁnch",
    "Songs By Żaneta\u00a0Łuć\u2028now",
    "更多 Radiohead 的歌",
    "\u202eby Nina Vale\u202c",
    "a\x00b by \ufeffNina Vale",
    "by " + "x" * 3000,
    "𝔫𝔦𝔫𝔞 𝔳𝔞𝔩𝔢",
)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_spans_are_whole_words_of_the_text(text):
    tagging = tagger().tag(text)

    starts = {start for start, _ in word_places(text)}
    ends = {end for _, end in word_places(text)}
    for tag in (*tagging.names, *tagging.slots):
        assert tag.start in starts
        assert tag.end in ends
        assert tag.of(text).strip() == tag.of(text) != ""


def test_a_name_is_found_behind_signs_of_several_bytes():
    text = "🎸🎸 👩‍👩‍👧 songs like Sigur Rós please"

    assert [tag.of(text) for tag in tagger().tag(text).names] == ["Sigur Rós"]


@pytest.mark.parametrize("text", ["", " ", "\n\t", "...", "?!", "“”"])
def test_a_text_without_words_has_no_tags(text):
    assert tagger().tag(text) == Tagging()


def test_of_a_long_text_the_beginning_is_read():
    text = "songs like Sigur Rós, " + "and something quiet for the evening, " * 140

    tagging = tagger().tag(text)

    assert "Sigur Rós" in {tag.of(text) for tag in tagging.names}
    assert all(tag.end < 1000 for tag in tagging.names)


def test_together_sentences_are_tagged_as_alone():
    texts = ["songs like Sigur Rós", "", "add Nina Vale to my road trip playlist", "!"]

    together = tagger().tag_all(texts)

    for text, tagging in zip(texts, together, strict=True):
        alone = tagger().tag(text)
        assert (tagging.names, tagging.slots) == (alone.names, alone.slots)
        assert tagging.intent == alone.intent


def test_a_missing_file_of_weights_is_told_with_what_to_do(tmp_path):
    with pytest.raises(UnusableWeights, match=r"gone\.npz.*train_tagger"):
        Tagger(tmp_path / "gone.npz").load()


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_damaged_weights_are_told_with_what_to_do(tmp_path, content):
    path = tmp_path / "tagger.npz"
    path.write_bytes(WEIGHTS.read_bytes()[:5000] if content is None else content)

    with pytest.raises(UnusableWeights, match=r"tagger\.npz.*train_tagger"):
        Tagger(path).load()


def test_weights_that_lack_a_part_or_are_of_other_shapes_are_told(tmp_path):
    with np.load(WEIGHTS) as weights:
        parts = {name: weights[name] for name in weights.files}
    lacking = tmp_path / "lacking.npz"
    np.savez(lacking, **{n: p for n, p in parts.items() if n != "intent.weight"})
    reshaped = tmp_path / "reshaped.npz"
    np.savez(reshaped, **{**parts, "intent.weight": parts["intent.weight"][:1]})

    for path in (lacking, reshaped):
        with pytest.raises(UnusableWeights, match="train_tagger"):
            Tagger(path).load()
