"""Projects and figures: filters, downloads, charts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.index import Index
from assistant.service import Service
from server.app import create_app
from server.charts.bars import Datum, bar_chart
from server.charts.columns import column_chart
from server.charts.surface import Surface
from server.charts.tiles import shade_of, steps, tile_map
from server.charts.wards import wards
from server.library.figures import charts_of
from server.library.overview import overview
from server.library.sheets import to_csv
from server.routes.directory import CONTRACT, PROJECT


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 203),
        ({"organization": "青葉区"}, 6),
        ({"organization": "保土ヶ谷区"}, 9),
        ({"field": "環境の保全"}, 33),
        ({"support": "any"}, 62),
        ({"support": "none"}, 141),
        ({"support": "補助金"}, 39),
        ({"organization": "ない区"}, 0),
        ({"words": "ゑゑゑ"}, 0),
        ({"words": "   "}, 203),
    ],
)
def test_filters_of_page_and_api_agree(client: TestClient, wanted: dict[str, str], count: int) -> None:
    assert len(client.get("/api/directory", params=wanted).json()) == count
    page = client.get("/directory", params={**wanted, "page": "all"}).text
    assert len(re.findall(r'href="/projects/', page)) == count


def test_words_must_all_occur(client: TestClient) -> None:
    both = client.get("/api/directory", params={"words": "花 公園"}).json()
    assert both and all("花" in str(r) and "公園" in str(r) for r in both)
    assert len(both) < len(client.get("/api/directory", params={"words": "花"}).json())


def test_sorted_both_ways_and_in_pages(client: TestClient) -> None:
    up = [r["id"] for r in client.get("/api/directory", params={"sort": "name"}).json()]
    down = [r["id"] for r in client.get("/api/directory", params={"sort": "name", "order": "desc"}).json()]
    assert up == down[::-1] and up != sorted(up)
    by_office = [r["id"] for r in client.get("/api/directory", params={"sort": "organization"}).json()]
    assert by_office == [r["id"] for r in client.get("/api/directory").json()]
    assert len(client.get("/api/directory", params={"sort": "<x>"}).json()) == 203
    shown: list[str] = []
    for number in range(1, 6):
        shown += re.findall(
            r'href="/projects/(\w+)"', client.get("/directory", params={"sort": "name", "page": number}).text
        )
    assert shown == up
    for page in ("0", "-1", "x", "99999999999999999999", "1.5"):
        assert client.get("/directory", params={"page": page}).status_code == 200
    assert 'aria-sort="descending"' in client.get("/directory", params={"sort": "field", "order": "desc"}).text


@pytest.mark.parametrize("wanted", [{}, {"field": "まちづくりの推進"}, {"words": "補助", "sort": "name"}])
def test_the_sheet_is_the_list(client: TestClient, wanted: dict[str, str]) -> None:
    response = client.get("/api/directory.csv", params=wanted)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    records = client.get("/api/directory", params=wanted).json()
    assert header[:3] == ["番号", "事業名", "区・局"]
    assert [[_plain(cell) for cell in row] for row in rows] == [[_told(r[field]) for field in PROJECT] for r in records]


def test_the_sheet_of_contracts_is_the_list(client: TestClient) -> None:
    header, *rows = csv.reader(io.StringIO(client.get("/api/contracts.csv").content.decode("utf-8-sig"), newline=""))
    records = client.get("/api/contracts").json()
    assert len(records) == 31 and len(header) == len(CONTRACT)
    assert [[_plain(cell) for cell in row] for row in rows] == [[_told(r[f]) for f in CONTRACT] for r in records]


def _plain(cell: str) -> str:
    return cell[1:] if re.match(r"'[=+\-@＝＋－＠\t\r]", cell) else cell


def _told(value: object) -> str:
    if isinstance(value, list):
        return "、".join(value)
    return "" if value is None else str(value)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(cell: str) -> None:
    read = list(csv.reader(io.StringIO(to_csv(["a"], [[cell]]).decode("utf-8-sig"), newline="")))
    assert read == [["a"], [f"'{cell}"]]


def test_every_project_has_a_page_with_its_proof(client: TestClient, index: Index) -> None:
    for record in index.records.directory:
        page = client.get(f"/projects/{record.id}").text
        assert record.organization in page and f"/{record.chunk_id}#cited" in page
        assert f'href="/projects/{record.id}"' not in page  # not like itself
    assert client.get("/projects/W999").status_code == 404
    assert client.get("/api/directory/W999").json()["error"]["code"] == "wrong_use"
    assert client.get("/api/directory/W001").json()["id"] == "W001"
    assert 1 <= len(client.get("/api/directory/W015/like").json()) <= 4


def test_contracts_lead_to_their_passages(client: TestClient) -> None:
    page = client.get("/contracts").text
    links = re.findall(r'href="(/sources/yokohama-report-r2/[^"]+)"', page)
    assert len(links) == 31 and all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("told", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "'"])
@pytest.mark.parametrize("name", ["words", "organization", "field", "support", "sort", "order", "page"])
def test_what_people_filter_by_stays_text(client: TestClient, name: str, told: str) -> None:
    for path in ("/directory", "/overview", "/sources/yokohama-report-r2"):
        page = client.get(path, params={name: told}).text
        assert "<script>" not in page and "<img" not in page and ">49<" not in page


def test_figures_add_up(client: TestClient, index: Index) -> None:
    found = client.get("/api/overview").json()
    assert sum(c["count"] for c in found["wards"]) == 118 and len(found["wards"]) == 18
    assert sum(c["count"] for c in found["bureaus"]) == 85 and sum(c["count"] for c in found["fields"]) == 203
    assert (found["contract_projects"], found["contracts"]) == (31, 77)
    of_fields = [client.get("/api/overview", params={"field": c["name"]}).json() for c in found["fields"]]
    assert sum(o["total"] for o in of_fields) == 203
    assert [sum(o["wards"][i]["count"] for o in of_fields) for i in range(18)] == [c["count"] for c in found["wards"]]


def test_courses_of_years_stand_in_the_source(client: TestClient, index: Index) -> None:
    courses = overview(index).courses
    assert [c.figures for c in courses if c.name == "活用地区数"] == [(125, 115, 110, 100, 70)]
    for course in courses:
        text = index.chunks([course.chunk_id])[course.chunk_id].text
        assert all(cell in text for cell in course.cells)
    page = client.get("/overview").text
    assert all(f"/{course.chunk_id}" in page for course in courses)


@pytest.mark.parametrize("name", ["map", "fields", "wards", "bureaus", "course-1", "course-2"])
def test_a_chart_is_a_file_of_its_own(client: TestClient, name: str) -> None:
    response = client.get(f"/api/overview/{name}.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["content-disposition"] == f'attachment; filename="kyodo-{name}.svg"'
    root = ElementTree.fromstring(response.content)
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg" and root.get("role") == "img" and root.get("viewBox")
    assert root.findtext(f"{space}title") and root.findtext(f"{space}desc")
    assert "style=" not in response.text and "%" not in response.text and "rem" not in response.text


def test_an_unknown_chart(client: TestClient) -> None:
    assert client.get("/api/overview/none.svg").status_code == 404
    assert client.get("/api/overview/course-1.svg", params={"field": "ない分野"}).status_code == 200
    assert client.get("/api/overview/map.svg", params={"field": "ない分野"}).status_code == 200


def test_charts_on_the_page_say_their_figures_in_words(client: TestClient) -> None:
    page = client.get("/overview").text
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) >= 5
    for chart in charts:
        root = ElementTree.fromstring(chart)
        ids = (root.get("aria-labelledby") or "").split()
        assert {e.get("id") for e in root.iter()} >= set(ids) and len(ids) == 2
    assert " style=" not in page


def test_places_of_bars_and_columns() -> None:
    data = [Datum("甲", 10, "10件"), Datum("乙", 5, "5件"), Datum("丙", 0, "0件")]
    chart = bar_chart(data, start=40)
    assert [round(bar.width, 1) for bar in chart.bars] == [44, 22, 0] and chart.bars[0].x == 40
    assert all(bar.told_x <= 100 for bar in chart.bars)
    columns = column_chart([Datum("平成30年度", 4, "4"), Datum("令和元年度", 2, "2")]).columns
    assert columns[0].height == 2 * columns[1].height and columns[1].name == ("令和", "元年度")
    assert bar_chart([]).bars == () and column_chart([]).columns == ()
    assert bar_chart([Datum("零", 0, "0")]).bars[0].width == 0


def test_the_tile_map_has_every_ward_once() -> None:
    places = {(ward.row, ward.column) for ward in wards()}
    assert len(places) == len(wards()) == 18
    chart = tile_map({"青葉区": 14, "西区": 1}, 14)
    assert {t.ward.name: t.shade for t in chart.tiles if t.shade} == {"青葉区": 5, "西区": 1}
    assert [shade_of(n, 14) for n in (0, 1, 14)] == [0, 1, 5] and shade_of(3, 0) == 0
    assert [low for _, low, _ in steps(14)] == sorted(low for _, low, _ in steps(14)) and steps(0) == ()


def test_labels_of_charts_are_escaped(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    figure = charts_of(overview(app.state.service.searcher.index))["fields"]
    hostile = replace(figure, title="<script>&", chart=bar_chart([Datum("<b>&\"'", 1, "</svg>")]))
    template = app.state.templates.get_template("charts/bars.xml")
    for surface in (Surface(), Surface(fixed=True)):
        svg = template.render(figure=hostile, surface=surface, id="x")
        assert "<script" not in svg and "<b>" not in svg and ElementTree.fromstring(svg) is not None
