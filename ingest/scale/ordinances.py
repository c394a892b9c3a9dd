"""Ordinances of municipalities that do not exist, as many as wanted: the same number always gives the same text.

They have what the pipeline looks for (chapters, captions, articles, paragraphs, items) and names of their own, so that the
vocabulary grows with their number. Real ones are longer and less alike; ingest/scale says so wherever it shows figures.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

CHUNKS = 26  # of one ordinance: its 25 articles and what stands before them


@dataclass(frozen=True)
class Ordinance:
    """One ordinance with a question for each of its articles: (key of the article's section, question)."""

    title: str
    city: str
    text: str
    questions: tuple[tuple[str, str], ...]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("ingest.scale").joinpath("words.toml").read_text("utf-8"))


def ordinance(number: int) -> Ordinance:
    """Ordinance `number` (0, 1, …)."""
    words = _words()
    chance = random.Random(number)  # noqa: S311 - the same every time is what is wanted
    city = f"{chance.choice(words['first'])}{chance.choice(words['second'])}{chance.choice(words['third'])}"
    subject = words["subjects"][number % len(words["subjects"])]
    title = f"{city}{subject}に関する条例"
    lines, questions = [title, ""], []
    for at, article in enumerate(words["article"]):
        if at % 5 == 0:
            lines += [f"第{at // 5 + 1}章 {article['caption']}その他", ""]
        slots = _slots(chance, words, city, subject)
        first, *rest = [paragraph.format(**slots) for paragraph in article["paragraphs"]]
        lines += [f"({article['caption']})", f"第{at + 1}条 {first}"]
        lines += [f"{n} {paragraph}" for n, paragraph in enumerate(rest, 2)]
        asked = chance.choice(words["question"]["templates"])
        questions.append((f"{title}/第{at + 1}条", asked.format(caption=article["caption"], **slots)))
    return Ordinance(title, city, "\n".join(lines) + "\n", tuple(questions))


def _slots(chance: random.Random, words: dict[str, Any], city: str, subject: str) -> dict[str, str]:
    return {
        "city": city,
        "subject": subject,
        "aim": chance.choice(words["aims"]),
        "body": chance.choice(words["bodies"]),
        "place": "".join(chance.sample(words["letters"], 3)) + chance.choice(words["places"]),
        "person": chance.choice(words["persons"]),
        "days": str(chance.randint(7, 90)),
        "years": str(chance.randint(2, 10)),
        "count": str(chance.randint(2, 20)),
        "share": str(chance.randint(1, 9)),
    }
