"""The filter `|ruby` of the templates: furigana over kanji for who switched it on, the plain text for everybody else."""

from __future__ import annotations

from functools import lru_cache

from fastapi import Request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from assistant.ruby import segments

COOKIE = "ruby"
CHOICES = ("on", "off")
_JAPANESE = ("ja", "easy")
_SHORT = 400  # characters; words of the interface and titles come again, long answers do not


def furigana_of(request: Request) -> str:
    """`on` or `off`: `?ruby=on`, else what was chosen before, else off."""
    wanted = request.query_params.get(COOKIE) or request.cookies.get(COOKIE, "")
    return wanted if wanted in CHOICES else "off"


@pass_context
def ruby(context: Context, text: object, language: str = "ja") -> object:
    """`{{ text|ruby }}`; with the language of the text where it may be another than Japanese. Markup stays as it is."""
    if context.get("furigana") != "on" or language not in _JAPANESE or isinstance(text, Markup):
        return text
    plain = str(text)
    return _short(plain) if len(plain) <= _SHORT else _markup(plain)


def _markup(text: str) -> Markup:
    return Markup("").join(
        Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>").format(piece, reading) if reading else escape(piece)
        for piece, reading in segments(text)
    )


_short = lru_cache(maxsize=4096)(_markup)
