"""How well spoken answers are heard by the recogniser inside, and what it lets pass.

Synthetic voices of eSpeak NG say a menu's answers and things that nobody asked, with a room's
noise, at 16 kHz and through a telephone's band (300–3400 Hz, 8 bits by the µ-law). They are cut and
heard as calls are. People are harder to hear than synthetic voices: these figures say what it can
do at best. Anchor: PocketSphinx with the same words as a plain grammar, all else as it comes.
"""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.harness import Figure, report
from frontdesk.channels.voice.media import FRAME_MS, SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech import espeak
from frontdesk.channels.voice.speech.hearing import Expected, Heard
from frontdesk.channels.voice.speech.programs import Program
from frontdesk.channels.voice.speech.settings import HearingSettings
from frontdesk.channels.voice.speech.sound import convert
from frontdesk.channels.voice.speech.sphinx import SphinxRecogniser
from frontdesk.channels.voice.speech.utterances import Pauses, cut_utterance

MENUS = {
    "topics": ("orders", "delivery", "technical support", "opening hours", "something else"),
    "yes or no": ("yes", "no"),
    "digits": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "bank": ("my balance", "a lost card", "a new loan", "transfers", "speak to an agent"),
}
OTHERS = (
    "what time is it",
    "my dog is hungry",
    "banana bread",
    "can you repeat that please",
    "elephant",
    "wait a moment",
    "purple mountains",
    "where am I",
)
VOICES = ("en-us", "en-us+m3", "en-us+f2", "en-us+m7", "en-gb-x-rp", "en-gb-scotland")
WORDS_A_MINUTE = 155
NOISE_DB = 25
FRAME_BYTES = SAMPLES_PER_SECOND * FRAME_MS // 1_000 * 2
BANDS = ("16 kHz", "telephone")
LET_PASS_MAX = 0.10
ANCHOR = "plain grammar"
Samples = NDArray[np.float64]


@dataclass
class Tally:
    """Counts over a menu. `let_pass`: what was none of the answers and was taken for one."""

    asked: int = 0
    likeliest_right: int = 0
    kept_right: int = 0
    kept_wrong: int = 0
    others: int = 0
    let_pass: int = 0

    def add(self, truth: str | None, likeliest: str | None, *, kept: bool) -> None:
        taken = kept and likeliest is not None
        if truth is None:
            self.others += 1
            self.let_pass += taken
            return
        right = likeliest == truth
        self.asked += 1
        self.likeliest_right += right
        self.kept_right += right and taken
        self.kept_wrong += taken and not right

    def plus(self, other: Tally) -> Tally:
        return Tally(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    def __str__(self) -> str:
        shares = (self.likeliest_right, self.kept_right, self.kept_wrong)
        likeliest, kept, wrong = (count / self.asked for count in shares)
        return (
            f"likeliest right {likeliest:.2f}, taken and right {kept:.2f}, "
            f"taken and wrong {wrong:.2f}, others taken {self.let_pass / self.others:.2f}"
        )


async def speak_all() -> dict[tuple[str, str], Samples]:
    """What every voice says, by voice and words."""
    program = Program(espeak.PROGRAM, (str(WORDS_A_MINUTE), "45"), 60_000)
    texts = sorted({*OTHERS, *(words for menu in MENUS.values() for words in menu)})
    spoken = {}
    for voice in VOICES:
        for text in texts:
            answer = await program.ask({"text": text, "voice": voice})
            assert answer is not None, f"eSpeak NG has no voice {voice}"
            (rate,) = struct.unpack_from(">I", answer)
            samples = convert(np.frombuffer(answer, "<i2", offset=4), rate)
            spoken[voice, text] = samples.astype(np.float64) / 2
    await program.close()
    return spoken


def put_in_a_room(samples: Samples, band: str, seed: int) -> bytes:
    """With quiet around it, noise, and what a telephone makes of it."""
    before, after = np.zeros(SAMPLES_PER_SECOND // 2), np.zeros(SAMPLES_PER_SECOND)
    loudness = float(np.sqrt(np.mean(samples**2))) * 10 ** (-NOISE_DB / 20)
    heard = np.concatenate([before, samples, after])
    heard = heard + np.random.default_rng(seed).normal(0, loudness, len(heard))
    heard = by_telephone(heard) if band == "telephone" else heard
    return np.clip(heard, -32_768, 32_767).astype("<i2").tobytes()


def by_telephone(samples: Samples) -> Samples:
    """Through the band of a telephone, and the 8 bits of ITU-T G.711's µ-law."""
    from scipy.signal import butter, sosfiltfilt

    band: Any = butter(4, [300, 3_400], "band", fs=SAMPLES_PER_SECOND, output="sos")
    narrow = np.clip(np.asarray(sosfiltfilt(band, samples)) / 32_768, -1, 1)
    pressed = np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256)
    coarse = np.round(pressed * 127) / 127
    return np.sign(coarse) * np.expm1(np.abs(coarse) * np.log(256)) / 255 * 32_767


async def frames(sound: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(sound), FRAME_BYTES):
        yield sound[start : start + FRAME_BYTES]


class Ours:
    """As a call is heard."""

    def __init__(self) -> None:
        self._recogniser = SphinxRecogniser(HearingSettings(time_ms_max=60_000))
        self.seconds: list[float] = []

    async def hear(self, sound: bytes, menu: tuple[str, ...]) -> tuple[str | None, bool]:
        cut = b"".join([frame async for frame in cut_utterance(frames(sound), Pauses())])
        expected = tuple(Expected(words, (words,)) for words in menu)
        started = time.perf_counter()
        heard: Heard | None = await self._recogniser.measure(cut, expected)
        self.seconds.append(time.perf_counter() - started)
        if heard is None:
            return None, False
        return heard.value, (heard.confidence or 0) >= HearingSettings().confidence_min

    async def close(self) -> None:
        await self._recogniser.close()


class Plain:
    """PocketSphinx, a grammar of the words, and nothing more; whatever it hears is taken."""

    def __init__(self) -> None:
        import pocketsphinx  # pyright: ignore[reportMissingTypeStubs]

        library: Any = pocketsphinx
        self._decoder = library.Decoder(lm=None, loglevel="FATAL")
        self.seconds: list[float] = []

    async def hear(self, sound: bytes, menu: tuple[str, ...]) -> tuple[str | None, bool]:
        started = time.perf_counter()
        grammar = f"#JSGF V1.0; grammar g; public <answer> = {' | '.join(menu)};"
        self._decoder.add_jsgf_string("menu", grammar)
        self._decoder.activate_search("menu")
        self._decoder.start_utt()
        self._decoder.process_raw(sound)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        self.seconds.append(time.perf_counter() - started)
        return (found.hypstr, True) if found and found.hypstr in menu else (None, False)

    async def close(self) -> None:
        """It has no process."""


def list_sounds(
    spoken: dict[tuple[str, str], Samples], band: str
) -> Iterator[tuple[str, str | None, bytes]]:
    """Menu, the answer that is said (None: something else), its sound."""
    for menu, answers in MENUS.items():
        for seed, ((_, text), samples) in enumerate(spoken.items()):
            if text in answers or text in OTHERS:
                truth = text if text in answers else None
                yield menu, truth, put_in_a_room(samples, band, seed)


async def judge(
    listener: Ours | Plain, spoken: dict[tuple[str, str], Samples], band: str
) -> dict[str, Tally]:
    tallies = {menu: Tally() for menu in MENUS}
    for menu, truth, sound in list_sounds(spoken, band):
        likeliest, kept = await listener.hear(sound, MENUS[menu])
        tallies[menu].add(truth, likeliest, kept=kept)
    return tallies


async def run() -> bool:
    spoken = await speak_all()
    listeners = {"ours": Ours(), ANCHOR: Plain()}
    told: dict[tuple[str, str], Tally] = {}
    for band in BANDS:
        for name, listener in listeners.items():
            tallies = await judge(listener, spoken, band)
            for menu, tally in tallies.items():
                print(f"  {band}, {menu}, {name}: {tally}")
            told[band, name] = sum_up(tallies)
    for listener in listeners.values():
        await listener.close()
    lengths = {
        name: float(np.mean(listener.seconds)) * 1_000 for name, listener in listeners.items()
    }
    figures = [figure for band in BANDS for figure in compare(told, band)]
    figures.append(Figure("an answer", lengths["ours"], "ms", ANCHOR, lengths[ANCHOR]))
    return report("hearing", figures)


def sum_up(tallies: dict[str, Tally]) -> Tally:
    total = Tally()
    for tally in tallies.values():
        total = total.plus(tally)
    return total


def compare(told: dict[tuple[str, str], Tally], band: str) -> list[Figure]:
    """Ours beside the anchor. An answer taken wrongly costs a caller more than a key pressed."""
    ours, plain = told[band, "ours"], told[band, ANCHOR]
    beside = partial(Figure, unit="", anchor=ANCHOR)
    passed, wrong = ours.let_pass / ours.others, ours.kept_wrong / ours.asked
    plain_wrong = plain.kept_wrong / plain.asked
    return [
        beside(
            f"{band}: likeliest right",
            ours.likeliest_right / ours.asked,
            anchor_value=plain.likeliest_right / plain.asked,
        ),
        beside(
            f"{band}: taken and right",
            ours.kept_right / ours.asked,
            anchor_value=plain.kept_right / plain.asked,
        ),
        beside(
            f"{band}: taken and wrong",
            wrong,
            anchor_value=plain_wrong,
            aim="less than the anchor",
            met=wrong < plain_wrong,
        ),
        beside(
            f"{band}: other words taken for an answer",
            passed,
            anchor_value=plain.let_pass / plain.others,
            aim=f"at most {LET_PASS_MAX:.0%}",
            met=passed <= LET_PASS_MAX,
        ),
    ]


def main() -> bool:
    return asyncio.run(run())


if __name__ == "__main__":
    main()
