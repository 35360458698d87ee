"""The page on one's own machine: who is let in, what is taken, what is kept, and that nothing is left."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Program

pytest.importorskip("flask", reason="flask is not installed; .ci/run installs the extra `serve`")
pytest.importorskip("waitress", reason="waitress is not installed; .ci/run installs the extra `serve`")

from flask.testing import FlaskClient
from runs import HOSTILE, RULES, found, report
from runs import run as run_of

from validator.cli import serve as command
from validator.model.config import Config, Origin
from validator.model.document import Document
from validator.model.errors import UserError
from validator.model.report import LedgerEntry
from validator.model.words import Bilingual, Lang, Severity
from validator.pipeline import Options
from validator.webpage import _names as names
from validator.webpage._checking import Setup
from validator.webpage._desk import Busy, Desk, Limits
from validator.webpage._guard import Guard
from validator.webpage._render import policy_of
from validator.webpage._results import Batch, Choice, Outcome, Results, State
from validator.webpage.app import create_app
from validator.webpage.server import listen

PORT = 43210
HERE = f"http://127.0.0.1:{PORT}"
GUARD = Guard(port=PORT, token="T" * 43, session="S" * 43, key="K" * 43)
SETUP = Setup(rules=RULES, options=Options(), config=Config(), settle=lambda run: run)
SMALL = Limits(file=1000, request=5000, files=3)
DOCX = Path(__file__).parents[1] / "fixtures/formats/files/report.docx"


class Browser(FlaskClient):
    """A client that asks the address that the server has."""

    def open(self, *args: Any, **more: Any) -> Any:
        return super().open(*args, base_url=HERE, **more)


class Page:
    """The application with a folder of its own, and a client that has entered."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.folder = folder
        self.stopped = threading.Event()
        self.desk = Desk(more.pop("setup", SETUP), folder, **more)
        self.app = create_app(GUARD, self.desk, Lang.ZH, self.stopped.set)
        self.client = self.stranger()
        assert self.client.get(f"/enter/{GUARD.token}").status_code == 200

    def stranger(self) -> FlaskClient:
        self.app.test_client_class = Browser
        return self.app.test_client()

    def send(self, *files: tuple[bytes, str], headers: dict[str, str] | None = None, **fields: str) -> Any:
        data: dict[str, Any] = {"files": [(io.BytesIO(data), name) for data, name in files], **fields}
        return self.client.post(
            f"/check?key={GUARD.key}",
            data=data,
            content_type="multipart/form-data",
            headers={"Origin": HERE, **(headers or {})},
        )

    def send_large(self, **more: Any) -> Any:
        """A request over the limit; refused by its length, so that what is in it does not matter."""
        kind = "multipart/form-data; boundary=x"
        return self.client.post(f"/check?key={GUARD.key}", data=b"x" * (2 << 20), content_type=kind, **more)

    def checked(self, *files: tuple[bytes, str], **fields: str) -> str:
        """Send files, wait for the result, and give its address."""
        sent = self.send(*files, **fields)
        assert sent.status_code == 303, sent.text
        where = sent.headers["Location"]
        eventually(lambda: self.client.get(f"{where}/state").json["state"] in {"done", "failed"})
        return where


def eventually(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    one = Page(tmp_path, limits=SMALL)
    yield one
    one.desk.close()


def text(words: str = "全县体育场地面积XX平方米。") -> bytes:
    return words.encode()


# Who is let in.


@pytest.mark.parametrize(
    "path", ["/", "/r/abc", "/r/abc/all.html", "/r/abc/0.docx", "/static/page.css", "/no"]
)
def test_without_the_token_nothing_is_shown(page: Page, path: str) -> None:
    answer = page.stranger().get(path)
    assert answer.status_code == 403
    assert "请从那个窗口里打印的网址重新打开" in answer.text
    assert GUARD.key not in answer.text


@pytest.mark.parametrize(
    "token", ["x", GUARD.token[:-1], GUARD.token + "a", GUARD.session, GUARD.key, "中文"]
)
def test_a_wrong_token_gets_no_cookie(page: Page, token: str) -> None:
    stranger = page.stranger()
    answer = stranger.get(f"/enter/{quote(token)}")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (403, False)
    assert stranger.get("/").status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", GUARD.token, GUARD.session + "a", "\udcff"])
def test_a_wrong_cookie_is_refused(page: Page, cookie: str) -> None:
    stranger = page.stranger()
    header = f"{GUARD.cookie}={cookie}".encode("utf-8", "surrogateescape").decode("latin-1")
    assert stranger.get("/", headers={"Cookie": header}).status_code == 403


def test_the_token_buys_a_strict_cookie(page: Page) -> None:
    answer = page.stranger().get(f"/enter/{GUARD.token}")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Expires" not in cookie
    assert GUARD.token not in cookie


def test_every_run_has_secrets_of_its_own() -> None:
    one, other = Guard(port=PORT), Guard(port=PORT)
    secrets = {one.token, one.session, one.key, other.token, other.session, other.key}
    assert len(secrets) == 6
    assert min(map(len, secrets)) >= 40
    assert not any(secret in repr(one) for secret in secrets)


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"0.0.0.0:{PORT}", ""]
)
def test_a_foreign_host_is_refused(page: Page, host: str) -> None:
    for path in ("/", f"/enter/{GUARD.token}"):
        assert page.client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}"])
def test_our_own_host_is_answered(page: Page, host: str) -> None:
    assert page.stranger().get(f"/enter/{GUARD.token}", headers={"Host": host}).status_code == 200


CROSS = (
    {"Origin": "http://evil.example"},
    {"Origin": f"https://127.0.0.1:{PORT}"},
    {"Origin": f"http://127.0.0.1:{PORT + 1}"},
    {"Origin": f"http://localhost:{PORT}"},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
)


@pytest.mark.parametrize("headers", CROSS)
def test_a_form_of_another_page_is_refused(page: Page, headers: dict[str, str]) -> None:
    assert page.send((text(), "甲.txt"), headers=headers).status_code == 403
    stop = page.client.post(f"/stop?key={GUARD.key}", headers=headers)
    assert (stop.status_code, page.stopped.is_set()) == (403, False)
    assert len(page.desk.results) == 0


@pytest.mark.parametrize("key", ["", "?key=", "?key=x", f"?key={GUARD.token}"])
def test_a_form_without_the_key_is_refused(page: Page, key: str) -> None:
    for origin in ({}, {"Origin": "null"}, {"Origin": HERE}):
        assert page.client.post(f"/check{key}", headers=origin).status_code == 403
        assert page.client.post(f"/stop{key}", headers=origin).status_code == 403
    assert not page.stopped.is_set()


def test_a_form_without_script_says_null_for_its_origin(page: Page) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert page.send((text(), "甲.txt"), headers=headers).status_code == 303


def test_every_answer_is_sealed(page: Page) -> None:
    where = page.checked((text(), "甲.txt"))
    for path in ("/", where, f"{where}/0.html", f"{where}/0.xlsx", "/static/page.css", "/no", "/check"):
        with page.client.get(path) as answer:
            headers = answer.headers
        assert headers["Cache-Control"] == "no-store", path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'self'" if ".html" not in path else "default-src 'none'")


def test_pages_hold_no_script_of_their_own(page: Page) -> None:
    where = page.checked((text(), "甲.txt"))
    for path in ("/", where, "/no"):
        shown = page.client.get(path).text
        assert re.findall(r"<script[^>]*>", shown) == ['<script src="/static/page.js" defer>']
        assert not re.search(r"\s(?:on\w+|style)=", shown)
        assert "http://" not in shown.replace("http://www.w3.org", "")


def test_the_report_may_run_its_own_script_only(page: Page) -> None:
    where = page.checked((text(), "甲.txt"))
    policy = page.client.get(f"{where}/0.html").headers["Content-Security-Policy"]
    assert re.search(r"script-src 'sha256-[\w+/]{43}='(?:;| )", policy)
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b'<title><meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">',
        b" " * 5000 + b'<meta http-equiv="Content-Security-Policy" content="script-src *">',
    ],
)
def test_a_policy_is_taken_from_the_head_only(head: bytes) -> None:
    assert "script-src" not in policy_of(head)


# What is taken.


def test_too_much_is_refused_in_words(page: Page) -> None:
    words = SMALL.words.zh
    for answer in (
        page.send(*((b"x", f"{at}.txt") for at in range(4))),
        page.send(*((b"x", f"{at}.txt") for at in range(40))),
        page.send_large(),
    ):
        assert answer.status_code == 413
        assert words in answer.text
    answer = page.send_large(headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (413, {"message": words})
    assert list(page.folder.iterdir()) == []


def test_the_usual_limits() -> None:
    assert Limits() == Limits(file=50 << 20, request=200 << 20, files=50)
    assert "一次最多 50 份文件，每份不超过 50 MB，合计不超过 200 MB" in Limits().words.zh


def test_one_file_too_large_does_not_stop_the_others(page: Page) -> None:
    where = page.checked((b"x" * 1001, "大.txt"), (text(), "小.txt"))
    shown = page.client.get(where).text
    assert "没有检查" in shown
    assert "文件超过" in shown
    assert f"{where}/0.html" in shown
    assert "共 2 份" in shown


def test_nothing_sent(page: Page) -> None:
    for answer in (page.send(), page.send((b"", ""))):
        assert answer.status_code == 400
        assert "没有收到文件" in answer.text


def test_what_is_no_report_is_named_with_the_reason(page: Page) -> None:
    shown = page.client.get(page.checked((b"\x89PNG", "图.png"), (b"x", "~$总结.docx"))).text
    assert "图片、音视频，不是报告" in shown
    assert "Word 打开文件时的临时文件" in shown


def test_a_file_that_cannot_be_read_is_explained_as_on_the_console(page: Page) -> None:
    shown = page.client.get(page.checked((b"PK\x03\x04 broken", "坏.docx"))).text
    assert "没读成" in shown
    assert "请用 Word 或 WPS 打开确认后重新导出" in shown
    assert "0.html" not in shown


@pytest.mark.parametrize("status", [400, 403, 404, 405])
def test_problems_are_told_in_words(page: Page, status: int) -> None:
    path = {400: f"/check?key={GUARD.key}", 403: "/check", 404: "/r/gone", 405: "/check"}[status]
    ask = page.client.post if status in {400, 403} else page.client.get
    answer = ask(path)
    assert answer.status_code == status
    assert re.search(r"[\u4e00-\u9fff]{5}", answer.text)
    assert ask(path, headers={"Accept": "application/json"}).json["message"] in answer.text


def test_a_bug_shows_no_traceback(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.desk, "take", lambda *_: 1 / 0)
    answer = page.send((text(), "甲.txt"))
    assert answer.status_code == 500
    assert "程序内部出错" in answer.text
    assert "ZeroDivision" not in answer.text


# Hostile names.


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("总结.docx", "总结.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\桌面\\总结.docx", "总结.docx"),
        ("C:总结.docx", "C_总结.docx"),
        ("/etc/passwd", "passwd"),
        ("..", "未命名"),
        (".", "未命名"),
        ("/", "未命名"),
        ("", "未命名"),
        (None, "未命名"),
        ("  .. ", "未命名"),
        ("a\x00b\r\nX-Evil: 1.docx", "abX-Evil_ 1.docx"),
        ("报告\u202excod.exe", "报告xcod.exe"),
        ("总\u200b结.docx", "总结.docx"),
        ("CON.docx", "_CON.docx"),
        ("com1", "_com1"),
        ('<img src=x>"|?*.txt', "_img src=x_____.txt"),
        ("总结.docx...", "总结.docx"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800.txt", ".txt"),
    ],
)
def test_names_are_cleaned(given: str | None, kept: str) -> None:
    assert names.clean(given) == kept


def test_long_names_keep_their_suffix() -> None:
    name = names.clean("长" * 500 + ".docx")
    assert len(name) == names.MOST
    assert name.endswith("…docx"[:1] + ".docx")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.DOCX", ".docx"),
        ("a", ""),
        ("a.", ""),
        ("a./..", ""),
        ("a.文档", ""),
        ("a.x y", ""),
        ("a." + "b" * 11, ""),
    ],
)
def test_suffixes_are_letters_and_digits(name: str, suffix: str) -> None:
    assert names.suffix(name) == suffix
    assert names.stem(name) + (name[len(names.stem(name)) :]) == name


def test_equal_names_are_told_apart() -> None:
    assert names.distinct("甲.txt", set()) == "甲.txt"
    assert names.distinct("甲.txt", {"甲.txt", "甲 (2).txt"}) == "甲 (3).txt"


@pytest.mark.parametrize("name", [one for one in HOSTILE if one.strip()])
def test_hostile_names_are_shown_and_saved_harmlessly(tmp_path: Path, name: str) -> None:
    seen: list[tuple[str, Path]] = []

    def checker(files: Any, left: Any, *_: Any) -> Outcome:
        seen.extend((one.shown, one.path) for one in files)
        return Outcome(run=run_of(*(report(found(), path=one.shown) for one in files)))

    page = Page(tmp_path, checker=checker)
    where = page.checked((text(), re.sub(r"[\x00\r\n\ud800]", "", name) + ".txt"))
    shown = page.client.get(where).text
    for sign in ("<img", "<a href=//", "onerror=y>", "\u202e", "<b>x", "<script>alert"):
        assert sign not in shown
    for _, path in seen:
        assert path.parent.parent == tmp_path
        assert re.fullmatch(r"\d{4}(\.[a-z0-9]+)?", path.name)
    answer = page.client.get(f"{where}/0.xlsx")
    assert "\n" not in answer.headers["Content-Disposition"]
    page.desk.close()


def test_a_download_is_named_in_utf8(page: Page) -> None:
    where = page.checked((text(), "年度 总结’.txt"))
    header = page.client.get(f"{where}/0.xlsx").headers["Content-Disposition"]
    assert header.startswith("attachment;")
    assert "filename*=UTF-8''" + quote("年度 总结’-缺项清单.xlsx") in header


# What is kept, and what is left.


def test_nothing_is_left_in_the_folder(page: Page) -> None:
    page.checked((text(), "甲.txt"), (b"PK broken", "坏.docx"))
    eventually(lambda: list(page.folder.iterdir()) == [])


@pytest.mark.parametrize("error", [RuntimeError("x"), UserError("豁免清单有错", "wrong"), MemoryError()])
def test_nothing_is_left_after_a_failure(tmp_path: Path, error: Exception) -> None:
    def checker(*_: Any) -> Outcome:
        assert list(tmp_path.iterdir()) != []
        raise error

    page = Page(tmp_path, checker=checker)
    for _ in range(2):
        shown = page.client.get(page.checked((text(), "甲.txt"))).text
        assert "没能检查" in shown
        assert "豁免清单有错" in shown or "程序内部出错" in shown
    assert list(tmp_path.iterdir()) == []
    page.desk.close()


def test_nothing_is_left_when_the_upload_breaks_off(page: Page) -> None:
    class Broken:
        filename = "甲.txt"

        def save(self, dst: Path) -> None:
            dst.write_bytes(b"half")
            raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        page.desk.take([Broken()], Choice())
    assert list(page.folder.iterdir()) == []


def test_too_many_waiting_are_refused_and_all_is_gone_at_the_end(tmp_path: Path) -> None:
    go = threading.Event()

    def checker(*_: Any) -> Outcome:
        go.wait(30)
        return Outcome(run=run_of())

    page = Page(tmp_path, checker=checker)
    answers = [page.send((text(), "甲.txt")).status_code for _ in range(12)]
    assert set(answers[:10]) == {303}
    assert answers[-1] == 503
    with pytest.raises(Busy):
        page.desk.take([], Choice())
    shown = page.client.get(page.client.get("/").request.path).text
    assert "把报告拖到这里" in shown
    go.set()
    page.desk.close()
    eventually(lambda: list(tmp_path.iterdir()) == [])
    assert len(page.desk.results) == 0


def test_the_end_waits_until_a_check_is_given_up(tmp_path: Path) -> None:
    begun, given_up = threading.Event(), threading.Event()

    def checker(files: Any, left: Any, choice: Any, setup: Any, tell: Any) -> Outcome:
        begun.set()
        try:
            while True:
                tell(0)
                time.sleep(0.01)
        finally:
            given_up.set()

    page = Page(tmp_path, checker=checker)
    page.send((text(), "甲.txt"))
    assert begun.wait(30)
    page.desk.close()
    assert given_up.is_set()
    assert not page.desk._thread.is_alive()
    assert list(tmp_path.iterdir()) == []
    answer = page.send((text(), "乙.txt"))
    assert answer.status_code == 503
    assert list(tmp_path.iterdir()) == []


def test_workers_are_stopped_at_the_end(tmp_path: Path) -> None:
    import multiprocessing

    page = rules_page(tmp_path)
    page.send(*((DOCX.read_bytes(), f"{at}.docx") for at in range(12)))
    eventually(lambda: bool(multiprocessing.active_children()))
    page.desk.close()
    assert not page.desk._thread.is_alive()
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_files_that_come_in_at_the_end(page: Page) -> None:
    saving, go = threading.Event(), threading.Event()

    class Slow:
        filename = "甲.txt"

        def save(self, dst: Path) -> None:
            saving.set()
            go.wait(30)
            dst.write_bytes(b"x")

    refused: list[BaseException] = []

    def take() -> None:
        try:
            page.desk.take([Slow(), Slow()], Choice())
        except Busy as error:
            refused.append(error)

    threads = [threading.Thread(target=take), threading.Thread(target=page.desk.close)]
    threads[0].start()
    assert saving.wait(30)
    threads[1].start()
    assert page.desk._closed.wait(30)
    go.set()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert list(page.folder.iterdir()) == []


def test_a_running_check_is_shown_without_a_script(tmp_path: Path) -> None:
    go = threading.Event()

    def checker(files: Any, left: Any, choice: Any, setup: Any, tell: Any) -> Outcome:
        tell(1)
        go.wait(30)
        return Outcome(run=run_of())

    page = Page(tmp_path, checker=checker)
    where = page.send((text(), "甲.txt"), (text(), "乙.txt")).headers["Location"]
    eventually(lambda: page.client.get(f"{where}/state").json == {"state": "running", "done": 1, "total": 2})
    shown = page.client.get(where).text
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert "已检查 1 份，共 2 份" in shown
    assert page.client.get(f"{where}/all.html").status_code == 404
    go.set()
    page.desk.close()


def batch(size: int = 0, state: State = State.DONE) -> Batch:
    words: dict[str, bytes | Bilingual] = {"a": b"x" * size}
    outcome = Outcome(run=run_of(), words=words) if state is State.DONE else None
    return Batch(choice=Choice(), total=1, state=state, outcome=outcome)


def test_only_the_last_results_are_kept() -> None:
    results = Results(most=3)
    held = [batch() for _ in range(5)]
    for one in held:
        results.add(one)
    assert [results.get(one.id) is not None for one in held] == [False, False, True, True, True]


def test_results_are_dropped_after_their_time() -> None:
    now = [0.0]
    results = Results(seconds=60, clock=lambda: now[0])
    done, running = batch(), batch(state=State.RUNNING)
    results.add(done)
    results.add(running)
    now[0] = 59
    assert results.get(done.id) is done
    now[0] = 61
    assert results.get(done.id) is None
    assert results.get(running.id) is running


def test_results_are_dropped_when_they_are_too_large() -> None:
    results = Results(size=100)
    held = [batch(60), batch(60), batch(300)]
    for one in held:
        results.add(one)
    assert [results.get(one.id) is not None for one in held] == [False, False, True]


def test_the_page_says_that_a_result_is_gone(page: Page) -> None:
    where = page.checked((text(), "甲.txt"))
    page.desk.results.clear()
    for path in (where, f"{where}/state", f"{where}/0.html", f"{where}/all.xlsx"):
        answer = page.client.get(path)
        assert answer.status_code == 404
        assert "只保留最近 20 次" in answer.text


@pytest.mark.parametrize("path", ["9.html", "9.xlsx", "0.docx", "9.docx", "-1.html", "x.html"])
def test_what_is_not_there_is_not_found(page: Page, path: str) -> None:
    where = page.checked((text(), "甲.txt"))
    assert page.client.get(f"{where}/{path}").status_code == 404


def test_the_button_ends_the_server(page: Page) -> None:
    answer = page.client.post(f"/stop?key={GUARD.key}", headers={"Origin": HERE})
    assert "检查程序已经关闭" in answer.text
    # Nothing that the server would have to give, not even an icon.
    assert re.findall(r"<link[^>]*>", answer.text) == ['<link rel="icon" href="data:,">']
    assert "img-src data:" in answer.headers["Content-Security-Policy"]
    answer.close()
    assert page.stopped.is_set()


# What is checked.


def rules_page(folder: Path, **flags: Any) -> Page:
    from validator.rulepacks.loader import load_rules

    config = Config(flags={key: Origin(value=value) for key, value in flags.items()})
    options = Options(stage=flags.get("stage", "submission"))
    return Page(
        folder, setup=Setup(rules=load_rules([]), options=options, config=config, settle=lambda run: run)
    )


def test_a_word_file_gives_all_three(tmp_path: Path) -> None:
    import docx
    import openpyxl

    page = rules_page(tmp_path)
    data = DOCX.read_bytes()
    where = page.checked((data, "甲.docx"), (data, "甲.docx"), (text("一、体育\n场地XX个。"), "乙.txt"))
    shown = page.client.get(where).text
    assert "甲 (2).docx" in shown
    assert "看全部的总览" in shown
    assert "这种格式加不了批注" in shown
    word = page.client.get(f"{where}/1.docx")
    assert "filename*=UTF-8''" + quote("甲 (2)-批注.docx") in word.headers["Content-Disposition"]
    assert len(list(docx.Document(io.BytesIO(word.data)).comments)) > 5
    assert page.client.get(f"{where}/2.docx").status_code == 404
    book = openpyxl.load_workbook(io.BytesIO(page.client.get(f"{where}/0.xlsx").data))
    assert len(book.sheetnames) >= 3
    assert "乙.txt" in page.client.get(f"{where}/all.html").text
    assert "乙.txt" not in page.client.get(f"{where}/0.html").text
    page.desk.close()


def test_an_archive_is_opened(tmp_path: Path) -> None:
    import zipfile

    import docx

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(DOCX, "体育/甲.docx")
        archive.writestr("../爬.txt", "x")
    page = rules_page(tmp_path)
    where = page.checked((packed.getvalue(), "材料.zip"))
    shown = page.client.get(where).text
    assert "体育/甲.docx" in shown
    assert "指到了压缩包以外" in shown
    answers = [page.client.get(f"{where}/{at}.docx") for at in range(2)]
    (word,) = [one.data for one in answers if one.status_code == 200]
    assert len(list(docx.Document(io.BytesIO(word)).comments)) > 5
    page.desk.close()


@pytest.mark.parametrize(
    ("fields", "profile", "stage"),
    [
        ({}, None, "review"),
        ({"profile": "county_annual", "stage": "draft"}, "county_annual", "draft"),
        ({"profile": "nonsense", "stage": "../x"}, None, "review"),
    ],
)
def test_the_choice_of_the_page_counts(
    tmp_path: Path, fields: dict[str, str], profile: str | None, stage: str
) -> None:
    page = rules_page(tmp_path, stage="review")
    page.checked((text("一、体育\n场地XX个。"), "乙.txt"), **fields)
    (held,) = page.desk.results._held.values()
    assert held.outcome is not None
    (one,) = held.outcome.run.reports
    assert (one.profile, one.stage) == (profile, stage)
    page.desk.close()


def test_the_command_line_chooses_beforehand(tmp_path: Path) -> None:
    page = rules_page(tmp_path, profile="gov_annual", stage="draft")
    shown = page.client.get("/").text
    assert '<option value="gov_annual" selected>' in shown
    assert '<option value="draft" selected>' in shown
    page.desk.close()


def test_the_page_speaks_english(page: Page) -> None:
    shown = page.client.get("/?lang=en").text
    assert "Drop reports here" in shown
    assert not re.search(r"[\u4e00-\u9fff]", shown.replace(">中文<", "").replace("体育", ""))
    where = page.checked((text(), "a.txt"), (b"x", "b.png"))
    for path in (where, "/r/gone"):
        assert not re.search(r"[\u4e00-\u9fff]", page.client.get(path).text.replace(">中文<", ""))
    assert "把报告拖到这里" in page.client.get("/?lang=zh").text


def test_what_was_left_is_told_after_the_reports(tmp_path: Path) -> None:
    def checker(files: Any, left: Any, *_: Any) -> Outcome:
        one = run_of(report(found(severity=Severity.WARNING), path="甲.txt"))
        ledger = LedgerEntry(path="丙.zip!/里.png", zh="图片", en="picture")
        return Outcome(
            run=type(one)(
                reports=one.reports, ledger=type(one.ledger)(checked=("甲.txt",), skipped=(ledger,))
            )
        )

    page = Page(tmp_path, checker=checker)
    shown = page.client.get(page.checked((text(), "甲.txt"))).text
    assert shown.index("甲.txt") < shown.index("里.png")
    page.desk.close()


def test_the_verdict_of_one_file(tmp_path: Path) -> None:
    severities = {"坏.txt": [Severity.ERROR], "警.txt": [Severity.WARNING], "好.txt": []}

    def checker(files: Any, *_: Any) -> Outcome:
        name = files[0].shown
        document = Document(path=name, format="txt", encoding="utf-8", source="", blocks=())
        findings = [found(severity=one) for one in severities[name]]
        return Outcome(run=run_of(report(*findings, path=name, format="txt", document=document)))

    page = Page(tmp_path, checker=checker)
    told = {name: page.client.get(page.checked((text(), name))).text for name in severities}
    assert "有必须处理的问题" in told["坏.txt"]
    assert "没有错误，有警告" in told["警.txt"]
    assert '<p class="say">没有发现问题</p>' in told["好.txt"]
    assert all("共 1 份" not in one for one in told.values())
    page.desk.close()


@pytest.mark.parametrize("redact", [True, None])
def test_personal_numbers_are_masked_where_the_project_wants_it(tmp_path: Path, redact: bool | None) -> None:
    flags = {} if redact is None else {"redact": redact}
    page = rules_page(tmp_path, **flags)
    where = page.checked((text("一、体育\n场地XX个，联系电话13812345678。"), "乙.txt"))
    assert ("13812345678" in page.client.get(f"{where}/0.html").text) is (redact is None)
    page.desk.close()


# The command.


def test_without_the_libraries_one_line_says_what_to_install(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.importlib.util, "find_spec", lambda name: None)
    done = program("serve")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "flask、waitress" in done.err
    assert "-m pip install flask waitress" in done.err or "inject" in done.err


@pytest.mark.parametrize(
    ("prefix", "executable", "expected"),
    [
        (
            "/home/a/v/.venv",
            "/home/a/v/.venv/bin/python",
            "/home/a/v/.venv/bin/python -m pip install flask waitress",
        ),
        ("/home/a b", "/home/a b/python", '"/home/a b/python" -m pip install flask waitress'),
        (
            "/home/a/.local/pipx/venvs/indicator-validator",
            "/x/python",
            "pipx inject indicator-validator flask waitress",
        ),
        (
            "/home/a/.local/share/uv/tools/indicator-validator",
            "/x/python",
            "uv pip install --python /x/python flask waitress",
        ),
    ],
)
def test_the_command_that_installs(prefix: str, executable: str, expected: str) -> None:
    assert command.install_command(prefix, executable) == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "70000"], "--port 要在"),
        (["--port", "-1"], "--port 要在"),
        (["--profile", "county"], "没有这个要求清单"),
        (["--stage", "x"], "--stage 不能是 x"),
        (["甲.docx"], "多余的参数"),
        (["--config", "no.yaml"], "no.yaml"),
    ],
)
def test_wrong_options(program: Program, folder: Path, arguments: list[str], words: str) -> None:
    done = program("serve", "--no-browser", *arguments)
    assert done.code == 2
    assert words in done.err


def test_wrong_waivers_are_told_before_the_page_opens(program: Program, folder: Path) -> None:
    (folder / "validator.yaml").write_text("waivers: w.yaml\n", encoding="utf-8")
    (folder / "w.yaml").write_text("- nonsense\n", encoding="utf-8")
    done = program("serve", "--no-browser")
    assert (done.code, done.out) == (2, "")
    assert "w.yaml" in done.err


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match="cannot be used"):
            listen(taken.getsockname()[1])


def test_it_listens_on_this_machine_only() -> None:
    with listen(0) as found_socket:
        assert found_socket.getsockname()[0] == "127.0.0.1"
