"""The FastAPI application, built by factory: importing this module does nothing."""

from __future__ import annotations

from importlib import resources
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from assistant.service import Service
from server.errors import install_errors
from server.headers import SecurityHeaders
from server.limits import BodyLimit
from server.routes import ask, drafts, health, learn, pages, reviews, sources

WEB = Path(str(resources.files("server").joinpath("web")))


def create_app(service: Service) -> FastAPI:
    """The application over one service; state lives in `app.state`, nothing is global."""
    app = FastAPI(
        title="協働ナビ (kyodo-navi)",
        version=version("kyodo-navi"),
        description="市民協働の資料に、根拠の引用つきで答える。Answers about citizen collaboration, with evidence.",
        docs_url=None,  # the interactive pages load scripts from another origin
        redoc_url=None,
    )
    app.state.service = service
    app.state.templates = Jinja2Templates(WEB)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    install_errors(app)
    for module in (ask, drafts, learn, reviews, sources, health, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    return app
