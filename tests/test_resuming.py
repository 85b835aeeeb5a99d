"""A run that was stopped goes on, ends with the same bytes, and never goes on with what is not its own."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.workflow import annotation, journal
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.summary import Summary

RULES = Settings(ner=(), tagger=(), batch_size=2)
RECORDS = 14
"""Lines of :func:`source`: ten studies, one without words, two that fail, one deleted."""


class Stop(Exception):
    """Ends a run from outside."""


@pytest.fixture(autouse=True)
def _keep_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "EVERY", 0.0)


@pytest.fixture
def source(tmp_path: Path) -> list[Path]:
    good = [
        {"pmid": str(n), "title": f"Krabbe disease, family {n}", "abstract": "Six infants lived on. " * n}
        for n in range(1, 11)
    ]
    lines = [json.dumps(line) for line in good]
    lines[3:3] = ['{"pmid": "99", "title": 5}', '{"pmid": "98", "title": ""}']
    lines.append("no JSON")
    first, second = tmp_path / "in.jsonl", tmp_path / "gone.xml"
    first.write_text("".join(line + "\n" for line in lines))
    second.write_text(
        '<?xml version="1.0"?><PubmedArticleSet><DeleteCitation><PMID Version="1">11</PMID>'
        "</DeleteCitation></PubmedArticleSet>"
    )
    return [first, second]


def annotate(
    source: list[Path], out: Path, settings: Settings = RULES, **options: bool
) -> tuple[str, Summary]:
    """Return what was told of earlier runs, and the summary."""
    told: list[str] = []
    summary = annotate_files(source, out, settings=settings, tell=told.append, **options)
    return "\n".join(told), summary


def stop(source: list[Path], out: Path, after: int, settings: Settings = RULES) -> None:
    """Run until so many records are done."""

    def progress(done: int, expected: int | None = None, /) -> None:
        if done == after:
            raise Stop

    with pytest.raises(Stop):
        annotate_files(source, out, settings=settings, progress=progress)


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"in.jsonl", "gone.xml"}


HIDDEN = {".out.jsonl.leukonlp-part", ".out.jsonl.leukonlp-journal"}


@pytest.fixture
def whole(source: list[Path], tmp_path: Path) -> tuple[bytes, bytes, Summary]:
    """Output, list of failures and summary of an undisturbed run, whose files are gone again."""
    out = tmp_path / "out.jsonl"
    _, summary = annotate(source, out)
    errors = tmp_path / "out.errors.jsonl"
    found = out.read_bytes(), errors.read_bytes(), summary
    assert left(tmp_path) == {"out.jsonl", "out.errors.jsonl"}, "a finished run leaves nothing else"
    out.unlink()
    errors.unlink()
    return found


def ends_the_same(source: list[Path], out: Path, whole: tuple[bytes, bytes, Summary]) -> str:
    told, summary = annotate(source, out)
    assert (out.read_bytes(), out.with_name("out.errors.jsonl").read_bytes(), summary) == whole
    assert left(out.parent) == {"out.jsonl", "out.errors.jsonl"}
    return told


@pytest.mark.parametrize("after", range(1, RECORDS + 1))
def test_it_goes_on_after_any_record(
    after: int, source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]
) -> None:
    out = tmp_path / "out.jsonl"
    stop(source, out, after)
    assert left(tmp_path) == HIDDEN
    records = f"{after} record{'s' * (after > 1)}"
    assert ends_the_same(source, out, whole) == (
        f"an earlier run had done {records}; going on behind them (--fresh starts anew)"
    )


def test_what_is_done_is_not_done_again(
    source: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: tuple[bytes, bytes, Summary]
) -> None:
    out, seen = tmp_path / "out.jsonl", []
    stop(source, out, 9)
    really = annotation.annotate_lines

    def spy(records, *, settings):  # type: ignore[no-untyped-def]
        for result in really(records, settings=settings):
            seen.append(json.loads(result)["pmid"] if isinstance(result, bytes) else result.pmid)
            yield result

    monkeypatch.setattr(annotation, "annotate_lines", spy)
    ends_the_same(source, out, whole)
    assert seen == ["8", "9", "10", None, "11"]


def test_stopped_again_and_again(
    source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]
) -> None:
    for after in range(1, RECORDS + 1, 2):
        stop(source, tmp_path / "out.jsonl", after)
    ends_the_same(source, tmp_path / "out.jsonl", whole)


@pytest.mark.parametrize("which", sorted(HIDDEN))
def test_a_journal_or_output_cut_anywhere(
    which: str, source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]
) -> None:
    """As a machine that loses its power may leave them."""
    out = tmp_path / "out.jsonl"
    stop(source, out, 9)
    kept = {name: (tmp_path / name).read_bytes() for name in HIDDEN}
    for size in range(0, len(kept[which]), max(1, len(kept[which]) // 30)):
        for name, content in kept.items():
            (tmp_path / name).write_bytes(content)
        (tmp_path / which).write_bytes(kept[which][:size])
        ends_the_same(source, out, whole)


def test_zeros_and_lines_behind_what_is_done_do_no_harm(
    source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]
) -> None:
    out = tmp_path / "out.jsonl"
    stop(source, out, 9)
    for name in HIDDEN:
        with (tmp_path / name).open("ab") as file:
            file.write(b"\0" * 50 + b'\n{"failed": {}}\n')
    assert "had done 9 records; going on" in ends_the_same(source, out, whole)


def test_a_changed_output_so_far_is_not_trusted(
    source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]
) -> None:
    out, part = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.leukonlp-part"
    stop(source, out, 9)
    part.write_bytes(part.read_bytes().replace(b"Krabbe", b"Crabbe", 1))
    assert ends_the_same(source, out, whole) == (
        "an earlier run had done 9 records, but its output so far was changed or lost; starting anew"
    )


def _append(source: list[Path]) -> None:
    with source[0].open("a") as file:
        file.write('{"pmid": "50", "title": "Canavan disease"}\n')


def _rewrite(source: list[Path]) -> None:
    """Same size, other words."""
    before = source[0].stat().st_mtime_ns
    source[0].write_text(source[0].read_text().replace("Krabbe", "Fabry_"))
    os.utime(source[0], ns=(before + 1, before + 1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_append, "the inputs changed"),
        (_rewrite, "the inputs changed"),
        (lambda source: source.reverse(), "the inputs changed"),
    ],
)
def test_changed_inputs_start_anew(
    change: Callable[[list[Path]], None], words: str, source: list[Path], tmp_path: Path
) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.jsonl"
    stop(source, out, 5)
    change(source)
    told, _ = annotate(source, out)
    assert f"had done 5 records, but {words} since; starting anew" in told
    annotate(source, other)
    assert out.read_bytes() == other.read_bytes()


def test_other_settings_start_anew(source: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    stop(source, out, 5)
    told, _ = annotate(source, out, dataclasses.replace(RULES, max_text_chars=150))
    assert told.endswith("but the settings (max_text_chars) changed since; starting anew")


@pytest.mark.slow
def test_other_jobs_go_on(source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]) -> None:
    """So that a run that took too much memory ends with fewer jobs."""
    out = tmp_path / "out.jsonl"
    stop(source, out, 3, dataclasses.replace(RULES, jobs=2))
    assert "had done 3 records; going on" in ends_the_same(source, out, whole)


def test_other_versions_start_anew(
    source: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(source, tmp_path / "out.jsonl", 5)
    before = annotation.run_versions(RULES)
    now = tuple((name, "other" if name == "rules" else version) for name, version in before)
    monkeypatch.setattr(annotation, "run_versions", lambda settings: now)
    told, _ = annotate(source, tmp_path / "out.jsonl")
    assert told.endswith("but the versions (rules) changed since; starting anew")


def test_fresh_starts_anew(source: list[Path], tmp_path: Path, whole: tuple[bytes, bytes, Summary]) -> None:
    out = tmp_path / "out.jsonl"
    stop(source, out, 5)
    told, summary = annotate(source, out, fresh=True)
    assert told == ""
    assert (out.read_bytes(), summary) == (whole[0], whole[2])


def test_the_old_output_stands_until_the_new_one_is_whole(source: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    annotate(source, out)
    out.chmod(0o640)
    before = out.read_bytes()
    stop(source, out, 9)
    assert out.read_bytes() == before
    annotate(source, out)
    assert out.read_bytes() == before
    assert out.stat().st_mode & 0o777 == 0o640


def test_a_run_stopped_before_anything_is_kept_leaves_nothing(
    source: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "EVERY", 3600.0)
    stop(source, tmp_path / "out.jsonl", 9)
    assert left(tmp_path) == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_comes_but_once_is_not_kept(tmp_path: Path) -> None:
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    lines = '{"pmid": "1", "title": "Krabbe disease"}\n' * 8
    writer = threading.Thread(target=lambda: pipe.write_text(lines))
    writer.start()
    stop([pipe], tmp_path / "out.jsonl", 3)
    writer.join()
    assert left(tmp_path) == {"pipe"}


def test_two_runs_on_one_output_do_not_mix(source: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    def second(done: int, expected: int | None = None, /) -> None:
        if done == 3:
            with pytest.raises(InputError, match="another run is writing it; wait for its end"):
                annotate(source, out)

    annotate_files(source, out, settings=RULES, progress=second)
    assert len(out.read_bytes().splitlines()) == 10


def test_a_name_as_long_as_a_name_can_be(source: list[Path], tmp_path: Path) -> None:
    outs = [tmp_path / f"{'o' * 240}{n}.jsonl" for n in (1, 2)]
    for out in outs:
        stop(source, out, 5)
    assert len(left(tmp_path)) == 4
    for out in outs:
        assert "going on" in annotate(source, out)[0]


def test_it_is_kept_once_a_second_at_most(
    source: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "EVERY", 1.0)
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    path = tmp_path / ".out.jsonl.leukonlp-journal"
    lines = []

    def progress(done: int, expected: int | None = None, /) -> None:
        now[0] += 0.3
        lines.append(sum(b'"counts"' in line for line in path.read_bytes().splitlines()))

    annotate_files(source, tmp_path / "out.jsonl", settings=RULES, progress=progress)
    assert lines[-1] == RECORDS * 0.3 // 1.2


def test_progress_says_how_many_records_there_may_be(source: list[Path], tmp_path: Path) -> None:
    told = []

    def progress(done: int, expected: int | None = None, /) -> None:
        told.append((done, expected))

    annotate_files(source, tmp_path / "out.jsonl", settings=RULES, progress=progress)
    assert told[-1] == (RECORDS, RECORDS)
    assert [done for done, _ in told] == list(range(1, RECORDS + 1))
    assert all(expected is not None and expected >= done for done, expected in told)
