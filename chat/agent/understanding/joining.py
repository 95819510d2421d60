"""Puts acts in a row, where two that say one thing become one."""

from __future__ import annotations

from dataclasses import replace

from chat.agent.understanding.pointing import Reference, TheRest
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Arrange,
    Ask,
    KeepOnly,
    ReactTo,
    Resize,
    Shift,
    TakeOut,
)
from chat.agent.understanding.wanted import joined
from chat.agent.understanding.wish import (
    Wanted,
)


def append_act(acts: list[Act], act: Act) -> None:
    """Add an act; two wishes in a row for what to find or to move become one."""
    before = acts[-1] if acts else None
    match before, act:
        case Ask(), Ask():
            acts[-1] = replace(before, wanted=joined(before.wanted, act.wanted))
        case Arrange(by=by), Arrange(by=again) if by == again and by != "reverse":
            acts[-1] = act
        case Resize(count=None, minutes=None, direction=-1 | 1), Resize(direction=0):
            acts[-1] = act
        case AddSome(), AddSome() if _is_number(act) and before.wanted.count is None:
            acts[-1] = replace(
                before, wanted=replace(before.wanted, count=act.wanted.count)
            )
        case Arrange(by=by), Arrange(by="reverse") if by != "reverse":
            acts[-1] = Arrange(by, not before.is_descending)
        case Ask(wanted=wanted), Resize(direction=0) if _may_size(wanted, act):
            acts[-1] = replace(before, wanted=_sized(wanted, act))
        case Resize(direction=0), Ask(wanted=wanted) if _may_size(wanted, before):
            acts[-1] = replace(act, wanted=_sized(wanted, before))
        case Resize(direction=0), Resize(direction=0) if not (
            before.count and act.count
        ):
            count, minutes = before.count or act.count, before.minutes or act.minutes
            acts[-1] = Resize(count, minutes, 0)
        case AddSome(), Ask() if act.wanted.count:
            acts.append(AddSome(act.wanted, ()))
        case AddSome(), Ask():
            acts[-1] = replace(before, wanted=joined(before.wanted, act.wanted))
        case Shift(), Shift():
            leanings = tuple(dict.fromkeys((*before.leanings, *act.leanings)))
            acts[-1] = Shift(f"{before.phrase} and {act.phrase}", leanings)
        case TakeOut(is_together=False, count=None), TakeOut(
            is_together=False, count=None
        ) if _may_join(before, act):
            both = joined(before.wanted, act.wanted)
            acts[-1] = TakeOut(both, (*before.references, *act.references))
        case KeepOnly(), TakeOut(wanted=wanted, references=(TheRest(),)) if (
            wanted.is_empty
        ):
            pass  # "Keep the first three and drop the rest" is said twice.
        case _, TakeOut(references=references) | ReactTo(references=references) if (
            TheRest() in references and before is not None
        ):
            acts.append(replace(act, references=_others(before, references)))
        case _:
            acts.append(act)


def _may_join(before: TakeOut, act: TakeOut) -> bool:
    return TheRest() not in (*before.references, *act.references)


def _others(before: Act, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Let "the rest" be all but what was just spoken of."""
    said: tuple[Reference, ...] = getattr(before, "references", ())
    return tuple(TheRest(said) if r == TheRest() else r for r in references)


def _is_number(act: AddSome) -> bool:
    """Say whether it is said only how many: "put Dua Lipa in, but only one song"."""
    return act == AddSome(Wanted(count=act.wanted.count), ())


def _may_size(wanted: Wanted, size: Resize) -> bool:
    """Say whether a size says something new of a wish: a number, or a time beside it."""
    return not (
        (wanted.count is not None and size.count is not None)
        or (wanted.minutes is not None and size.minutes is not None)
    )


def _sized(wanted: Wanted, size: Resize) -> Wanted:
    return replace(
        wanted,
        count=wanted.count or size.count,
        minutes=wanted.minutes or size.minutes,
    )
