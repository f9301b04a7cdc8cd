"""`jiebang doctor`: look at every part the product stands on, and say what to do about what is wrong."""

import datetime as dt
import pathlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kombu.exceptions import OperationalError
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from contests.forms.glyphs import FONTS, printable
from jobs import outbox
from jobs.broker import make_celery
from jobs.duties import heartbeat_path
from jobs.runtime import Runtime
from ledger import log as ledger
from ledger.signer import Signer, SigningRefused
from matching.encoders import generations
from matching.encoders.completeness import Count, count
from matching.encoders.embedding import EncoderMissing, configured
from matching.encoders.loading import identify, load_generation
from matching.postings import eligible
from models import migrate
from models.base import now
from models.encoders import EncoderGeneration, GenerationState
from models.files import StoredFile
from models.guards import missing_guards
from models.index import OutboxRow, PostingKind, PostingVector

LATE = dt.timedelta(minutes=1)
"""Work older than this is stuck: the worker looks twice a second, and signs every fifteen."""
SILENT = dt.timedelta(seconds=90)
ROOM_BYTES = 1 << 30
SAMPLE = "揭榜挂帅技术攻关威海市总工会"


@dataclass(frozen=True)
class Diagnosis:
    """One line of the doctor's report. `advice` says what to do, and is empty where all is well."""

    part: str
    said: str
    advice: str = ""

    @property
    def well(self) -> bool:
        return not self.advice


def examine(runtime: Runtime) -> Iterator[Diagnosis]:
    """Every diagnosis, part by part. A part that cannot be looked at is itself a diagnosis."""
    for part, look in PARTS.items():
        try:
            yield from (Diagnosis(part, said, advice) for said, advice in look(runtime))
        except (SQLAlchemyError, OSError, RuntimeError) as error:
            yield Diagnosis(part, f"看不了：{str(error).splitlines()[0]}", "先修好上面的问题，再运行一次 jiebang doctor")


Look = Callable[[Runtime], Iterator[tuple[str, str]]]


def look_at_settings(runtime: Runtime) -> Iterator[tuple[str, str]]:
    settings = runtime.settings
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    probe = settings.data_dir / ".doctor"
    probe.write_text("")
    probe.unlink()
    free = shutil.disk_usage(settings.data_dir).free
    yield (f"数据目录 {settings.data_dir.resolve()} 可写，剩余 {free // (1 << 20):,} MB",
           "" if free > ROOM_BYTES else "磁盘快满了：清理，或把 JIEBANG_DATA_DIR 指到大一些的磁盘")


def look_at_database(runtime: Runtime) -> Iterator[tuple[str, str]]:
    engine = runtime.database.engine
    found, head = migrate.current(engine), migrate.head()
    yield f"{engine.dialect.name}，结构 {found or '空的'}，程序要 {head}", "" if found == head else "运行 jiebang migrate"
    with runtime.database.read() as session:
        missing = missing_guards(session.connection())
        yield f"账本防改触发器缺 {len(missing)} 个", f"缺 {'、'.join(missing)}。备份后运行 jiebang migrate" if missing else ""
        if engine.dialect.name == "sqlite":
            yield from _sqlite(session)


def _sqlite(session: Session) -> Iterator[tuple[str, str]]:
    found = session.scalar(text("PRAGMA quick_check"))
    yield f"SQLite {sqlite3.sqlite_version}，自检 {found}", "" if found == "ok" else "数据库文件有损坏：停止服务，从备份恢复"


def look_at_ledger(runtime: Runtime) -> Iterator[tuple[str, str]]:
    try:
        Signer.open(runtime.settings.keys_folder)
    except SigningRefused as error:
        yield str(error), f"检查 {runtime.settings.keys_folder} 里的文件权限"
    with runtime.database.read() as session:
        present, newest = ledger.head(session), ledger.latest_checkpoint(session)
        size, signed = present.size if present else 0, newest.size if newest else 0
        late = size > signed and now() - ledger.entry(session, signed).leaf.at > LATE
    yield f"{size} 条，已签到 {signed} 条", "有条目超过 1 分钟没有签名：看工作进程的日志" if late else ""


def look_at_encoder(runtime: Runtime) -> Iterator[tuple[str, str]]:
    with runtime.database.read() as session:
        present, rows = generations.in_use(session), generations.every(session)
        counts = {row.name: count(session, row) for row in rows}
    try:
        encoder = load_generation(runtime.settings, present) if present else configured(runtime.settings)
        yield f"在用的向量模型 {encoder.name}，{encoder.dimensions} 维", ""
    except EncoderMissing as error:
        yield str(error), "在那之前搜索只按字词，推荐照常。放回模型文件，或换一个：jiebang encoder prepare"
    try:
        _, _, named = identify(runtime.settings.model_copy(update={"allow_model_hub": False}))
        if present and named != present.name and not any(row.name == named for row in rows):
            yield f"设置写的是 {named}，还没有开始准备", "启动 jiebang serve，工作进程会准备它"
    except EncoderMissing as error:
        yield f"设置里的模型用不了：{error}", "改 JIEBANG_ENCODER，或留空用自带的模型；改好以前照旧用着现在的模型"
    yield from _others(rows, counts)


def _others(rows: Sequence[EncoderGeneration], counts: Mapping[str, Count]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row.state is GenerationState.preparing:
            yield f"正在准备 {row.name}：{counts[row.name].done}/{counts[row.name].total} 条", ""
        elif row.state is GenerationState.failed:
            yield f"{row.name} 没准备成：{row.error}", f"修好后 jiebang encoder prepare，或 jiebang encoder retire {row.name}"
        elif row.state is GenerationState.ready and not row.used_until:
            yield f"{row.name} 准备好了，等人换上：jiebang encoder switch {row.name}", ""


def look_at_index(runtime: Runtime) -> Iterator[tuple[str, str]]:
    with runtime.database.read() as session:
        for kind in PostingKind:
            wanted = set(session.scalars(eligible(kind)))
            held = set(session.scalars(select(PostingVector.posting_id).where(
                PostingVector.kind == kind, PostingVector.live, PostingVector.encoder == runtime.encoder.name)))
            differ = len(wanted ^ held)
            yield (f"{kind}：应有 {len(wanted)}，索引里有 {len(held)}，相差 {differ}",
                   "运行 jiebang serve，工作进程会补上；10 分钟后还差，看它的日志" if differ else "")


def look_at_outbox(runtime: Runtime) -> Iterator[tuple[str, str]]:
    with runtime.database.read() as session:
        oldest = session.scalar(select(OutboxRow).where(OutboxRow.done_at.is_(None)).order_by(OutboxRow.id).limit(1))
        late = oldest is not None and now() - oldest.created_at > LATE
        yield f"待处理 {outbox.pending(session)} 条", "最早的等了 1 分钟以上：启动 jiebang serve，或看工作进程的日志" if late else ""
        for row in outbox.failing(session):
            yield f"第 {row.id} 条失败 {row.attempts} 次：{row.error.splitlines()[0][:200]}", "按错误修好后，工作进程会自己重试"


def look_at_worker(runtime: Runtime) -> Iterator[tuple[str, str]]:
    path = heartbeat_path(runtime)
    if not path.exists():
        yield "还没有启动过", "运行 jiebang serve"
        return
    silent = now() - dt.datetime.fromisoformat(path.read_text())
    yield f"{int(silent.total_seconds())} 秒前还在工作", "" if silent < SILENT else "工作进程停了：运行 jiebang serve"


def look_at_broker(runtime: Runtime) -> Iterator[tuple[str, str]]:
    kind = "Redis" if runtime.settings.broker_url else "文件"
    try:
        with make_celery(runtime.settings).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError) as error:
        yield f"{kind}消息队列连不上：{error}", "检查 JIEBANG_BROKER_URL。没有它也不丢东西，只是慢一些"
        return
    yield f"{kind}消息队列可用", ""


def look_at_fonts(_runtime: Runtime) -> Iterator[tuple[str, str]]:
    fonts = sorted(path.name for path in FONTS.glob("*.ttf"))
    missing = [char for char in SAMPLE if ord(char) not in printable()]
    yield f"表格字体 {'、'.join(fonts)}", "字体文件不全：重新取一份源码" if len(fonts) < 2 or missing else ""


def look_at_files(runtime: Runtime) -> Iterator[tuple[str, str]]:
    with runtime.database.read() as session:
        hashes = set(session.scalars(select(StoredFile.sha256)))
    lost = sorted(name for name in hashes if not pathlib.Path(runtime.settings.files_folder, name).is_file())
    yield f"{len(hashes)} 个文件，缺 {len(lost)} 个", f"从备份恢复 {runtime.settings.files_folder}" if lost else ""


PARTS: dict[str, Look] = {
    "设置": look_at_settings, "数据库": look_at_database, "账本": look_at_ledger, "模型": look_at_encoder,
    "索引": look_at_index, "发件箱": look_at_outbox, "工作进程": look_at_worker, "消息队列": look_at_broker,
    "字体": look_at_fonts, "文件": look_at_files,
}
