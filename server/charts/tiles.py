"""A tile map: one tile a ward at its place, shaded by its figure, which stands on it in numbers too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.charts.wards import Ward, wards

SHADES = 5
_TILE = 4.5  # rem of a tile's height with the gap below it
_GAP = 0.4


@dataclass(frozen=True)
class Tile:
    """A ward's tile; `shade` 0 for none, 1–5 from pale to dark. Places in percent across and rem down."""

    ward: Ward
    count: int
    shade: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class TileMap:
    tiles: tuple[Tile, ...]
    steps: tuple[tuple[int, int, int], ...]  # shade, from, to
    height: float


def tile_map(counts: Mapping[str, int], most: int) -> TileMap:
    """Tiles for all wards; a ward without a figure has 0. The darkest shade stands for `most`."""
    columns = max(ward.column for ward in wards())
    width = 100 / columns
    tiles = [
        Tile(
            ward,
            counts.get(ward.name, 0),
            shade_of(counts.get(ward.name, 0), most),
            (ward.column - 1) * width,
            (ward.row - 1) * _TILE,
            width - _GAP,
            _TILE - _GAP,
        )
        for ward in wards()
    ]
    return TileMap(tuple(tiles), steps(most), max(ward.row for ward in wards()) * _TILE)


def shade_of(count: int, most: int) -> int:
    """0 for none, else 1 to 5 in equal steps up to the largest figure."""
    return 0 if count <= 0 or most <= 0 else min(SHADES, (count * SHADES + most - 1) // most)


def steps(most: int) -> tuple[tuple[int, int, int], ...]:
    """The legend: each shade with the figures from and to it; a shade that no figure has is left out."""
    found: dict[int, list[int]] = {}
    for count in range(1, most + 1):
        found.setdefault(shade_of(count, most), []).append(count)
    return tuple((shade, counts[0], counts[-1]) for shade, counts in found.items())
