"""What the test PDFs say: one handbook of two pages, set by several programs, and what a reader must bring back."""

from __future__ import annotations

TITLE = "市民協働の手引き"
RUNNING_HEAD = "協働の手引き　試験用"
CHAPTERS = ("はじめに", "契約の形")
FIRST = (
    "市民協働とは、市と市民等とが協力して公益的な事業を行うことです。市と市民等とは対等の立場で話し合い、"
    "目的を共有し、役割と費用と責任とを分担します。NPO法人やSDGsの事業者など、様々な主体が参加できます。"
)
SECOND = (
    "協働の契約には、事業の目的、役割の分担、費用の分担、責任の分担を定めます。契約の形には委託と補助とがあり、"
    "事業の目的に合う形を市と市民等とで選びます。"
)
ITEMS = ("目的を共有すること。", "役割の分担を定めること。", "費用と責任とを定めること。")
TABLE = (
    ("種別", "内容", "件数"),
    ("委託型", "市の事業を市民等に委ねる形。市民等の特性を活かすことで、よい成果が期待できるときに選びます。", "12件"),
    ("補助型", "市民等の事業に市が費用を補助する形。", "3件"),
)
LAST = "事業が終わったときは、市と市民等とで成果を確かめます。"

PARAGRAPHS = (FIRST, SECOND, LAST)
ROWS = tuple("\t".join(row) for row in TABLE)

ARTICLES = tuple(f"{n}番目の話。{FIRST}" for n in ("一", "二", "三", "四"))
COLUMNS_END = "お知らせは市の窓口で配ります。" + SECOND

VERTICAL = (f"第一　目的を共有すること。{FIRST}", f"第二　役割を定めること。{SECOND}", LAST)

RUBY = "地域の|課題(かだい)|を市民と|行政(ぎょうせい)|が力を合わせて解決することを、この手引きでは|協働(きょうどう)|と呼び、互いの立場を|尊重(そんちょう)|して進めます。"
