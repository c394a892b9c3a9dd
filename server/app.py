"""The FastAPI application, built by factory: importing this module does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from assistant.service import Service
from assistant.settings import Settings
from server.errors import DOCUMENTED, install_errors
from server.guard.admin import Attempts, SignInNeeded, to_sign_in
from server.guard.body import BodyLimit
from server.guard.catch import Catch
from server.guard.csrf import OtherSites
from server.guard.head import HeadAsGet
from server.guard.headers import SecurityHeaders
from server.guard.hosts import Hosts, known_hosts
from server.guard.rates import RateLimit, Rates
from server.guard.room import Room
from server.observe.metrics import Metrics
from server.observe.requests import Observe
from server.pages import about, admin, ask, drafts, learn, me, reviews, sources
from server.routes import admin as admin_route
from server.routes import ask as ask_route
from server.routes import conversations as conversations_route
from server.routes import directory as directory_route
from server.routes import drafts as drafts_route
from server.routes import feedback as feedback_route
from server.routes import health, metrics
from server.routes import learn as learn_route
from server.routes import me as me_route
from server.routes import reviews as reviews_route
from server.routes import ruby as ruby_route
from server.routes import saved_drafts as saved_drafts_route
from server.routes import sources as sources_route
from server.session import load_secret
from server.store.database import Database
from server.store.retention import purge_daily

WEB = Path(str(resources.files("server").joinpath("web")))
ROUTES = (
    ask_route,
    conversations_route,
    feedback_route,
    drafts_route,
    saved_drafts_route,
    learn_route,
    reviews_route,
    sources_route,
    directory_route,
    ruby_route,
    me_route,
    admin_route,
    health,
    metrics,
)
PAGES = (ask, drafts, reviews, learn, sources, about, me, admin)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    stop = asyncio.Event()
    purging = asyncio.create_task(purge_daily(app.state.database, app.state.service.settings, stop))
    yield
    stop.set()
    await purging
    app.state.database.close()


def create_app(service: Service) -> FastAPI:
    """The application over one service; state lives in `app.state`, nothing is global. Raises WrongUse for a bad limit."""
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
    app.state.answering = CapacityLimiter(service.settings.answers_at_once)
    app.state.secret = load_secret(service.settings)
    app.state.templates = Jinja2Templates(WEB)
    app.state.metrics = Metrics(service.settings)
    app.state.attempts = Attempts()
    _guard(app, service.settings)
    install_errors(app)
    app.add_exception_handler(SignInNeeded, to_sign_in)
    for module in ROUTES:
        app.include_router(module.router, responses=DOCUMENTED)
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    return app


def _guard(app: FastAPI, settings: Settings) -> None:
    """What a request passes, from the inside to the outside."""
    figures: Metrics = app.state.metrics
    names = known_hosts(settings)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Room, places=settings.answers_at_once, metrics=figures)
    app.add_middleware(BodyLimit)
    app.add_middleware(OtherSites, names=names)
    app.add_middleware(RateLimit, rates=Rates(settings), metrics=figures)
    app.add_middleware(Hosts, names=names)
    app.add_middleware(Catch)
    app.add_middleware(SecurityHeaders, secure=settings.secure_cookies)
    app.add_middleware(Observe, metrics=figures, key=app.state.secret)
