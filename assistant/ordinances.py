"""条例, 規則, 要綱 and 規程 as records: their articles, 附則, 別表 and amendments. assistant/records.py has them too."""

from __future__ import annotations

from pydantic import Field

from assistant.frozen import Frozen


class Item(Frozen):
    """号, or イ, (ア), a … within one."""

    label: str
    text: str
    mark: str = Field("", description="as printed, where that is not the label in parentheses")
    items: tuple[Item, ...] = ()

    @property
    def shown(self) -> str:
        return self.mark or f"({self.label})"


class Paragraph(Frozen):
    """項. `number` is 1 for an unnumbered first paragraph."""

    number: int
    text: str
    items: tuple[Item, ...] = ()


class Article(Frozen):
    """条, or one provision of a 附則 (`supplementary`): 条, 項, or a text without a number."""

    source_id: str
    number: str = Field(description="12, or 12の2; empty for a 附則 without numbers")
    caption: str
    part: str = Field("", description="編")
    chapter: str = ""
    division: str = Field("", description="節")
    subdivision: str = Field("", description="款, with 目 behind it")
    paragraphs: tuple[Paragraph, ...]
    supplementary: bool = False
    unit: str = Field("", description="条, 項, 第 (numbered 第1); empty: 条, in a 附則 項")
    provision: int = Field(0, description="which 附則 of the record it stands in, from 0")
    remarks: tuple[str, ...] = Field((), description="平26条例12・一部改正")
    deleted: bool = False
    section: str

    @property
    def label(self) -> str:
        """第12条の2, 第3 in a 要綱; in a 附則 第1項, 第1条, or nothing."""
        first, _, rest = self.number.partition("の")
        unit = self.unit or ("項" if self.supplementary else "条")
        branch = f"の{rest}" if rest else ""
        return "" if not first else f"第{first}{branch}" if unit == "第" else f"第{first}{unit}{branch}"


class Provision(Frozen):
    """One 附則. Days are ISO texts, empty if unknown."""

    label: str = Field("", description="what stands behind 附則 in parentheses: 令和3年3月25日条例第12号")
    promulgated: str = ""
    effective: str = ""
    section: str


class Appendix(Frozen):
    """別表, 様式, 別記."""

    name: str
    title: str
    articles: tuple[str, ...] = Field((), description="the articles it names: 3, 12の2")
    section: str


class Amendment(Frozen):
    """What amended an ordinance, as its 改正 lines and its 附則 tell it."""

    date: str = ""
    number: str = ""


class OrdinanceRecord(Frozen):
    """条例, 規則, 要綱 or 規程. Days are ISO texts, empty if the text does not tell them."""

    source_id: str
    title: str
    articles: tuple[Article, ...]
    municipality: str = ""
    kind: str = Field("", description="条例, 規則, 要綱, 規程 …, as its title ends")
    number: str = Field("", description="条例第34号")
    promulgated: str = ""
    provisions: tuple[Provision, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def in_force_from(self) -> str:
        """The latest day from which one of its 附則 is in force: since then the text reads as it does."""
        return max((p.effective for p in self.provisions), default="")
