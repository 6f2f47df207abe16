"""A small sound corpus in a folder, for tests that break one thing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from settings import CHECKOUT

DOCUMENT = """---
id: green-tonglu
title: 桐庐的绿色产品认证
subject: 绿色产品认证
---

## 补贴：桐庐
桐庐县对首次获得绿色产品认证的企业一次性奖励8万元。{sub-tonglu}
"""
ROW = """- id: sub-tonglu
  kind: subsidy
  region: 浙江省杭州市桐庐县
  values: {奖励: 80000元}
  confirm_with: 桐庐县市场监督管理局
  validity: {state: unknown}
  source: {title: 桐庐县质量奖励办法, checked: secondary}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus with one document, one row and the project's words; nothing to mend."""
    shutil.copytree(CHECKOUT / "corpus" / "words", tmp_path / "words")
    (tmp_path / "documents").mkdir()
    (tmp_path / "facts").mkdir()
    (tmp_path / "documents" / "tonglu.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "facts" / "tonglu.yaml").write_text(ROW, encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """change(file, old, new) puts `new` in place of `old`; an empty `old` appends."""

    def put(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")

    return put
