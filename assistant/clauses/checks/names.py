"""A party with two names (NAME_CONFLICT): a definition against a later use or the signature, or two spellings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.clauses.amounts import plain
from assistant.clauses.checks.findings import finding, place
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Code, Finding

_ROLES = {"当会": "self", "本会": "self", "当法人": "self", "当団体": "self", "提案者": "self", "提案団体": "self"}
_ROLES |= {"団体名": "self", "申請団体": "self", "申請者": "self", "法人名": "self", "実施団体": "self"}
_ROLES |= {
    "提案": "self",
    "届出者": "self",
    "届け出た者": "self",
    "提出者": "self",
    "応募団体": "self",
    "申込者": "self",
}
_ROLES |= {"委託先": "受託者", "受注者": "受注者", "受託側": "受託者", "受注側": "受注者", "発注側": "発注者"}
_FORM_WORDS = re.compile("(?:認定)?(?:特定非営利活動法人|NPO法人)")
_SHORT_FORMS = {"一社": "一般社団法人", "一財": "一般財団法人", "公社": "公益社団法人", "公財": "公益財団法人"}
_KANA = re.compile("[ぁ-んァ-ヶー]+")
_SLIPS = 2  # characters by which one name may be written twice
_LONG = 6  # characters of a name that no other has by chance but for one character
_ALIKE = 0.55  # of two names with the same legal form: as much of them must be the same
_MANY = 40  # more names than this are a list of organisations, not parties
_SHARED = 3  # and so many characters at the beginning, else the end


@dataclass(frozen=True)
class _Name:
    """A name with its place; `role` is the party it is bound to, empty where only its legal form shows that it is one."""

    name: str
    form: str
    start: int
    end: int
    role: str = ""


def check_names(paper: Paper) -> list[Finding]:
    """One finding for each party with two names."""
    text = plain(paper.text)
    lines = tuple(_line(paper, c) for c in paper.clauses if "。" not in c.text and _names_parties(paper, c))
    bound, free = [*_bound(text, lines), *_signed(paper, text)], list(_formed(text))
    for first, second in itertools.chain(_of_one_role(bound), _spellings(text, [*bound, *free]), _slips(text, bound)):
        if not _explained(text, second) and not _side_by_side(text, first, second):
            names = {"first": _verbatim(paper, first), "second": _verbatim(paper, second)}
            clause = next((c for c in paper.clauses if c.start <= second.start < c.end), None)
            span = (clause.start, clause.end) if clause else (second.start, second.end)
            return [finding(Code.NAME_CONFLICT, place(paper, *span), "", **names)]
    return []


def _names_parties(paper: Paper, clause: Clause) -> bool:
    """In a document the parties stand in the preamble, in the signatures, and under 提案者 and the like; in a brief
    anywhere."""
    return paper.kind == "brief" or clause.part in ("preamble", "signature") or clause.heading in _ROLES


def _line(paper: Paper, clause: Clause) -> tuple[int, int]:
    """From the head of its line, where 乙 may stand as its heading."""
    line = paper.text.rfind("\n", 0, clause.start) + 1
    return (clause.start if "。" in paper.text[line : clause.start] else line), clause.end


def _verbatim(paper: Paper, name: _Name) -> str:
    return " ".join(paper.text[name.start : name.end].split())


def _of_one_role(bound: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    for a, b in itertools.combinations(sorted(bound, key=lambda n: n.start), 2):
        if a.role == b.role and (not _same(a, b) or _other_form(a, b)):
            yield a, b


def _other_form(a: _Name, b: _Name) -> bool:
    """One name with two legal forms: 株式会社X and 合同会社X."""
    return a.name == b.name and len(a.name) >= _SHARED and bool(a.form and b.form) and a.form != b.form


def _spellings(text: str, names: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Two names of the same legal form that begin or end alike, though neither is short for the other."""
    first: dict[tuple[str, str, str], _Name] = {}
    for name in sorted((n for n in names if n.form), key=lambda n: n.start):
        first.setdefault((name.form, name.name, name.role), name)
    for a, b in itertools.combinations(first.values() if len(first) <= _MANY else (), 2):
        if _other_form(a, b):
            yield a, b
        if a.form != b.form or _same(a, b) or (a.role and b.role and a.role != b.role):
            continue
        if _misheard(a.name, b.name) and not _in_one_sentence(text, a, b):
            yield a, b
        shared = _common(a.name, b.name)
        if shared >= _SHARED and SequenceMatcher(None, a.name, b.name).ratio() >= _ALIKE:
            yield a, b


def _misheard(a: str, b: str) -> bool:
    """Do two long names that begin and end alike differ by one or two characters, all kana? Other characters make other
    names (文化協会, 体育協会)."""
    if min(len(a), len(b)) < _LONG - 1 or a[0] != b[0] or a[-1] != b[-1] or abs(len(a) - len(b)) > 1:
        return False
    steps = [step for step in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if step[0] != "equal"]
    changed = "".join(a[i:j] + b[k:m] for _, i, j, k, m in steps)
    most = sum(max(j - i, m - k) for _, i, j, k, m in steps)
    return most <= _SLIPS and bool(_KANA.fullmatch(changed))


def _in_one_sentence(text: str, a: _Name, b: _Name) -> bool:
    """Does any sentence name both, so that they are two?"""
    return any(a.name in sentence and b.name in sentence for sentence in re.split("[。\n]", text))


def _slips(text: str, bound: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """A party's name with one character changed, wherever it stands; 第一 and 第二, 東 and 西 are two names."""
    for name in bound[:_MANY]:
        written = text[name.start : name.end]
        if len(written) < _LONG:
            continue
        cuts = [(re.escape(written[:i]), re.escape(written[i + 1 :])) for i in range(1, len(written) - 1)]
        for match in re.finditer("|".join(f"{a}[一-龯ぁ-んァ-ヶー]{b}" for a, b in cuts), text):
            changed = {pair for pair in zip(written, match.group(), strict=True) if pair[0] != pair[1]}
            if changed and not patterns("names")["counted"].fullmatch("".join(changed.pop())):
                yield name, _Name(match.group(), name.form, *match.span())


def _common(a: str, b: str) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _same(a: _Name, b: _Name) -> bool:
    """Is one the other, or short for it? White space, marks and the legal form do not count."""
    x, y = (re.sub(r"[\s・「」『』()（）&＆]", "", n.name).replace("ヶ", "ケ") for n in (a, b))
    if x in y or y in x:
        return True
    short, long = sorted((x, y), key=len)
    return len(short) <= len(long) / 2 and _subsequence(short, long)


def _subsequence(short: str, long: str) -> bool:
    """Are the characters of `short` in `long` in this order, as in 市社協 for 市社会福祉協議会?"""
    rest = iter(long)
    return all(char in rest for char in short)


def _explained(text: str, name: _Name) -> bool:
    """Is the second name said to be another organisation's, or an old or short one?"""
    line = text[text.rfind("。", 0, name.start) + 1 : name.end + 20].split("\n")[-2:]
    return bool(patterns("names")["other_party"].search("\n".join(line)))


def _side_by_side(text: str, first: _Name, second: _Name) -> bool:
    """Do both stand in one list, so that they are two?"""
    between = text[min(first.end, second.end) : max(first.start, second.start)]
    return bool(re.fullmatch(r"[」』]?(?:[（(][^）)]*[）)])?\s?(?:と|及び|並びに|、|・|／|/|や)\s?[「『]?", between))


def _bound(text: str, named: tuple[tuple[int, int], ...]) -> Iterator[_Name]:
    """Names that the text binds to a party. `named` are the places where a line may be 乙　X: preamble and signatures."""
    known = patterns("names")
    for kind in ("alias", "alias_open", "as_party", "being"):
        for match in known[kind].finditer(text):
            told = match.groupdict()
            role = told["role"] or told.get("short") or told.get("quoted") or ""
            yield from _party(match.start("name"), match["name"], role)
    for match in known["equals"].finditer(text):
        yield from (n for n in _party(match.start("name"), match["name"], match["role"]) if _looks(n))
    for start, end in named:
        for line in known["piece"].finditer(text[start:end]):
            if told_line := known["line"].match(line.group()):
                place = start + line.start() + told_line.start("name")
                yield from (n for n in _party(place, told_line["name"], told_line["role"]) if _looks(n))
    for match in known["own_name"].finditer(text):
        yield from _party(match.start("name"), match["name"], "当会")
    yield from _introduced(text)


def _signed(paper: Paper, text: str) -> Iterator[_Name]:
    """Who signs a proposal is who makes it."""
    for clause in paper.within("signature") if paper.kind == "proposal" else ():
        start = _line(paper, clause)[0]
        if told := patterns("names")["signed"].match(text[start : clause.end]):
            yield from _party(start + told.start("name"), told["name"], "提案者")


def _looks(name: _Name) -> bool:
    return bool(name.form or patterns("names")["looks"].search(name.name))


def _introduced(text: str) -> Iterator[_Name]:
    """Who writes a brief: 私ども「X」, 「X」です."""
    for match in patterns("names")["introduced"].finditer(text):
        yield from _party(match.start("name"), match["name"], "当会")


def _party(start: int, raw: str, role: str) -> Iterator[_Name]:
    known = patterns("names")
    written = known["person"].sub("", known["address"].sub("", raw.strip()))
    role = role.strip()
    lead = raw.index(written)
    written, skipped = _without_lead(written)
    if role not in _ROLES and known["not_role"].match(role):
        return
    if len(written) < 2 or known["public"].match(written) or known["not_name"].match(written):
        return
    form = re.match(f"(?:{known['form'].pattern})", written) or re.search(f"(?:{known['form'].pattern})$", written)
    bare = written.replace(form.group(), "").strip() if form else written
    begin = start + lead + skipped
    yield _Name(bare, _form(form.group()) if form else "", begin, begin + len(written), _ROLES.get(role, role))


def _without_lead(written: str) -> tuple[str, int]:
    """The name without what stands before it in the sentence: 横浜市と, 甲と, 市及び."""
    found = re.match(r"(?:.{0,30}?(?:市|区|局|課|長|甲))?[」』]?(?:と|及び|並びに)[「『]?(?=[^、])", written)
    return (written[found.end() :], found.end()) if found else (written, 0)


def _formed(text: str) -> Iterator[_Name]:
    """Names with a legal form before them, wherever they stand."""
    known = patterns("names")
    for match in known["formed"].finditer(text):
        end = None if known["whole"].match(text, match.end()) else known["name_end"].search(match["name"], 2)
        name = match["name"][: end.start()] if end else match["name"]
        if len(name) >= 2:
            start = match.start()
            yield _Name(name, _form(match["form"]), start, match.start("name") + len(name))


def _form(written: str) -> str:
    """One name for a legal form."""
    even = written.replace("ＮＰＯ", "NPO")
    return "NPO法人" if _FORM_WORDS.fullmatch(even) else _SHORT_FORMS.get(even, even)
