"""The page for people in a real browser: no word to anybody, by keyboard, on a phone, in the dark, on paper."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Opened, chromium, opened

from validator.model.report import Run
from validator.model.words import Lang
from validator.pipeline import Options, all_codes
from validator.reporters._base import Look
from validator.reporters.html import REPORTER
from validator.rulepacks import load_rules
from validator.runner import check_paths

ROOT = Path(__file__).parents[1]
FORMATS = ROOT / "fixtures" / "formats" / "files"
SUMMARY = (
    "把心思用在抓落实上，把力气花在补短板上，一件一件盯到办结。",
    "全县各级各类学校在校学生5.12万人，今年招生1.18万人，高考一本上线人数X人。",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One report, the same in English, and a folder of reports."""
    folder = tmp_path_factory.mktemp("pages")
    one = _checked(FORMATS / "report.docx")
    texts = folder / "texts"
    texts.mkdir()
    for number in range(12):
        name = f"第{number}镇{'很长的名字' * 4}工作总结_final_version_{number}.txt"
        body = "".join(SUMMARY[(at + number) % 2] + "\n\n" for at in range(6))
        (texts / name).write_text(f"第{number}镇教育科技体育局2024年工作总结\n\n{body}", "utf-8")
    (texts / "坏的.docx").write_bytes(b"PK\x03\x04 not a package")
    return {
        "one": _written(folder / "一份.html", one),
        "en": _written(folder / "one.html", one, Lang.EN),
        "many": _written(folder / "多份.html", _checked(texts)),
    }


def _checked(path: Path) -> Run:
    return check_paths([str(path)], load_rules(), Options(jobs=1, profile="county_annual"))


def _written(file: Path, of: Run, lang: Lang = Lang.ZH) -> Path:
    assert REPORTER.check is not None
    out = REPORTER.check(of, load_rules(), Look(lang=lang, version="1.2.3", codes=all_codes()))
    assert isinstance(out, bytes)
    file.write_bytes(out)
    return file


def visible(shown: Opened, selector: str) -> int:
    return shown.page.locator(f"{selector} >> visible=true").count()


@pytest.mark.parametrize("name", ["one", "en", "many"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nothing_is_asked_for_and_nothing_complained_of(
    browser: Any, pages: dict[str, Path], name: str, script: bool
) -> None:
    with opened(browser, pages[name], java_script_enabled=script) as shown:
        shown.page.wait_for_timeout(200)
        assert shown.asked == [pages[name].as_uri()]
        assert shown.said == []
        assert shown.page.locator("h1").count() == 1
        tools = visible(shown, ".tools, button")
        assert tools > 0 if script else tools == 0


def test_the_table_is_filtered_and_sorted(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["one"]) as shown:
        rows = "table.rows tbody tr"
        assert visible(shown, rows) == 45
        tools = shown.page.locator("section[aria-labelledby=table] .tools")
        tools.locator("select[name=status]").select_option("未提及")
        absent = visible(shown, f"{rows} .s.ab")
        assert 0 < visible(shown, rows) == absent < 45
        assert tools.locator("output").inner_text() == f"显示 {absent} / 45"
        tools.locator("select[name=owner]").select_option("科技股")
        assert 0 < visible(shown, rows) < absent
        tools.locator("button[type=reset]").click()
        shown.until("document.querySelectorAll('table.rows tbody tr:not([hidden])').length === 45")
        tools.locator("select[name=section]").select_option("体育")
        assert 0 < visible(shown, rows) == visible(shown, f"{rows} .sec:text-is('体育')") < 45
        tools.locator("button[type=reset]").click()
        tools.locator("input").fill("场地")
        assert 1 <= visible(shown, rows) < 10
        tools.locator("input").fill("")
        head = shown.page.locator("table.rows thead th").nth(1)
        names = shown.page.locator(f"{rows} td:nth-child(2)")
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "ascending"
        assert names.first.inner_text() == "已填"
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        assert names.first.inner_text() == "未提及"
        value = shown.page.locator("table.rows thead th").nth(2)
        for _ in range(2):
            value.locator("button").click()
            shown_values = shown.page.locator(f"{rows} td:nth-child(3)").all_inner_texts()
            assert shown_values[0]
            assert not shown_values[-1], "what is empty comes last, whichever way"
        first = shown.page.locator("table.rows thead th").first
        first.locator("button").click()
        assert head.get_attribute("aria-sort") == "none"
        ids = shown.page.locator(rows).evaluate_all("all => all.map(one => one.id)")
        assert ids == [f"i{at}" for at in range(45)]


def test_the_list_of_changes_is_filtered(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["one"]) as shown:
        tools = shown.page.locator("section[aria-labelledby=changes] .tools")
        everything = visible(shown, ".found .entry")
        tools.locator("select[name=level]").select_option("警告")
        assert visible(shown, ".found .entry") == visible(shown, ".found .entry > .b.w") < everything
        assert visible(shown, ".found .at") <= visible(shown, ".found .entry"), "empty places are hidden, too"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [1280, 375])
def test_from_a_finding_to_its_place_and_back(
    browser: Any, pages: dict[str, Path], width: int, script: bool
) -> None:
    with opened(
        browser, pages["one"], java_script_enabled=script, viewport={"width": width, "height": 800}
    ) as shown:
        shown.page.locator("#f20 > a.b").click()
        place = shown.page.locator("#m20")
        shown.until(_SEEN.replace("#", "m20"))
        place.click()
        shown.until(_SEEN.replace("#", "f20"))
        assert shown.page.url.endswith("#f20")


_SEEN = """(() => {
  const box = document.getElementById("#").getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.top < innerHeight;
})()"""


def test_by_keyboard_alone(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["one"]) as shown:
        keys = shown.page.keyboard
        keys.press("Tab")
        assert shown.focused() == "跳到检查结果"
        assert shown.page.locator(".skip").bounding_box()["x"] >= 0
        keys.press("Enter")
        shown.until("location.hash === '#main'")
        keys.press("Tab")
        assert shown.focused() == "完整度"
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert shown.page.evaluate(outline) == "solid"
        for _ in range(400):
            keys.press("Tab")
            if shown.page.evaluate("!!document.activeElement.closest('#f3')"):
                break
        assert shown.page.evaluate(outline) == "solid"
        keys.press("Enter")
        shown.until("document.activeElement.id === 'm3'")
        keys.press("Enter")
        shown.until("!!document.activeElement.closest('#f3')")
        button = shown.page.locator("table.rows thead button").nth(1)
        button.focus()
        keys.press("Enter")
        assert shown.page.locator("table.rows thead th").nth(1).get_attribute("aria-sort") == "ascending"


@pytest.mark.parametrize("name", ["one", "en", "many"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_on_a_phone_the_page_does_not_scroll_sideways(
    browser: Any, pages: dict[str, Path], name: str, script: bool
) -> None:
    with opened(
        browser, pages[name], java_script_enabled=script, viewport={"width": 375, "height": 700}
    ) as shown:
        assert shown.scroll_width() <= 375
        if name == "many":
            for at in range(3):
                shown.page.locator("details.report > summary").nth(at).click()
            assert shown.scroll_width() <= 375


CONTRAST = """() => {
  const channel = (one) => { one /= 255; return one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4; };
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] > 0.99) return color;
    }
    return [255, 255, 255];
  };
  const seen = new Map();
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || !node.getClientRects().length || node.closest("script, template")) continue;
    const front = light(parse(getComputedStyle(node).color)), back = light(behind(node));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const key = node.tagName + "." + node.className;
    if (!seen.has(key) || seen.get(key) > ratio) seen.set(key, ratio);
  }
  return [...seen];
}"""


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(
    browser: Any, pages: dict[str, Path], name: str, scheme: str
) -> None:
    with opened(browser, pages[name], color_scheme=scheme) as shown:
        shown.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        ratios = dict(shown.page.evaluate(CONTRAST))
        assert len(ratios) > 20
        assert {key: ratio for key, ratio in ratios.items() if ratio < 4.5} == {}
        ground = shown.page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
        assert brightness < 60 if scheme == "dark" else brightness > 200


@pytest.mark.parametrize("name", ["one", "many"])
def test_on_paper_it_is_light_opened_and_without_controls(
    browser: Any, pages: dict[str, Path], name: str, tmp_path: Path
) -> None:
    with opened(browser, pages[name], color_scheme="dark") as shown:
        shown.page.emulate_media(media="print", color_scheme="dark")
        assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert visible(shown, ".tools, .jump, .skip, button.all") == 0
        shown.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert shown.page.locator("details:not([open])").count() == 0
        shown.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert shown.page.locator("details[open]").count() == 0
    with opened(browser, pages[name], java_script_enabled=False) as shown:
        folded = shown.page.locator("details > :not(summary)").last
        shown.page.emulate_media(media="print")
        assert folded.is_visible(), "opened on paper without the script, too"
        paper = shown.page.pdf(format="A4")
        assert paper.startswith(b"%PDF")
        assert len(paper) > 20_000


def test_from_the_matrix_into_a_folded_report_and_back(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["many"]) as shown:
        assert visible(shown, "details.report[open]") == 0
        letter = shown.page.locator("table.mx tbody tr").nth(2).locator("td.ab a").first
        wanted = letter.get_attribute("href")
        letter.click()
        shown.until(_SEEN.replace("#", wanted[1:]))
        assert shown.page.locator("details.report[open]").count() == 1
        report = shown.page.locator("details.report[open]")
        assert report.locator("table.rows thead button").count() == 5, (
            "a report is equipped when it is opened"
        )
        report.locator(".back a").click()
        shown.until(_SEEN.replace("#", "matrix"))
        shown.page.locator("table.mx thead button").nth(2).click()
        shown.page.locator("table.mx thead button").nth(2).click()
        owed = shown.page.locator("table.mx tbody tr td:nth-child(3)").all_inner_texts()
        numbers = [int(one) for one in owed if one.strip()]
        assert numbers == sorted(numbers, reverse=True)
        shown.page.locator("button.all").click()
        assert shown.page.locator("details.report:not([open])").count() == 0


def test_a_place_in_a_folded_report_opens_without_the_script(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["many"], java_script_enabled=False) as shown:
        shown.page.locator("table.mx tbody tr").nth(1).locator("td.ab a").first.click()
        shown.until("document.querySelectorAll('details.report[open]').length === 1")


def test_the_heads_of_the_matrix_stay_in_sight(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["many"], viewport={"width": 700, "height": 500}) as shown:
        box = shown.page.locator(".matrix")
        box.evaluate("one => { one.scrollTop = 200; one.scrollLeft = 300; }")
        ground, corner = box.bounding_box(), shown.page.locator("table.mx thead th").first.bounding_box()
        assert abs(corner["x"] - ground["x"]) <= 2
        assert abs(corner["y"] - ground["y"]) <= 2


def test_a_long_report_is_there_at_once(browser: Any, tmp_path: Path) -> None:
    body = "".join((SUMMARY[0] * 9 if at % 6 else SUMMARY[1] * 4) + "\n\n" for at in range(820))
    file = tmp_path / "长.txt"
    file.write_text(f"青禾县教育科技体育局2024年工作总结\n\n{body}", "utf-8")
    of = _checked(file)
    document = of.reports[0].document
    assert document is not None
    assert len(document.source) >= 200_000
    page = _written(tmp_path / "长.html", of)
    begin = time.perf_counter()
    with opened(browser, page) as shown:
        shown.page.evaluate("document.body.offsetHeight")
        took = time.perf_counter() - begin
        assert shown.page.locator(".doc > p:not(.here)").count() == 820
        assert took < 15, "about one second on an idle machine"


def test_hostile_text_does_nothing(browser: Any, tmp_path: Path) -> None:
    bad = "<script>document.title='坏'</script><img src=//x.example/a onerror=\"document.title='坏'\"><style>*{display:none}</style>"
    file = tmp_path / "甲.txt"
    file.write_text(
        f"第一镇2024年工作总结\n\n在校学生X人{bad}\n\n更多范文请加微信：{bad}\u202eabc\n", "utf-8"
    )
    page = _written(tmp_path / "页.html", _checked(file))
    with opened(browser, page) as shown:
        shown.page.wait_for_timeout(200)
        assert shown.asked == [page.as_uri()]
        assert shown.said == []
        assert shown.page.title().startswith("检查结果")
        assert shown.page.locator("h1").is_visible()
