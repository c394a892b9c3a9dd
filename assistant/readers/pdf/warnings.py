"""What a person should know of pages that were read in another way, with doubt, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from assistant.errors import BadInputFile
from assistant.readers.pdf.by_ocr import can_recognise
from assistant.readers.pdf.pages import Found, Trouble

_UNSURE = 0.8  # recognition below this share needs every sentence looked at
_LOW = "確かさが低いので、内容を原本と見比べてください。"
_INSTALL = "文字認識（Tesseract と日本語データ。例：apt install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert）を入れると読めるようになります。"


_LONGER = "必要な部分だけのPDFに分けるか、環境変数 KYODO_PDF_SECONDS に秒数を指定して延ばしてください（標準は180）。"
# The last trouble of a page → what is said of it.
_SAYS: dict[Trouble, str] = {
    "broken": "ページ目は壊れていて読めませんでした。",
    "blank": "ページ目に文字がありません（白紙と思われます）。",
    "picture": "ページ目に文字がありません（画像だけのページと思われます）。",
    "garbled": "ページ目は文字化けしていて、正しく読めないので除きました。",
    "late": f"ページ目は、時間が掛かりすぎるので読みませんでした。{_LONGER}",
    "doubtful": "ページ目は仮名がほとんどありません。文字化けしていないか、原本と見比べてください。",
}
_HELPED = ("picture", "garbled")  # by recognition


def page_warnings(name: str, found: Sequence[Found]) -> Iterator[str]:
    """One sentence a kind of trouble, with the places of the pages in the file."""
    hint = "" if can_recognise() else _INSTALL
    for trouble, says in _SAYS.items():
        if at := _places(found, lambda f, trouble=trouble: f.last == trouble):
            yield f"{name}: {at}{says}{hint if trouble in _HELPED else ''}"
    if at := _places(found, lambda f: f.page.method == "pdfium" and bool(f.page.glyphs)):
        yield f"{name}: {at}ページ目は文字の対応表が壊れていたので、別の方法（PDFium）で読みました。"
    for rest, low, high in (("引用するときは原本と見比べてください。", _UNSURE, 1.1), (_LOW, 0.0, _UNSURE)):
        at = _places(found, lambda f, low=low, high=high: f.page.method == "ocr" and low <= f.page.confidence < high)
        if at:
            worst = min(f.page.confidence for f in found if f.page.method == "ocr" and f.page.confidence >= low)
            yield f"{name}: {at}ページ目は画像の文字を認識して読みました（確かさ{worst:.0%}）。{rest}"


def nothing_found(name: str, found: Sequence[Found]) -> BadInputFile:
    """Why a whole file gave no text, and what to do."""
    hint = "" if can_recognise() else _INSTALL
    if any(f.last == "late" for f in found):
        return too_slow(name)
    if all(f.last == "broken" for f in found):
        return broken(name, f"{len(found)}ページ")
    if any(f.last == "garbled" for f in found):
        return BadInputFile(
            f"{name}: 文字化けしていて、正しく読めるページがありません。元の文書から作り直したPDFを指定してください。{hint}",
            f"{name}: garbled; no page can be read right. Use a PDF made anew from the original, or install Tesseract",
        )
    return BadInputFile(
        f"{name}: {len(found)}ページのどこにも文字がありません。画像だけのPDFと思われます。文字の入ったPDFか、OCR済みのPDFを指定してください。{hint}",
        f"{name}: no text on any of its {len(found)} pages; probably scanned images. Use a PDF with text, or run OCR",
    )


def broken(name: str, reason: str) -> BadInputFile:
    return BadInputFile(
        f"{name}: PDFが壊れているか、途中で切れています（{reason}）。元のファイルを確かめてください。",
        f"{name}: the PDF is damaged or truncated ({reason}); check the original file",
    )


def too_slow(name: str) -> BadInputFile:
    return BadInputFile(
        f"{name}: 読むのに時間が掛かりすぎるので止めました。壊れていないか確かめてください。{_LONGER}",
        f"{name}: reading took too long and was stopped; check the file, split it, or allow more seconds with KYODO_PDF_SECONDS",
    )


def _places(found: Sequence[Found], fits: Callable[..., bool]) -> str:
    """Pages 1, 2, 3, 7 → 1～3・7."""
    numbers = [number for number, one in enumerate(found, 1) if fits(one)]
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return "・".join(str(run[0]) if len(run) == 1 else f"{run[0]}～{run[-1]}" for run in runs)
