"""Drafts and reviews as records: what `kyodo draft`, `kyodo review`, the batch files and the server give back.

Source of the items: 横浜市市民協働条例第12条第2項. The codes are a closed list; their sentences stand in prompts/draft/codes.toml.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from assistant.answers import Citation, Division
from assistant.frozen import Frozen

DocumentKind = Literal["proposal", "contract", "agreement"]
Form = Literal["委託型", "補助型", "負担金型", "共催型"]
Severity = Literal["error", "warning", "advice"]
UNKNOWN = "〔要確認：{what}〕"  # how a gap stands in a draft


class Item(StrEnum):
    """What §12(2) demands of a contract; the last is open until the 施行規則 is in the index."""

    PURPOSE = "事業目的"
    METHOD = "事業の進め方"
    ROLES = "役割の分担"
    COST = "費用の分担"
    LIABILITY = "責任の分担"
    REGULATION = "その他規則で定める事項"


FIVE = tuple(item for item in Item if item is not Item.REGULATION)


class Code(StrEnum):
    """Codes of problems and findings."""

    S5_1 = "S5_1"
    S5_2 = "S5_2"
    S5_3 = "S5_3"
    S5_4 = "S5_4"
    COST_SUM = "COST_SUM"
    COST_RATIO = "COST_RATIO"
    AMOUNT_CONFLICT = "AMOUNT_CONFLICT"
    DATE_ORDER = "DATE_ORDER"
    NAME_CONFLICT = "NAME_CONFLICT"
    BLANKS = "BLANKS"
    ATTACHMENT_MISSING = "ATTACHMENT_MISSING"
    DEFERRED = "DEFERRED"
    FORM_MISMATCH = "FORM_MISMATCH"
    WRONG_ARTICLE = "WRONG_ARTICLE"
    INVENT_REQUEST = "INVENT_REQUEST"
    EMBEDDED_INSTRUCTION = "EMBEDDED_INSTRUCTION"
    S8_1_UNEQUAL = "S8_1_UNEQUAL"
    S8_5_AUTONOMY = "S8_5_AUTONOMY"
    S8_3_NO_DISCLOSURE = "S8_3_NO_DISCLOSURE"
    S8_3_NONDISCLOSURE = "S8_3_NONDISCLOSURE"
    S11_SELF_BAN = "S11_SELF_BAN"
    S13_NO_SECRET = "S13_NO_SECRET"  # noqa: S105 - a code, no password
    S13_ENDS = "S13_ENDS"
    S15_NO_EVALUATION = "S15_NO_EVALUATION"
    S15_ONE_SIDED = "S15_ONE_SIDED"
    S15_NOT_PUBLISHED = "S15_NOT_PUBLISHED"


class Finding(Frozen):
    """A problem of a brief or one remark of a review. `quote` is verbatim, `start` its offset in the text (-1: nowhere,
    because something is absent); `wording` is what could stand there instead."""

    code: Code
    message: str
    basis: str
    quote: str = ""
    severity: Severity = "warning"
    start: int = -1
    wording: str = ""


class Given(Frozen):
    """A value that the user gave, letter for letter. `start` and `end` are its place in the brief; -1 in a form's field."""

    key: str = Field(description="what it tells: an item's key, party, partner, representative, period, name …")
    text: str
    start: int = -1
    end: int = -1


class Line(Frozen):
    """One numbered unit of a section: 本文 (an article's first paragraph), 項, 号, or ア; `origin` says whose words it has."""

    level: Literal["body", "paragraph", "item", "subitem"]
    text: str
    origin: Literal["given", "template", "missing"] = "template"


class Section(Frozen):
    """An article of a contract or a heading of a proposal. `text` is its lines with their numbers, as people read them."""

    key: str
    heading: str
    item: Item | None = None
    text: str
    state: Literal["given", "missing", "template"]
    basis: str = Field(description="e.g. 条例第12条第2項")
    demand: Literal["ordinance", "advice", "custom"] = Field(
        description="does the ordinance demand it, does another article suggest it, or is it custom?"
    )
    lines: tuple[Line, ...] = ()


class Example(Frozen):
    """A similar project of the report, for reference beside the draft; never copied into its body."""

    title: str
    summary: str
    citation: Citation


class Principle(Frozen):
    """One of the six principles or of §8's items, and whether the draft shows it; `quote` is the draft's own words."""

    name: str
    basis: str
    shown: bool
    quote: str = ""
    advice: str = ""


class FormAdvice(Frozen):
    """The form that fits what is described, and why in the report's words; None where too little is told."""

    form: Form | None
    reason: str
    citation: Citation | None = None


class Signature(Frozen):
    """A party at the end of a contract: 甲 or 乙, its name, address and representative, gaps marked."""

    side: Literal["甲", "乙"]
    name: str
    address: str
    representative: str


class Draft(Frozen):
    """`missing` names items; `questions` are what to ask next, the most important first, `question_keys` the fields
    they fill. `brief` and `fields` travel along, so that a saved draft can be continued."""

    status: Literal["drafted", "declined"]
    document: DocumentKind
    form: Form | None
    title: str = ""
    sections: tuple[Section, ...] = ()
    missing: tuple[Item, ...] = ()
    problems: tuple[Finding, ...] = ()
    questions: tuple[str, ...] = ()
    question_keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    divisions: tuple[Division, ...] = ()
    advice: FormAdvice | None = None
    principles: tuple[Principle, ...] = ()
    signatures: tuple[Signature, ...] = ()
    given: tuple[Given, ...] = ()
    added: tuple[Added, ...] = Field((), description="what the 施行規則 demands beside the five, if it is in the index")
    markdown: str = ""
    brief: str = ""
    fields: dict[str, str] = Field(default_factory=dict)

    @property
    def comprehensive(self) -> bool:
        """Is it an agreement on cooperation in general, which is no 協働契約? One with a form is about a single project."""
        return self.document == "agreement" and self.form is None


class ItemState(Frozen):
    """Is an item of §12(2) told in the document? `quote` is verbatim, `start` its offset, `article` where it stands.

    Once the 施行規則 is in the index, each matter that it adds is an item of its own: `detail` says it in the rule's words,
    `basis` where the rule does.
    """

    item: Item
    detail: str = ""
    basis: str = ""
    state: Literal["present", "missing", "undeterminable"]
    quote: str = ""
    article: str = ""
    start: int = -1
    advice: str = ""
    wording: str = Field("", description="how a missing item could be told; its gaps are in 〔〕")

    @property
    def name(self) -> str:
        """What the item is called: the rule's own words where it has them."""
        return self.detail or self.item.value

    @property
    def counts(self) -> bool:
        """Can the document be judged by it: the five, and what the rule adds?"""
        return self.item is not Item.REGULATION or bool(self.detail)


class Added(Frozen):
    """A matter that the 施行規則 adds to a draft: in the rule's words, with its place there and the section that has it."""

    text: str
    basis: str
    section: str
    told: bool


class Review(Frozen):
    """What a review says of a document: the items of §12(2) and the findings, in the order of the text."""

    status: Literal["reviewed", "declined"] = "reviewed"
    document: DocumentKind
    form: Form | None = None
    title: str = ""
    items: tuple[ItemState, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = Field("", description="the text that was reviewed; all offsets count in it")
