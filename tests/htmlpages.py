"""Pages for people as trees, and what must hold for every one of them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
from runs import RULES

from validator.model.report import Run
from validator.model.rule import Rules
from validator.pipeline import Options, all_codes
from validator.reporters import html
from validator.reporters._base import Look
from validator.rulepacks import load_rules
from validator.runner import check_paths

ROOT = Path(__file__).parents[1]
MIXED = ROOT / "fixtures" / "formats" / "files"


def rendered(of: Run, rules: Rules = RULES, **look: Any) -> str:
    assert html.REPORTER.check is not None
    out = html.REPORTER.check(of, rules, Look(**{"version": "1.2.3", "codes": all_codes(), **look}))
    assert isinstance(out, bytes)
    return out.decode()


def tree(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


@cache
def real(name: str = "report.docx") -> Run:
    of = check_paths([str(MIXED / name)], load_rules(), Options(jobs=1, profile="county_annual"))
    assert of.reports[0].document is not None
    return of


def checked(text: str) -> Any:
    """The page as a tree, after what must hold for every page."""
    page = tree(text)
    ids = page.xpath("//@id")
    assert [one for one, count in Counter(ids).items() if count > 1] == []
    links = page.xpath("//@href")
    assert [one for one in links if not one.startswith("#") or one[1:] not in ids] == []
    assert page.xpath("//script[@src] | //link | //img | //iframe | //object | //embed | //base") == []
    assert (
        page.xpath("//@style | //@*[starts-with(name(), 'on')] | //@srcset | //@action | //@formaction") == []
    )
    assert page.xpath("//a//a | //a//button") == []
    levels = [
        int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6") if not inside(one, "doc")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u2028-\u202e\u2066-\u2069\ud800-\udfff]", text)
    return page


def inside(node: Any, css: str) -> bool:
    return any(css in (up.get("class") or "").split() for up in node.iterancestors())


def listed_codes(page: Any) -> Counter[str]:
    """Codes in the lists; each stands for one finding."""
    return Counter(one.text for one in page.xpath("//main//*[@class='code']") if not inside(one, "glossary"))


def of_codes(of: Run) -> Counter[str]:
    return Counter(one.code for each in of.reports for one in each.findings)
