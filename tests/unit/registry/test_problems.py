"""Problems: each that is raised is declared, each that is declared is raised, in both languages with what to do."""

import re
from pathlib import Path
from string import Formatter

import pytest

import pipelines
from pipelines.registry.problems import Problem, problems

RAISED = re.compile(r"\b(?:Problem|\w+Error)\(\s*\"([a-z-]+)\"")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_what_is_raised_is_what_is_declared() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(Path(pipelines.__path__[0]).rglob("*.py"))]
    raised = {name for text in sources for name in RAISED.findall(text)}
    assert raised == set(problems())


@pytest.mark.parametrize("name", problems())
def test_both_languages_say_the_same_things(name: str) -> None:
    declared = problems()[name]
    assert set(declared) == {"zh", "en", "todo_zh", "todo_en"}
    assert placeholders(declared["zh"]) == placeholders(declared["en"])
    assert placeholders(declared["todo_zh"]) == placeholders(declared["todo_en"]) == set()
    assert not declared["zh"].isascii()


def test_a_problem_says_where_and_what_it_saw() -> None:
    problem = Problem("not-one-statement", "sql", found="{2}")
    assert str(problem) == "sql: Found {2} statements, expected exactly one; for example: from mart.website_weibo"
    assert problem.message("zh").startswith("见到 {2} 条语句")
