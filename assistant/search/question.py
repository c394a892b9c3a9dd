"""A question as search sees it: normalised, cut into words, with the article, ward, city and project it names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from assistant.search.language import Language, has_blanks, language_of
from assistant.text import arabic_ordinals, compact, fold, kanji_number, sanitize
from assistant.tokens import pairs, words

_BRANCH = r"((?:の[0-9一二三四五六七八九十]{1,3}(?![0-9項号]))*)"
_PART = r"[の、,\s]*(?:第?\s*([0-9]{1,2})\s*項)?(?:[の、,\s]*第?\s*([0-9]{1,2})\s*号)?"
_ARTICLE = re.compile(rf"(?:第|§|条例)\s*([0-9]{{1,3}})\s*条?{_BRANCH}{_PART}")
_BARE_ARTICLE = re.compile(rf"(?<![0-9])([0-9]{{1,3}})\s*条\s*{_BRANCH}{_PART}")
_SUPPLEMENT = re.compile(
    rf"附\s*則(?:[(（][^)）]*[)）])?の?\s*(?:第?\s*([0-9]{{1,3}})\s*条{_BRANCH}の?\s*)?(?:第?\s*([0-9]{{1,2}})\s*項)?"
)
_APPENDIX = re.compile(
    r"別[表記](?:第?\s*[0-9一二三四五六七八九十]{1,3})?|(?:第[0-9]{1,3}号)?様式(?:第?[0-9]{1,3}号?)?"
)
_OF_ARTICLE = re.compile(r"条|§")
_KANJI_NUMBER = re.compile(r"[一二三四五六七八九十]+")
_KANJI, _KANA = re.compile(r"[一-鿿]"), re.compile(r"[ぁ-ヿ]")
_SENTENCE = re.compile(r"(?<=[。?？!！])")
_WORD = re.compile(r"[0-9a-zぁ-ヿ㐀-䶿一-鿿가-힣]")


@dataclass(frozen=True)
class ArticleRef:
    """条, 項, 号 as the question names them; 0 where it names none. `branch` is の2 of 第12条の2."""

    article: int
    paragraph: int = 0
    item: int = 0
    branch: str = ""

    @property
    def number(self) -> str:
        """12の2"""
        return f"{self.article}{self.branch}"


@dataclass(frozen=True)
class Question:
    text: str  # as asked, without control characters
    folded: str
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    articles: tuple[ArticleRef, ...]
    supplements: tuple[ArticleRef, ...]  # of a 附則; article 0 where it is numbered by 項 alone
    appendices: tuple[str, ...]  # 別表第1, 様式第2号
    organizations: tuple[str, ...]  # wards and bureaus named
    municipalities: tuple[str, ...]  # other cities named
    about_ordinance: bool
    about_rules: bool  # may something be done, must it?
    wants_division: bool
    wants_number: bool
    counts_projects: bool
    wishes: bool  # a wish or a trouble that a project may help with
    kana_only: bool
    plain: bool  # written as a child or a learner of Japanese writes: in kana, or with blanks between the words
    written: str = ""  # a question in kana or in another language with the documents' words
    unread: str = ""  # what the glossary does not know of a question in another language
    language: Language = "ja"

    @property
    def foreign(self) -> bool:
        return self.language != "ja"

    @property
    def readable(self) -> str:
        """All of the question, as far as possible in Japanese."""
        return f"{self.written} {self.unread}" if self.foreign else self.folded

    @property
    def asking(self) -> str:
        """The sentences that ask whether something may or must be done, of a question that also tells how it came about:
        the rule has none of that. Empty for every other question."""
        if not self.about_rules or self.foreign or self.written or self.wants_division:
            return ""
        parts = [part for part in _SENTENCE.split(self.text) if part.strip()]
        asks = [part for part in parts if cue("asks").search(fold(part).strip())]
        return "".join(asks) if 0 < len(asks) < len(parts) else ""

    @property
    def last_asking(self) -> str:
        """The sentence that asks, folded: the last one that looks like a question, or all of it where none does."""
        return next(reversed(self._asks), self.folded)

    @property
    def all_asking(self) -> str:
        """All sentences that look like a question, folded; the whole where none does."""
        return "".join(self._asks) or self.folded

    @property
    def _asks(self) -> list[str]:
        parts = [part.strip() for part in _SENTENCE.split(self.folded) if part.strip()]
        return [part for part in parts if cue("asks").search(part)]

    @property
    def has_words(self) -> bool:
        return bool(_WORD.search(self.folded))


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    texts = [
        resources.files("assistant.search").joinpath(name).read_text("utf-8") for name in ("cues.toml", "acts.toml")
    ]
    return {name: re.compile("|".join(patterns)) for text in texts for name, patterns in tomllib.loads(text).items()}


def cue(name: str) -> re.Pattern[str]:
    """The pattern of one group of cues.toml or acts.toml."""
    return _cues()[name]


def understand(text: str, organizations: tuple[str, ...], cities: tuple[str, ...]) -> Question:
    """Read a question. `organizations` and `cities` are the names the index knows."""
    clean = sanitize(text).strip()
    folded = arabic_ordinals(fold(clean))
    kana_only = not _KANJI.search(folded) and bool(_KANA.search(folded))
    plain = compact(folded)
    read = f"{folded}\n{plain}" if has_blanks(clean) else folded

    def has(name: str) -> bool:
        return bool(cue(name).search(read))

    return Question(
        text=clean,
        folded=folded,
        words=tuple(words(folded)),
        pairs=tuple(pairs(folded)),
        articles=_article_refs(_SUPPLEMENT.sub("附則", folded)),
        supplements=_supplement_refs(folded),
        appendices=tuple(dict.fromkeys(_arabic(found) for found in _APPENDIX.findall(folded) if found != "様式")),
        organizations=_named(folded, organizations),
        municipalities=tuple(city for city in cities if _is_meant(_called(city), plain)),
        about_ordinance=has("ordinance"),
        about_rules=has("rule"),
        wants_division=has("division"),
        wants_number=has("number"),
        counts_projects=has("count") and has("project"),
        wishes=has("wish"),
        language=language_of(clean),
        kana_only=kana_only,
        plain=kana_only or has_blanks(clean),
    )


def _article_refs(folded: str) -> tuple[ArticleRef, ...]:
    refs: list[ArticleRef] = []
    for pattern in (_ARTICLE, _BARE_ARTICLE):
        for found in pattern.finditer(folded):
            if not _OF_ARTICLE.search(found.group()):
                continue
            article, branch, paragraph, item = found.groups()
            ref = ArticleRef(int(article), int(paragraph or 0), int(item or 0), _arabic(branch))
            if all(ref.number != r.number for r in refs):
                refs.append(ref)
    return tuple(refs)


def _supplement_refs(folded: str) -> tuple[ArticleRef, ...]:
    found = [m.groups() for m in _SUPPLEMENT.finditer(folded)]
    return tuple(ArticleRef(int(a or 0), int(p or 0), branch=_arabic(b or "")) for a, b, p in found if a or p)


def _arabic(text: str) -> str:
    """の二 → の2, 別表第一 → 別表第1"""
    return _KANJI_NUMBER.sub(lambda m: str(kanji_number(m.group())), text)


def _called(city: str) -> str:
    """A municipality as people name it: 川崎; one character alone says nothing."""
    stem = compact(city).removesuffix("市")
    return stem if len(stem) > 1 else compact(city)


def _is_meant(city: str, plain: str) -> bool:
    """Does `plain` name `city` anywhere but to say that it is not meant (「川崎ではなく」)?"""
    behind = [plain[at + len(city) :] for at in range(len(plain)) if plain.startswith(city, at)]
    return any(not cue("not_meant").match(rest) for rest in behind)


def _named(folded: str, organizations: tuple[str, ...]) -> tuple[str, ...]:
    """Organizations whose name stands in the question; longest first, so that 港南区 is not also 南区."""
    rest, found = compact(folded), []
    names = _longest_first(organizations)
    for name, plain in names:
        if plain in rest:
            found.append(name)
            rest = rest.replace(plain, "\n")
    short = [(name, plain) for name, plain in names if name.endswith("区") and len(name) > 2 and name not in found]
    found += [name for name, plain in short if _is_named(plain[:-1], rest)]
    return tuple(found)


def _is_named(short: str, text: str) -> bool:
    """Does a ward's short name stand in `text`, and not only as the beginning of another name (鶴見川)?"""
    return any(not cue("longer_name").match(rest) for rest in text.split(short)[1:])


@lru_cache(maxsize=8)
def _longest_first(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Names with their compact form."""
    return tuple((name, compact(name)) for name in sorted(names, key=len, reverse=True))
