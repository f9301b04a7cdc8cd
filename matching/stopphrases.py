"""Phrases that say that a text is a posting, not what it is about. Counted in titles of demands and of results."""

STOP_PHRASES = frozenset("""
研发 研制 研究 开发 产业化 关键技术 技术 企业 公司 有限公司 项目 应用 及其 一种 基于 新型 需求 问题 解决
""".split())
STOP_WORDS = frozenset("的 了 和 与 及 或 在 对 为 是 等 以 将 把 被 从 到 由 于 中 上 下 不 有 可 能 要 并 而 其 该 此 这 那 我 您 我们 "
                       "进行 通过 采用 使用 利用 实现 具有 以及 可以 能够 并且".split())
GENERIC = frozenset("""
提高 提升 降低 减少 达到 达 要求 满足 保证 确保 指标 性能 能力 水平 优化 改进 改造 改善 解决 主要 目标 预期 以上 以下 以内
不低于 不高于 不超过 不小于 不大于 大于 小于 低于 高于 至少 超过 支持 完成 建立 形成 提供 相关 有效 合理 良好 较好 各种 多种 一定
左右 约 同时 目前 现有 传统 国内 国外 先进 领先 工作 方案 需要 希望 后 前 时 内 外 无 每 率 度 化 性 型 式 类
整体 其他 情况 过程 方面 条件 作用 内容 功能 创新 升级
""".split())
"""Words of a target that say nothing about what it is about."""

VAGUE = frozenset("""
产品 设备 装置 控制 稳定 处理 生产 制造 加工 智能 自动 高效 专用 综合 结构 材料 检测 分析 管理 服务 控制系统 平台 系统 工艺 方法 设计
绿色 优质 高产 高性能 高质量 环保 安全 节能 新品种 数字化 信息化 智能化 自动化 一体化 大数据 监测 监控 信息 数据 模型 软件 网络 工程
""".split())
"""Words that count for less: they fit many targets, and alone they answer none."""
