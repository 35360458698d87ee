"""Text of documents as it may stand in XML, HTML and Markdown."""

from __future__ import annotations

from validator.text.escape import visible
from validator.text.lazy import lazy

_MARKUP = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "\ufffe": "\\ufffe",
        "\uffff": "\\uffff",
    }
)
_FENCES = lazy("`+")
_PIPES = lazy(r"\\(?=\|)")
_WORDS = lazy("[!-~]+")
_RISKY = lazy(r"[!#$&*+/<=>?@\[\\\]^_`|~]|:[!-~]|\.[A-Za-z]|[A-Za-z]\.[0-9]|[A-Za-z]-[0-9]")
_COMMIT = lazy("(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,}")
_QUOTED = lazy("“([^“”]*)”")


def markup(text: str) -> str:
    """`text` on one line for XML or HTML, in content or in a quoted attribute; legal characters only."""
    return visible(text).translate(_MARKUP)


def code(text: str, *, empty: str = "") -> str:
    """`text` as a Markdown code span on one line, also for the cell of a table: nothing in it is a mention,
    a link, a picture, HTML or the end of the cell. `empty` stands for a text without characters."""
    shown = visible(text)
    if not shown:
        return empty
    longest = max((len(run) for run in _FENCES.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    if shown.strip(" ") and (shown[0] in "` " or shown[-1] in "` "):
        shown = f" {shown} "
    # renderers do not agree on a backslash before an escaped pipe
    shown = _PIPES.sub(r"\\ ", shown).replace("|", r"\|")
    return f"{fence}{shown}{fence}"


def prose(text: str) -> str:
    """A message of ours that may quote a document: what has a meaning in Markdown stands in code spans,
    a quotation as a whole, the rest as plain text on one line."""
    shown = visible(text).strip()
    parts: list[str] = []
    done = 0
    for match in _QUOTED.finditer(shown):
        parts += [_plain(shown[done : match.start()]), "“", _quoted(match[1]), "”"]
        done = match.end()
    return "".join([*parts, _plain(shown[done:])])


def _quoted(text: str) -> str:
    return code(text) if any(_is_risky(text, *one.span()) for one in _WORDS.finditer(text)) else text


def _plain(text: str) -> str:
    """`text` with every word in a code span that Markdown would read; neighbours share one."""
    parts: list[str] = []
    done = start = end = 0
    for match in _WORDS.finditer(text):
        if not _is_risky(text, *match.span()):
            continue
        if end and not text[end : match.start()].strip(" "):
            end = match.end()
            continue
        if end:
            parts += [text[done:start], code(text[start:end])]
            done = end
        start, end = match.span()
    if end:
        parts += [text[done:start], code(text[start:end])]
        done = end
    return "".join(parts) + text[done:]


def _is_risky(text: str, start: int, end: int) -> bool:
    """Whether a word of ASCII can mean something in Markdown, or is made a link or a mention by a host."""
    word = text[start:end]
    if _RISKY.search(word) or _COMMIT.fullmatch(word.strip("\"'(),.;:%")):
        return True
    # a dot between names in other letters
    return (word[0] == "." and start > 0) or (
        word[-1] == "." and not text[end : end + 1].isspace() and end < len(text)
    )
