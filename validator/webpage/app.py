"""The pages: one to drop reports on, one with what was found in them, and the files made of it."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING, Any

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from validator import __version__
from validator.model.config import STAGES
from validator.model.report import Run
from validator.model.words import Bilingual, Lang
from validator.reporters._base import Look
from validator.webpage import _names as names
from validator.webpage import _render as rendering
from validator.webpage._desk import Busy, Desk
from validator.webpage._guard import PAGE_POLICY, Guard, seal
from validator.webpage._results import Batch, Choice, State, alone

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LANG = "validator-lang"
_SLACK = 1 << 20
"""Bytes of a request beside its files: the names and what stands between the parts."""

STAGE_WORDS = {
    "draft": Bilingual("起草（还没写完，放宽）", "draft (not finished yet; lenient)"),
    "review": Bilingual("审核", "review"),
    "submission": Bilingual("报送（最严）", "submission (strictest)"),
}
_PROBLEMS = {
    400: Bilingual("没有收到文件，请选好文件再点“检查”", "no file came in; choose files, then press Check"),
    403: Bilingual(
        "这个页面只给运行 validator serve 的人用。请从那个窗口里打印的网址重新打开",
        "this page is only for whoever runs validator serve; open the address that it has printed",
    ),
    404: Bilingual(
        "这里没有内容。检查结果只保留最近 20 次、一小时以内的，请重新检查一次",
        "nothing is here; only the last 20 results of the last hour are kept; check the file again",
    ),
    405: Bilingual("请从首页开始", "please begin at the first page"),
    503: Bilingual("等着检查的文件太多，请过一会儿再试", "too many files are waiting; try again in a moment"),
    507: Bilingual("临时文件写不了（磁盘可能满了）", "no room for temporary files"),
}
_BUG = Bilingual("程序内部出错，请重试一次", "the program failed; try once more")


def create_app(guard: Guard, desk: Desk, lang: Lang, stop: Callable[[], None]) -> Flask:
    """The application. `stop` ends the server once its last page is sent."""
    app = Flask("validator.webpage", static_url_path="/static")
    app.config.update(
        MAX_CONTENT_LENGTH=desk.limits.request + _SLACK,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.logger.disabled = True
    pages = _Pages(guard, desk, lang, stop)
    app.before_request(pages.check)
    app.after_request(seal)
    app.context_processor(pages.context)
    app.register_error_handler(Exception, pages.problem)
    for rule, view, method in (
        ("/enter/<token>", pages.enter, "GET"),
        ("/", pages.home, "GET"),
        ("/check", pages.take, "POST"),
        ("/r/<batch_id>", pages.batch, "GET"),
        ("/r/<batch_id>/state", pages.state, "GET"),
        ("/r/<batch_id>/all.html", pages.all_html, "GET"),
        ("/r/<batch_id>/all.xlsx", pages.all_xlsx, "GET"),
        ("/r/<batch_id>/<int:number>.html", pages.one_html, "GET"),
        ("/r/<batch_id>/<int:number>.xlsx", pages.one_xlsx, "GET"),
        ("/r/<batch_id>/<int:number>.docx", pages.one_docx, "GET"),
        ("/favicon.ico", pages.icon, "GET"),
        ("/stop", pages.stop, "POST"),
    ):
        app.add_url_rule(rule, view.__name__, view, methods=[method])
    return app


class _Pages:
    """What is answered; one method a page."""

    def __init__(self, guard: Guard, desk: Desk, lang: Lang, stop: Callable[[], None]) -> None:
        self._guard, self._desk, self._lang, self._stop = guard, desk, lang, stop

    # Before and around every page.

    def check(self) -> None:
        """Refuse whoever is not the browser of our user."""
        guard = self._guard
        if not guard.is_our_host(request):
            abort(403)
        if request.endpoint != "enter" and not guard.is_known(request):
            abort(403)
        if request.method not in {"GET", "HEAD"} and not guard.is_from_us(request):
            abort(403)
        g.known = True

    def lang(self) -> Lang:
        """The language that the page was switched to, else that of the command line."""
        asked = request.args.get("lang") or request.cookies.get(_LANG) or ""
        return Lang(asked) if asked in {"zh", "en"} else self._lang

    def context(self) -> dict[str, Any]:
        """What every template knows."""
        lang, desk = self.lang(), self._desk
        return {
            "say": lambda zh, en: en if lang is Lang.EN else zh,
            "lang": lang,
            "code": "en" if lang is Lang.EN else "zh-CN",
            "version": __version__,
            "key": self._guard.key,
            "limits": desk.limits,
            "too_much": desk.limits.words.get(lang),
            "profiles": [(one.id, one.name.get(lang)) for one in desk.setup.rules.profiles.values()],
            "stages": [(one, STAGE_WORDS[one].get(lang)) for one in STAGES],
            "choice": desk.setup.usual,
        }

    def problem(self, error: Exception) -> tuple[Answer | str, int]:
        """A sentence for whatever went wrong, as a page or as JSON, and never a traceback."""
        status = error.code or 500 if isinstance(error, HTTPException) else 500
        if isinstance(error, HTTPException) and status < 400:
            return error.get_response(), status
        words = _PROBLEMS.get(status, _BUG)
        if isinstance(error, RequestEntityTooLarge):
            words = self._desk.limits.words
        said = words.get(self.lang())
        if _wants_json():
            return jsonify(message=said), status
        template = "problem.html" if g.get("known") else "refused.html"
        return render_template(template, said=said), status

    # The pages.

    def enter(self, token: str) -> Response:
        """The address that is printed: gives the cookie. It is a page and no redirect, as a browser that came
        from elsewhere would not send a strict cookie along a redirect."""
        if not self._guard.is_token(token):
            abort(403)
        response = Response(render_template("enter.html"))
        self._guard.let_in(response)
        return response

    def home(self) -> Response:
        """The page to drop files on."""
        return self._page("home.html")

    def icon(self) -> Response:
        """What browsers ask for on pages that name no icon."""
        return current_app.send_static_file("icon.svg")

    def take(self) -> tuple[Answer, int] | Answer:
        """Take files in. Says where the result will be."""
        uploads = [one for one in request.files.getlist("files") if one.filename]
        if not uploads:
            abort(400)
        if len(uploads) > self._desk.limits.files:
            abort(413)
        try:
            batch = self._desk.take(uploads, self._choice())
        except Busy:
            abort(503)
        except OSError:
            abort(507)
        where = url_for("batch", batch_id=batch.id)
        return (jsonify(url=where), 202) if _wants_json() else redirect(where, 303)

    def batch(self, batch_id: str) -> Response:
        """How far a check is, then what was found."""
        batch, lang = self._batch(batch_id), self.lang()
        rows = rendering.rows(batch.outcome, self._desk.setup.rules, lang) if batch.outcome else []
        return self._page(
            "batch.html",
            batch=batch,
            running=batch.state in {State.WAITING, State.RUNNING},
            failure=batch.failure.get(lang),
            rows=rows,
            readable=sum(row.readable for row in rows),
            choice=batch.choice,
        )

    def state(self, batch_id: str) -> Response:
        """How far a check is, for the script of the page."""
        batch = self._batch(batch_id)
        return jsonify(state=batch.state.value, done=batch.done, total=batch.total)

    def all_html(self, batch_id: str) -> Response:
        """The web report of all files."""
        batch = self._batch(batch_id)
        return self._web_report(batch, self._run(batch))

    def one_html(self, batch_id: str, number: int) -> Response:
        """The web report of one file."""
        batch = self._batch(batch_id)
        return self._web_report(batch, self._run(batch, number))

    def all_xlsx(self, batch_id: str) -> Response:
        """The list of what is missing in all files."""
        batch = self._batch(batch_id)
        return self._list(batch, self._run(batch), "")

    def one_xlsx(self, batch_id: str, number: int) -> Response:
        """The list of what is missing in one file."""
        batch = self._batch(batch_id)
        run = self._run(batch, number)
        return self._list(batch, run, _stem(run.reports[0].path))

    def one_docx(self, batch_id: str, number: int) -> Response:
        """A Word file with its comments."""
        batch = self._batch(batch_id)
        report = batch.report(number)
        data = batch.outcome.words.get(report.path) if batch.outcome and report else None
        if report is None or not isinstance(data, bytes):
            abort(404)
        end = names.suffix(report.path)
        return _download(data, _WORD, f"{_stem(report.path)}-批注{end or '.docx'}")

    def stop(self) -> Response:
        """Say goodbye in a page that needs nothing more, and end."""
        style = resources.files("validator.webpage").joinpath("static", "page.css").read_text("utf-8")
        response = Response(render_template("stopped.html", style=style))
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        # Without an empty icon of its own the page would ask the server, which is gone, for one.
        more = f"img-src data:; style-src 'sha256-{digest}'"
        response.headers["Content-Security-Policy"] = f"{PAGE_POLICY}; {more}"
        response.call_on_close(self._stop)
        return response

    # Their parts.

    def _page(self, template: str, **more: Any) -> Response:
        response = Response(render_template(template, **more))
        if request.args.get("lang") in {"zh", "en"}:
            response.set_cookie(_LANG, self.lang().value, httponly=True, samesite="Strict")
        return response

    def _choice(self) -> Choice:
        profile, stage = request.form.get("profile", ""), request.form.get("stage", "")
        usual = self._desk.setup.usual
        return Choice(
            profile=profile if profile in self._desk.setup.rules.profiles else None,
            stage=stage if stage in STAGES else usual.stage,
            lang=self.lang(),
        )

    def _batch(self, batch_id: str) -> Batch:
        batch = self._desk.results.get(batch_id)
        if batch is None:
            abort(404)
        return batch

    def _run(self, batch: Batch, number: int | None = None) -> Run:
        """The run of the batch, or of one file in it, with personal numbers masked where the project wants
        that."""
        if batch.outcome is None:
            abort(404)
        run = batch.outcome.run
        if number is not None:
            report = batch.report(number)
            if report is None:
                abort(404)
            run = alone(report, run)
        if self._desk.setup.config.value("redact"):
            from validator.redaction import redacted

            run = redacted(run)
        return run

    def _look(self, batch: Batch) -> Look:
        return rendering.look(batch, self.lang())

    def _web_report(self, batch: Batch, run: Run) -> Response:
        page = rendering.web_report(run, self._desk.setup.rules, self._look(batch))
        response = Response(page, mimetype="text/html")
        response.headers["Content-Security-Policy"] = rendering.policy_of(page)
        return response

    def _list(self, batch: Batch, run: Run, name: str) -> Response:
        data = rendering.missing_list(run, self._desk.setup.rules, self._look(batch))
        title = "缺项清单" if self.lang() is Lang.ZH else "missing"
        return _download(data, _SHEET, f"{name}-{title}.xlsx" if name else f"{title}.xlsx")


def _stem(path: str) -> str:
    return names.stem(names.clean(path))


def _download(data: bytes, kind: str, name: str) -> Response:
    """A file to keep; the name goes into `filename*` as UTF-8, as RFC 5987 has it."""
    return send_file(io.BytesIO(data), mimetype=kind, as_attachment=True, download_name=name, etag=False)


def _wants_json() -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
