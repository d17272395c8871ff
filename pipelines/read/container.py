"""What a ZIP or OLE container holds, told from its members."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

ZIP = "application/zip"
OLE = "application/x-ole-storage"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD = "application/ofd"
ENCRYPTED = "application/x-encrypted"

_OFFICE = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_LONGEST_TYPE = 100


def zip_type(data: bytes) -> str:
    """Return the media type of a ZIP: an office format by its members, else an archive."""
    try:
        with ZipFile(BytesIO(data)) as file:
            return _zip_type(file)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ZIP


def _zip_type(file: ZipFile) -> str:
    names = {name.replace("\\", "/") for name in file.namelist()}
    if "[Content_Types].xml" in names:
        return next((found for start, found in _OFFICE if any(name.startswith(start) for name in names)), ZIP)
    if "mimetype" in names and file.getinfo("mimetype").file_size < _LONGEST_TYPE:
        return file.read("mimetype").decode("ascii", "replace").strip() or ZIP
    return OFD if "OFD.xml" in names else ZIP


def ole_type(data: bytes) -> str:
    """Return the media type of an OLE compound file by the streams at its root."""
    try:
        with open_ole(data) as file:
            return next((found for name, found in _STREAMS if file.exists(name)), OLE)
    except Exception:  # noqa: BLE001 - what olefile raises on a damaged file is anything; then it is only a container
        return OLE


def open_ole(data: bytes) -> Any:
    """Return an OLE compound file, opened."""
    from olefile import OleFileIO  # noqa: PLC0415 - loaded for such files only

    return OleFileIO(BytesIO(data))
