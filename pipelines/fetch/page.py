"""What a web page, or the data behind one, links to."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.fetch.address import joined
from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.encoding import declared_encoding, decode_verbatim
from pipelines.read.html import read_html
from pipelines.read.media import HTML, MARKDOWN, TEXT
from pipelines.registry.fetching import Script, attachments, contents, limits, next_words, scripts, titles

PAGES = frozenset({HTML, MARKDOWN, TEXT})
_DATA = re.compile(r"\s*[\[{]")
_HOLDER = re.compile(r"<a\s", re.IGNORECASE)
_LINKING = "a[href],iframe[src],embed[src],object[data]"
_ADDRESS_ENDING = re.compile(r"\.(\w{2,4})(?=$|[?#&])")
_TEXT_ENDING = re.compile(r"\.(\w{2,4})[\s】\])）]*$")
_COMMENT = re.compile(r"<!--(?:(?!-->).)*+(?:-->|\Z)", re.DOTALL)
_OTHER_TAG = re.compile(r"<(?!/?(?:a|iframe|embed|object|base|title|script)[\s/>])[^<>]*+>", re.IGNORECASE)
_UNSAID = re.compile(r"<(script|style)[\s>](?:(?!</\1).)*+", re.IGNORECASE | re.DOTALL)
_LINKED = re.compile(r"<a\s[^<>]*+>(?:(?!</?a[\s/>]).){0,300}+", re.IGNORECASE | re.DOTALL)
_FIGURE = re.compile(r"[-+]?\d[\d,.]*")
_MOST_TAGS = 100_000
_ENTRY = {"title": "title", "address": ("post_url", "url")}


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the address it leads to, and the words by which it is known, its title before its text."""

    address: str
    title: str
    text: str

    @property
    def wording(self) -> str:
        """Title and text."""
        return f"{self.title} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its markup, its title, its links, and those that a script or a piece of data holds."""

    address: str
    markup: str
    title: str
    links: tuple[Link, ...]


def read_page(address: str, data: bytes) -> Page:
    """Return a page with its links in order; JSON is a page whose entries are links.

    Raises Unreadable where the bytes are no text in any known encoding, or too much of it.
    """
    markup = decode_verbatim(data, declared_encoding(data)).text
    if _DATA.match(markup):
        return Page(address, markup, "", tuple(_entries(address, markup)))
    parser = _parsed(markup)
    title = parser.css_first("title")
    base = parser.css_first("base[href]")
    start = joined(address, (base.attributes.get("href") or "") if base else "") or address
    links = [*_links(start, parser), *_hidden_links(start, parser)]
    return Page(address, markup, title.text(strip=True) if title else "", tuple(dict.fromkeys(links)))


def _parsed(markup: str) -> LexborHTMLParser:
    """Return the tree of nothing but links and scripts: it nests no deeper than a link, whatever the page does."""
    bare = _COMMENT.sub(" ", markup.replace("<![CDATA[", " ").replace("]]>", " "))
    bare = _OTHER_TAG.sub(" ", bare)
    if (tags := bare.count("<")) > _MOST_TAGS:
        raise Unreadable("file-too-large", f"{tags:,} tags; the limit is {_MOST_TAGS:,}")
    return LexborHTMLParser(bare)


def _links(address: str, parser: LexborHTMLParser) -> Iterator[Link]:
    for node in parser.css(_LINKING):
        if found := _link(address, node):
            yield found


def _link(address: str, node: LexborNode) -> Link | None:
    named = {name: node.attributes.get(name) or "" for name in ("href", "src", "data", "title")}
    to = joined(address, named["href"] or named["src"] or named["data"])
    return Link(to, _one_line(named["title"]), _one_line(node.text())) if to else None


def _hidden_links(address: str, parser: LexborHTMLParser) -> Iterator[Link]:
    """Yield the links in scripts and in pieces of XML, which some systems draw their lists from."""
    for node in parser.css("script"):
        text = node.text()
        if _HOLDER.search(text):
            yield from _links(address, _parsed(text.replace('\\"', '"').replace("\\/", "/")))


def _entries(address: str, markup: str) -> Iterator[Link]:
    try:
        content = json.loads(markup)
    except (ValueError, RecursionError):
        return
    for entry in _records(content):
        to = next((entry[name] for name in _ENTRY["address"] if isinstance(entry.get(name), str) and entry[name]), "")
        if to and isinstance(entry.get("title"), str):
            yield Link(joined(address, to), _one_line(entry["title"]), "")


def _records(content: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON of any shape
    waiting = [content]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += reversed(list(one.values()))
        elif isinstance(one, list):
            waiting += reversed(one)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def report_year(title: str) -> int | None:
    """Return the year of which a title says that it is the annual report, None where it is something else.

    >>> report_year("前进区2017年政府信息公开工作年度报告"), report_year("图解：2017年政府信息公开年度报告")
    (2017, None)
    """
    plain = "".join(unicodedata.normalize("NFKC", title).split())
    if any(word in plain for word in titles().other):
        return None
    digits = plain.translate(titles().digits)
    match = next((match for pattern in titles().report if (match := pattern.search(digits))), None)
    return int(match["year"]) if match else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link to a report, with the year that its title names."""

    address: str
    title: str
    year: int


def reports_on(page: Page) -> tuple[Candidate, ...]:
    """Return the links of a list to annual reports, each address once; a link to the list itself leads to none."""
    found: dict[str, Candidate] = {}
    for link in page.links:
        years = [report_year(words) for words in (link.title, link.text) if words]
        year, address = next(filter(None, years), None), link.address.partition("#")[0]
        other = any(word in link.wording for word in titles().other)
        if year and not other and address != page.address:
            found.setdefault(address, Candidate(address, link.title or link.text, year))
    return tuple(found.values())


def next_pages(page: Page, listed: str) -> tuple[str, ...]:
    """Return the addresses where a list goes on; `listed` is the page's address as it was named, with its fragment."""
    anchored = (link.address for link in page.links if "".join(link.text.split()).lower() in next_words())
    drawn = (address for script in scripts() for address in _drawn(script, page, listed))
    pages = (address.partition("#")[0] for address in (*anchored, *drawn))
    return tuple(dict.fromkeys(address for address in pages if address and address != page.address))


def _drawn(script: Script, page: Page, listed: str) -> Iterator[str]:
    where = script.address.search(listed) if script.address else None
    if script.address and not where:
        return
    said = script.pattern.search(page.markup)
    if not said:
        return
    words = {**(where.groupdict() if where else {}), **said.groupdict()}
    words["following"] = str(int(words.get("page", "0")) + 1)
    join = partial(joined, page.address)
    if script.next:
        yield join(script.next.format_map(words).replace("&amp;", "&"))
    for page_number in range(1, min(int(words.get("count", "0")), limits().pages + 1)):
        yield join(script.pages.format_map({**words, "page": page_number}))


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is: whether it has a report's tables or contents, what it shows below its title, what is attached."""

    title: str
    has_table: bool
    has_contents: bool
    texts: tuple[str, ...]
    attachments: tuple[Link, ...]


def look_at(address: str, data: bytes) -> Look:
    """Return what a report's page holds; raises Unreadable as `read_page` does."""
    page = read_page(address, data)
    document = read_html(data, HTML)
    has_table = _has_figures(document)
    return Look(
        title=page.title,
        has_table=has_table,
        has_contents=has_table or _says_contents(page.markup),
        texts=tuple(text for text in document.texts if text.strip() and text != page.title),
        attachments=tuple(_attached(page.links)),
    )


def _has_figures(document: Document) -> bool:
    """Say whether the tables of a page are those of a report."""
    cells = (document.texts[cell.fragment] for grid in document.grids for cell in grid.cells)
    return sum(bool(_FIGURE.fullmatch(text.strip())) for text in cells) >= contents().least_figures


def _says_contents(markup: str) -> bool:
    """Say whether a page says what a report says, its menu and other links apart."""
    prose = _LINKED.sub(" ", _UNSAID.sub(" ", _COMMENT.sub(" ", markup)))
    return sum(word in prose for word in contents().words) >= contents().least_words


def _attached(links: Iterable[Link]) -> Iterator[Link]:
    seen: set[str] = set()
    for link in links:
        shown = replace(link, address=_shown_file(link.address))
        if _is_attachment(shown) and shown.address not in seen:
            seen.add(shown.address)
            yield shown


def _shown_file(address: str) -> str:
    """Return the file that a viewer is told to show, the address itself where it is no viewer's.

    >>> _shown_file("http://a.gov.cn/pdfjs/viewer.html?file=/files/r.pdf")
    'http://a.gov.cn/files/r.pdf'
    """
    values = (value for _, value in parse_qsl(urlsplit(address).query) if "/" in value)
    shown = (joined(address, value) for value in values if _endings(value) & attachments().extensions)
    return next(shown, "") or address


def _endings(address: str) -> set[str]:
    return {*_ADDRESS_ENDING.findall(address.lower())}


def _is_attachment(link: Link) -> bool:
    declared = attachments()
    if any(word in link.wording for word in declared.other):
        return False
    endings = _endings(link.address) | {*_TEXT_ENDING.findall(link.wording.lower())}
    return bool(endings & declared.extensions) or any(part in link.address for part in declared.addresses)
