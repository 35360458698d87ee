"""What git leaves in a file where two people changed the same place."""

from __future__ import annotations

from validator.text.lazy import lazy
from validator.yamlfile.problem import problem

_BEGIN = lazy(rb"(?m)^<{7}(?: |\r?$)")
_END = lazy(rb"(?m)^>{7}(?: |\r?$)")


def refuse_conflict(data: bytes, shown: str) -> None:
    """See that a file holds no conflict of a merge.

    Raises:
        UserError: it does; one line with the place of the first.
    """
    begin = _BEGIN.search(data)
    if begin is None or _END.search(data, begin.end()) is None:
        return
    raise problem(
        shown,
        (data.count(b"\n", 0, begin.start()) + 1, 1),
        "合并冲突还没有解决：留下要的内容，删去 <<<<<<<、=======、>>>>>>> 这三行",
        "a merge conflict is left: keep what is right and delete the lines <<<<<<<, ======= and >>>>>>>",
    )
