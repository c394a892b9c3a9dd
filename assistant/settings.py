"""Settings: read once by the entry point, typed, frozen, passed down. Every one is listed in docs/settings.md."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Environment variables KYODO_*; an unknown value is refused with the variable's name."""

    model_config = SettingsConfigDict(env_prefix="KYODO_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=lambda: user_data_path("kyodo-navi"), description="where index and sources live")
    chroma_url: str = Field("", description="http://host:port of a Chroma server; empty = a local database")
    host: str = Field("127.0.0.1", description="address the service listens on")
    port: int = Field(8000, ge=1, le=65535, description="port the service listens on")
    lock_seconds: float = Field(600.0, ge=0, description="how long a second ingest waits for the first, in seconds")

    @property
    def index_dir(self) -> Path:
        return self.home / "index"
