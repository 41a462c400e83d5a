"""A quick share of the fault tests; `python -m tests.faults` runs them at length."""

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults import broken, cuts, flips, full_disk, kills
from tests.faults.replicas import Replicas


def test_a_file_cut_anywhere_keeps_what_was_complete(tmp_path: Path) -> None:
    assert not cuts.cut_everywhere(tmp_path, (1, 2, 1)).lost


def test_a_torn_write_costs_only_itself(tmp_path: Path) -> None:
    assert not cuts.tear_everywhere(tmp_path).lost
    assert not cuts.tear_blocks(tmp_path).lost


def test_a_flipped_bit_is_found_and_costs_one_event_at_most(tmp_path: Path) -> None:
    assert flips.flip_everywhere(tmp_path, step=43).tried > 200


def test_a_failing_disk_costs_nothing_acknowledged(tmp_path: Path) -> None:
    for tally in broken.break_appends(tmp_path, step=41):
        assert tally.tried > 10
        assert not tally.lost


def test_an_incident_is_declared_whole_or_not_at_all(tmp_path: Path) -> None:
    assert broken.break_declarations(tmp_path, step=23).tried > 50


def test_killed_writers_lose_nothing_acknowledged(tmp_path: Path) -> None:
    tally = kills.run_apart(tmp_path, 12)
    assert tally.tried == 12
    assert not tally.lost


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    for tally in full_disk.fill_disks(tmp_path):
        assert tally.tried == 4
        assert not tally.lost


def test_copies_that_write_crash_and_meet_end_alike() -> None:
    run_state_machine_as_test(
        Replicas,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), database=None,
        ),
    )  # fmt: skip
