"""Configuration: typed, frozen, read once from the environment. `.env.example` lists the same names."""

import functools
import ipaddress
import pathlib
import secrets
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = pathlib.Path(__file__).resolve().parent


class Settings(BaseSettings):
    """Every setting of the product. A wrong value fails at start, naming the setting (JIEBANG_…)."""

    model_config = SettingsConfigDict(env_prefix="JIEBANG_", env_file=".env", frozen=True, extra="ignore")

    data_dir: pathlib.Path = pathlib.Path("data")
    database_url: str = ""
    """SQLAlchemy URL. Empty: SQLite in the data directory. PostgreSQL: postgresql+psycopg://user@host/name."""
    broker_url: str = ""
    """Celery broker. Empty: files in the data directory. Production: redis://host/0."""
    secret_key: str = ""
    """Signs sessions and tokens. Empty: made once and kept in the data directory."""
    encoder: str = ""
    """Hub name or local path of a SentenceTransformer. Empty: the static model shipped with the project."""
    encoder_query_prompt: str = ""
    """What stands before a query. Empty: what the model or its family says; `none`: nothing. In .env quote it."""
    encoder_document_prompt: str = ""
    """The same before a text that is looked through."""
    encoder_max_tokens: int = Field(512, ge=64, le=32768)
    """The most tokens a transformer reads of one text, where it can read more."""
    encoder_switch: Literal["auto", "manual"] = "auto"
    """Whether a model that the settings name goes into use by itself once it is ready, or waits for a person."""
    encoder_keep_days: int = Field(30, ge=1, le=3650)
    """How long a model that was replaced is kept to roll back to."""
    allow_model_hub: bool = False
    """Whether loading the encoder may reach a model hub. Off by default: nothing calls home."""
    vector_store: str = ""
    """Where the vectors of the saved indexes are kept. Empty: in files in the data directory, searched by each process.
    http://[user:password@]host:19530: in Milvus (extra `milvus`). The path of a .db file: in Milvus Lite."""
    public_host: str = Field("jiebang.localhost", pattern=r"^[a-z0-9.-]+$")
    """Host name in the ledger's origin `<host>/jiebang/<year>`; fixed once the first entry is written."""
    organiser: str = "威海市总工会"
    city_code: str = Field("371000", pattern=r"^\d{6}$")
    """GB/T 2260 code of the city that runs the platform."""
    https: bool = False
    """Whether the site is reached over HTTPS: turns on Secure cookies and HSTS."""
    trusted_proxies: int = Field(0, ge=0, le=3)
    source_networks: str = ""
    """Networks in which watched sources may lie though they are not public, in CIDR, parted by commas: 10.2.0.0/16."""
    max_upload_mb: int = Field(20, ge=1, le=200)
    default_locale: Literal["zh_Hans_CN", "en"] = "zh_Hans_CN"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    rate_limits: bool = True
    """Whether requests are rate limited. Only tests turn it off."""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'jiebang.db').resolve()}"

    @property
    def networks(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.source_networks.split(",") if one.strip())

    @field_validator("source_networks")
    @classmethod
    def _readable(cls, value: str) -> str:
        for one in filter(None, map(str.strip, value.split(","))):
            ipaddress.ip_network(one)
        return value

    @property
    def broker_folder(self) -> pathlib.Path:
        return self.data_dir / "broker"

    @property
    def files_folder(self) -> pathlib.Path:
        return self.data_dir / "files"

    @property
    def index_folder(self) -> pathlib.Path:
        return self.data_dir / "index"

    @property
    def models_folder(self) -> pathlib.Path:
        return self.data_dir / "models"

    @property
    def keys_folder(self) -> pathlib.Path:
        return self.data_dir / "keys"

    def session_secret(self) -> str:
        """The configured secret, or the one kept in the data directory (made on first use, owner-readable only)."""
        if self.secret_key:
            return self.secret_key
        path = self.keys_folder / "session.key"
        if not path.exists():
            self.keys_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_suffix(f".{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32))
            try:
                path.hardlink_to(draft)  # the first process wins; a half-written key is never seen
            except FileExistsError:
                pass
            draft.unlink()
        return path.read_text()


@functools.cache
def load() -> Settings:
    """Read the environment once."""
    return Settings()
