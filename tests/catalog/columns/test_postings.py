"""Inverted lists."""

import numpy as np

from catalog.columns.postings import Postings, text_key, text_keys


def postings_of(*pairs):
    keys, rows = zip(*pairs, strict=True)
    return Postings.of(np.array(keys, np.int64), np.array(rows, np.int32))


def test_each_key_has_its_rows_in_order_and_once():
    postings = postings_of((7, 3), (-2, 1), (7, 0), (7, 3))

    assert postings.rows_of(7).tolist() == [0, 3]
    assert postings.rows_of(-2).tolist() == [1]


def test_an_unknown_key_has_no_rows():
    postings = postings_of((7, 3))

    assert [postings.rows_of(key).tolist() for key in (6, 8)] == [[], []]


def test_no_pairs_make_empty_postings():
    postings = Postings.of(np.zeros(0, np.int64), np.zeros(0, np.int32))

    assert postings.rows_of(1).tolist() == []


def test_the_pairs_make_the_same_postings_again():
    postings = postings_of((7, 3), (2, 1), (7, 0))

    again = Postings.of(*postings.pairs())

    assert again.keys.tolist() == [2, 7]
    assert again.rows.tolist() == [1, 0, 3]


def test_a_text_has_one_key_everywhere_and_none_is_zero():
    # Saved columns are read by other processes, so the figure itself must stay.
    assert text_key("ada") == 2811677874490880021
    assert text_keys(["ada", ""]).tolist() == [text_key("ada"), 0]
