"""Is this file a Word document, or a workbook, that can be opened safely? Looked at before any of its XML is parsed."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInputFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files, and of new ones with a password
ZIP = b"PK"
LARGEST_FILE = 50_000_000  # bytes
LARGEST_XML = 60_000_000  # bytes of text and formats when unpacked; 300 pages need about 20 million
LARGEST_TOTAL = 150_000_000  # bytes unpacked, with pictures: python-docx holds them all
MOST_ENTRIES = 5_000
MOST_TAGS = 1_500_000  # in all parts; 300 pages need about a million, and a parsed one takes 200 bytes of memory
MOST_PARAGRAPHS = 60_000  # 300 pages of tables have half of them
_BLOCK = 1_000_000  # bytes looked at together
_OLD = (
    ("WordDocument", "Word 文書", ".doc", "Word", "Word 文書（*.docx）"),
    ("Workbook", "Excel のファイル", ".xls", "Excel", "Excel ブック（*.xlsx）"),
    ("PowerPoint Document", "PowerPoint のファイル", ".ppt", "PowerPoint", "PDF（*.pdf）"),
)
_TYPES = "[Content_Types].xml"
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
    LookupError,
    NotImplementedError,
)


@dataclass(frozen=True)
class Kind:
    """A kind of Office file: the type of its main part, what people call it, and the program that has it."""

    main: bytes
    ja: str
    program: str
    suffix: str


WORD = Kind(b"wordprocessingml.document.main+xml", "Word 文書", "Word", ".docx")
EXCEL = Kind(b"spreadsheetml.sheet.main+xml", "Excel ブック", "Excel", ".xlsx")


def check_package(path: Path, kind: Kind = WORD) -> None:
    """Raise BadInputFile, with the next step, unless `path` is an Office file of this kind and of a size people write."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BadInputFile(
            f"{path.name}: ファイルが大きすぎます（{size // 1_000_000}MB）。{LARGEST_FILE // 1_000_000}MBまでにしてください。画像を除くと小さくなります。",
            f"{path.name}: too large ({size // 1_000_000} MB); the limit is {LARGEST_FILE // 1_000_000} MB. Remove pictures",
        )
    with path.open("rb") as handle:
        head = handle.read(len(OLE))
    if head == OLE:
        raise _old_office(path)
    if not head.startswith(ZIP):
        raise BadInputFile(
            f"{path.name}: 名前は {kind.ja}ですが、中身は違う形式です。{kind.program} で開いて「{kind.ja}（*{kind.suffix}）」で保存し直してください。",
            f"{path.name}: named like a {kind.program} file, but it is not one; open it in {kind.program} and save it as {kind.suffix}",
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path.name, archive, kind)
            types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
            strict = b"purl.oclc.org/ooxml" in (archive.read("_rels/.rels") if types else b"")
    except DAMAGED as error:
        raise damaged(path.name, kind) from error
    if kind.main not in types or strict:
        raise _other(path.name, types, strict, kind)


def damaged(name: str, kind: Kind = WORD) -> BadInputFile:
    return BadInputFile(
        f"{name}: {kind.ja.replace(' ', '')}が壊れているか、途中で切れています。元のファイルを確かめるか、{kind.program} で開いて修復してから保存し直してください。",
        f"{name}: the {kind.program} file is damaged or truncated; check the original, or let {kind.program} repair it and save it again",
    )


def _check_sizes(name: str, archive: zipfile.ZipFile, kind: Kind) -> None:
    """The sizes in the directory are what unpacking stops at, so a file cannot grow larger than it says here."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked(name, kind.program)
    total = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    if len(entries) > MOST_ENTRIES or total > LARGEST_TOTAL or xml > LARGEST_XML:
        raise BadInputFile(
            f"{name}: 展開すると大きすぎるため開きません（{len(entries):,}個の部品、{total // 1_000_000:,}MB）。必要な部分だけの文書にしてください。",
            f"{name}: not opened, too large when unpacked ({len(entries):,} parts, {total // 1_000_000:,} MB)",
        )
    tags = 0
    for entry in entries:  # of every part: its name does not say whether it is XML
        with archive.open(entry) as part:
            while block := part.read(_BLOCK):
                tags += block.count(b"<")
                if tags > MOST_TAGS:
                    raise too_long(name) if kind is WORD else too_many_cells(name)


def too_many_cells(name: str) -> BadInputFile:
    return BadInputFile(
        f"{name}: セルの数が多すぎるため開きません（およそ40万セルまで）。必要なシートや行だけのファイルにしてください。",
        f"{name}: not opened, too many cells (about 400,000 are read); keep only the sheets and rows you need",
    )


def too_long(name: str) -> BadInputFile:
    """For what is small as a file and takes minutes and gigabytes to read."""
    return BadInputFile(
        f"{name}: 段落や書式の数が多すぎるため開きません（およそ300ページまで）。必要な部分だけの文書にしてください。",
        f"{name}: not opened, too many paragraphs or formats (about 300 pages are read); keep only the part you need",
    )


def _old_office(path: Path) -> BadInputFile:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _locked(path.name, "Excel" if path.suffix.lower().startswith(".xls") else "Word")
    for stream, ja, suffix, program, new in _OLD:
        if stream.encode("utf-16-le") in data:
            return BadInputFile(
                f"{path.name}: 古い形式の {ja}（{suffix}）です。{program} で開いて「{new}」で保存し直してください。",
                f"{path.name}: an old {program} file ({suffix}); open it in {program} and save it as {new[new.index('.') : -1]}",
            )
    return BadInputFile(
        f"{path.name}: Word 文書ではない、古い形式の Office ファイルです。文書を .docx か PDF で保存し直してください。",
        f"{path.name}: an old Office file that is no Word document; save the document as .docx or PDF",
    )


def _locked(name: str, program: str) -> BadInputFile:
    return BadInputFile(
        f"{name}: パスワードで保護されています。{program} で開き、「ファイル」→「情報」→「文書の保護」でパスワードを外して保存し直してください。",
        f"{name}: protected by a password; open it in {program}, remove the password (File, Info, Protect) and save it again",
    )


def _other(name: str, types: bytes, strict: bool, kind: Kind) -> BadInputFile:
    if strict:
        return BadInputFile(
            f"{name}: 「完全 Open XML」形式の文書です。{kind.program} で「{kind.ja}（*{kind.suffix}）」を選んで保存し直してください。",
            f"{name}: a “Strict Open XML” document; save it as an ordinary {kind.program} document ({kind.suffix})",
        )
    if b"macroEnabled" in types:
        return BadInputFile(
            f"{name}: マクロを含む形式の文書です。マクロは実行せず、読み込みもしません。{kind.program} で「{kind.ja}（*{kind.suffix}）」で保存し直してください。",
            f"{name}: a macro-enabled document; macros are never run here. Save it as {kind.suffix} without macros",
        )
    for mark, ja, en in (
        (b"spreadsheetml", "Excel のファイル", "an Excel file"),
        (b"presentationml", "PowerPoint のファイル", "a PowerPoint file"),
        (b"wordprocessingml.template", "Word のテンプレート", "a Word template"),
    ):
        if mark in types:
            return BadInputFile(
                f"{name}: {ja}です。文書を .docx か PDF で保存し直してください。",
                f"{name}: {en}; save the document as .docx or PDF",
            )
    return BadInputFile(
        f"{name}: {kind.ja}ではありません（別の種類の圧縮ファイルです）。文書を .docx か PDF で指定してください。",
        f"{name}: no {kind.program} document but another kind of archive; give the document as .docx or PDF",
    )
