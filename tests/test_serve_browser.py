"""The page in a real browser: dropping, several files, downloads, keys only, a narrow screen, darkness, no script."""

from __future__ import annotations

import base64
import copy
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("flask", reason="flask is not installed; .ci/run installs the extra `serve`")
pytest.importorskip("waitress", reason="waitress is not installed; .ci/run installs the extra `serve`")
sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed; .ci/run installs the group `test`"
)

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "fixtures" / "formats" / "files"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
PATIENCE = 300
"""Seconds after which a state that is waited for will not come: far more than a busy machine needs."""
SHOTS = os.environ.get("VALIDATOR_TEST_SHOTS")
"""A folder for pictures of the pages, for whoever wants to look at them."""
TEXT = "县教育体育局2024年工作总结\n一、体育\n全县体育场地面积达到XX平方米。\n本文来自范文网，更多范文请关注公众号。\n"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; .ci/run installs it")


class Served:
    """The program as a process of its own."""

    def __init__(self, temporary: Path, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(temporary), "TEMP": str(temporary)}
        self.temporary = temporary
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "validator",
                "serve",
                "--no-browser",
                "--no-config",
                "--lang",
                "zh",
                *arguments,
            ],
            cwd=temporary.parent,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # A group of its own, which gets what a terminal sends to all that was started from it.
            start_new_session=True,
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        assert first, self.process.communicate()[1]
        self.address = first.split("：", 1)[1].strip()
        self.told = first + self.process.stdout.readline() + self.process.stdout.readline()
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.address))

    def ended(self) -> tuple[int, str]:
        """Exit code and standard error, once it has ended."""
        error = self.process.communicate(timeout=PATIENCE)[1]
        return self.process.returncode, error

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.communicate(timeout=PATIENCE)


@contextmanager
def serving(temporary: Path, *arguments: str) -> Iterator[Served]:
    temporary.mkdir(exist_ok=True)
    served = Served(temporary, *arguments)
    try:
        yield served
    finally:
        served.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve") / "temporary") as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@dataclass
class Seen:
    """What a browser complained about and asked for."""

    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self, page: Any) -> None:
        page.on(
            "console", lambda one: self.wrong.append(one.text) if one.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda one: self.asked.append(one.url))


@contextmanager
def looking(browser: Any, served: Served, **more: Any) -> Iterator[Any]:
    """A page that has entered; at its end nothing went wrong and nothing else was asked for."""
    context = browser.new_context(**({"viewport": WIDE, "accept_downloads": True} | more))
    seen = Seen()
    context.on("page", seen.watch)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    try:
        page.goto(served.address)
        page.wait_for_url(f"{served.origin}/")
        yield page
        assert seen.wrong == []
        assert {"{0.scheme}://{0.netloc}".format(urlsplit(one)) for one in seen.asked} == {served.origin}
    finally:
        context.close()


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def results(page: Any) -> None:
    page.wait_for_url(re.compile(r"/r/"))
    page.locator(".verdict").wait_for()
    # A check that failed is told with its reason, and not waited for.
    assert page.get_by_role("heading", name="检查结果").count() == 1, page.locator("main").inner_text()


def choose(page: Any, *files: Any) -> None:
    page.locator("#files").set_input_files(list(files))
    results(page)


def given(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def word() -> dict[str, Any]:
    return given("report.docx", (FILES / "report.docx").read_bytes())


def drop(page: Any, *files: tuple[str, bytes]) -> None:
    """A drop as a person does it: over the page, then let go."""
    packed = [[name, base64.b64encode(data).decode()] for name, data in files]
    transfer = page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const [name, data] of files)
                transfer.items.add(new File([Uint8Array.from(atob(data), one => one.charCodeAt(0))], name));
            return transfer;
        }""",
        packed,
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".zone", event, {"dataTransfer": transfer})


def downloaded(page: Any, link: str, number: int = 0) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).nth(number).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_word_file_is_chosen_read_and_given_back(browser: Any, served: Served) -> None:
    docx, openpyxl = pytest.importorskip("docx"), pytest.importorskip("openpyxl")
    with looking(browser, served) as page:
        shot(page, "home")
        choose(page, FILES / "report.docx")
        shot(page, "result")
        assert page.locator(".file h2").all_inner_texts() == ["report.docx"]
        assert re.search(r"错误 \d+ 个", page.locator(".file .say").inner_text())
        name, data = downloaded(page, "下载带批注的 Word")
        assert name == "report-批注.docx"
        assert len(list(docx.Document(io.BytesIO(data)).comments)) > 5
        name, data = downloaded(page, "下载缺项清单")
        assert name == "report-缺项清单.xlsx"
        assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) >= 3
        with page.expect_popup() as waiting:
            page.get_by_role("link", name="看网页报告").click()
        report = waiting.value
        report.wait_for_load_state()
        assert report.evaluate("location.pathname").endswith("/0.html")
        assert report.evaluate("self.origin") == "null"
        # Its style and its script are allowed: the page is laid out and the table can be searched.
        assert (
            report.evaluate("getComputedStyle(document.querySelector('.mast')).backgroundColor")
            == "rgb(27, 74, 135)"
        )
        assert report.locator("input[type=search]").count() >= 1
        shot(report, "report")
        assert page.url.endswith(urlsplit(page.url).path)


def test_a_file_is_dropped(browser: Any, served: Served) -> None:
    with looking(browser, served) as page:
        drop(page, ("县局总结.docx", (FILES / "report.docx").read_bytes()))
        results(page)
        assert page.locator(".file h2").all_inner_texts() == ["县局总结.docx"]
        drop(page, ("另一份.txt", TEXT.encode()))
        page.get_by_role("heading", name="另一份.txt").wait_for()


def test_several_at_once_have_an_overview(browser: Any, served: Served) -> None:
    names = ["report.docx", "report.pdf", "report.txt", "report.xls"]
    broken = given("打不开的.docx", b"PK\x03\x04 broken")
    files = [*(given(one, (FILES / one).read_bytes()) for one in names), broken, given("图.png", b"\x89PNG")]
    with looking(browser, served) as page:
        choose(page, *files)
        shot(page, "several")
        assert page.locator(".file h2").all_inner_texts() == [*names, "打不开的.docx", "图.png"]
        assert "没读成" in page.locator(".file").nth(4).inner_text()
        assert "这种格式加不了批注" in page.locator(".file").nth(1).inner_text()
        assert "图片、音视频，不是报告" in page.locator(".file").nth(5).inner_text()
        name, data = downloaded(page, "下载全部的缺项清单")
        assert (name, data[:2]) == ("缺项清单.xlsx", b"PK")
        with page.expect_popup() as waiting:
            page.get_by_role("link", name="看全部的总览").click()
        waiting.value.wait_for_load_state()
        shown = waiting.value.locator("main").inner_text()
        assert all(one in shown for one in names)
        shot(waiting.value, "overview")


def test_a_hostile_name_is_text(browser: Any, served: Served) -> None:
    name = "<img src=x onerror=alert(1)>&lt;b&gt;'\"\u202ecod.txt"
    with looking(browser, served) as page:
        page.on("dialog", lambda one: pytest.fail(one.message))
        drop(page, (name, TEXT.encode()))
        results(page)
        assert page.locator("main img").count() == 0
        assert page.locator(".file h2").inner_text() == "_img src=x onerror=alert(1)_&lt;b&gt;'_cod.txt"
        kept, _ = downloaded(page, "下载缺项清单")
        assert kept == "_img src=x onerror=alert(1)_&lt;b&gt;'_cod-缺项清单.xlsx"


def test_too_large_is_said_at_once(browser: Any, served: Served) -> None:
    with looking(browser, served) as page:
        drop(page, *((f"{at}.txt", b"x") for at in range(51)))
        alert = page.get_by_role("alert")
        page.wait_for_function("document.querySelector('.alert').textContent")
        assert "一次最多 50 份文件" in alert.inner_text()
        shot(page, "too-many")
        page.evaluate("dispatchEvent(new DragEvent('drop', {dataTransfer: new DataTransfer()}))")
        page.wait_for_function("document.querySelector('.alert').textContent.includes('没有收到文件')")
        choose(page, given("甲.txt", TEXT.encode()))


def test_keys_alone_do(browser: Any, served: Served) -> None:
    with looking(browser, served) as page:
        # From the beginning, as a browser that is busy may open its own dialogue before it is told not to.
        page.on("filechooser", lambda _: None)
        keys = page.keyboard
        focused = "document.activeElement.textContent.trim() || document.activeElement.name"
        order = []
        for _ in range(7):
            keys.press("Tab")
            order.append(page.evaluate(focused).split("\n")[0])
        assert order[:4] == ["跳到正文", "工作报告检查", "English", "结束"]
        assert order[-1] == "files"
        outline = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
        assert page.evaluate(outline) == "solid"
        shot(page, "keys")
        with page.expect_file_chooser() as waiting:
            keys.press("Enter")
        waiting.value.set_files(FILES / "report.docx")
        results(page)
        links = page.locator(".file a")
        for _ in range(12):
            keys.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "下载带批注的 Word":
                break
        with page.expect_download():
            keys.press("Enter")
        assert links.count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen(browser: Any, served: Served, scheme: str) -> None:
    with looking(browser, served, viewport=PHONE, color_scheme=scheme) as page:
        assert fits(page)
        shot(page, f"phone-{scheme}")
        choose(page, word(), given("很长的名字" * 20 + ".txt", TEXT.encode()))
        assert fits(page)
        shot(page, f"phone-result-{scheme}")


def contrast(page: Any, selector: str) -> float:
    """The ratio of luminances of a text and of what it stands on."""
    measure = """selector => {
        const parse = text => text.match(/[\\d.]+/g).map(Number);
        let node = document.querySelector(selector), back;
        const ink = parse(getComputedStyle(node).color);
        for (; node; node = node.parentElement) {
            back = parse(getComputedStyle(node).backgroundColor);
            if (back.length < 4 || back[3] > 0) break;
        }
        return [ink, back];
    }"""

    def luminance(color: list[float]) -> float:
        parts = [one / 255 for one in color[:3]]
        lines = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
        return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]

    high, low = sorted((luminance(one) for one in page.evaluate(measure, selector)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: Any, served: Served, scheme: str) -> None:
    with looking(browser, served, color_scheme=scheme) as page:
        for selector in (".intro p", ".hint", ".big", ".pick .button", ".brand", "footer", "select"):
            assert contrast(page, selector) >= 4.5, selector
        shot(page, f"home-{scheme}")
        choose(page, FILES / "report.docx", FILES / "report.pdf")
        for selector in (".verdict .say", ".file .say", ".button", ".button.quiet", ".told", ".file .hint"):
            assert contrast(page, selector) >= 4.5, selector
        shot(page, f"result-{scheme}")


def test_without_a_script(browser: Any, served: Served) -> None:
    with looking(browser, served, java_script_enabled=False) as page:
        shot(page, "plain")
        page.locator("#files").set_input_files([FILES / "report.docx", FILES / "report.txt"])
        page.get_by_label("阶段").select_option("draft")
        page.get_by_role("button", name="检查").click()
        results(page)
        assert page.locator(".file").count() == 2
        assert page.get_by_label("阶段").input_value() == "draft"


def test_files_chosen_before_the_script_has_come_are_checked(browser: Any, served: Served) -> None:
    with looking(browser, served) as page:
        held: list[Any] = []

        def hold(route: Any) -> None:
            held.append(route)

        page.route("**/page.js", hold)
        page.goto(f"{served.origin}/", wait_until="commit")
        page.locator("#files").set_input_files(FILES / "report.txt")
        assert len(held) == 1
        held.pop().continue_()
        page.unroute_all(behavior="ignoreErrors")
        results(page)


def test_english(browser: Any, served: Served) -> None:
    with looking(browser, served) as page:
        page.get_by_role("link", name="English").click()
        page.get_by_text("Drop reports here").wait_for()
        page.locator("#files").set_input_files(FILES / "report.docx")
        page.get_by_role("heading", name="Results").wait_for()
        shot(page, "english")
        assert "errors" in page.locator(".file .say").inner_text()
        name, _ = downloaded(page, "What is missing")
        assert name == "report-missing.xlsx"


def test_a_stranger_sees_nothing(browser: Any, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{served.origin}/")
    assert answer.status == 403
    assert "validator serve" in page.inner_text("body")
    context.close()
    for host in ("evil.example", f"evil.example:{urlsplit(served.origin).port}"):
        request = urllib.request.Request(served.address, headers={"Host": host})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code == 403
        refused.value.close()


def test_another_page_cannot_reach_it(browser: Any, served: Served, tmp_path: Path) -> None:
    """A page of another origin, in the browser that has the cookie, neither reads nor posts nor frames."""
    with serving(tmp_path / "other") as other:
        context = browser.new_context()
        page = context.new_page()
        page.goto(served.address)
        page.wait_for_url(f"{served.origin}/")
        evil = context.new_page()
        evil.goto(f"{other.origin}/")
        tried = evil.evaluate(
            """async origin => {
                const tried = [];
                for (const [method, path] of [["GET", "/"], ["POST", "/stop"], ["POST", "/check"]])
                    tried.push(await fetch(origin + path, {method, credentials: "include"}).then(() => "in", () => "out"));
                return tried;
            }""",
            served.origin,
        )
        assert tried == ["out", "out", "out"]
        assert page.reload().status == 200
        context.close()


def test_the_button_ends_the_program(browser: Any, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    with serving(temporary, "--profile", "county_annual", "--stage", "review") as served:
        assert "Ctrl-C" in served.told
        with looking(browser, served) as page:
            assert page.get_by_label("要求清单").input_value() == "county_annual"
            assert page.get_by_label("阶段").input_value() == "review"
            choose(page, FILES / "report.docx")
            page.get_by_role("button", name="结束").click()
            page.get_by_role("heading", name="已结束").wait_for()
            shot(page, "stopped")
            assert contrast(page, ".verdict .say") >= 4.5
        assert served.ended() == (0, "已结束。\n")
        assert list(temporary.iterdir()) == []


@pytest.fixture(scope="module")
def endless() -> bytes:
    """A report that takes longer to read than any test lasts, where no time is set for it."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for at in range(100):
        document.add_paragraph(f"全县第{at}个体育场地面积达到XX平方米，投入{at}万元，同比增长3.{at}%。")
    body = document.element.body
    lines = list(body.iterchildren("{*}p"))
    for _ in range(200):
        body[0:0] = [copy.deepcopy(one) for one in lines]
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def left_running(served: Served) -> bool:
    """Whether anything still runs that the program has started."""
    try:
        os.killpg(served.process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def ended_in_order(served: Served) -> None:
    assert served.ended() == (0, "已结束。\n")
    assert list(served.temporary.iterdir()) == []
    end = time.monotonic() + PATIENCE
    while left_running(served):
        assert time.monotonic() < end, "a process is left"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals that can be sent and caught")
@pytest.mark.parametrize(
    ("names", "send"),
    [
        (["SIGINT"], os.kill),
        (["SIGINT"], getattr(os, "killpg", None)),
        (["SIGINT", "SIGINT", "SIGINT"], getattr(os, "killpg", None)),
        (["SIGTERM"], os.kill),
        (["SIGHUP"], getattr(os, "killpg", None)),
    ],
    ids=["interrupt", "ctrl-c", "ctrl-c again and again", "terminate", "terminal closed"],
)
def test_a_signal_ends_it_in_the_middle_of_a_check(
    browser: Any, tmp_path: Path, endless: bytes, names: list[str], send: Callable[[int, int], None]
) -> None:
    with serving(tmp_path / "temporary", "--timeout", "0") as served, looking(browser, served) as page:
        drop(
            page,
            ("短.docx", (FILES / "report.docx").read_bytes()),
            *((f"{at}.docx", endless) for at in range(7)),
        )
        page.wait_for_url(re.compile(r"/r/"))
        # The next one is being read now, and will be for long.
        page.get_by_text("已检查 1 份，共 8 份").wait_for()
        shot(page, "running")
        assert len(list(served.temporary.rglob("*.docx"))) == 8
        page.goto("about:blank")
        for name in names:
            send(served.process.pid, getattr(signal, name))
        ended_in_order(served)


def test_the_page_says_that_the_program_has_ended(browser: Any, tmp_path: Path, endless: bytes) -> None:
    with serving(tmp_path / "temporary", "--timeout", "0") as served:
        context = browser.new_context(viewport=WIDE)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(served.address)
        page.wait_for_url(f"{served.origin}/")
        drop(page, ("长.docx", endless))
        page.get_by_text("已检查 0 份，共 1 份").wait_for()
        served.close()
        page.get_by_text("连不上检查程序。可能已经结束了").wait_for()
        assert not page.get_by_text("正在检查").is_visible()
        assert not page.locator("progress").is_visible()
        shot(page, "gone")
        context.close()


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Content-Length: 300000000", 400),
        ("Transfer-Encoding: chunked", 400),
        (f"Content-Length: 300000000\r\nCookie: validator-1={'x' * 43}", 400),
        ("Content-Length: 0", 403),
    ],
)
def test_a_large_request_of_a_stranger_is_refused_unread(served: Served, header: str, status: int) -> None:
    place = urlsplit(served.origin)
    with socket.create_connection((place.hostname, place.port), timeout=PATIENCE) as sent:
        sent.sendall(f"POST /check HTTP/1.1\r\nHost: {place.netloc}\r\n{header}\r\n\r\n".encode())
        assert sent.recv(1000).startswith(b"HTTP/1.1 %d " % status)


class Sender:
    """Sends reports without a browser."""

    def __init__(self, served: Served) -> None:
        self._origin = served.origin
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._ask(served.address)

    def _ask(self, address: str, data: bytes | None = None) -> str:
        kind = {"Content-Type": "multipart/form-data; boundary=x", "Accept": "application/json"}
        request = urllib.request.Request(address, data, kind)
        with self._opener.open(request, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def send(self, *files: bytes) -> str:
        """The path of the result."""
        home = re.search(r'action="(/check[^"]+)"', self._ask(f"{self._origin}/"))
        assert home is not None
        head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="%d.docx"\r\n\r\n%b\r\n'
        data = b"".join(head % (at, one) for at, one in enumerate(files)) + b"--x--\r\n"
        return str(json.loads(self._ask(self._origin + home[1], data))["url"])

    def checked(self, path: str) -> str:
        """The page with the result."""
        end = time.monotonic() + PATIENCE
        while json.loads(self._ask(f"{self._origin}{path}/state"))["state"] in {"waiting", "running"}:
            assert time.monotonic() < end
            time.sleep(0.02)
        return self._ask(self._origin + path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals that can be sent and caught")
@pytest.mark.parametrize("seconds", [0, 0.2, 0.4, 0.8])
def test_ctrl_c_says_nothing_while_workers_are_started(tmp_path: Path, seconds: float) -> None:
    """It must say nothing at any time; these are some at which most machines are starting workers."""
    with serving(tmp_path / "temporary") as served:
        Sender(served).send(*[(FILES / "report.docx").read_bytes()] * 12)
        time.sleep(seconds)
        os.killpg(served.process.pid, signal.SIGINT)
        ended_in_order(served)


def test_the_path_of_the_temporary_folder_may_be_long(tmp_path: Path) -> None:
    """On some systems worker processes are asked for by a socket in it, whose path may not be."""
    with serving(tmp_path / ("long" * 30)) as served:
        sender = Sender(served)
        assert "下载带批注的 Word" in sender.checked(sender.send((FILES / "report.docx").read_bytes()))


def test_nothing_stays_in_the_temporary_folder(browser: Any, served: Served) -> None:
    with looking(browser, served) as page:
        choose(page, word(), given("大.png", b"x" * 2_000_000))
    folders = [one for one in served.temporary.iterdir() if one.name.startswith("validator-")]
    assert len(folders) == 1
    assert list(folders[0].iterdir()) == []
    if os.name == "posix":
        assert folders[0].stat().st_mode & 0o077 == 0
    assert tempfile.gettempdir() != str(served.temporary)
