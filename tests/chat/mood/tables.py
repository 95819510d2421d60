"""A small table of EmoBank's shape, of sentences made for the tests."""

import csv

GLAD = ("We won the {0}!", "I love my {0}.", "The {0} made everyone laugh and dance!")
SAD = ("I lost my {0} and cried.", "The {0} died.", "Nobody came, and the {0} burnt.")
PLAIN = ("The {0} stands there.", "This is a {0}.", "It is made like a {0}.")
THINGS = ("cup", "dog", "house", "song", "garden", "boat", "cake", "letter")


def make_rows():
    """Return rows of all three splits."""
    rows = []
    for number, thing in enumerate(THINGS):
        for patterns, valence, arousal in (
            (GLAD, 4.2, 3.8),
            (SAD, 1.8, 3.4),
            (PLAIN, 3.0, 2.6),
        ):
            for part, pattern in enumerate(patterns):
                rows.append(
                    {
                        "id": f"{number}_{part}",
                        "split": ("train", "train", "dev", "test")[number % 4],
                        "V": valence + part / 10,
                        "A": arousal,
                        "D": 3.0,
                        "text": pattern.format(thing),
                    }
                )
    return rows


def write_table(path, rows):
    """Write rows as a CSV file. Returns its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path
