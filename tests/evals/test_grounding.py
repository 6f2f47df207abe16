"""The errors that are made are errors, and the figures find their way into the document."""

from corpus.load import load
from corpus.regions import Regions
from evals import grounding
from evals.grounding.mechanical import EACH, made
from settings import CHECKOUT

REGIONS = Regions.load(CHECKOUT / "corpus" / "words")
STATEMENTS = [s for found in grounding.statements_by_fact(load((CHECKOUT / "corpus",))).values() for s in found]


def test_so_many_errors_of_each_kind_are_made_each_time_the_same() -> None:
    first, again = list(made(STATEMENTS, REGIONS)), list(made(STATEMENTS, REGIONS))
    assert first == again
    kinds = [error.kind for error in first]
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(
        ("figure", "unit", "date", "share", "document number", "place", "source"), EACH
    )


def test_an_error_differs_from_what_it_was_made_of() -> None:
    assert all(error.text not in error.statement.text for error in made(STATEMENTS, REGIONS))


def test_the_table_has_a_row_a_kind_both_halves_and_the_sum_of_meaning() -> None:
    figures = [
        grounding.Figure("figure", "looked at", 50, 50),
        grounding.Figure("scope", "looked at", 9, 10),
        grounding.Figure("scope", "never looked at", 7, 10),
    ]
    table = grounding.table(figures)
    assert "| figure | 50 of 50 (100.0 %) | – | 50 of 50 (100.0 %) |" in table
    assert "| errors of meaning in sum | 9 of 10 (90.0 %) | 7 of 10 (70.0 %) | 16 of 20 (80.0 %) |" in table


def test_writing_changes_the_figures_of_the_document_and_nothing_else(tmp_path) -> None:
    path = tmp_path / "grounding.md"
    path.write_text(f"before\n{grounding.BEGIN}\nold\n{grounding.END}\nafter\n", encoding="utf-8")
    grounding.write("new", path)
    assert path.read_text(encoding="utf-8") == f"before\n{grounding.BEGIN}\nnew\n{grounding.END}\nafter\n"
    assert list(tmp_path.iterdir()) == [path]
