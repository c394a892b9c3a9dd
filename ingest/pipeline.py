"""The way from sources to an index, as one ordered tuple. Each step takes the run and returns it with more in it.

sources → read → clean → sections → records → chunks → pieces → questions → embed → mark → publish
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from ingest.embed import embed_chunks
from ingest.mark import mark_pieces
from ingest.publish import clear_up, publish_index
from ingest.run import Run
from ingest.steps import (
    add_questions,
    build_chunks,
    build_records,
    clean_text,
    cut_pieces,
    list_sources,
    read_pages,
    split_sections,
)

Step = Callable[[Run], Run]

STEPS: tuple[Step, ...] = (
    list_sources,
    read_pages,
    clean_text,
    split_sections,
    build_records,
    build_chunks,
    cut_pieces,
    add_questions,
    embed_chunks,
    mark_pieces,
    publish_index,
)
PURE_STEPS = STEPS[:8]  # everything that needs no model and writes nothing


def run_steps(run: Run, steps: tuple[Step, ...] = STEPS) -> Run:
    """Carry out `steps` in order, each timed; a run that found nothing to do stops early."""
    for step in steps:
        if run.unchanged:
            clear_up(run.settings)  # a run that was killed may have left something
            break
        began = time.perf_counter()
        run.progress.step(step.__name__)
        run = step(run)
        seconds = {**run.seconds, step.__name__: round(time.perf_counter() - began, 3)}
        run = replace(run, seconds=seconds)
    return run
