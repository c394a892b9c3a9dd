"""`make migration`: the first revision made anew from the tables, as long as no release carries it.
`make migration NAME=what_changes`: one more revision, with what the tables have and the revisions before it do not.

Read the file that comes out; a renamed column looks like one dropped and one added.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine

from server.store.migrations.upgrade import scripts, upgrade
from server.store.tables import Base, Instant, Text

VERSIONS = Path(__file__).parent / "versions"
_FIRST = "first"
_FILE = '''"""{title}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
{up}
'''


def render(revision: str, before: str | None, name: str) -> str:
    """The text of a revision that goes from `before` to the tables as they stand."""
    engine = create_engine("sqlite://")
    if before:
        upgrade(engine, before)
    lines = render_python_code(difference(engine), render_as_batch=True, render_item=_item).splitlines()
    return _FILE.format(
        title=name.replace("_", " ").capitalize(),
        revision=revision,
        before=f'"{before}"' if before else None,
        up="\n".join(line for line in lines if not line.lstrip().startswith("#")),
    )


def difference(engine: Engine) -> UpgradeOps:
    """What the tables have and the database has not. There is no way back but a backup: it would lose what people wrote."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = produce_migrations(context, Base.metadata).upgrade_ops
        assert found is not None
        return found


def _item(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """A revision must not change its meaning when our own types do."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return "sa.Text()" if kind == "type" and isinstance(thing, Text) else False


def main(name: str) -> Path:
    """Write the file and return its path."""
    revisions = [revision.revision for revision in scripts().walk_revisions()]  # the newest first
    if not name and len(revisions) > 1:
        sys.exit("There is more than the first revision: make migration NAME=what_changes")
    if name and not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        sys.exit("NAME is made of small letters, digits and _")
    before = revisions[0] if name else None
    revision = f"{len(revisions) + 1:04}" if name else "0001"
    path = VERSIONS / f"r{revision}_{name or _FIRST}.py"
    path.write_text(render(revision, before, name or _FIRST), "utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{main(''.join(sys.argv[1:]))}\n")
