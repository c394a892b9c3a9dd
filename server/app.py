"""The FastAPI application, built by factory: importing this module does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from assistant.service import Service
from server.errors import install_errors
from server.guard.admin import Attempts, SignInNeeded, to_sign_in
from server.guard.body import BodyLimit
from server.guard.headers import SecurityHeaders
from server.pages import about, admin, ask, drafts, learn, me, reviews, sources
from server.routes import admin as admin_route
from server.routes import ask as ask_route
from server.routes import drafts as drafts_route
from server.routes import health
from server.routes import learn as learn_route
from server.routes import me as me_route
from server.routes import reviews as reviews_route
from server.routes import sources as sources_route
from server.session import load_secret
from server.store.database import Database
from server.store.retention import purge_daily

WEB = Path(str(resources.files("server").joinpath("web")))
ROUTES = (ask_route, drafts_route, learn_route, reviews_route, sources_route, health, me_route, admin_route)
PAGES = (ask, drafts, reviews, learn, sources, about, admin, me)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    stop = asyncio.Event()
    purging = asyncio.create_task(purge_daily(app.state.database, app.state.service.settings, stop))
    yield
    stop.set()
    await purging
    app.state.database.close()


def create_app(service: Service) -> FastAPI:
    """The application over one service; state lives in `app.state`, nothing is global."""
    app = FastAPI(
        title="協働ナビ (kyodo-navi)",
        version=version("kyodo-navi"),
        description="市民協働の資料に、根拠の引用つきで答える。Answers about citizen collaboration, with evidence.",
        docs_url=None,  # the interactive pages load scripts from another origin
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.service = service
    app.state.database = Database(service.settings)
    app.state.secret = load_secret(service.settings)
    app.state.templates = Jinja2Templates(WEB)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    app.state.attempts = Attempts()
    install_errors(app)
    app.add_exception_handler(SignInNeeded, to_sign_in)
    for module in (*ROUTES, *PAGES):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    return app
