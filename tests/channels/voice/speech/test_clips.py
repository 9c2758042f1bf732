"""Each sentence is spoken once, kept, and found again."""

import asyncio
import os
from pathlib import Path

import pytest

from frontdesk.channels.voice.speech.clips import ClipMaker, split_sentences
from frontdesk.channels.voice.speech.errors import VoiceSilent
from frontdesk.channels.voice.speech.sound import read_wav, write_wav
from frontdesk.channels.voice.speech.voice import Utterance


class Parrot:
    """Says so many samples as the text has letters."""

    def __init__(self, name: str = "parrot") -> None:
        self.name = name
        self.spoken: list[tuple[str, str]] = []
        self.silent = False

    async def speak(self, text: str, language: str) -> bytes:
        self.spoken.append((text, language))
        await asyncio.sleep(0)
        if self.silent:
            raise VoiceSilent("not now")
        return b"\1\2" * len(text)

    async def close(self) -> None:
        pass


class Recorded:
    """Sentences that somebody has recorded."""

    def __init__(self, **by_text: tuple[str, bytes]) -> None:
        self.by_text = by_text

    def find(self, text: str, language: str) -> str | None:
        return self.by_text[text][0] if text in self.by_text else None

    async def load(self, clip_id: str) -> bytes:
        return next(wav for name, wav in self.by_text.values() if name == clip_id)


def maker(
    voice: Parrot, folder: Path, bytes_max: int = 1_000_000, **recorded: tuple[str, bytes]
) -> ClipMaker:
    return ClipMaker(voice, folder, bytes_max, Recorded(**recorded))


HELLO = [Utterance("Hello. You owe 5 lei!", "en")]


async def test_sentences_become_files_in_order(tmp_path: Path) -> None:
    voice = Parrot()
    clips = await maker(voice, tmp_path).make(HELLO)
    assert voice.spoken == [("Hello.", "en"), ("You owe five lei!", "en")]
    assert [len(read_wav(clip.path.read_bytes())) for clip in clips] == [12, 34]


async def test_a_sentence_is_spoken_once_also_after_a_restart(tmp_path: Path) -> None:
    voice = Parrot()
    first = await maker(voice, tmp_path).make(HELLO)
    second = await maker(voice, tmp_path).make([Utterance("Hello.", "en")])
    assert second == first[:1]
    assert len(voice.spoken) == 2


async def test_many_at_once_wait_for_one_voice(tmp_path: Path) -> None:
    voice = Parrot()
    clips = maker(voice, tmp_path)
    made = await asyncio.gather(*(clips.make(HELLO) for _ in range(20)))
    assert len(voice.spoken) == 2
    assert len(set(made)) == 1


async def test_another_voice_or_language_says_it_anew(tmp_path: Path) -> None:
    ids = {
        (await maker(Parrot(name), tmp_path).make([Utterance("Da.", language)]))[0].clip_id
        for name in ("one", "two")
        for language in ("ro", "ru")
    }
    assert len(ids) == 4


async def test_a_recorded_sentence_is_played_as_recorded(tmp_path: Path) -> None:
    voice, wav = Parrot(), write_wav(b"\7\0" * 100)
    clips = await maker(voice, tmp_path, **{"Hello.": ("abc", wav)}).make(HELLO)
    assert clips[0].clip_id == "abc"
    assert clips[0].path.read_bytes() == wav
    assert voice.spoken == [("You owe five lei!", "en")]


async def test_what_the_voice_could_not_say_is_tried_again(tmp_path: Path) -> None:
    voice = Parrot()
    clips = maker(voice, tmp_path)
    voice.silent = True
    with pytest.raises(VoiceSilent):
        await clips.make(HELLO)
    voice.silent = False
    assert len(await clips.make(HELLO)) == 2


async def test_one_who_hangs_up_does_not_take_it_from_the_others(tmp_path: Path) -> None:
    voice = Parrot()
    clips = maker(voice, tmp_path)
    first, second = (asyncio.create_task(clips.make(HELLO)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert len(await second) == 2
    await clips.close()


async def test_a_file_cut_short_is_made_anew(tmp_path: Path) -> None:
    voice = Parrot()
    (clip,) = await maker(voice, tmp_path).make([Utterance("Hello.", "en")])
    clip.path.write_bytes(b"RIFF")
    await maker(voice, tmp_path).make([Utterance("Hello.", "en")])
    assert len(read_wav(clip.path.read_bytes())) == 12


async def test_what_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    clips = maker(Parrot(), tmp_path, bytes_max=250)
    (old,) = await clips.make([Utterance("a" * 30, "en")])
    (used,) = await clips.make([Utterance("b" * 30, "en")])
    os.utime(old.path, (1, 1))
    (new,) = await clips.make([Utterance("c" * 30, "en")])
    assert [clip.path.exists() for clip in (old, used, new)] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Order no. 5 is on its way.", ["Order no. 5 is on its way."]),
        ("1,250.50 lei", ["1,250.50 lei"]),
        ("First\n\nsecond\n", ["First", "second"]),
        ("  ", []),
        ("Один. Два.", ["Один.", "Два."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
