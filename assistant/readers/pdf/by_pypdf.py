"""A page through pypdf: its drawing commands carried out as far as text and straight lines go. Pure Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, NameObject

from assistant.readers.pdf.damage import DAMAGED
from assistant.readers.pdf.fonts import PageFont
from assistant.readers.pdf.glyphs import Glyph, Matrix, PageGlyphs, Rule, as_shown, bounds, times
from assistant.readers.pdf.limits import MOST_FORMS, MOST_GLYPHS

_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_THIN = 3.0  # points: a filled box thinner than this is a drawn line
_SHAPES = 40  # painted shapes; more may be letters drawn as outlines
_SHORT = 6.0  # a line shorter than this rules nothing


class TooManyForms(Exception):
    """Drawings inside drawings without end; PDFium would not end on them either."""


@dataclass(frozen=True)
class _State:
    """What q saves and Q brings back."""

    matrix: Matrix
    font: PageFont | None = None
    size: float = 0.0
    char_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass
class _Drawing:
    fonts: dict[int, PageFont | None]
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: bool = False
    forms: int = 0
    shapes: int = 0


def page_glyphs(page: PageObject, fonts: dict[int, PageFont | None]) -> PageGlyphs:
    """The characters and lines of `page`. `fonts` keeps what has been read of the file's fonts."""
    box = page.cropbox
    visible = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    shown, width, height = as_shown(visible, page.rotation % 360)
    drawing = _Drawing(fonts)
    contents = page.get_contents()
    if contents is not None:
        _Machine(drawing, page.get("/Resources"), page.pdf, _State(shown)).run(contents)
    glyphs = tuple(g for g in drawing.glyphs if -1 <= g.x0 <= width + 1 and -1 <= g.y1 <= height + g.size)
    rules = tuple(r for r in drawing.rules if r.x1 >= 0 <= r.y1 and r.x0 <= width and r.y0 <= height)
    pictured = drawing.images or drawing.shapes > _SHAPES
    return PageGlyphs(width, height, glyphs, tuple(_clipped(r, width, height) for r in rules), pictured)


def _clipped(rule: Rule, width: float, height: float) -> Rule:
    return Rule(max(rule.x0, 0.0), max(rule.y0, 0.0), min(rule.x1, width), min(rule.y1, height))


class _Machine:
    """Carries out one content stream; a form inside it gets a machine of its own."""

    def __init__(self, drawing: _Drawing, resources: Any, pdf: Any, state: _State) -> None:
        self._drawing, self._pdf, self._state = drawing, pdf, state
        found = resources.get_object() if resources is not None else None
        self._resources = found if isinstance(found, DictionaryObject) else DictionaryObject()
        self._stack: list[_State] = []
        self._line = self._pen = _SAME
        self._path: list[list[tuple[float, float, float, float]]] = []
        self._point: tuple[float, float] = (0, 0)
        self._start: tuple[float, float] = (0, 0)

    def run(self, contents: ContentStream) -> None:
        for operands, operator in contents.operations:
            act = _OPERATORS.get(operator)
            if act is not None:
                try:
                    act(self, operands)
                except DAMAGED:
                    continue  # one broken command; the others are good
            if len(self._drawing.glyphs) > MOST_GLYPHS:
                return

    # ── state ──
    def save(self, _: Sequence[Any]) -> None:
        if len(self._stack) < 1000:
            self._stack.append(self._state)

    def restore(self, _: Sequence[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def concat(self, o: Sequence[Any]) -> None:
        self._set(matrix=times(_matrix(o), self._state.matrix))

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    def choose_font(self, o: Sequence[Any]) -> None:
        self._set(font=self._font(o[0]), size=float(o[1]))

    def _font(self, name: str) -> PageFont | None:
        listed = self._resources.get("/Font")
        entry = listed.get_object().raw_get(name) if listed is not None else None
        if entry is None:
            return None
        key = entry.idnum if isinstance(entry, IndirectObject) else id(entry)
        if key not in self._drawing.fonts:
            self._drawing.fonts[key] = _load(entry.get_object())
        return self._drawing.fonts[key]

    # ── text ──
    def begin(self, _: Sequence[Any]) -> None:
        self._line = self._pen = _SAME

    def place(self, o: Sequence[Any]) -> None:
        self._line = self._pen = _matrix(o)

    def move(self, o: Sequence[Any]) -> None:
        self._line = self._pen = times((1, 0, 0, 1, float(o[0]), float(o[1])), self._line)

    def move_leading(self, o: Sequence[Any]) -> None:
        self._set(leading=-float(o[1]))
        self.move(o)

    def next_line(self, _: Sequence[Any]) -> None:
        self.move((0, -self._state.leading))

    def show_next(self, o: Sequence[Any]) -> None:
        self.next_line(())
        self.show(o)

    def show_spaced(self, o: Sequence[Any]) -> None:
        self._set(word_gap=float(o[0]), char_gap=float(o[1]))
        self.show_next(o[2:])

    def show_all(self, o: Sequence[Any]) -> None:
        for part in o[0]:
            if isinstance(part, int | float):
                self._advance(-float(part) / 1000 * self._state.size)
            else:
                self.show((part,))

    def show(self, o: Sequence[Any]) -> None:
        state = self._state
        if state.font is None or isinstance(o[0], NameObject):
            return
        data = o[0] if isinstance(o[0], bytes) else o[0].original_bytes
        for sign in state.font.signs(data):
            self._draw(sign.text, sign.width / 1000 * state.size * state.stretch)
            gap = state.char_gap + (state.word_gap if sign.space else 0)
            self._advance(sign.width / 1000 * state.size + gap)

    def _advance(self, by: float) -> None:
        state = self._state
        if state.font is not None and state.font.vertical:
            self._pen = times((1, 0, 0, 1, 0, -by), self._pen)
        else:
            self._pen = times((1, 0, 0, 1, by * state.stretch, 0), self._pen)

    def _draw(self, text: str, width: float) -> None:
        state = self._state
        at = times(self._pen, state.matrix)
        size = state.size
        down = state.font is not None and state.font.vertical
        box = (
            (-size / 2, -size, size / 2, 0) if down else (0, state.rise - 0.12 * size, width, state.rise + 0.88 * size)
        )
        x0, y0, x1, y1 = bounds(box, at)
        height = abs(size) * math.hypot(at[2], at[3])
        self._drawing.glyphs.append(Glyph(text, x0, y0, x1, y1, height, _angle(at)))

    # ── lines and pictures ──
    def path_move(self, o: Sequence[Any]) -> None:
        self._point = self._start = (float(o[0]), float(o[1]))
        self._path.append([])

    def path_line(self, o: Sequence[Any]) -> None:
        to = (float(o[0]), float(o[1]))
        self._path[-1].append((*self._point, *to))
        self._point = to

    def path_close(self, _: Sequence[Any]) -> None:
        self._path[-1].append((*self._point, *self._start))
        self._point = self._start

    def path_box(self, o: Sequence[Any]) -> None:
        x, y, w, h = (float(v) for v in o)
        self._path.append([(x, y, x + w, y), (x + w, y, x + w, y + h), (x + w, y + h, x, y + h), (x, y + h, x, y)])

    def stroke(self, o: Sequence[Any]) -> None:
        """Every straight edge is a line."""
        for edges in self._path:
            for edge in edges:
                self._rule(bounds(edge, self._state.matrix))
        self.forget(o)

    def fill(self, o: Sequence[Any]) -> None:
        """A thin filled shape is a line; others are backgrounds."""
        for edges in (edges for edges in self._path if edges):
            boxes = [bounds(edge, self._state.matrix) for edge in edges]
            x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
            x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
            self._rule((x0, y0, x1, y1))
        self.forget(o)

    def _rule(self, box: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = box
        if min(x1 - x0, y1 - y0) > _THIN or max(x1 - x0, y1 - y0) < _SHORT:
            return
        if x1 - x0 >= y1 - y0:
            self._drawing.rules.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        else:
            self._drawing.rules.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))

    def forget(self, _: Sequence[Any]) -> None:
        self._drawing.shapes += 1
        self._path = []

    def picture(self, _: Sequence[Any]) -> None:
        self._drawing.images = True

    def draw_object(self, o: Sequence[Any]) -> None:
        listed: Any = self._resources["/XObject"]
        form = listed.get_object()[o[0]].get_object()
        if form.get("/Subtype") == "/Image":
            self._drawing.images = True
            return
        self._drawing.forms += 1
        if self._drawing.forms > MOST_FORMS:
            raise TooManyForms
        matrix = times(_matrix(form.get("/Matrix", _SAME)), self._state.matrix)
        resources = form.get("/Resources", self._resources)
        inner = _Machine(self._drawing, resources, self._pdf, replace(self._state, matrix=matrix))
        inner.run(ContentStream(form, self._pdf, "bytes"))


def _setter(name: str, scale: float = 1.0) -> Callable[[_Machine, Sequence[Any]], None]:
    return lambda machine, o: machine._set(**{name: float(o[0]) * scale})


_OPERATORS: dict[bytes, Callable[[_Machine, Sequence[Any]], None]] = {
    b"q": _Machine.save,
    b"Q": _Machine.restore,
    b"cm": _Machine.concat,
    b"Tf": _Machine.choose_font,
    b"BT": _Machine.begin,
    b"Tm": _Machine.place,
    b"Td": _Machine.move,
    b"TD": _Machine.move_leading,
    b"T*": _Machine.next_line,
    b"Tj": _Machine.show,
    b"TJ": _Machine.show_all,
    b"'": _Machine.show_next,
    b'"': _Machine.show_spaced,
    b"Tc": _setter("char_gap"),
    b"Tw": _setter("word_gap"),
    b"Tz": _setter("stretch", 0.01),
    b"TL": _setter("leading"),
    b"Ts": _setter("rise"),
    b"m": _Machine.path_move,
    b"l": _Machine.path_line,
    b"h": _Machine.path_close,
    b"re": _Machine.path_box,
    b"n": _Machine.forget,
    b"INLINE IMAGE": _Machine.picture,
    b"Do": _Machine.draw_object,
    **dict.fromkeys((b"S", b"s", b"B", b"B*", b"b", b"b*"), _Machine.stroke),
    **dict.fromkeys((b"f", b"F", b"f*"), _Machine.fill),
}


def _load(resource: DictionaryObject) -> PageFont | None:
    try:
        return PageFont(resource)
    except DAMAGED:
        return None


def _matrix(o: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in o)
    return a, b, c, d, e, f


def _angle(m: Matrix) -> int:
    return round(math.degrees(math.atan2(m[1], m[0])) / 90) % 4 * 90
