"""How well real requests for music are understood: MusicRecoIntent's spans, exactly."""

from chat.evaluation.requests.report import HELP, add_arguments, run

__all__ = ["HELP", "add_arguments", "run"]
