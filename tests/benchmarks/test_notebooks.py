"""The benchmark course and the classes made of it."""

from collections import Counter
from pathlib import Path

import pytest


@pytest.mark.parametrize("exercise", ["01_build_lstm", "02_train_lstm"])
def test_the_notebooks_to_measure_with_hide_ten_test_cases_or_more(exercise: str) -> None:
    from workload import Workload, source_of

    workload = Workload.of(exercise)
    cases = [case for question in workload.built.questions for case in question.cases]
    assert sum(case.hidden for case in cases) >= 10
    assert 0 < workload.points_without_reference < workload.built.max_score
    sources = [source_of(cell) for cell in workload.without_checks()["cells"]]
    assert not any("grader.check(" in source for source in sources)
    assert any(".fit(" in source for source in sources) == (exercise == "02_train_lstm")


def test_every_block_of_a_class_has_the_same_mix_with_one_in_ten_hostile(tmp_path: Path) -> None:
    from class_folder import make_class

    school = make_class(tmp_path, 40, 20, level="none")
    mixes = [
        Counter(student.name.partition("-")[2] for student in part)
        for part in (school.students[:20], school.students[20:])
    ]
    assert mixes[0] == mixes[1]
    assert sum(student.case is not None for student in school.students) == 4
    assert len(list((tmp_path / "class").iterdir())) == 40
    assert len(school.surprises({})) == 40
