"""Prose of annual reports: figures in several wordings, statements of nought, and numbers that mean nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.generate.figures import COMPLETED, LITIGATION, RECEIVED, REPLIES, REVIEW
from tests.generate.truth import Cell, Entry, Key, Nought

_CATEGORIES = ("机构职能", "政策文件", "工作动态", "政府公开年报", "帮助指南", "人事信息", "财政资金")
_FIGURES = (
    ("disclosure.items", ("全年主动公开政府信息{n}条。", "{y}年度，{who}主动公开政府信息{n}条。")),
    ("disclosure.via_weibo", ("政务微博发布信息{n}条。", "{y}年通过政务微博公开信息{n}条。")),
    ("disclosure.via_wechat", ("政务微信公众号发布信息{n}条。", "通过微信公众平台推送信息{n}条。")),
    ("response.hot_issues", ("全年回应公众关注热点和重大舆情{n}次。",)),
    ("response.press_conferences", ("举办新闻发布会{n}次。",)),
    ("response.policy_interpretations", ("发布政策解读稿件{n}篇。",)),
    ("training.sessions", ("举办培训班{n}次。", "{y}年组织业务培训{n}次。")),
    ("training.trainees", ("共培训{n}人次。",)),
    ("text.site_visits", ("网站总访问量{n}次。",)),
)
_NOUGHTS = (
    Nought("{y}年度无依申请公开政府信息。", (RECEIVED,), (COMPLETED, REPLIES)),
    Nought("{y}年，本机关未收到政府信息公开申请。", (RECEIVED,), (COMPLETED, REPLIES)),
    Nought("{y}年度没有收到公民、法人和其他组织的政府信息公开申请。", (RECEIVED,), (COMPLETED, REPLIES)),
    Nought("{y}年度未发生因政府信息公开申请行政复议、提起行政诉讼的情况。", (REVIEW, LITIGATION)),
    Nought("全年没有因政府信息公开引起的行政复议。", (REVIEW,)),
    Nought("{y}年未发生行政诉讼案件。", (LITIGATION,)),
    Nought("{y}年度未发生信息公开的收费和减免情况。", ("fees.requests",)),
    Nought("未收取任何费用。", ("fees.requests",)),
    Nought("{y}年没有收到有关政府信息公开的举报投诉。", ("complaints.received",)),
)
_NOISE = (
    "根据《中华人民共和国政府信息公开条例》（国务院令第492号）和国办发〔2014〕32号文件要求开展工作。",
    "地址：某某路67号，邮编：154002，电话：0454—{phone}。",
    "收到申请后，应当在15个工作日内予以答复。",
    "对无正当理由逾期不公开的单位，予以通报批评。",
    "申请信息不存在的，依法告知申请人无法提供。",
    "{before}年度没有收到政府信息公开申请，也未发生行政复议、行政诉讼。",
    "上年未发生行政复议、行政诉讼。",
    "不予公开信息有10条。",
    "本年度无行政复议被纠错的情况。",
    "政务微博粉丝3200人，微信公众号关注5600人。",
    "自2008年以来累计主动公开政府信息60300条。",
    "{y}年3月5日，县政府召开第17次常务会议，部署政务公开工作。",
    "设立12345政务服务热线，24小时接听群众来电。",
)
_GROWTH = "信息公开工作比上年增长36%。"
_PARTS = (
    "概述",
    "主动公开政府信息情况",
    "依申请公开政府信息情况",
    "收费及减免情况",
    "复议诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
_CHINESE_DIGITS = "零一二三四五六七八九"


@dataclass(slots=True)
class Prose:
    """The paragraphs of a report and what they state."""

    lines: list[str] = field(default_factory=list)
    entries: dict[Key, Entry] = field(default_factory=dict)
    noughts: list[Nought] = field(default_factory=list)
    announced_parts: int | None = None
    has_period: bool = True


def print_prose(random: Random, year: int, body: str, zeros: Mapping[Cell, Decimal], phone: str) -> Prose:
    """Return the prose of a report; noughts are stated only for the cells in `zeros`, whose figures are nought."""
    prose = Prose()
    sentences = [
        *_figures(random, year, body, prose),
        *_noughts(random, year, zeros, prose),
        *_noise(random, year, phone),
    ]
    if random.randrange(2):
        sentences.append(_GROWTH)
        prose.entries["narrative", year, "text.growth_rate", "total"] = Entry(Decimal(36))
    random.shuffle(sentences)
    prose.lines = [*_opening(random, year, body, prose), *_parts(random, sentences)]
    return prose


def _opening(random: Random, year: int, body: str, prose: Prose) -> list[str]:
    first = f"本报告由{body}根据《中华人民共和国政府信息公开条例》编制。"
    if random.randrange(2):
        prose.announced_parts = len(_PARTS)
        count = random.choice(("7", "七"))
        first += f"报告包括{'、'.join(_PARTS)}等{count}个部分。"
    prose.has_period = random.randrange(5) > 0
    if prose.has_period:
        first += random.choice(
            (
                f"报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
                f"本报告数据统计期限为{year}年1月1日至12月31日。",
                f"统计期限自{year}11日起至{year}1231日止。",
            )
        )
    return [first, ""]


def _parts(random: Random, sentences: list[str]) -> list[str]:
    """Return the sentences under numbered headings, some of them two to a paragraph."""
    lines: list[str] = []
    for number, title in zip("一二三四五六七", _PARTS, strict=True):
        lines += [f"{number}、{title}", ""]
        count = len(sentences) if title == _PARTS[-1] else random.randint(0, 3)
        paragraph, sentences = "".join(sentences[:count]), sentences[count:]
        lines += [random.choice(("", "    ", "\u3000\u3000")) + paragraph, ""] if paragraph else []
    return lines


def _figures(random: Random, year: int, body: str, prose: Prose) -> list[str]:
    who = f"全{body.removesuffix('人民政府')[-1]}" if body.endswith("人民政府") else "本单位"
    chosen = random.sample(_FIGURES, random.randint(0, len(_FIGURES)))
    sentences = [_website(random, year, prose)] if random.randrange(2) else []
    for indicator, wordings in chosen:
        value, text = _spoken(random, random.randint(1, random.choice((30, 4000))))
        prose.entries["narrative", year, indicator, "total"] = Entry(value)
        sentences.append(random.choice(wordings).format(n=text, y=year, who=who))
    return sentences


def _spoken(random: Random, value: int) -> tuple[Decimal, str]:
    """Return a figure and one way to put it in prose."""
    if value < 10 and not random.randrange(3):
        return Decimal(value), _CHINESE_DIGITS[value]
    if value > 1000 and not random.randrange(3):
        return Decimal(value), f"{value:,}"
    if value > 1000 and not random.randrange(3):
        return Decimal(value // 100 * 100) * 10, f"{Decimal(value // 100) / 10}万余"
    return Decimal(value), str(value)


def _website(random: Random, year: int, prose: Prose) -> str:
    parts = {name: Decimal(random.randint(1, 400)) for name in random.sample(_CATEGORIES, random.randint(2, 5))}
    total = sum(parts.values(), Decimal(0))
    prose.entries["narrative", year, "disclosure.via_website", "total"] = Entry(total)
    for name, value in parts.items():
        prose.entries["narrative", year, "text.category_items", name] = Entry(value)
    comma = random.choice("，,")
    items = random.choice(("、", comma)).join(f"{name}{value}条" for name, value in parts.items())
    opening = random.choice((f"{year}年{comma}", ""))
    return f"{opening}通过政府网站主动公开政府各类信息{total}条{comma}其中{random.choice(('', comma))}{items}。"


def _noughts(random: Random, year: int, zeros: Mapping[Cell, Decimal], prose: Prose) -> list[str]:
    possible = [nought for nought in _NOUGHTS if all((name, "total") in zeros for name in nought.covers)]
    for nought in random.sample(possible, random.randint(0, len(possible))):
        prose.noughts.append(Nought(nought.text.format(y=year), nought.states, nought.implies))
        for name in nought.states:
            prose.entries["narrative", year, name, "total"] = Entry(Decimal(0))
    return [nought.text for nought in prose.noughts]


def _noise(random: Random, year: int, phone: str) -> list[str]:
    chosen = random.sample(_NOISE, random.randint(0, 6))
    return [sentence.format(y=year, before=year - 1, phone=phone) for sentence in chosen]
