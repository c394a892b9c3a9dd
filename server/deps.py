"""What routes ask for, as types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.templating import Jinja2Templates

from assistant.service import Service


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _templates(request: Request) -> Jinja2Templates:
    templates: Jinja2Templates = request.app.state.templates
    return templates


ServiceDep = Annotated[Service, Depends(_service)]
TemplatesDep = Annotated[Jinja2Templates, Depends(_templates)]
