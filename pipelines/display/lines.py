"""Findings and failures as lines a compiler would print: where, how bad, which rule, what."""

from collections.abc import Sequence


def place(path: str, locator: str) -> str:
    """Return a place as editors understand it where it is a line.

    >>> place("2017/x.txt", "line 412"), place("x.pdf", "page 4 table 2 row 7 cell 3")
    ('2017/x.txt:412', 'x.pdf: page 4 table 2 row 7 cell 3')
    """
    if locator.startswith("line "):
        return f"{path}:{locator.removeprefix('line ')}"
    return f"{path}: {locator}" if locator else path


def finding_line(path: str, finding: dict[str, object], locators: Sequence[str]) -> str:
    """Return one finding: place, severity (doubt where it cannot be told), rule, both messages, further places."""
    severity = {"broken": finding["severity"], "cannot_tell": "doubt"}.get(str(finding["verdict"]), "passed")
    first = place(path, locators[0] if locators else "")
    further = f" [{', '.join(locators[1:])}]" if len(locators) > 1 else ""
    return f"{first}: {severity} {finding['rule']}: {finding['message_zh']} | {finding['message_en']}{further}"


def failure_line(path: str, reason: str, message_zh: str, message_en: str) -> str:
    """Return why a file is not read."""
    return f"{path}: error {reason}: {message_zh} | {message_en}"
