"""Why rows can't become one."""


class MergeRefused(Exception):
    """Nothing was merged; the message says why, in a sentence."""
