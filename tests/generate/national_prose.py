"""Prose of reports since 2019: the requests of one year told in several ways, among numbers that mean something else.

Every sentence comes with what it states; what is stated of other things, times and scopes is nobody's figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.generate.formats import report
from tests.generate.grid import Block, Markup, Merged, Print, Shape, Text, printed

Cell = tuple[str, str]
TOTAL = "total"
_GROUPS = (
    ("results.granted", "予以公开"),
    ("results.partially_granted", "部分公开"),
    ("results.denied", "不予公开"),
    ("results.unable", "无法提供"),
    ("results.not_processed", "不予处理"),
    ("results.other", "其他处理"),
)
_OUTCOMES = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"))
_UNITS = ("件", "件", "件", "宗", "份")
_YEARS = (
    "{whole}共收到政府信息公开申请{new}{u}，上年结转{in_}{u}，办结{total}{u}，结转下年度继续办理{out}{u}。",
    "{y}年，{whole}新收政府信息公开申请{new}{u}，上年度结转{in_}{u}；共答复{total}{u}，{out}{u}结转至下一年度继续办理。",
    "{whole}受理政府信息公开申请{new}{u}，答复政府信息公开申请{total}{u}（含上年度结转申请{in_}{u}，另有{out}{u}顺延到下年度答复）。",
    "除去上年结转的{in_}{u}，全年共收到政府信息公开申请{new}{u}，办结{total}{u}，结转至{next}年继续办理{out}{u}。",
    "共收到{new}{u}申请，上年结转{in_}{u}，依法办结{total}{u}，{out}{u}结转下年度继续办理。",
    "全年收到政府信息公开申请{new}{u}，较上年的{some}{u}有所增加，上年结转{in_}{u}，办结{total}{u}，结转{out}{u}。",
)
_SPLITS = (
    "办结的政府信息公开申请中，{list}。",
    "从答复结果看：{list}。",
    "其中：{semi}。",
)
_CASES = (
    "因政府信息公开引发行政复议{r}{u}，其中{outcomes}；行政诉讼{l}{u}。",
    "政府信息公开行政复议案件{r}{u}（其中{outcomes}），行政诉讼案件{l}{u}。",
    "全年发生信息公开类行政复议{r}{u}，{outcomes}。信息公开类行政诉讼{l}{u}。",
)
_NONE = "全年未发生因政府信息公开引起的行政复议、行政诉讼案件。"
_FEES = ("全年收取政府信息公开信息处理费{f}元。", "{y}年，全市行政机关共收取信息处理费{f}元。")
_NO_FEES = ("{y}年，未收取信息处理费。", "无收取政府信息公开信息处理费情况。", "全年没有收取信息处理费。")
OTHERS = (
    "办理人大代表建议{a}件、政协提案{b}件，办结率100%。",
    "12345热线受理群众诉求{a}件，办结{b}件。",
    "收到网民留言{a}条，答复{b}条。",
    "县长信箱收到来信{a}件，答复{b}件，结转下年度{c}件。",
    "政务服务大厅受理申请{a}件，办结{b}件。",
    "受理行政许可申请{a}件，不予许可{b}件。",
    "受理信访事项{a}件，不予受理{b}件。",
    "近三年共收到政府信息公开申请{a}件，办结{b}件。",
    "上半年，全市收到政府信息公开申请{a}件，办结{b}件。",
    "{last}年，收到网民咨询{a}件，答复{b}件。",
    "市政府办公室收到政府信息公开申请{a}件，办结{b}件，结转下年度{c}件。",
    "市公安局收到政府信息公开申请{a}件，不予公开{b}件。",
    "各乡镇收到政府信息公开申请{a}件。",
    "市司法局受理行政复议案件{a}件、行政诉讼案件{b}件。",
    "全市法院受理行政诉讼案件{a}件，其中维持{b}件。",
    "收到网络提交的政府信息公开申请{a}件、信函申请{b}件。",
    "因本机关不掌握等原因答复{a}件。",
    "公文属性认定为主动公开{a}件、依申请公开{b}件、不予公开{c}件。",
    "预计{next}年收到政府信息公开申请{a}件。",
    "截至{y}年底，累计收到政府信息公开申请{a}件。",
    "拟制定规范性文件{a}件，清理规范性文件{b}件，废止{c}件。",
    "公开行政许可信息{a}条、行政处罚信息{b}条。",
    "减免信息处理费{a}元。",
    "{y}年3月，收到政府信息公开申请{a}件，答复{b}件。",
    "全国共收到政府信息公开申请{a}件。",
    "收到政府信息公开申请{a}件以上的单位有{b}个。",
    "区政府收到政府信息公开申请{a}件，办结{b}件。",
    "过去五年共收到政府信息公开申请{a}件，年均{b}件。",
    "{a}个部门未收到政府信息公开申请。",
    "如未收到政府信息公开申请，应进行零报告。",
    "行政机关负责人出庭应诉行政诉讼案件{a}件。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A report of a city with its tables and such prose: its parts, and what the prose states."""

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    year: int
    stated: dict[Cell, Decimal]
    determined: bool = True
    stored: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""
        how = Print(shape=Shape.HTML, merged=Merged.DROPPED, markup=Markup.PLAIN, visible=True, first_page=1)
        return self.stored or printed(self.blocks, how).encode()


@dataclass(slots=True)
class Told:
    """The lines of prose and what they state."""

    lines: list[str] = field(default_factory=list)
    stated: dict[Cell, Decimal] = field(default_factory=dict)


def reports(seeds: range) -> Iterator[tuple[int, Drawn]]:
    """Yield seeds with their reports."""
    for seed in seeds:
        random = Random(seed)
        year = random.randint(2021, 2025)
        told = print_year(random, year)
        tables = report(Random(seed), "format_2021", Shape.HTML, of=(year, "某市人民政府")).blocks
        after = next(place for place, block in enumerate(tables) if isinstance(block, Text) and block.text[0] == "二")
        title = Text(f"某市人民政府{year}年政府信息公开工作年度报告", 1)
        period = Text(f"统计期限自{year}年1月1日起至{year}年12月31日止。")
        blocks = (title, period, *map(Text, told.lines), *tables[after:])
        yield seed, Drawn(blocks=blocks, lines=tuple(told.lines), year=year, stated=told.stated)


def print_year(random: Random, year: int) -> Told:
    """Return the prose of one year of a city: its figures and, between them, numbers of other things."""
    told = Told()
    requests = [_requests(random, year, told), *_split(random, year, told)]
    blocks = [["（二）依申请公开情况。", *requests, *_cases(random, year, told), *_other(random, year)]]
    blocks.append(["（三）政府信息管理情况。", *_other(random, year)])
    blocks.append(["（五）监督保障情况。", *_other(random, year), *_fee(random, year, told)])
    random.shuffle(blocks)
    told.lines = [line for block in blocks for line in block]
    return told


def _put(told: Told, indicator: str, value: int, breakdown: str = TOTAL) -> int:
    told.stated[indicator, breakdown] = Decimal(value)
    return value


def _requests(random: Random, year: int, told: Told) -> str:
    new, carried_in = _put(told, "requests.new", random.randint(5, 900)), random.randint(0, 20)
    out = _put(told, "requests.carried_out", random.randint(1, min(new, 30)))
    _put(told, "requests.carried_in", carried_in)
    return random.choice(_YEARS).format(
        whole=random.choice(("全市", "全市各级行政机关", "我市", "")),
        new=new,
        in_=carried_in,
        total=_put(told, "results.total", new + carried_in - out),
        out=out,
        some=random.randint(1, 900),
        u=random.choice(_UNITS),
        y=year,
        next=year + 1,
    )


def _split(random: Random, year: int, told: Told) -> Iterator[str]:
    """Yield the results of the year, as far as they are told."""
    if random.randrange(3) == 0:
        return
    left, parts = int(told.stated["results.total", TOTAL]), list[str]()
    for indicator, name in _GROUPS[:-1]:
        value = random.randint(0, left)
        left -= _put(told, indicator, value)
        parts.append(f"{name}{value}件")
    parts.append(f"{_GROUPS[-1][1]}{_put(told, _GROUPS[-1][0], left)}件")
    yield random.choice(_SPLITS).format(list=random.choice(("，", "、")).join(parts), semi="；".join(parts), y=year)


def _cases(random: Random, year: int, told: Told) -> Iterator[str]:
    if random.randrange(4) == 0:
        for indicator in ("review", "litigation", "litigation_direct", "litigation_after_review"):
            _put(told, f"cases.{indicator}", 0)
        yield _NONE
        return
    values = [random.randint(0, 20) for _ in _OUTCOMES]
    for (breakdown, _), value in zip(_OUTCOMES, values, strict=True):
        _put(told, "cases.review", value, breakdown)
    names = (f"{name}{value}件" for (_, name), value in zip(_OUTCOMES, values, strict=True))
    yield random.choice(_CASES).format(
        r=_put(told, "cases.review", sum(values)),
        l=_put(told, "cases.litigation", random.randint(0, 9)),
        outcomes=random.choice(("，", "、")).join(names),
        u="件",
        y=year,
    )


def _fee(random: Random, year: int, told: Told) -> Iterator[str]:
    if random.randrange(2):
        fee = random.choice((0, random.randint(10, 9000)))
        text = random.choice(_FEES if fee else _NO_FEES)
        yield text.format(f=_put(told, "fees.information_processing", fee), y=year)


def _other(random: Random, year: int) -> list[str]:
    """Return sentences that state none of the report's figures."""
    numbers = {letter: random.randint(2, 5000) for letter in "abc"}
    chosen = random.sample(OTHERS, random.randint(0, 5))
    return [text.format(y=year, last=year - 1, next=year + 1, **numbers) for text in chosen]
