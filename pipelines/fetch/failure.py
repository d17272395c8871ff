"""What keeps an address from being fetched."""


class Failure(Exception):  # noqa: N818 - it tells of the world outside; that is no error of the program
    """Why an address was not fetched: a name declared in fetching.yml, and what was seen.

    `passing` ones may be over when it is tried again, not before `after` seconds where the site says so.
    """

    def __init__(self, name: str, detail: object = "", *, passing: bool = False, after: float = 0.0) -> None:
        super().__init__(name, str(detail))
        self.name, self.detail, self.passing, self.after = name, str(detail), passing, after
