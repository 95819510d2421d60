"""How features are weighed against each other, before they are compared."""

import numpy as np

from catalog.encoders.descriptors import (
    AXIS_NAMES,
    DescriptorsEncoder,
    descriptors_layout,
    feature_names,
)
from catalog.encoders.protocol import Layout
from catalog.standardising import scale_fit


def make_rows(count=400, *, seed=1):
    """Four features that say the same with some noise, and two of their own."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(count, 1)) + 0.1 * rng.normal(size=(count, 4))
    return np.hstack([shared, rng.normal(size=(count, 2))]) * 10.0 ** np.arange(6)


def directions(rows, layout):
    """Return (d, d): how places vary together, for features in deviations."""
    scale = scale_fit(lambda: [rows], layout=layout)
    values = scale.standardised(rows)
    values = values if scale.turn is None else values @ scale.turn
    return values.T @ values / len(rows)


def test_features_that_say_the_same_count_evenly_over_what_they_tell_apart():
    rows = make_rows(count=20_000)

    plain = np.linalg.eigvalsh(directions(rows, None))
    white = np.linalg.eigvalsh(directions(rows, Layout(blocks=(4, 1, 1))))

    assert plain.max() > 3.8
    assert white.max() < 1.5
    assert np.isclose(white.sum(), 6, atol=0.2)


def test_an_axis_takes_its_share_of_all_variance():
    axis = np.array([0, 0, 0, 0, 1.0, 0])
    layout = Layout(blocks=(4, 1, 1), axes=(axis,), axes_share=0.5)

    together = directions(make_rows(), layout)

    assert together[4, 4] / np.trace(together) > 0.5


def test_parts_give_the_same_scale_as_the_whole():
    rows, layout = make_rows(), Layout(blocks=(4, 2))
    whole = scale_fit(lambda: [rows], layout=layout)

    parts = scale_fit(lambda: np.array_split(rows, 7), layout=layout)

    assert np.allclose(whole.place(rows), parts.place(rows), atol=1e-6)


def test_a_feature_that_never_varies_and_few_rows_leave_all_finite():
    rows = make_rows(count=3)
    rows[:, :4] = 7.0

    scale = scale_fit(lambda: [rows], layout=Layout(blocks=(4, 2)))

    assert np.isfinite(scale.place(make_rows(count=5))).all()
    assert scale_fit(lambda: [rows[:1]], layout=None) is None


def test_the_layout_of_the_descriptors_names_each_of_their_features_once():
    layout = descriptors_layout()

    assert sum(layout.blocks) == DescriptorsEncoder.dimensions
    assert len(set(feature_names())) == DescriptorsEncoder.dimensions
    assert len(layout.axes) == len(AXIS_NAMES)


def test_the_axes_know_major_from_minor_and_busy_from_calm():
    valence, arousal = (
        dict(zip(feature_names(), axis, strict=True))
        for axis in descriptors_layout().axes
    )

    assert sum(valence[f"mode.contrast.{place}"] for place in range(5)) > 0
    assert valence["tonal.key.2"] > 0
    assert arousal["rhythm.onsets.0"] > 0
    assert arousal["rhythm.onsets.1"] > 0
