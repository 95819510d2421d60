"""What the bands are given to play."""

import pytest

from catalog.demo.library import demo_tracks
from catalog.demo.synth.form import make_form
from catalog.demo.synth.grooves import GROOVES
from catalog.demo.synth.harmony import read_chord, read_progression, voice_chord
from catalog.demo.synth.melody import CELLS
from catalog.demo.synth.notes import read_cell
from catalog.demo.synth.pads import PADS
from catalog.demo.synth.render import form_of
from catalog.demo.synth.score import Mood, write_score
from catalog.demo.synth.styles import STYLES
from catalog.demo.synth.timbres import TIMBRES


def write(track):
    mood = Mood(track.pitch_class, track.is_major, track.drive, track.lightness)
    form = form_of(track.style, track.tempo_bpm)
    return write_score(STYLES[track.style], form, mood, track.slug)


def test_numerals_are_read_against_a_tonic():
    assert read_chord("V7", 0).pitch_classes == (7, 11, 2, 5)
    assert read_chord("bVI", 9).pitch_classes == (5, 9, 0)
    assert read_chord("iim7b5", 0).pitch_classes == (2, 5, 8, 0)
    with pytest.raises(ValueError, match="numeral"):
        read_chord("H", 0)


def test_every_style_can_be_read_and_has_instruments_that_exist():
    for style in STYLES.values():
        for text in (*style.major, *style.minor):
            assert read_progression(text, 3)
        voices = [layer.voice for layer in style.layers]
        voices += style.lead.voices if style.lead else ()
        voices += [style.low_voice] if style.low_voice else []
        assert set(voices) <= TIMBRES.keys() | PADS.keys(), style.slug
        assert style.groove in GROOVES


def test_cells_divide_a_bar_evenly():
    lengths = {1, 2, 3, 4, 6, 8, 12, 16, 32}
    texts = [cell for family in CELLS.values() for cell in family]
    for groove in GROOVES.values():
        for level in (1, 2, 3):
            texts += groove.cells(level).values()
        texts += groove.fill.values()
    for style in STYLES.values():
        texts += [layer.cells for layer in style.layers if layer.cells]
        texts += [style.low_cells] if style.low_cells not in ("", "walk") else []

    for text in texts:
        for cell in text.split("/"):
            signs = cell.replace(" ", "").replace("|", "")
            assert len(signs) in lengths, cell


def test_a_hold_lengthens_and_a_rest_does_not():
    first, second = read_cell("x--. x...")

    assert (first.start, first.length) == (0.0, 3 / 8)
    assert (second.start, second.length) == (0.5, 1 / 8)


def test_hands_move_little_between_chords():
    home = voice_chord(read_chord("I", 0), (), 60, 3)
    away = voice_chord(read_chord("IV", 0), home, 60, 3)

    assert sum(abs(a - b) for a, b in zip(home, away, strict=True)) <= 5


def test_swing_delays_the_off_beat_only():
    form = make_form(120, 4, swing=2 / 3)

    assert form.seconds_at(1.0) == pytest.approx(0.5)
    assert form.seconds_at(1.5) == pytest.approx(0.5 + 1 / 3)


def test_a_piece_unfolds_in_sections_and_ends_on_one_chord():
    for tempo_bpm in (52, 76, 98, 124, 174, 208):
        form = make_form(tempo_bpm, 4)
        names = [bar.section for bar in form.bars if bar.is_start]

        assert names == ["intro", "main", "break", "final", "end"]
        assert form.bars[-1].section == "end"
        assert 20 <= form.duration_s <= 32


def test_drums_strike_on_the_grid_of_the_declared_tempo():
    track = next(t for t in demo_tracks() if t.style == "piano house")
    score = write(track)

    kicks = [hit.beat for hit in score.hits if hit.drum == "house kick"]
    assert len(kicks) > 30
    assert all(beat == round(beat) for beat in kicks)
    assert score.form.beat_s == pytest.approx(60 / track.tempo_bpm)


def test_the_last_chord_is_the_tonic_in_the_declared_mode():
    for track in demo_tracks()[:60]:
        score = write(track)
        last_bar = (len(score.form.bars) - 1) * score.form.beats_per_bar
        final = {
            note.midi % 12
            for part in score.parts
            for note in part.notes
            if note.beat >= last_bar
        }
        third = 4 if track.is_major else 3

        assert track.pitch_class in final, track.slug
        if STYLES[track.style].genre not in ("metal", "punk"):  # bare fifths
            assert (track.pitch_class + third) % 12 in final, track.slug


def test_melodies_rest_and_return():
    track = next(t for t in demo_tracks() if t.style == "indie folk")
    score = write(track)

    lead = score.parts[-2:]
    notes = sorted((n for part in lead for n in part.notes), key=lambda n: n.beat)
    gaps = [b.beat - a.beat - a.beats for a, b in zip(notes, notes[1:], strict=False)]
    bars: dict[float, list[float]] = {}
    for note in notes:
        bar, place = divmod(note.beat, 4)
        bars.setdefault(bar, []).append(place)
    rhythms = [tuple(places) for places in bars.values()]
    assert max(gaps) >= 0.5
    assert len(set(rhythms)) < len(rhythms)
