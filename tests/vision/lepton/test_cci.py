"""The command interface: registers on the wire, refusals in words, and no waiting without an end."""

from __future__ import annotations

import pytest

from edge.errors import BusError, SourceError
from edge.sim.wire.lepton_registers import LeptonRegisters
from edge.vision.thermal.lepton.cci import ADDRESS, TRIES, Cci
from edge.vision.thermal.lepton.commands import Command, number_of, text_of, words_for
from edge.vision.thermal.lepton.models import model_of
from edge.vision.thermal.lepton.prepare import TEMPERATURES, VIDEO, identify, settle, shut_by_itself

PART = "500-0771-01"


class Recorder(LeptonRegisters):
    """The registers, and every transaction on the bus."""

    def __init__(self, part_number: str = PART, serial: int = 0x0001_2345_6789) -> None:
        super().__init__(part_number, serial)
        self.wire: list[str] = []

    def write(self, address: int, data: bytes) -> None:
        self.wire.append(f"{address:02x} < {data.hex()}")
        super().write(address, data)

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        answer = super().write_then_read(address, data, count)
        self.wire.append(f"{address:02x} < {data.hex()} > {answer.hex()}")
        return answer


def cci(registers: LeptonRegisters, waited: list[float] | None = None) -> Cci:
    return Cci(registers, "i2c-1", (waited if waited is not None else []).append)


def test_a_get_waits_says_the_length_commands_waits_and_reads() -> None:
    registers = Recorder()
    assert cci(registers).get(Command.RAD_TLINEAR_ENABLE_STATE) == (1, 0)
    assert registers.wire == ["2a < 0002 > 0004", "2a < 00060002", "2a < 00044ec0", "2a < 0002 > 0004", "2a < 0008 > 00010000"]


def test_a_set_writes_the_data_before_the_command() -> None:
    registers = Recorder()
    cci(registers).set(Command.RAD_TLINEAR_RESOLUTION, (1, 0))
    assert registers.wire == ["2a < 0002 > 0004", "2a < 000800010000", "2a < 00060002", "2a < 00044ec5", "2a < 0002 > 0004"]


@pytest.mark.parametrize(("command", "wire"), [(Command.SYS_RUN_FFC, "0242"), (Command.OEM_REBOOT, "4842")])
def test_a_run_has_the_number_of_the_maker_s_manual(command: Command, wire: str) -> None:
    registers = Recorder()
    cci(registers).run(command)
    assert f"2a < 0004{wire}" in registers.wire
    assert registers.ran == [command]


def test_a_busy_camera_is_waited_for_and_one_that_stays_busy_is_not() -> None:
    registers, waited = Recorder(), list[float]()
    registers.busy = 40
    cci(registers, waited).get(Command.SYS_GAIN_MODE)
    assert len(waited) == 40
    registers.busy = 10 * TRIES
    with pytest.raises(SourceError, match="stays busy"):
        cci(registers).get(Command.SYS_GAIN_MODE)


def test_a_camera_that_is_still_starting_is_waited_for() -> None:
    registers, waited = Recorder(), list[float]()
    registers.boot(100)
    cci(registers, waited).get(Command.SYS_GAIN_MODE)
    assert len(waited) == 100
    registers.boot(10 * TRIES)
    with pytest.raises(SourceError, match="in its boot"):
        cci(registers).get(Command.SYS_GAIN_MODE)


@pytest.mark.parametrize(("code", "words"), [(-8, "not supported"), (-9, "out of range"), (-25, "error -25")])
def test_a_refusal_of_the_camera_is_told_in_words(code: int, words: str) -> None:
    registers = Recorder()
    registers.refused[Command.RAD_TLINEAR_ENABLE_STATE] = code
    with pytest.raises(SourceError, match=f"refuses RAD_TLINEAR_ENABLE_STATE.*{words}"):
        cci(registers).get(Command.RAD_TLINEAR_ENABLE_STATE)
    assert cci(registers).get(Command.SYS_GAIN_MODE) == (0, 0), "the next command is not blamed for it"


def test_a_camera_that_does_not_answer_is_an_error_of_the_bus() -> None:
    registers = Recorder()
    registers.away = True
    with pytest.raises(BusError, match=f"0x{ADDRESS:02x} does not answer"):
        cci(registers).get(Command.SYS_GAIN_MODE)


def test_numbers_have_their_low_word_first_and_text_its_first_letter_in_the_low_byte() -> None:
    assert number_of((0x6789, 0x2345, 0x0001, 0)) == 0x0001_2345_6789
    assert words_for(0x0001_2345_6789, 4) == (0x6789, 0x2345, 0x0001, 0)
    assert text_of((0x3035, 0x2D30, 0x0037)) == "500-7"


def test_the_camera_says_who_it_is() -> None:
    found = identify(cci(Recorder()), 120, 160)
    assert (found.model.name, found.part_number, found.serial) == ("Lepton 3.5", PART, 0x0001_2345_6789)


def test_a_part_number_with_its_letters_swapped_is_understood() -> None:
    swapped = "".join(b + a for a, b in zip(PART.ljust(12)[::2], PART.ljust(12)[1::2], strict=True))
    assert identify(cci(Recorder(swapped)), 120, 160).model.name == "Lepton 3.5"


@pytest.mark.parametrize(
    ("part_number", "rows", "words"),
    [
        ("500-0763-01", 120, r"Lepton 2\.5 of 80x60, but thermal\.cols and thermal\.rows say 160x120"),
        ("500-0771-01", 60, r"Lepton 3\.5 of 160x120, but .* say 80x60.*rows = 120, thermal\.cols = 160"),
        ("500-0726-01", 120, r"Lepton 3\.0 .*no temperatures"),
        ("500-0659-01", 60, r"Lepton 2\.0 .*no temperatures"),
        ("700-1234-56", 120, r"'700-1234-56' is no Lepton known"),
        ("", 120, "is no Lepton known"),
    ],
)
def test_a_wrong_model_is_refused_with_the_reason(part_number: str, rows: int, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        model_of(part_number, rows, rows * 4 // 3, "i2c-1")


def test_everything_a_temperature_needs_is_set_and_read_back() -> None:
    registers = Recorder()
    wrong = {
        Command.AGC_ENABLE_STATE: 1,
        Command.SYS_GAIN_MODE: 2,
        Command.RAD_TLINEAR_ENABLE_STATE: 0,
        Command.RAD_TLINEAR_RESOLUTION: 0,
        Command.RAD_TLINEAR_AUTO_RESOLUTION: 1,
        Command.OEM_VIDEO_OUTPUT_FORMAT: 3,
    }
    registers.attributes |= {command: (value, 0) for command, value in wrong.items()}
    settle(cci(registers), (*TEMPERATURES, *VIDEO))
    assert {command: registers.value(command) for command, _ in (*TEMPERATURES, *VIDEO)} == dict((*TEMPERATURES, *VIDEO))


def test_what_is_right_already_is_not_set_again() -> None:
    registers = Recorder()
    settle(cci(registers), (*TEMPERATURES, *VIDEO))
    registers.wire.clear()
    settle(cci(registers), (*TEMPERATURES, *VIDEO))
    assert not [line for line in registers.wire if " < 0008" in line and ">" not in line]


@pytest.mark.parametrize("command", [command for command, _ in (*TEMPERATURES, *VIDEO)])
def test_an_attribute_that_keeps_its_value_is_refused_by_name(command: Command) -> None:
    registers = Recorder()
    wanted = dict((*TEMPERATURES, *VIDEO))[command]
    registers.attributes[command] = (1 - wanted if wanted in {0, 1} else 3, 0)
    registers.stuck.add(command)
    with pytest.raises(SourceError, match=f"{command.name} was set to {wanted} and stays"):
        settle(cci(registers), (*TEMPERATURES, *VIDEO))


def test_the_shutter_is_left_to_the_camera_and_its_periods_are_not_touched() -> None:
    registers = Recorder()
    periods = tuple(range(2, 16))
    registers.attributes[Command.SYS_FFC_SHUTTER_MODE] = (0, 0, *periods)
    shut_by_itself(cci(registers))
    assert registers.attributes[Command.SYS_FFC_SHUTTER_MODE] == (1, 0, *periods)
