"""What `jiebang ranker` says at the terminal."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from matching.learning import rankers
from matching.learning.trial import Waiting
from models.rankers import RankerState, RankerVersion

STATES = {RankerState.candidate: "等着", RankerState.in_use: "在用", RankerState.held: "已停住", RankerState.retired: "已换下"}
WAITING = {
    "busy": "另一个进程正在学",
    "overtaken": "学的时间太长，已由另一个进程接手，这一次没有写入",
    "same_data": "没有新的结果：同样的数据已经学过",
    "failed": "没有学成",
    "nothing_new": "上次以后新来 {new} 条结果，满 {min_new} 条再学",
    "few_unseen": "有 {collaborated} 条需求谈成了合作，能用来比较的 {unseen} 条，满 {min_unseen} 条才比得出好坏",
    "few_taught": "留下比较用的以后只剩 {taught} 条需求可学，满 {min_taught} 条才学",
    "trained": "学了新的一版",
}


def waiting(code: str, counts: dict[str, int]) -> str:
    """Why nothing was trained."""
    return WAITING.get(code, code).format(**counts)


def of_training(result: RankerVersion | Waiting) -> str:
    """What came of a training."""
    if isinstance(result, Waiting):
        return waiting(result.code, dict(result.counts))
    return f"第 {result.number} 版（{STATES[result.state]}）：{_figure(result)}"


def status(session: Session, encoder: str) -> Iterator[str]:
    """What is in use, whether a better one goes live by itself, the last training, every version."""
    present, control = rankers.in_use(session), rankers.control(session)
    yield f"在用：{f'第 {present.number} 版' if present else '基础排序'}"
    if present is not None and present.encoder != encoder:
        yield f"  它照 {present.encoder} 学的，现在的向量模型是 {encoder}：推荐按基础排序"
    yield f"自动启用：{'开' if control.automatic else f'已停住（{control.reason}）'}"
    if control.attempt.get("code"):
        yield f"上次学习：{waiting(control.attempt['code'], control.attempt.get('counts', {}))}"
    for version in rankers.versions(session):
        yield f"第 {version.number} 版  {STATES[version.state]}  {_figure(version)}"


def comparison(version: RankerVersion) -> Iterator[str]:
    """The comparison of one version: the figure with its interval, then demand by demand."""
    found = version.comparison
    yield f"第 {version.number} 版，比的是{'第 {} 版'.format(found['against']) if found['against'] else '基础排序'}"
    yield f"{_figure(version)}；{found['collaborations']} 个没见过的合作，另有 {found['left_out']} 条需求没有算"
    yield f"学自 {version.data['demands']} 条需求的 {version.data['pairs']} 对，{version.data['until']} 以前的结果"
    for look in found["looks"]:
        places = "、".join(f"{before}→{after}" for _key, before, after in look["partners"])
        yield f"  需求 {look['demand']}  合作方 {places}  {look['before']:.3f} → {look['after']:.3f}"


def _figure(version: RankerVersion) -> str:
    found = version.comparison
    return (f"{found['demands']} 条没见过的需求上 nDCG@10 {found['before']:.3f} → {found['after']:.3f}，"
            f"差 {found['gain']:+.3f}（{found['confidence']:.0%} 区间 {found['low']:+.3f} 到 {found['high']:+.3f}）")
