"""The one thing that goes wrong here, told in one sentence."""


class EmbeddedFailure(Exception):
    """The embedded servers cannot run; the message says why and what to do."""
