"""What a page is made of, by a parser that forgives nothing: tags that close, ids, links, and what could run."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_VOID = {"meta", "link", "input", "br", "img", "hr"}


class Markup(HTMLParser):
    """One page, read strictly."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.shape: list[str] = []
        self.handlers: list[str] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        assert self.open == [], f"{path}: not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        assert len(held) == len(attrs), f"{self.path}: an attribute twice in {tag}"
        if tag not in _VOID:
            self.open.append(tag)
        self.shape.append(tag)
        self.handlers += [name for name in held if name.startswith("on") or name == "style"]
        if tag == "script":
            self.scripts.append(held.get("src") or "in line")
        if held.get("id"):
            self.ids.append(held["id"] or "")
        self.links += [found for name in ("href", "src") if (found := held.get(name))]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape += [tag, *(name for name, _ in attrs)]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{self.path}: {tag} is closed and was not open"
        assert self.open.pop() == tag, f"{self.path}: {tag} is closed in the wrong place"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def dead_links(pages: dict[Path, Markup]) -> list[str]:
    """Return every link that leads to no file, or to no place in it."""
    found = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme, f"{path}: {link} leads away"
            assert not parts.netloc, f"{path}: {link} leads away"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            known = pages.get(target)
            if not target.is_file() or (parts.fragment and known and parts.fragment not in known.ids):
                found.append(f"{path}: {link}")
    return found


def pages_in(folder: Path) -> dict[Path, Markup]:
    """Return every page below a folder by its path."""
    return {path.resolve(): Markup(path) for path in sorted(folder.rglob("*.html"))}
