"""The FastAPI application, built by factory: importing this module does nothing."""

from __future__ import annotations

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
from server.guard.body import BodyLimit
from server.guard.headers import SecurityHeaders
from server.pages import about, admin, ask, drafts, learn, reviews, sources
from server.routes import ask as ask_route
from server.routes import directory as directory_route
from server.routes import drafts as drafts_route
from server.routes import health
from server.routes import learn as learn_route
from server.routes import reviews as reviews_route
from server.routes import sources as sources_route
from server.session import load_secret
from server.store.database import Database

WEB = Path(str(resources.files("server").joinpath("web")))
ROUTES = (ask_route, drafts_route, learn_route, reviews_route, sources_route, directory_route, health)
PAGES = (ask, drafts, reviews, learn, sources, about, admin)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
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
    install_errors(app)
    for module in (*ROUTES, *PAGES):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    return app
