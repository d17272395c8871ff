"""True figures of the forms with columns: they satisfy the sums, or break them as publishers do.

What adds up to what is written down here a second time, so that a slip in the registry shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.generate.truth import Cell

Figures = dict[Cell, Decimal]

TYPES = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organisation",
    "legal_service_organisation",
    "other_organisation",
)
OUTCOMES = ("upheld", "corrected", "other", "pending")
CASES = ("cases.review", "cases.litigation_direct", "cases.litigation_after_review")
NEW, CARRIED_IN, CARRIED_OUT, RESULTS = "requests.new", "requests.carried_in", "requests.carried_out", "results.total"
_DENIED = (
    "state_secret",
    "other_law",
    "security_stability",
    "third_party",
    "internal_affairs",
    "process_information",
    "enforcement_file",
    "administrative_query",
)
_UNABLE = ("not_held", "needs_creation", "unclear")
_REFUSED = ("petition", "repeated", "publication", "excessive", "reissue")
_OTHER = ("not_corrected", "fee_unpaid", "miscellaneous")
_LEAVES = (
    "results.granted",
    "results.partially_granted",
    *(f"results.denied.{name}" for name in _DENIED),
    *(f"results.unable.{name}" for name in _UNABLE),
    *(f"results.not_processed.{name}" for name in _REFUSED),
)
_SECOND = {
    "format_2019": (
        *(f"{of}.{what}" for of in ("rules", "normative_documents") for what in ("newly_made", "newly_disclosed")),
        *(
            f"{of}.{what}"
            for of in ("licences", "other_services", "penalties", "coercion")
            for what in ("items_previous_year", "items_change", "decisions")
        ),
        "administrative_fees.items_previous_year",
        "administrative_fees.items_change",
        "procurement.projects",
        "procurement.amount",
    ),
    "format_2021": (
        *(f"{of}.{what}" for of in ("rules", "normative_documents") for what in ("issued", "repealed", "in_force")),
        "licences.decisions",
        "penalties.decisions",
        "coercion.decisions",
        "administrative_fees.amount",
    ),
}
_AMOUNTS = frozenset({"administrative_fees.amount", "procurement.amount"})
_SIZES = ((0, 0, 0, 0, 0, 0, 2), (0, 0, 0, 0, 3, 40), (0, 0, 9, 90, 900), (0,))
_HIGHEST = (0, 0, 12, 300, 60_000, 999_999)


@dataclass(frozen=True, slots=True)
class LocalRow:
    """A row of the local form as printed in some year."""

    indicator: str
    number: str
    label: str
    unit: str


def _local_rows(*rows: tuple[str, str, str, str]) -> tuple[LocalRow, ...]:
    return tuple(LocalRow(f"local.{name}", number, label, unit) for name, number, label, unit in rows)


LOCAL_ROWS = (
    _local_rows(
        ("disclosed_items", "", "主动公开信息数", "条"),
        ("via_website", "1", "网站公开", "条"),
        ("via_gazette", "2", "政府公报公开", "条"),
        ("requests_total", "", "受理依申请公开信息总数", "条"),
        ("req_in_person", "1", "当面申请数", "条"),
        ("req_fax", "2", "传真申请数", "条"),
        ("req_email", "3", "电子邮件申请数", "条"),
        ("req_online", "4", "网上申请数", "条"),
        ("req_letter", "5", "信函申请数", "条"),
        ("req_other", "6", "其它形式申请数", "条"),
        ("replies_total", "", "对申请的答复数", "条"),
        ("reply_granted", "1", "同意公开答复数", "条"),
        ("reply_partial", "2", "同意部分公开答复数", "条"),
        ("reply_denied", "3", "否决公开答复数", "条"),
        ("review_total", "", "行政复议数", "条"),
        ("litigation_total", "", "行政诉讼数", "条"),
        ("appeal_total", "", "行政申诉数", "条"),
    ),
    _local_rows(
        ("disclosed_documents", "", "主动公开文件数", "条"),
        ("via_website", "1", "政府网站公开数", "条"),
        ("via_gazette", "2", "政府公报公开数", "条"),
        ("requests_total", "", "受理依申请公开信息总数", "条"),
        ("req_in_person", "1", "当面申请数", "条"),
        ("req_online", "2", "网上申请数", "条"),
        ("req_letter_or_fax", "3", "信函、传真申请数", "条"),
        ("replies_total", "", "对申请的答复总数", "条"),
        ("reply_granted", "1", "同意公开答复数", "条"),
        ("reply_partial", "2", "同意部分公开答复数", "条"),
        ("reply_denied", "3", "不予公开答复数", "条"),
        ("reply_other", "4", "其他类型答复数", "条"),
        ("fees_reduced", "", "政府信息公开收费减免金额", "元"),
        ("litigation_or_complaint_received", "", "接受行政诉讼、举报数", "件"),
        ("review_total", "", "行政复议数", "件"),
        ("litigation_total", "", "行政诉讼数", "件"),
    ),
)
_WHOLES = ("local.disclosed_items", "local.disclosed_documents", "local.requests_total", "local.replies_total")


def true_figures(random: Random, form: str, *, one_other: bool) -> Figures:
    """Return a figure for every cell that a report of a form prints; totals are the sums of their parts."""
    if form == "local_coded":
        return _local(random)
    return _second(random, form) | _third(random, one_other=one_other) | _fourth(random)


def _second(random: Random, form: str) -> Figures:
    figures = {(name, "total"): Decimal(random.randint(0, random.choice(_HIGHEST))) for name in _SECOND[form]}
    for name in sorted(_AMOUNTS & {indicator for indicator, _ in figures}):
        if random.randrange(2):
            figures[name, "total"] += Decimal(random.randint(1, 999_999)) / 1_000_000
    for cell in [cell for cell in figures if cell[0].endswith("items_change")]:
        figures[cell] = Decimal(random.choice((0, 0, random.randint(-30, 30))))
    for name in ("rules", "normative_documents") if form == "format_2019" else ():
        figures[f"{name}.total_disclosed", "total"] = figures[f"{name}.newly_disclosed", "total"] + random.randint(0, 9)
    return figures


def _third(random: Random, *, one_other: bool) -> Figures:
    """Return the requests by applicant: results first, then a balance that closes."""
    leaves = (*_LEAVES, *(["results.other"] if one_other else [f"results.other.{name}" for name in _OTHER]))
    figures: Figures = {}
    for kind in TYPES:
        sizes = random.choice(_SIZES) if kind == TYPES[0] else random.choice((*_SIZES[:2], (0,), (0,)))
        for leaf in leaves:
            figures[leaf, kind] = Decimal(random.randint(0, random.choice(sizes)))
        handled = sum((figures[leaf, kind] for leaf in leaves), Decimal(0))
        carried_out = Decimal(random.choice((0, 0, random.randint(0, 20))) if handled else 0)
        carried_in = Decimal(random.randint(0, min(20, int(handled + carried_out))) if random.randrange(2) else 0)
        figures[RESULTS, kind], figures[CARRIED_OUT, kind] = handled, carried_out
        figures[CARRIED_IN, kind], figures[NEW, kind] = carried_in, handled + carried_out - carried_in
    for row in (NEW, CARRIED_IN, *leaves, RESULTS, CARRIED_OUT):
        figures[row, "total"] = sum((figures[row, kind] for kind in TYPES), Decimal(0))
    return figures


def _fourth(random: Random) -> Figures:
    figures: Figures = {}
    for case in CASES:
        sizes = random.choice(((0,), (0, 0, 3), (0, 5, 40), (12, 300)))
        for outcome in OUTCOMES:
            figures[case, outcome] = Decimal(random.randint(0, random.choice(sizes)))
        figures[case, "total"] = sum((figures[case, outcome] for outcome in OUTCOMES), Decimal(0))
    return figures


def _local(random: Random) -> Figures:
    rows = random.choice(LOCAL_ROWS)
    figures: Figures = {}
    for row in rows:
        year = random.randint(0, random.choice(_HIGHEST[:4] if row.number == "" else (0, 0, 3, 2_000)))
        figures[row.indicator, "total"] = Decimal(year)
        figures[f"{row.indicator}.cumulative", "total"] = Decimal(year + random.choice((0, random.randint(0, 9_000))))
    for suffix in ("", ".cumulative"):
        for whole, parts in _local_sums(rows).items():
            figures[whole + suffix, "total"] = sum((figures[part + suffix, "total"] for part in parts), Decimal(0))
    return figures


def _local_sums(rows: tuple[LocalRow, ...]) -> dict[str, list[str]]:
    """Return each total with the numbered rows below it."""
    sums: dict[str, list[str]] = {}
    whole = ""
    for row in rows:
        whole = whole if row.number else row.indicator
        if row.number:
            sums.setdefault(whole, []).append(row.indicator)
    return sums


def continuing(figures: Mapping[Cell, Decimal], before: Mapping[Cell, Decimal]) -> Figures:
    """Return figures that follow those of the year before: what came over, stocks, items, cumulative columns."""
    changed = dict(figures)
    for kind in TYPES if (CARRIED_OUT, TYPES[0]) in before else ():
        changed[CARRIED_IN, kind] = before[CARRIED_OUT, kind]
        left = changed[RESULTS, kind] - changed[CARRIED_IN, kind]
        changed[CARRIED_OUT, kind] = max(changed[CARRIED_OUT, kind], -left)
        changed[NEW, kind] = left + changed[CARRIED_OUT, kind]
    for row in (NEW, CARRIED_IN, CARRIED_OUT) if (CARRIED_OUT, TYPES[0]) in before else ():
        changed[row, "total"] = sum((changed[row, kind] for kind in TYPES), Decimal(0))
    for name, total in [cell for cell in changed if cell in before]:
        of, _, what = name.rpartition(".")
        if what == "in_force":
            issued, stock = changed[f"{of}.issued", total], before[name, total]
            changed[f"{of}.repealed", total] = min(changed[f"{of}.repealed", total], stock + issued)
            changed[name, total] = stock + issued - changed[f"{of}.repealed", total]
        elif what == "items_previous_year":
            changed[name, total] = before[name, total] + before[f"{of}.items_change", total]
        elif what == "cumulative":
            changed[name, total] = before[name, total] + changed[of, total]
    return changed


def misprinted(random: Random, figures: Mapping[Cell, Decimal], form: str) -> Figures:
    """Return figures of which one to three are spoilt: off by one, doubled, nought, copied from another cell."""
    changed = dict(figures)
    named = _WHOLES if form == "local_coded" else (NEW, CARRIED_IN, RESULTS, CARRIED_OUT, *CASES, *_LEAVES)
    cells = sorted(cell for cell in figures if cell[0].removesuffix(".cumulative") in named)
    for cell in random.sample(cells, random.randint(1, 3)):
        value = changed[cell]
        other = changed[random.choice(cells)]
        changed[cell] = random.choice((value + 1, value * 2, Decimal(0), other, value * 10))
    return changed
