"""What can keep a command from its work, and what a person can do about it."""

from functools import cache

from pipelines.registry.files import read_yaml


class Problem(Exception):  # noqa: N818 - it tells of the world outside; that is no error of the program
    """A problem that a person can mend: its name in problems.yml, where it is, what was seen there.

    `details` are lines that say more than fits into one.
    """

    def __init__(self, name: str, where: object, details: tuple[str, ...] = (), **seen: object) -> None:
        super().__init__(name, where, details, seen)
        self.name, self.where, self.details, self.seen = name, str(where), details, seen

    def message(self, language: str) -> str:
        """Return what is wrong and what to do, in one of the languages `zh` and `en`.

        >>> Problem("no-warehouse", "w.duckdb").message("en")
        'There is no warehouse yet; run `gongkai build` first'
        """
        declared = problems()[self.name]
        between = "；" if language == "zh" else "; "
        return between.join(declared[part] for part in (language, f"todo_{language}")).format_map(self.seen)

    def __str__(self) -> str:
        return f"{self.where}: {self.message('en')}"


@cache
def problems() -> dict[str, dict[str, str]]:
    """Return every declared problem by its name: `zh`, `en`, and what to do in both languages."""
    found: dict[str, dict[str, str]] = read_yaml("problems.yml")
    return found
