"""Why nothing could be measured."""


class CannotEvaluate(Exception):
    """The data can't be measured; the message says why and what to do."""
