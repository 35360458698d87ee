"""The files that `validator init --ci` writes: the check on a code host, and before a commit.

Every one installs this very version and calls the command; none needs a token or another party's action but
the host's own, pinned by commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from validator import __version__
from validator.readers._choose import supported_suffixes

_GITHUB = """\
# 每次提交和合并请求时检查报告；合并请求只为新问题失败。
# Checks the reports on every push and pull request; a pull request fails on new findings only.
name: validator

on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read

jobs:
  reports:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0
        with:
          python-version: "3.12"
      - run: python -m pip install -q "indicator-validator==@VERSION@"
      - name: check
        shell: bash
        env:
          BASE: ${{ github.base_ref }}
          PYTHONUTF8: "1"
        run: |
          scope=()
          if [ -n "$BASE" ]; then scope=(--changed "origin/$BASE" --new-only); fi
          validator check . "${scope[@]}" --format github --format markdown --output "$GITHUB_STEP_SUMMARY"
"""
_GITLAB = """\
# 合并请求只为新问题失败；默认分支检查全部。程序从别处安装的，改 VALIDATOR_SOURCE。
# A merge request fails on new findings only; the default branch is checked as a whole. Set VALIDATOR_SOURCE
# where the program comes from elsewhere, such as: indicator-validator @ git+https://…@COMMIT
.validator:
  image: python:3.13.7-bookworm
  stage: test
  variables:
    VALIDATOR_SOURCE: indicator-validator==@VERSION@
    # 要有全部历史，才能和目标分支比较 / the whole history, to compare with the target branch
    GIT_DEPTH: "0"
    PYTHONUTF8: "1"
  before_script:
    - venv="$(mktemp -d)"
    - python -m venv "$venv"
    - '"$venv/bin/python" -m pip install -q "$VALIDATOR_SOURCE"'
    - export PATH="$venv/bin:$PATH"
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

validator:
  extends: .validator
  script:
    - |
      set -- .
      if [ -n "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then
        set -- "$@" --changed "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --new-only
      fi
      validator check "$@" --format console --format junit --output validator-junit.xml
  artifacts:
    when: always
    reports:
      junit: validator-junit.xml

# GitLab 拿两个分支的全部结果相比，所以这里总是检查全部，也不因问题而失败。
# GitLab compares the whole results of two branches, so this always checks everything and does not fail.
validator-code-quality:
  extends: .validator
  script:
    - validator check . --format gitlab --output gl-code-quality-report.json || test "$?" = 1
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""
_PRE_COMMIT = """\
# 提交之前检查改动过的报告。安装一次：pip install pre-commit && pre-commit install
# Checks changed reports before a commit. Once: pip install pre-commit && pre-commit install
repos:
  - repo: local
    hooks:
      - id: validator-check
        name: validator check (工作总结检查)
        language: python
        additional_dependencies: ["indicator-validator==@VERSION@"]
        entry: validator check --force-exclude
        args: ["--"]
        types: [file]
        files: '(?i)(^|/)(?!~\\$|\\.~)[^/]+\\.(@SUFFIXES@)$'
        require_serial: true
"""
_UNREAD = (".zip", ".rar", ".7z", ".ppt", ".pps", ".pot", ".dps", ".dpt", ".odp")
"""Documents that become a finding, as no reader has them: they must not pass a hook unseen."""


@dataclass(frozen=True, slots=True)
class CiFile:
    """One file: where it belongs, from the top of the repository, and its text."""

    path: str
    text: str


def ci_files() -> Mapping[str, CiFile]:
    """The files by the name of the service."""
    suffixes = "|".join(sorted(one.removeprefix(".") for one in (*supported_suffixes(), *_UNREAD)))

    def filled(text: str) -> str:
        return text.replace("@VERSION@", __version__).replace("@SUFFIXES@", suffixes)

    return {
        "github": CiFile(".github/workflows/validator.yml", filled(_GITHUB)),
        "gitlab": CiFile(".gitlab-ci.yml", filled(_GITLAB)),
        "pre-commit": CiFile(".pre-commit-config.yaml", filled(_PRE_COMMIT)),
    }
