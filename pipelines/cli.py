"""The `gongkai` command: people are spoken to on stderr, data goes to stdout, the exit code tells."""

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from pipelines.display.lines import failure_line, finding_line, place
from pipelines.display.rows import Format, plain, render, text
from pipelines.model.file_format import FileFormat
from pipelines.settings import load_settings

DONE, FAILED, USAGE, GATE, DIFFERENT, LOCKED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 5, 130, 143

_ABOUT = """公开 · 把政府信息公开年度报告读成可追溯的数据仓库
Disclosure annual reports into a traceable warehouse.

\b
开始 To begin:
  把报告放进 data/raw，然后 | put reports into data/raw, then
  gongkai build
  gongkai sql "from mart.website_weibo"
  gongkai explain 前进区/2017/政府网站公开政府信息数
  gongkai export
  没有报告？No reports yet? gongkai demo DIR
"""
_CODES = """\b
退出码 Exit codes:
  0 完成 done · 1 失败或有隔离文件 failed, or files in quarantine · 2 用法 usage
  3 质量关未通过，未发布 quality gate failed, nothing published
  4 有差异 builds differ (diff --exit-code)
  5 另一个进程正在写 another run holds the lock · 130 中断 interrupted · 143 终止 terminated

\b
环境变量 Environment:
  GONGKAI_HOME         项目文件夹，默认为当前 project folder, default the current one
  GONGKAI_RAW, GONGKAI_WAREHOUSE, GONGKAI_EXPECTATIONS
                       单独指定的文件夹 single folders
  GONGKAI_WORKERS      读取进程数 reading processes
  GONGKAI_LARGEST_FILE 文件上限（MB）largest file
"""

_NO_ACCESS = ("；请检查路径、权限与磁盘空间", "; check the path, its permissions and the space on the disk")

app = typer.Typer(
    name="gongkai",
    help=_ABOUT,
    epilog=_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象 | Print one JSON object.")]
READ_COLUMNS = (
    *("time_period", "indicator", "breakdown", "value", "unit", "status", "source", "printed", "label", "locator"),
    *("form", "table", "occurrence", "bound", "precision", "evidence", "file"),
)


class Stop(Exception):  # noqa: N818 - it ends a command, it is no error of the program
    """Ends a command with an exit code, after everything has been said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def say(line: str) -> None:
    """Print a line for people on stderr."""
    print(line, file=sys.stderr)  # noqa: T201 - this is where the command speaks


def put(data: str) -> None:
    """Print data on stdout; whoever reads it may stop reading."""
    try:
        print(data, flush=True)  # noqa: T201 - this is where the command answers
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Stop(DONE) from None


@app.command(short_help="全流程：原始文件 → 仓库 | Raw files to warehouse")
def build(
    *,
    as_json: AsJson = False,
    allow_quarantine: Annotated[
        bool,
        typer.Option(
            "--allow-quarantine", help="有文件被隔离时仍以 0 退出 | Exit with 0 although files are in quarantine."
        ),
    ] = False,
) -> None:
    """全流程：原始文件 → 仓库、指标表、检查 | The whole pipeline: raw files to warehouse, marts and checks."""
    from pipelines.display.progress import progress_to  # noqa: PLC0415 - loaded where it is used
    from pipelines.orchestration.run import run_build  # noqa: PLC0415

    settings = load_settings()
    with progress_to(sys.stderr) as report:
        outcome = run_build(settings, report)
    for aside in outcome.quarantine:
        say(failure_line(aside["path"], aside["reason"], aside["message_zh"], aside["message_en"]))
    for line in outcome.summary:
        say(line)
    if as_json:
        put(json.dumps(outcome.as_json(), ensure_ascii=False))
    if not outcome.published:
        raise Stop(GATE)
    if outcome.quarantine and not allow_quarantine:
        raise Stop(FAILED)


@app.command(short_help="按 sources.yml 抓取报告 | Fetch reports from their sites")
def fetch(
    *,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="只抓取这一年度，可重复 | Only this year; may be repeated.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="只读列表，说将抓取什么 | Read the lists and say what would be fetched."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """把 sources.yml 各来源的新报告抓取到 data/raw，留下来历 | Fetch new reports into data/raw, with their origin."""
    from pipelines.display.fetched import fetched_lines  # noqa: PLC0415 - loaded where it is used
    from pipelines.display.progress import progress_to  # noqa: PLC0415
    from pipelines.ingest.fetching import fetch_reports  # noqa: PLC0415

    settings = load_settings()
    with progress_to(sys.stderr, "gongkai fetch") as report:
        outcomes = fetch_reports(settings, report, year or (), dry_run=dry_run)
    for line in fetched_lines(str(settings.sources), outcomes):
        say(line)
    if as_json:
        put(json.dumps({"outcomes": [asdict(each) for each in outcomes]}, ensure_ascii=False))
    else:
        for each in outcomes:
            if each.kind in {"stored", "wanted"}:
                put(each.path or each.address)
    if any(each.kind == "failed" for each in outcomes):
        raise Stop(FAILED)


@app.command(short_help="读单个文件并打印，不碰仓库 | Read single files and print them")
def read(
    files: Annotated[list[Path], typer.Argument(help="报告文件 | Report files.")],
    form: Annotated[Format, typer.Option("--format", help="输出格式 | Output format.")] = Format.TABLE,
    *,
    as_json: AsJson = False,
) -> None:
    """读单个文件并打印观测值，不碰仓库 | Read single files and print their observations; touches no warehouse."""
    from pipelines.ingest.reading import read_report  # noqa: PLC0415 - loaded where it is used
    from pipelines.ingest.register import load  # noqa: PLC0415
    from pipelines.model.report import Unreadable  # noqa: PLC0415

    settings, rows, failed = load_settings(), list[dict[str, Any]](), False
    for path in files:
        try:
            reading = read_report(load(path, settings.largest_file))
        except Unreadable as reason:
            failed = True
            _say_unreadable(str(path), reason.reason, reason.detail)
            continue
        rows += [
            {**{name: getattr(o, name) for name in READ_COLUMNS[:-1]}, "file": str(path)}
            for o in reading.extraction.observations
        ]
        _say_findings(str(path), reading.extraction.findings)
    put(render(READ_COLUMNS, rows, Format.JSON if as_json else form))
    if failed:
        raise Stop(FAILED)


def _say_unreadable(path: str, name: str, detail: str) -> None:
    from pipelines.registry.rules import quarantine_reasons  # noqa: PLC0415 - loaded where it is used

    reason = quarantine_reasons()[name]
    say(failure_line(path, name, f"{reason.zh}（{detail}）；{reason.todo_zh}", f"{reason.en}; {reason.todo_en}"))


def _say_findings(path: str, findings: Iterable[Any]) -> None:
    for finding in findings:
        if finding.verdict == "broken":
            parts = ("rule", "severity", "verdict", "message_zh", "message_en")
            say(finding_line(path, {part: getattr(finding, part) for part in parts}, finding.locators))


@app.command(short_help="列出仓库与报告的问题 | What is wrong, worst first")
def check(
    *,
    as_json: AsJson = False,
    everything: Annotated[
        bool, typer.Option("--all", help="连同成立的也列出 | List the answers that hold as well.")
    ] = False,
) -> None:
    """质量关：对已建仓库逐条列出问题，最重者先 | The quality gate over the built warehouse, worst first."""
    from pipelines.display.gate import gate_lines  # noqa: PLC0415 - loaded where it is used
    from pipelines.ingest.gate import read_gate  # noqa: PLC0415

    gate = read_gate(load_settings(), everything=everything)
    if as_json:
        put(json.dumps(gate.as_json(), ensure_ascii=False))
    else:
        for line in gate_lines(gate):
            put(line)
    if not gate.passed:
        raise Stop(GATE)


@app.command(short_help="合成语料，供试用 | A synthetic corpus to try it with")
def demo(  # noqa: PLR0913 - the options of the command
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新的或空的文件夹 | A new or an empty folder.")],
    *,
    bodies: Annotated[int, typer.Option(min=1, max=30_000, help="机关数 | How many bodies.")] = 75,
    first_year: Annotated[int, typer.Option(min=2014, max=2024, help="起始年度 | The first year.")] = 2014,
    last_year: Annotated[int, typer.Option(min=2014, max=2040, help="末年度 | The last year.")] = 2024,
    seed: Annotated[
        int, typer.Option(help="种子，同样的种子得同样的字节 | The same seed gives the same bytes.")
    ] = 2024,
    as_json: AsJson = False,
) -> None:
    """写一套合成的年度报告（含有意的差错），供没有报告的人试用 | Write synthetic reports, mistakes included."""
    from pipelines.demo.folder import write_corpus  # noqa: PLC0415 - loaded where it is used

    if last_year < first_year:
        raise typer.BadParameter(f"--last-year {last_year} < --first-year {first_year}")
    written = write_corpus(folder, bodies, range(first_year, last_year + 1), seed)
    say(
        f"{folder}: {written.bodies} 个机关 bodies，{written.files} 个合成文件 synthetic files，"
        f"{written.mistakes} 处有意的差错 mistakes made on purpose（mistakes.csv）"
    )
    say(f"下一步 next: cd {folder} && gongkai build --allow-quarantine")
    if as_json:
        put(json.dumps(written._asdict()))


@app.command(short_help="只读查询 | A read-only query")
def sql(
    statement: Annotated[
        str, typer.Argument(help="查询，例如 from mart.website_weibo，或 *.sql 文件 | A query, or a file of one.")
    ],
    form: Annotated[Format, typer.Option("--format", help="输出格式 | Output format.")] = Format.TABLE,
    *,
    as_json: AsJson = False,
) -> None:
    """对仓库做只读查询 | A read-only query on the warehouse."""
    from pipelines.warehouse.query import query  # noqa: PLC0415 - loaded where it is used

    result = query(load_settings().database, _statement(statement))
    put(render(result.columns, result.rows, Format.JSON if as_json else form))


def _statement(given: str) -> str:
    """Return a query that is given, or that of the file which is named instead."""
    path = Path(given)
    return path.read_text(encoding="utf-8") if given.endswith(".sql") and path.is_file() else given


@app.command(short_help="导出供他人使用的文件 | Tables as files for others")
def export(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="文件夹，默认为 gongkai-export | A folder.")
    ] = None,
    *,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", help="表或模式，可重复，默认全部 mart | A table or a schema; may be repeated."),
    ] = None,
    form: Annotated[
        list[FileFormat] | None,
        typer.Option("--format", help="格式，可重复，默认全部 | Format; may be repeated, all by default."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="文件夹非空也写，原有的留作 DIR.before | Even where something is there.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """把已发布仓库的表写成 Parquet、CSV、XLSX、SDMX-CSV，附说明与校验和 | Tables as files for others, described.

    同一仓库得到同样的字节；写完才就位 | The same warehouse gives the same bytes, put in place when all is written.
    """
    from pipelines.ingest.exporting import export_warehouse  # noqa: PLC0415 - loaded where it is used

    written = export_warehouse(
        load_settings(),
        folder or Path("gongkai-export"),
        wanted=table or (),
        formats=form or (),
        force=force,
        notify=lambda name, rows: say(f"{name:<24} {rows} 行 rows"),
    )
    say(f"已导出 exported: {written.folder}（版本 version {written.edition.run_id}）")
    if as_json:
        put(json.dumps(written.as_json()))
    else:
        put(str(written.folder))


@app.command(short_help="把一个数追回到所印之处 | A figure back to where it is printed")
def explain(
    key: Annotated[str, typer.Argument(help="例如 230804/2017/disclosure.via_website/series")],
    *,
    as_json: AsJson = False,
) -> None:
    """把一个数追回到所印的单元格、文件与规则 | A figure back to its printed cell, its file and its rules.

    KEY 由机关、年度、指标、分项、出处中的任意几部分以 / 连成，次序不限；机关与指标可写编号、中文名或其独有的一段，
    例如 前进区/2017/政府网站公开 | KEY is any of body, year, indicator, breakdown and source, joined by / in any order;
    bodies and indicators by id, by Chinese name, or by a part of it that no other has.
    """
    from pipelines.ingest.explain import explain as explained  # noqa: PLC0415 - loaded where it is used

    found = explained(load_settings(), key)
    if as_json:
        put(json.dumps({"figures": [_explained_json(each) for each in found]}, ensure_ascii=False))
    else:
        put("\n\n".join("\n".join(_explained_lines(each)) for each in found))


def _explained_json(each: Any) -> dict[str, Any]:  # noqa: ANN401 - an Explanation, whose module is loaded late
    findings = [{name: plain(value) for name, value in finding.items()} for finding in each.findings]
    figure = {name: plain(value) for name, value in each.figure.items()}
    return {"figure": figure, "context": list(each.context), "findings": findings}


def _explained_lines(each: Any) -> Iterable[str]:  # noqa: ANN401 - as above
    figure = each.figure
    value = text(figure["value"]) or "NULL"
    yield f"{value} {figure['unit']}  {figure['zh']} | {figure['en']}"
    yield f"  机关 body      {figure['body_name']} ({figure['body_id']})"
    yield f"  年度 year      {figure['time_period']}（报告 report {figure['report_year']}）"
    yield f"  指标 indicator {figure['indicator']} [{figure['breakdown']}]"
    yield f"  状态 status    {figure['status']}" + (
        f"，依据 evidence {figure['evidence']}" if figure["evidence"] else ""
    )
    yield f"  出处 source    {figure['source']} {figure['form']} {figure['table']}".rstrip()
    yield f"  原文 printed   “{figure['printed']}”，标签 label “{figure['label']}”"
    yield f"  位置 place     {place(figure['path'] or '', figure['locator'])}"
    yield f"  文件 file      sha256 {figure['sha256']}"
    yield from (f"  {line}" for line in each.context)
    yield from (f"  {_verdict(finding)}" for finding in each.findings)


def _verdict(finding: dict[str, Any]) -> str:
    mark = {"broken": "✗", "cannot_tell": "?", "holds": "✓"}[finding["verdict"]]
    return f"{mark} {finding['rule']}: {finding['message_zh']} | {finding['message_en']}"


@app.command(short_help="两次构建之间的差异 | What changed between two builds")
def diff(
    old: Annotated[Path, typer.Argument(help="旧仓库 | The old warehouse.")],
    new: Annotated[
        Path | None, typer.Argument(help="新仓库，默认为已发布的 | The new one; the published one if left out.")
    ] = None,
    *,
    limit: Annotated[int, typer.Option("--limit", min=0, help="每节至多几行 | Rows of each section at most.")] = 20,
    as_json: AsJson = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="有差异时以 4 退出 | Exit with 4 where anything differs.")
    ] = False,
) -> None:
    """两次构建之间的差异，最重者先 | What changed between two builds, worst first.

    OLD、NEW 各为仓库文件 *.duckdb、仓库文件夹或项目文件夹，只读打开 | OLD and NEW are each a warehouse file, a folder
    of one or a project folder, and are opened read-only. OLD 写 previous 即上一次发布 | previous is the build published
    before. 有无差异都以 0 退出，除非用 --exit-code | The exit code is 0 whether or not there are differences, unless
    --exit-code is given.
    """
    from pipelines.display.comparison import comparison_json, comparison_lines  # noqa: PLC0415 - loaded where it is used
    from pipelines.ingest.comparing import compare_builds  # noqa: PLC0415

    found = compare_builds(load_settings(), old, new, limit)
    put(json.dumps(comparison_json(found), ensure_ascii=False) if as_json else "\n".join(comparison_lines(found)))
    if exit_code and found.different:
        raise Stop(DIFFERENT)


@app.command(short_help="写数据质量看板 | Write the quality dashboard")
def dashboard(
    *,
    serve: Annotated[bool, typer.Option("--serve", help="写好后在本机打开服务 | Show it on loopback as well.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="本机端口，0 为任意 | Port on loopback, 0 for any.")
    ] = 8765,
) -> None:
    """由最近一次构建写静态看板，离线可看 | Write the static dashboard of the last build; it works offline."""
    from pipelines.ingest.dashboard import write_dashboard  # noqa: PLC0415 - loaded where it is used

    first = write_dashboard(load_settings())
    say(f"看板 dashboard: {first}")
    if not serve:
        put(str(first))
        return
    from pipelines.dashboard.serve import server_of  # noqa: PLC0415

    with server_of(first.parent, port) as server:
        put(f"http://{server.server_address[0]!s}:{server.server_address[1]}/")
        server.serve_forever()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; errors are told in one line, without a stack trace."""
    with _signals() as received:
        try:
            ended = app(
                args=list(sys.argv[1:] if arguments is None else arguments), prog_name="gongkai", standalone_mode=False
            )
        except Stop as stop:
            return stop.code
        except TyperException as error:
            return _refused(error)
        except (KeyboardInterrupt, typer.Abort):
            return _interrupted(received)
        except Exception as error:  # noqa: BLE001 - the last resort: one line for people, the code for programs
            return _interrupted(received) if received else _failed(error)
        return _interrupted(received) if ended == INTERRUPTED else DONE


@contextmanager
def _signals() -> Iterator[list[int]]:
    """Yield the list that keeps the signal by which the command is asked to end; it is raised as KeyboardInterrupt.

    A library may swallow it, so a second one is raised again; after that the next ends the process at once. A signal
    that is ignored, as in the background of a shell, stays ignored.
    """
    received: list[int] = []

    def interrupt(number: int, _: object) -> None:
        received.append(number)
        if len(received) > 1:
            signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, interrupt)
    try:
        yield received
    finally:
        if not received:
            for number, handler in before.items():
                signal.signal(number, handler)


def _interrupted(received: Sequence[int]) -> int:
    """Say that the command was ended from outside and return its code: 128 and the number of the signal."""
    word = "终止 terminated" if signal.SIGTERM in received else "中断 interrupted"
    say(f"{word}；仓库仍是最近一次发布的样子 | the warehouse is as it was last published")
    return TERMINATED if signal.SIGTERM in received else INTERRUPTED


def _refused(error: TyperException) -> int:
    """Tell what was wrong with the command line; typer's public class does not declare what its own ones carry."""
    getattr(error, "show", lambda _: say(str(error)))(sys.stderr)
    return int(getattr(error, "exit_code", USAGE))


def _failed(error: Exception) -> int:
    from pipelines.ingest.failures import refused_by_disk  # noqa: PLC0415 - loaded where it is used
    from pipelines.ingest.lock import LockHeldError  # noqa: PLC0415
    from pipelines.registry.problems import Problem  # noqa: PLC0415

    if not isinstance(error, Problem):
        error = refused_by_disk(error, load_settings().warehouse) or error
    if isinstance(error, Problem):
        for line in error.details:
            say(line)
        say(failure_line(error.where, error.name, error.message("zh"), error.message("en")))
    elif isinstance(error, OSError) and error.filename is not None:
        say(
            failure_line(str(error.filename), type(error).__name__, _NO_ACCESS[0], f"{error.strerror}; {_NO_ACCESS[1]}")
        )
    else:
        say(f"gongkai: error {type(error).__name__}: {' '.join(str(error).split())}")
    return LOCKED if isinstance(error, LockHeldError) else FAILED


def run() -> None:
    """Run the command and leave the process with its exit code; an interrupted one waits for nobody."""
    code = main()
    if code in {INTERRUPTED, TERMINATED}:
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
