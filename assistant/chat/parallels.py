"""Putting a new word in the place of its parallel in a question: ward for ward, Aコース for Bコース, 第3講 for 第4講."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.chat.history import Past, named_project
from assistant.chat.phrases import ABOUT, asked_of, noun_runs, pattern, specific_nouns, split
from assistant.records import TableRecord
from assistant.search.searcher import Searcher
from assistant.text import compact, fold
from assistant.tokens import morphemes, name_reading, normal_words

_LETTER = re.compile(r"[A-ZＡ-Ｚ]")
_COURSE = re.compile(r"(?<![A-Za-zＡ-Ｚ])[A-ZＡ-Ｚ](?=コース|型|班|案|の|$)")
_QUOTED = re.compile(r"「[^「」]+」")
_UNDER = re.compile(r".*(?:で|では|には|だと|ついて)、")
_YEAR = re.compile(
    r"(?:令和|平成|昭和)(?:元|[0-9０-９]+)年度?|(?<![0-9])[0-9０-９]{4}年度?"
    r"|(?:去年|昨年|一昨年|おととし|今年|来年|翌年|前年|前の年|次の年|元年|[0-9０-９]{1,2}年(?=度))度?"
)
_TO_HIRAGANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(ord("ァ"), ord("ヶ"))})
_PART_OF_NAME = 4  # characters by which a project can be called in the middle of its kind
_ASIDE = re.compile(r"\s*[(（].*")  # what a name adds in brackets
_ALIKE = 0.5  # share of their words that two wards' projects of one kind have in common
_CALLED = re.compile(r"の?(?:名称|名前|名)$")
_NUMBERED = re.compile(r"第?[0-9０-９一二三四五六]{1,2}(?P<counter>次|期|講|部|回目?)")
_END_OF_ROW = re.compile(r"(?:年度|年度内|その年|同年度)?の?(?P<end>最後|最初)(?:の(?:回|もの|やつ|会議?))?")
_KANJI = r"[一-鿿]"


@dataclass(frozen=True)
class Ward:
    """A ward as `text` writes it: 港北区, 港北, ほどがや."""

    said: str
    name: str
    start: int


def wards_in(searcher: Searcher, text: str) -> list[Ward]:
    """Wards that `text` names, in its order; short names and names in kana too."""
    found: dict[int, Ward] = {}
    for form, name in _ward_forms(tuple(o for o in searcher.organizations if o.endswith("区"))):
        for hit in re.finditer(form, text):
            if not any(w.start <= hit.start() < w.start + len(w.said) for w in found.values()):
                found[hit.start()] = Ward(hit.group(), name, hit.start())
    return [found[start] for start in sorted(found)]


@lru_cache(maxsize=8)
def _ward_forms(wards: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Patterns of the ways to write each ward, the longest first. A short name must not go on in kanji."""
    forms: list[tuple[str, str]] = []
    for ward in wards:
        stem = ward[:-1]
        spelled = re.sub("[ヶケ]", "[ヶケ]", stem)
        kana = name_reading(ward, "ク").translate(_TO_HIRAGANA)
        forms.append((f"{spelled}区", ward))
        if len(stem) > 1:
            forms.append((f"(?<!{_KANJI}){spelled}(?!{_KANJI}|区)", ward))
        if kana:
            forms.append((f"{kana}(?:区|く)", ward))
        if len(kana) > 3:
            forms.append((f"(?<![ぁ-ん]){kana}(?![ぁ-ん])", ward))
    return tuple(sorted(forms, key=lambda form: -len(form[0])))


def put_in_place(searcher: Searcher, last: Past, new: str) -> str | None:
    """The last question with `new` in the place of what it is a parallel of; None if there is nothing of its kind."""
    for exchange in (
        _row,
        _sister,
        _ward,
        _city,
        _course,
        _year,
        lambda _, last, new: put_number(last, new),
        _project,
        _quoted,
        _part,
        _same_head,
        _about,
        _segment,
        _plain,
    ):
        found = exchange(searcher, last, new)
        if found:
            return found
    return None


def scope_of(searcher: Searcher, topic: str) -> str:
    """The ward, city or year that a matter is told under: 「瀬谷区の」; empty if there is none."""
    said = [ward.said for ward in wards_in(searcher, topic)][:1]
    cities = [name for name in searcher.cities if name.removesuffix("市") in topic]
    years = _YEAR.findall(topic)[:1]
    return "".join(f"{word}の" for word in (*years, *said, *cities))


def project_like(searcher: Searcher, noun: str, last: Past) -> str | None:
    """The one project whose name holds `noun`, in the ward or division spoken of if several do."""
    plain = compact(noun).replace("の", "")
    if len(plain) < _PART_OF_NAME:
        return None
    found = [r for r in searcher.index.records.directory if plain in searcher.plain_projects[r.name].replace("の", "")]
    wards = {w.name for w in wards_in(searcher, last.standalone)}
    near = [r for r in found if r.organization in wards] or found
    if len(near) > 1 and last.project:
        of = {r.organization for r in searcher.index.records.directory if r.name == last.project}
        near = [r for r in near if r.organization in of]
    if len(near) != 1:
        return None
    return f"{near[0].organization}の{near[0].name}" if near[0].organization in wards else near[0].name


def _row(searcher: Searcher, last: Past, new: str) -> str | None:
    """The row of another ward in the table whose row the question names by a cell: 「どろっぷ」 is the name of one ward's."""
    wards = wards_in(searcher, new)
    if not wards or compact(new.replace(wards[0].said, "", 1)):
        return None
    contracts = {_project_of(c.section): _ASIDE.sub("", c.name) for c in searcher.index.records.contracts}
    for table in searcher.index.records.tables:
        project = contracts.get(_project_of(table.section))
        if project is None or not any(wards[0].name in row for row in table.rows):
            continue
        told, (cell, column) = last.standalone, _named_cell(searcher, table, last.standalone)
        if cell:
            for old in wards_in(searcher, told):
                told = re.sub(f"{old.said}の?", "", told, count=1)
            parallel = f"{wards[0].name}の{project}の{_CALLED.sub('', column)}"
            return re.sub(f"「?{re.escape(cell)}」?", parallel, told, count=1)
    return None


def _project_of(section: str) -> str:
    """The key of a project's part of the report, from that of one of its sections."""
    return section.rpartition("/")[0]


def _named_cell(searcher: Searcher, table: TableRecord, text: str) -> tuple[str, str]:
    """The longest name in the table's cells that `text` says, and its column; wards are none. Empty if there is none."""
    cells = (pair for row in table.rows for pair in zip(row, table.columns, strict=True))
    named = [(name, column) for cell, column in cells for name in _names(cell) if name in text]
    return max((n for n in named if not wards_in(searcher, n[0])), key=lambda n: len(n[0]), default=("", ""))


def _names(cell: str) -> list[str]:
    """Names in a cell of a table, as a question may say them; numbers and single words of two characters are none."""
    return [name for name in re.split(r"[、\s]+", cell) if len(name) >= _PART_OF_NAME and not name[0].isdigit()]


def _ward(searcher: Searcher, last: Past, new: str) -> str | None:
    wards = wards_in(searcher, new)
    if not wards or not _is_bare(new.replace(wards[0].said, "", 1), last):
        return None
    named, told = named_project(searcher, last.standalone), wards_in(searcher, last.standalone)
    if not told:  # the same in one ward: 「栄区は？」 after a question of the whole city
        return f"{wards[0].name}の{last.standalone}"
    old = [ward for ward in told if ward.said.endswith("区") or ward.said not in named]
    return last.standalone.replace(old[-1].said, wards[0].name) if old else None


def _is_bare(rest: str, last: Past) -> bool:
    """Does nothing stand behind the ward but the kind of the last matter: 「都筑区の拠点」 after 「…の子育て支援拠点」?"""
    kind = compact(rest).removeprefix("の")
    return not kind or any(run.endswith(kind) for run in noun_runs(last.topic))


def _sister(searcher: Searcher, last: Past, new: str) -> str | None:
    """The project of another ward that is called most like the one spoken of, whose name has its own ward in it."""
    wards = wards_in(searcher, new)
    if not wards or not last.project or compact(new.replace(wards[0].said, "", 1)):
        return None
    stem = _without_ward(searcher, last.project)
    if stem == last.project or last.topic not in last.standalone:
        return None
    called = set(normal_words(stem))
    there = [record.name for record in searcher.index.records.directory if record.organization == wards[0].name]
    alike = [
        (len(called & kind) / len(called | kind), name)
        for name in there
        if (kind := set(normal_words(_without_ward(searcher, name))))
    ]
    nearest, name = max(alike, default=(0.0, ""))
    if nearest < _ALIKE:
        if wards_in(searcher, last.topic.replace(last.project, "")) or stem not in last.topic:
            return None
        name = f"{wards[0].name}の{stem}"
    return last.standalone.replace(last.topic, name, 1)


def _without_ward(searcher: Searcher, project: str) -> str:
    """A project's name without the wards in it, which tells its kind."""
    for ward in wards_in(searcher, project):
        project = project.replace(ward.said, "", 1)
    return project


def _city(searcher: Searcher, last: Past, new: str) -> str | None:
    """Yokohama for Kawasaki."""
    cities = {s.municipality for s in searcher.index.sources.values() if s.municipality.endswith("市")}
    named = {c for c in cities if new in (c, c[:-1])}
    for old in sorted(cities - named):
        if named and old[:-1] in last.standalone:
            return re.sub(f"{old[:-1]}市?", named.pop(), last.standalone)
    return None


def _course(searcher: Searcher, last: Past, new: str) -> str | None:
    letter, old = _LETTER.match(new), _COURSE.search(last.standalone)
    if not letter or not old or (len(new) > 1 and not _COURSE.match(new)):
        return None
    return last.standalone[: old.start()] + letter.group() + last.standalone[old.end() :]


def _year(searcher: Searcher, last: Past, new: str) -> str | None:
    if not _YEAR.fullmatch(new):
        return None
    if old := _YEAR.search(last.standalone):
        return last.standalone.replace(old.group(), new)
    topic, about, asked = last.standalone.rpartition(ABOUT)  # 「今年の費用は」, and 「今年は誰が」
    return f"{topic}{about}{new}{'は' if pattern('interrogative').match(asked) else 'の'}{asked}"


def put_number(last: Past, new: str) -> str | None:
    """二次 for 一次, 第3期 for 第2期."""
    number, end = _NUMBERED.fullmatch(new), _END_OF_ROW.fullmatch(new)
    for old in _NUMBERED.finditer(last.standalone) if number or end else ():
        if end and old["counter"].startswith("回"):
            return f"{last.standalone[: old.start()]}{end['end']}の回{last.standalone[old.end() :]}"
        if number and old["counter"] == number["counter"] and old.group() != number.group():
            return last.standalone[: old.start()] + new + last.standalone[old.end() :]
    return None


def _project(searcher: Searcher, last: Past, new: str) -> str | None:
    name = named_project(searcher, new)
    return new + asked_of(last.standalone) if name else None


def _quoted(searcher: Searcher, last: Past, new: str) -> str | None:
    old = _QUOTED.findall(last.standalone)
    return last.standalone.replace(old[-1], new) if _QUOTED.fullmatch(new) and old else None


def _part(searcher: Searcher, last: Past, new: str) -> str | None:
    """Another part of the same whole: 「寄附のうち個人」."""
    whole, among, rest = last.standalone.partition("のうち")
    return f"{whole}{among}{new}{asked_of(rest)}" if among else None


def _about(searcher: Searcher, last: Past, new: str) -> str | None:
    """What a follow-up named of the matter: 「…について、ホットライン」."""
    topic, about, asked = last.standalone.partition(ABOUT)
    named = specific_nouns(split(asked).topic) if about else []
    return f"{topic}{about}{new}{asked_of(asked)}" if named else None


def _segment(searcher: Searcher, last: Past, new: str) -> str | None:
    """The last of two things told one under the other: 「区との協定で、スポーツ」."""
    phrases = split(last.standalone)
    under = frame_of(phrases.topic)
    return f"{under}{new}{phrases.tail}" if under else None


def _plain(searcher: Searcher, last: Past, new: str) -> str | None:
    """法人 for 個人 in 「寄附した個人」: both name no matter by themselves."""
    phrases = split(last.standalone)
    runs = noun_runs(phrases.topic)
    if not runs or specific_nouns(new) or specific_nouns(runs[-1]) or phrases.topic in runs:
        return None
    fits = phrases.topic.endswith(runs[-1]) and runs[-1] not in new
    return phrases.topic.removesuffix(runs[-1]) + new + phrases.tail if fits else None


def frame_of(topic: str) -> str:
    """What a topic is told under: 「区との協定で、」 of 「区との協定で、スポーツ」; empty if there is nothing."""
    under = _UNDER.match(topic)
    return under.group() if under else ""


def _same_head(searcher: Searcher, last: Past, new: str) -> str | None:
    """第3講 for 第4講, 補助型 for 委託型: compounds with the same last part."""
    head = _head(new)
    if not head:
        return None
    for run in reversed(noun_runs(split(last.standalone).topic)):
        if len(run) > len(head) and _head(run) == head and fold(run) != fold(new) and run not in new:
            return last.standalone.replace(run, new)
    return None


def _head(noun: str) -> str:
    """The last part of a compound, which tells its kind; empty where it has only one part."""
    parts = [surface for surface, _, _ in morphemes(noun.strip("「」"))]
    return parts[-1] if len(parts) > 1 else ""
