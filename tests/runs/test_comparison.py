"""Two runs side by side."""

from autograder.runs import compare
from runs.made_up import canary, entry, metric, run


def test_each_notebook_is_paired_by_role_student_and_exercise() -> None:
    before, after = (
        run(canary(), entry("kim"), entry("lee")),
        run(canary(), entry("lee", score=10), entry("park")),
    )
    found = compare(before, after)
    assert [one.student for one in found.only_before] == ["kim"]
    assert [one.student for one in found.only_after] == ["park"]
    assert {(one.student, one.name) for one in found.changes} == {
        (student, name) for student in ("reference", "lee") for name in ("score", "test_rmse", "seconds")
    }


def test_losses_point_the_right_way() -> None:
    before = entry(metrics=(metric(41.0), metric(0.8, "accuracy", better="higher")))
    after = entry(score=8, wall_s=6.0, metrics=(metric(44.0), metric(0.7, "accuracy", better="higher")))
    losses = {one.name: one.loss for one in compare(run(before), run(after)).changes}
    assert losses["score"] == 10
    assert losses["test_rmse"] == 3
    assert abs((losses["accuracy"] or 0) - 0.1) < 1e-9
    assert losses["seconds"] == 2


def test_a_metric_of_one_run_only_has_no_loss() -> None:
    found = compare(run(entry(metrics=())), run(entry()))
    (change,) = [one for one in found.changes if one.what == "metric"]
    assert (change.before, change.after, change.loss, change.ratio) == (None, 41.0, None, None)


def test_a_ratio_needs_a_number_to_start_from() -> None:
    changes = {one.name: one for one in compare(run(entry(score=0)), run(entry())).changes}
    assert changes["score"].ratio is None
    assert changes["seconds"].ratio == 1.0
