"""What every page and state must hold: axe finds nothing, nothing runs out of the window, targets, sizes, focus ring.

Each rule waits until the page with its styles is there, and judges the page that the window shows: a test that has pressed
something expects a sign of the new page first.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SMALLEST_TARGET = 44  # CSS px
SMALLEST_TEXT = 14
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
_BY_WIDTH = ["target-size", "scrollable-region-focusable", "bypass", "landmark-no-duplicate-main", "region"]

# A link in the middle of a sentence may be as small as the sentence. A tick is hit by its label too.
_TARGETS = """() => {
  const shown = e => e.checkVisibility({checkVisibilityCSS: true}) && e.getBoundingClientRect().width > 2;
  const block = e => { let p = e.parentElement; while (getComputedStyle(p).display.startsWith('inline')) p = p.parentElement; return p; };
  const inSentence = e => getComputedStyle(e).display === 'inline' &&
    [...block(e).childNodes].some(n => n !== e && !n.contains?.(e) && n.textContent.trim().length > 1 && !n.matches?.('a, ul, ol, p, div'));
  const found = [];
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!shown(e) || e.closest('.visually-hidden, .skip') || (e.matches('a') && inSentence(e))) continue;
    const boxes = [e, ...(e.labels && e.matches('[type=radio], [type=checkbox]') ? e.labels : [])].map(x => x.getBoundingClientRect());
    const width = Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left));
    const height = Math.max(...boxes.map(b => b.bottom)) - Math.min(...boxes.map(b => b.top));
    if (Math.round(width) < SMALLEST || Math.round(height) < SMALLEST) found.push(`${width.toFixed(1)} × ${height.toFixed(1)} ${e.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""

_TEXT = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, style = getComputedStyle(e), size = parseFloat(style.fontSize);
    if (!walker.currentNode.textContent.trim() || e.closest('rt, rp, script, .visually-hidden') || !e.checkVisibility()) continue;
    if (size < SMALLEST) found.push(`${size}px ${walker.currentNode.textContent.trim().slice(0, 40)}`);
    if (e.closest('main :is(p, dd, blockquote)') && !e.closest('h1, h2, h3, h4, a.button, button') && size >= 16
        && parseFloat(style.lineHeight) / size < 1.7) found.push(`line height ${style.lineHeight} ${e.outerHTML.slice(0, 80)}`);
  }
  return found;
}"""

_FOCUS = """() => {
  const e = document.activeElement;
  if (e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const middle = document.elementFromPoint(box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, innerHeight) / 2);
  return {
    html: e.outerHTML.slice(0, 140), style: style.outlineStyle, width: parseFloat(style.outlineWidth), color: style.outlineColor,
    inWindow: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: Boolean(middle) && !e.contains(middle) && !middle.contains(e),
  };
}"""

# WCAG 1.4.12: a person's own distances between lines, paragraphs, letters and words.
_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

# Words that a box cuts off; a box that scrolls by itself is asked for by its label.
_CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  return e.checkVisibility() && style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll'
    && !e.closest('.visually-hidden, svg, progress, select, input, textarea') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 120))"""


def assert_accessible(page: Page) -> None:
    """axe with all its rules for WCAG 2.2 A and AA (contrast too) and its best practices: 0 violations. In a narrow window
    those that depend on its width; names, roles and colours are those of the wide one, which each page is tested in too."""
    page.wait_for_load_state()
    narrow = (page.viewport_size or WIDE)["width"] < WIDE["width"]
    only = {"runOnly": {"type": "rule", "values": _BY_WIDTH}} if narrow else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only})
    assert found.violations_count == 0, found.generate_report()


def assert_fits(page: Page) -> None:
    """No sideways scrolling of the page itself, and no box that cuts its words off."""
    page.wait_for_load_state()
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{wide} px wide in a window of {window} px: {_widest(page)}"
    cut = page.evaluate(_CUT)
    assert not cut, cut


def assert_targets(page: Page) -> None:
    """Everything that can be pressed is at least 44 × 44 px, links within a sentence aside."""
    page.wait_for_load_state()
    small = page.evaluate(_TARGETS.replace("SMALLEST", str(SMALLEST_TARGET)))
    assert not small, small


def assert_text_sizes(page: Page) -> None:
    """No text under 14 px (readings over words aside); paragraphs have a line height of 1.7 or more."""
    page.wait_for_load_state()
    small = page.evaluate(_TEXT.replace("SMALLEST", str(SMALLEST_TEXT)))
    assert not small, small


def assert_focus_ring(page: Page, limit: int = 300) -> list[str]:
    """Go through the page with Tab: every stop shows a ring of 4 px, in the window and not covered, and there is no trap.
    Returns the stops in their order, as HTML."""
    page.wait_for_load_state()
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    stops: list[str] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop: dict[str, Any] | None = page.evaluate(_FOCUS)
        if stop is None:
            return stops
        assert stop["style"] in ("solid", "double") and stop["width"] >= 3, stop
        assert stop["inWindow"] and not stop["covered"], stop
        stops.append(stop["html"])
    raise AssertionError(f"{limit} stops and no end: {stops[-3:]}")


def enlarge_text(page: Page, percent: int = 200) -> None:
    """The reader's own text size, as the browser's setting makes it."""
    page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")


def space_text(page: Page) -> None:
    """The reader's own distances (WCAG 1.4.12)."""
    page.evaluate(_SPACING)


def set_width(page: Page, width: int) -> None:
    """Make the window `width` px wide; the page knows it on return."""
    page.set_viewport_size({"width": width, "height": 740})
    page.wait_for_function("width => innerWidth === width", arg=width)


def assert_holds(page: Page) -> None:
    """All rules that can be checked without changing the page; the focus goes through it once."""
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)
    assert_text_sizes(page)
    assert_focus_ring(page)


def assert_bends(page: Page) -> None:
    """The page holds 200 % text, the reader's distances and a window of 320 px, one after the other. Leaves it changed."""
    set_width(page, 320)
    assert_fits(page)
    space_text(page)
    assert_fits(page)
    enlarge_text(page)
    assert_fits(page)


def _widest(page: Page) -> Any:
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
           && !e.closest('.table-box')).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
