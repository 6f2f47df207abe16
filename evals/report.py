"""From runs to figures, a table beside the baseline, and what fell too far."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, median

from bot.conversation import REFUSALS
from corpus.whole import write_whole
from evals.case import Case
from evals.metrics import percentile
from evals.run import Run

BASELINE = Path(__file__).parent / "baseline.json"
TOLERANCE = {
    "right": 0.02,
    "answerable right": 0.025,
    "unanswerable refused": 0.0,
    "hit@5": 0.02,
    "nDCG@10": 0.02,
    "quotes verbatim": 0.0,
}
"""How far a figure may fall below the baseline. Others, latency above all, are only printed."""
RISES = {"answerable refused": 0.02, "neighbour's figure": 0.0}
"""The same for figures that should be low."""

MANY, OTHERS = 8, "others"
"""Cases that a subject must have for a line of its own."""

DIGITS = 4
"""To which figures are kept and compared."""

Figures = dict[str, float]


def figures(cases: Sequence[Case], run: Run) -> Figures:
    """All figures of a run, shares between 0 and 1; lengths in characters, times in milliseconds."""
    right = {identity: verdict.right for identity, verdict in run.verdicts.items()}
    lengths = [len(outcome.text) for outcome in run.outcomes.values()]
    times = [outcome.took_ms for outcome in run.outcomes.values()]
    can, cannot = [c for c in cases if c.answerable], [c for c in cases if not c.answerable]
    refused = [(status := run.outcomes[c.id].status) in REFUSALS and status not in c.status for c in can]
    neighbours = [any(fault.startswith("says ") for fault in run.verdicts[case.id].faults) for case in cases]
    return {
        "right": _share([right[case.id] for case in cases]),
        **{f"· {name}": _share([right[case.id] for case in group]) for name, group in _groups(cases).items()},
        "answerable right": _share([right[case.id] for case in can]),
        "answerable refused": _share(refused),
        "unanswerable refused": _share([right[case.id] for case in cannot]),
        "neighbour's figure": _share(neighbours),
        **({} if run.figures is None else {"wrong figure": _share([bool(run.figures[case.id]) for case in cases])}),
        "quotes verbatim": run.quotes,
        **({} if run.precision is None else {"citations to gold": run.precision}),
        **run.retrieval,
        "median length": float(median(lengths)),
        "p95 length": percentile(lengths, 95),
        "p50 ms": percentile(times, 50),
        "p95 ms": percentile(times, 95),
    }


def table(columns: Mapping[str, Figures]) -> str:
    """The figures of several runs side by side."""
    names = list(next(iter(columns.values())))
    head = f"{'':<22}" + "".join(f"{title:>12}" for title in columns)
    rows = [f"{name:<22}" + "".join(f"{_shown(column.get(name)):>12}" for column in columns.values()) for name in names]
    return "\n".join([head, *rows])


def misses(cases: Sequence[Case], run: Run) -> str:
    """Every wrong answer with its question, faults and text."""
    wrong = [case for case in cases if not run.verdicts[case.id].right]
    return "\n\n".join(
        f"{case.id} · {' → '.join(case.turns)}\n  {'; '.join(run.verdicts[case.id].faults)}\n"
        f"  [{run.outcomes[case.id].status}] {run.outcomes[case.id].text}"
        for case in wrong
    )


def falls(now: Figures, baseline: Figures) -> list[str]:
    """The figures that are worse than the baseline beyond tolerance."""
    fell = [
        f"{n}: {now[n]:.3f}, baseline {baseline[n]:.3f}"
        for n, t in TOLERANCE.items()
        if n in baseline and round(now[n], DIGITS) < baseline[n] - t - 1e-9
    ]
    rose = [
        f"{n}: {now[n]:.3f}, baseline {baseline[n]:.3f}"
        for n, t in RISES.items()
        if n in baseline and round(now[n], DIGITS) > baseline[n] + t + 1e-9
    ]
    return fell + rose


def read_baseline(path: Path = BASELINE) -> Figures:
    """The accepted figures; none where there is no file yet."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def write_baseline(now: Figures, path: Path = BASELINE) -> None:
    """Accepts the figures; times are left out, they belong to a machine."""
    kept = {name: round(value, DIGITS) for name, value in now.items() if not name.endswith(" ms")}
    write_whole(path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def write_between(path: Path, begin: str, end: str, text: str) -> None:
    """Puts a text between two marks of a document, whole or not at all."""
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    write_whole(path, f"{before}{begin}\n{text}\n{end}{after}")


def _groups(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Cases by subject; those of subjects with few cases together."""
    many = Counter(case.subject for case in cases)
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.subject if many[case.subject] >= MANY else OTHERS, []).append(case)
    return groups


def _share(values: Sequence[bool]) -> float:
    return mean(map(float, values)) if values else 0.0


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if value <= 1 else f"{value:.0f}"
