"""ZIP archives: the report among their members comes first, its attachments after it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from zipfile import ZipInfo

from pipelines.model.document import Document, Grid, ListedPlaces
from pipelines.model.report import Unreadable
from pipelines.read.container import ZIP
from pipelines.read.media import media_type
from pipelines.read.ooxml import open_package, read_member
from pipelines.registry.traditional import simplified

_MOST_MEMBERS = 500
_MOST_BYTES = 192 << 20
_DEEPEST = 1
_NAME_IS_UTF8 = 0x800
_LITTER = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_TITLE = re.compile(r"信息公开(工作)?(年度(工作)?报告|年报)(?!.{0,6}(统计|附表|附件|情况表|通知|模板|格式|填报))")
_OPENING = 600


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive and what was read from it."""

    name: str
    document: Document


@dataclass(slots=True)
class _Budget:
    """How much may still be unpacked."""

    members: int = _MOST_MEMBERS
    bytes: int = _MOST_BYTES
    unread: list[str] = field(default_factory=list)

    def spend(self, size: int) -> None:
        """Take one member off; raises Unreadable where there are too many or they are too large."""
        self.members, self.bytes = self.members - 1, self.bytes - size
        if self.members < 0 or self.bytes < 0:
            raise Unreadable("archive-refused", f"more than {_MOST_MEMBERS} members or {_MOST_BYTES >> 20} MB unpacked")


def read_archive(data: bytes, found: str, read: Callable[[bytes], Document]) -> Document:
    """Return the report in an archive followed by its attachments, each place after the name of its member.

    `read` reads a member. Raises Unreadable where the archive is damaged, encrypted, too large, or holds no document
    or several reports.
    """
    budget = _Budget()
    members = [member for name, content in _files(data, budget, "", 0) for member in _read(name, content, read, budget)]
    if not members:
        raise Unreadable("format-not-read", f"{found} without a document: {'; '.join(budget.unread) or 'empty'}"[:500])
    reports = [member for member in members if _is_report(member)]
    if len(reports) > 1:
        raise Unreadable("several-reports", "; ".join(member.name for member in reports))
    members.sort(key=lambda member: member not in reports)
    return _together(members, found, tuple(budget.unread))


def _files(data: bytes, budget: _Budget, folder: str, depth: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive with their names, those of archives in it too."""
    with open_package(data) as file:
        for entry in sorted((each for each in file.infolist() if not each.is_dir()), key=member_name):
            name = member_name(entry)
            _refuse_outside(name)
            if _LITTER.search(name):
                continue
            budget.spend(entry.file_size)
            content = read_member(file, entry, budget.bytes + entry.file_size)
            if media_type(content) != ZIP:
                yield folder + name, content
            elif depth < _DEEPEST:
                yield from _files(content, budget, f"{folder}{name}/", depth + 1)
            else:
                raise Unreadable("archive-refused", f"{folder}{name} is an archive in an archive in an archive")


def member_name(entry: ZipInfo) -> str:
    """Return the name of a member; one that is not marked as UTF-8 is so all the same, or in GBK."""
    if entry.flag_bits & _NAME_IS_UTF8:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return entry.filename


def _refuse_outside(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", name):
        raise Unreadable("archive-refused", f"the name {name} leads outside")


def _read(name: str, content: bytes, read: Callable[[bytes], Document], budget: _Budget) -> Iterator[Member]:
    """Yield a member that can be read; what cannot is written down."""
    try:
        yield Member(name, read(content))
    except Unreadable as reason:
        budget.unread.append(f"{name}: {reason.reason} ({reason.detail})")


def _is_report(member: Member) -> bool:
    opening = "".join("".join(member.document.texts[:100]).split())[:_OPENING]
    return bool(_TITLE.search(simplified(opening)))


def _together(members: Sequence[Member], found: str, unread: tuple[str, ...]) -> Document:
    """Return documents as one."""
    texts: list[str] = []
    places: list[str] = []
    grids: list[Grid] = []
    for member in members:
        document = member.document
        grids += (_moved(grid, len(texts)) for grid in document.grids)
        places += (f"{member.name}: {document.places[number]}" for number in range(len(document.texts)))
        texts += document.texts
    return Document(
        media_type=found if len(members) > 1 else members[0].document.media_type,
        encoding=members[0].document.encoding,
        texts=tuple(texts),
        places=ListedPlaces(tuple(places)),
        grids=tuple(grids),
        damage=tuple(f"{m.name}: {damage}" for m in members for damage in m.document.damage),
        unread=(*(f"{m.name}: {part}" for m in members for part in m.document.unread), *unread),
    )


def _moved(grid: Grid, by: int) -> Grid:
    return replace(grid, cells=tuple(cell._replace(fragment=cell.fragment + by) for cell in grid.cells))
