"""`jiebang import`: a sheet brought in from the terminal, with its progress; stopped at any moment, it resumes."""

import pathlib
import time
from collections.abc import Sequence

import click
from tqdm import tqdm

import settings as configuration
from ingestion.sheets import batches
from ingestion.sheets.corrections import corrected_copy
from ingestion.sheets.judging import Verdict
from jobs import notify, sheets
from jobs.commands.opening import opened
from jobs.runtime import Runtime
from models.errors import Invalid
from models.sheets import BatchState, SheetBatch, SheetKind, SheetProblem

FILE = click.Path(dir_okay=False, path_type=pathlib.Path)
KINDS = {"demands": SheetKind.demand, "capabilities": SheetKind.capability, "organisations": SheetKind.organisation,
         "experts": SheetKind.expert, "members": SheetKind.member, "activities": SheetKind.activity,
         "conflicts": SheetKind.conflict, "engagements": SheetKind.engagement, "contracts": SheetKind.contract,
         "calendar": SheetKind.calendar}
ERRORS_SHOWN = 50
STEPS = {BatchState.checking: "检查", BatchState.running: "写入"}
ELSEWHERE_SECONDS = 0.2


@click.command("import", help="导入需求、能力、单位、专家、成员、活动、对接、合同等：XLSX、XLS、CSV、TSV 或 JSONL。再导入一次只更新有变化的行。中断了，再运行同一条命令就接着做。")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--partial", is_flag=True, help="一批几百行地写入，有错的行留下。不加：有一行不对就什么都不写（SQLite 上最多 5,000 行）。")
@click.option("--errors", type=FILE, help="把有错的地方写成一份 XLSX，改好可以再导入。")
@click.pass_obj
def run_import(settings: configuration.Settings, kind: str, file: pathlib.Path, dry_run: bool, partial: bool,
               errors: pathlib.Path | None) -> None:
    if not file.is_file():
        raise Invalid(f"没有这个文件：{file}", field="file")
    with opened(settings) as runtime:
        with runtime.database.write() as session:
            batch = batches.open_batch(session, settings, None, KINDS[kind], file.name, file.read_bytes())
            batches.resume(session, None, batch)
        batch = _follow(runtime, batch)
        if batch.state is BatchState.checked:
            batch = _decide(runtime, batch, dry_run, partial)
        _report(runtime, batch, errors)
    if batch.state is BatchState.done:
        notify.outbox_changed(settings)


def _follow(runtime: Runtime, batch: SheetBatch) -> SheetBatch:
    """Work on the batch, or watch whoever does, until a person is asked or it is through."""
    with tqdm(total=batch.rows, unit="行", desc=STEPS.get(batch.state, ""), disable=None) as bar:
        try:
            while (now := _read(runtime, batch)).state in batches.AT_WORK and not now.paused:
                sheets.work(runtime.database, runtime.settings, batch.id,
                            lambda state, done, _total: _show(bar, state, done))
                time.sleep(ELSEWHERE_SECONDS if _read(runtime, batch).done == now.done else 0)
        except KeyboardInterrupt:
            with runtime.database.write() as session:
                batches.pause(session, None, batches.find_batch(session, batch.id))
            raise click.ClickException("停下了。写入的行都在；再运行同一条命令就接着做") from None
    return now


def _decide(runtime: Runtime, batch: SheetBatch, dry_run: bool, partial: bool) -> SheetBatch:
    """Write what was checked, or leave it where it must not or is not to be written."""
    wrong = bool(batch.found.get(Verdict.refused)) or bool(batch.fault)
    with runtime.database.write() as session:
        held = batches.find_batch(session, batch.id)
        if dry_run or (wrong and not partial) or batch.fault:
            batches.drop(session, None, held)
            return held
        batches.start(session, None, held, partial=partial)
    return _follow(runtime, held)


def _report(runtime: Runtime, batch: SheetBatch, errors: pathlib.Path | None) -> None:
    with runtime.database.read() as session:
        problems = batches.problems(session, batch)
    for remark in batch.remarks:
        click.echo(f"第 {remark['row']} 行没有当作数据：{remark['text']}" if remark["row"] else remark["text"], err=True)
    _tell_errors(problems)
    if errors and problems:
        errors.write_bytes(corrected_copy(batches.table_of_batch(runtime.settings, batch), problems,
                                          only_wrong=batch.state is BatchState.done))
        click.echo(f"错误写在 {errors}，改好可以再导入", err=True)
    done = batch.state is BatchState.done
    if batch.state is BatchState.failed or batch.fault or (problems and not done):
        raise click.ClickException(f"{batch.fault or f'{len(problems)} 处有误'}，什么都没有写入"
                                   if batch.state is not BatchState.failed else batch.fault)
    counts = batch.written if done else batch.found
    click.echo(f"{'已' if done else '检查通过，将'}新增 {counts.get(Verdict.new, 0)}，更新 {counts.get(Verdict.changed, 0)}，"
               f"没有变化 {counts.get(Verdict.unchanged, 0)}，重复 {counts.get(Verdict.duplicate, 0)}，"
               f"有错没导入 {counts.get(Verdict.refused, 0)}")


def _tell_errors(problems: Sequence[SheetProblem]) -> None:
    for one in problems[:ERRORS_SHOWN]:
        where = "，".join(part for part in (f"第 {one.row} 行" if one.row else "", one.column) if part)
        click.echo(f"{where}：{one.message}" if where else one.message, err=True)
    if len(problems) > ERRORS_SHOWN:
        click.echo(f"……还有 {len(problems) - ERRORS_SHOWN} 处", err=True)


def _show(bar: tqdm, state: BatchState, done: int) -> None:
    bar.set_description(STEPS.get(state, ""), refresh=False)
    bar.update(done - bar.n)


def _read(runtime: Runtime, batch: SheetBatch) -> SheetBatch:
    with runtime.database.read() as session:
        return batches.find_batch(session, batch.id)
