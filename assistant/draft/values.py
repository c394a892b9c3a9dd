"""What a brief tells, by key, letter for letter; answers of a form stand beside it and win over it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from assistant.clauses.amounts import amounts, plain
from assistant.clauses.brief import read_brief
from assistant.clauses.classifier import ITEM_LABELS, classify
from assistant.clauses.contents import is_blank, is_put_off, is_told, is_withheld
from assistant.clauses.corrections import corrected
from assistant.clauses.cues import heading_labels, lead_end, led_label, other_led, told_labels, topics
from assistant.clauses.dates import dates, periods
from assistant.clauses.features import marks
from assistant.clauses.label import labelled
from assistant.clauses.ours import is_ours
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.parties import find_parties
from assistant.draft.answers import PART, answered, with_answers
from assistant.draft.headed import headed_starts
from assistant.draft.leftover import continued, leftover, partial
from assistant.draft.words import group
from assistant.draft.writing import Writing
from assistant.drafts import Code, Given
from assistant.law_records import OrdinanceRecord
from assistant.search.language import language_of

_EXTRA = ("payment", "secrecy", "evaluation", "disclosure", "own_project", "termination", "approval")
_TERM = re.compile(
    r"(?:から|より)[の]?\s?[0-9０-９一二三四五六七八九十]+\s?(?:年間?|か年|ヶ年|カ年|か月間?|ヶ月間?|カ月間?)"
)
_UNTIL = re.compile(r"(?:まで)?(?:の[0-9０-９一二三四五六七八九十]+(?:年間?|か月間?))?")
_JAPANESE = re.compile("[ぁ-ヿ一-龠]")
_MOSTLY = 0.25  # of a brief that also holds another language
_END = re.compile(r"[。．、，／\s]+$")
_FIGURE = re.compile(
    r"[0-9０-９]|[一二三四五六七八九十百千万億]+(?:円|人|名|回|年|軒|本|度|枚|か所|組|日|月|種|団体|割)"
)
_STOP = re.compile("。|(?<!が)(?<!けど)(?<!けれど)(?<!ので)、")
_BOTH = 0.5  # a statement tells two items where the scores are this near
_BESIDE_RHYTHM = {"purpose", "request", "roles"}
_MORE = 15  # characters beside a period that may tell something
_FIRM = 4.0  # the score that tells an item although the brief says that it is open
_HEADED = {"field": "field", "background": "background", "contact": "contact"}
NOT_WRITTEN = (Code.EMBEDDED_INSTRUCTION, Code.INVENT_REQUEST)  # what such words ask for never stands in a draft


def read(writing: Writing) -> Writing:
    """The brief without what was withdrawn, in labelled clauses."""
    text = corrected(writing.brief if is_japanese(writing.brief) else "")
    paper = read_brief(text.text, writing.form, _ordinance(writing))
    paper = labelled(paper, writing.searcher.embedder)
    replaced = (given for key, told in _told(paper).items() if _field(key) in writing.fields for given in told)
    return replace(writing, corrected=text, paper=paper, whole=with_answers(paper, replaced, writing.fields))


def is_japanese(brief: str) -> bool:
    """Of a brief in another language, nothing but names could be read, and those without their sense."""
    return language_of(brief) == "ja" or len(_JAPANESE.findall(brief)) > len(brief) * _MOSTLY


def _field(key: str) -> str:
    return key.removesuffix(PART)


def _ordinance(writing: Writing) -> OrdinanceRecord | None:
    ordinances = writing.searcher.index.records.ordinances
    return ordinances[0] if ordinances else None


def gather(writing: Writing) -> Writing:
    """Values by key, with their places in the brief as it was sent."""
    told = _told(_written(writing))
    if writing.document != "agreement":  # only its document has sections for these
        apart = [given for key in ("field", "contact") for given in told.pop(key, [])]
        told["wishes"] = sorted([*told.get("wishes", ()), *apart], key=lambda given: given.start)
    values = {key: tuple(_placed(writing, g) for g in given) for key, given in told.items() if given}
    kept = {key: given for key, given in values.items() if _field(key) not in writing.fields}
    refused = [f.quote for f in writing.problems if f.code in NOT_WRITTEN and f.quote]
    for key, given in answered(writing.fields, refused).items():
        kept[key] = (*kept.get(key, ()), *given)
    return replace(writing, values=kept, left_open=frozenset(_open_items(writing.paper)))


def _told(paper: Paper) -> dict[str, list[Given]]:
    """What the paper tells by key, with places in the paper."""
    found: dict[str, list[Given]] = defaultdict(list)
    second: dict[str, list[Given]] = defaultdict(list)
    open_, starts = _open_items(paper), headed_starts(paper)
    for given in find_parties(paper):
        found[given.key].append(given)
    for clause in paper.clauses:
        for key in _keys(clause):
            if key not in open_ or _is_firm(clause, key):
                found[key].append(_whole(_value(key, clause), paper, starts))
        for key in _also(clause):
            second[key].append(_whole(_value(key, clause), paper, starts))
        if part := partial(clause):
            found[f"{part}{PART}"].append(_value(part, clause))
    for label in ITEM_LABELS:
        found[label] = found[label] or ([] if label in open_ else second[label])
        if found[label]:
            found[label] = sorted([*found[label], *found.pop(f"{label}{PART}", ())], key=lambda given: given.start)
    found["period"] = _periods(paper) or found["period"]
    for key, clause in continued(paper, found):
        found[key] = sorted([*found[key], _whole(_value(key, clause), paper, starts)], key=lambda given: given.start)
    found["wishes"] += [_whole(_value("wishes", clause), paper, starts) for clause in leftover(paper, found)]
    return {key: given for key, given in found.items() if given}


def _open_items(paper: Paper) -> set[str]:
    """The items of which the brief itself says that they are open: 「役割：社内で調整中」. Weak signs elsewhere do not count."""
    left = [clause for clause in paper.clauses if is_put_off(clause) or is_blank(clause)]
    named = {label for c in left for label in (*topics(c.text), led_label(c.text), *heading_labels(c.heading)[:1])}
    return named & set(ITEM_LABELS)


def _written(writing: Writing) -> Paper:
    """The paper without what asks to invent or to instruct."""
    spans = [(f.start, f.start + len(f.quote)) for f in writing.problems if f.code in NOT_WRITTEN and f.quote]
    kept = (c for c in writing.paper.clauses if not any(a < c.end and c.start < b for a, b in spans))
    return replace(writing.paper, clauses=tuple(c for clause in kept if (c := _without_asides(clause)).text))


def _without_asides(clause: Clause) -> Clause:
    """The clause up to the words that shall not stand in the document (「会員数は書かなくて結構です」); nothing of a
    remark on the letter itself (「手短に失礼します」)."""
    if max(clause.scores[label] for label in ITEM_LABELS) < _FIRM and re.search(
        group("unwritten")["letter"], plain(clause.text)
    ):
        return replace(clause, text="", end=clause.start)
    aside = re.search(group("unwritten")["pattern"], plain(clause.text))
    if not aside:
        return clause
    end = max((m.end() for m in _STOP.finditer(clause.text, 0, aside.start())), default=0)
    return replace(clause, text=clause.text[:end], end=clause.start + end)


def _keys(clause: Clause) -> list[str]:
    """Where a clause's words belong in the draft; nowhere if they are greetings, others' affairs, or put off."""
    headed = heading_labels(clause.heading)[:1]
    if headed and headed[0] in _HEADED and not clause.labels & set(ITEM_LABELS):
        return [_HEADED[headed[0]]]
    if is_withheld(clause):
        return []
    if other := other_led(clause.text):
        return [other]
    items = [label for label in ITEM_LABELS if label in clause.labels and _tells(clause, label)]
    if items and is_ours(clause):
        best = max(clause.scores[label] for label in items)
        return [label for label in items if clause.scores[label] >= best - _BOTH]
    return _other_keys(clause, set(marks(clause.text)))


def _tells(clause: Clause, label: str) -> bool:
    """Does the clause tell an item, and not only ask for the paper (「…の契約書をお願いします」)?"""
    asks = label == "purpose" or (label == "cost" and not amounts(clause.text))
    return is_told(clause, label) and not (asks and re.search(group("asked")["only"], clause.text))


def _is_firm(clause: Clause, key: str) -> bool:
    """Does the clause tell an item of which the brief says elsewhere that it is open, and is it not about another one?"""
    return clause.scores[key] > _FIRM and heading_labels(clause.heading)[:1] in ([], [key])


def _also(clause: Clause) -> list[str]:
    """Items that a clause tells beside its first one; they stand for an item that nothing else tells."""
    if is_withheld(clause) or not is_ours(clause) or other_led(clause.text):
        return []
    headed = heading_labels(clause.heading)[:1]
    likely = {label for label in ITEM_LABELS if clause.scores.get(label, -1.0) > 0}
    led = "" if "deferred" in clause.labels else led_label(clause.text)
    beside = _beside_dates(clause.text) if "period" in clause.labels else ""
    named = {label for label in likely if label in (*headed, led) or (label == "method" and len(beside) > _MORE)}
    told = [label for label in ITEM_LABELS if label in clause.labels | named and _tells(clause, label)]
    kept = clause.text if clause.labels & _BESIDE_RHYTHM else beside
    daily = not clause.labels and re.search(group("often")["pattern"], clause.text)  # 火・金の昼に回る
    often = daily or "#rhythm" in marks(kept)  # 月2回の集いを開きたい
    mishap = "roles" in clause.labels and _is_mishap(clause.text)  # けがはうち、溝のことは区が受け持つ
    asked = "request" in clause.labels and "purpose" in likely  # …ないよう集いを開きたく、提案書を
    aimed = _is_aimed(clause.text)  # …できるように、毎月開きます
    wished = asked or aimed or re.search(group("wished")["pattern"], clause.text)
    more = {"method": often, "purpose": wished, "liability": mishap}
    return [*told, *(label for label, there in more.items() if there and label not in told)]


def _is_aimed(text: str) -> bool:
    """Is what stands before 「…ために、」 or 「…たくて、」 a purpose by itself?"""
    aim = re.search(group("wished")["aim"], text)
    return bool(aim) and classify([text[: aim.end()] if aim else ""])[0]["purpose"] > 0


def _is_mishap(text: str) -> bool:
    return "#mishap" in marks(text) or bool(re.search(group("faults")["pattern"], text))


def _beside_dates(text: str) -> str:
    """4月1日から翌年3月31日まで、離れを水曜の午後に開けます: a period, and more."""
    for date in reversed(dates(text)):
        text = text[: date.start] + text[date.end :]
    return text


def _other_keys(clause: Clause, shown: set[str]) -> list[str]:
    """Of a clause that tells no item: background without figures, which may be others'; terms of the contract as wishes."""
    if "background" in clause.labels:
        return [] if _FIGURE.search(clause.text) or "#hearsay" in shown else ["background"]
    return ["wishes"] if clause.labels & set(_EXTRA) and not clause.labels & {"request", "party", "deferred"} else []


def _value(key: str, clause: Clause) -> Given:
    """The clause without the words that only name the item, and without its full stop."""
    begin = lead_end(clause.text) if key == led_label(clause.text) else 0
    text = _END.sub("", _tail().sub("", _END.sub("", clause.text[begin:])))
    text = _asked().sub("", text) if key == "purpose" else text
    return Given(key=key, text=text, start=clause.start + begin, end=clause.start + begin + len(text))


def _whole(given: Given, paper: Paper, starts: Mapping[int, int]) -> Given:
    """With the words in front that belong to it."""
    begin = starts.get(given.start, given.start)
    return given.model_copy(update={"text": paper.text[begin : given.end], "start": begin})


@cache
def _tail() -> re.Pattern[str]:
    """Words at the end of a statement that only join it to what is said next."""
    return re.compile(group("tails")["pattern"])


@cache
def _asked() -> re.Pattern[str]:
    """What is asked of the writer behind a purpose."""
    return re.compile(group("asked")["pattern"])


def _periods(paper: Paper) -> list[Given]:
    """From … to …, or from … for so long: of the clause that tells the period, else the first with a year."""
    clauses = sorted(paper.clauses, key=lambda c: ("period" not in told_labels(c.text), "period" not in c.labels))
    for clause in clauses:
        for period in periods(clause.text):
            if "period" not in clause.labels and period.begin.year is None:  # 5月から8月まで is a step, no term
                continue
            rest = _UNTIL.match(clause.text, period.end)
            return [_cut(clause, period.start, rest.end() if rest else period.end)]
        if "period" in clause.labels and (term := _TERM.search(clause.text)):
            return [_cut(clause, lead_end(clause.text), term.end())]
    other = {"method", "party", "request"}
    return [_value("period", c) for c in paper.clauses if "period" in c.labels and not c.labels & other][:1]


def _cut(clause: Clause, start: int, end: int) -> Given:
    """The period itself, or the whole statement where it also says how it goes on (「…から1年、申出がなければ更新」)."""
    if re.search(group("renewed")["pattern"], clause.text[end:]):
        return _value("period", clause)
    return Given(key="period", text=clause.text[start:end], start=clause.start + start, end=clause.start + end)


def _placed(writing: Writing, given: Given) -> Given:
    """`given` with its place in the brief as it was sent."""
    if given.start < 0:
        return given
    places = writing.corrected
    return replace_place(given, places.original(given.start), places.original(given.end - 1) + 1)


def replace_place(given: Given, start: int, end: int) -> Given:
    return given.model_copy(update={"start": start, "end": end})
