"""PocketSphinx as a program: sound in, one of the expected answers out (see `programs`).

    python sphinx_program.py

Asked `{"phrases": [[phrase, …], …]}` with sound behind (16-bit mono, 16,000 samples a second) it
answers in JSON: the number of the `choice` (null: nothing was said), the `text` of its phrase, its
`likeness` and `cover`, and `unheard`, the words that it can't know.

In a second pass the likeliest sounds are looked for, with no words at all. `likeness` is how much
likelier the words are than these, in nats a frame of speech: words that fit much worse were forced
upon something else. `cover` is the share of the speech that the words explain.
"""

import json
import math
import struct
import sys
from typing import Any

import pocketsphinx  # pyright: ignore[reportMissingTypeStubs]

WORDS, SOUNDS = "words", "sounds"
SILENCES = frozenset({"<sil>", "SIL", "(NULL)", "[NOISE]", "+NSN+", "+SPN+", "<s>", "</s>"})


def main() -> None:
    """Listens until nothing more comes in."""
    library: Any = pocketsphinx
    model = library.get_model_path()
    decoder = library.Decoder(
        hmm=f"{model}/en-us/en-us",
        dict=f"{model}/en-us/cmudict-en-us.dict",
        lm=None,
        samprate=16_000.0,
        bestpath=False,
        loglevel="FATAL",
    )
    decoder.add_allphone_file(SOUNDS, f"{model}/en-us/en-us-phone.lm.bin")
    for line in sys.stdin.buffer:
        question = json.loads(line)
        sound = sys.stdin.buffer.read(question["bytes"])
        answer = json.dumps(hear(decoder, question["phrases"], sound)).encode()
        sys.stdout.buffer.write(struct.pack(">I", len(answer)) + answer)
        sys.stdout.buffer.flush()


def hear(decoder: Any, phrases: list[list[str]], sound: bytes) -> dict[str, Any]:
    """Which of the phrases the sound is."""
    unheard = sorted({word for word in _words(phrases) if decoder.lookup_word(word) is None})
    known = {
        phrase: choice
        for choice, several in enumerate(phrases)
        for phrase in several
        if phrase and not any(word in unheard for word in phrase.split())
    }
    nothing = {"choice": None, "text": "", "likeness": 0.0, "cover": 0.0, "unheard": unheard}
    if not known:
        return nothing
    alternatives = " | ".join(known)
    decoder.add_jsgf_string(WORDS, f"#JSGF V1.0; grammar g; public <answer> = {alternatives};")
    words = _decode(decoder, WORDS, sound)
    if words is None or words.text not in known:
        return nothing
    sounds = _decode(decoder, SOUNDS, sound)
    if sounds is None or not sounds.speech_frames:
        return nothing
    return {
        "choice": known[words.text],
        "text": words.text,
        "likeness": (words.log_score - sounds.log_score) / sounds.speech_frames,
        "cover": words.speech_frames / sounds.speech_frames,
        "unheard": unheard,
    }


class Decoded:
    """The best that one search found."""

    def __init__(self, text: str, log_score: float, speech_frames: int) -> None:
        self.text = text
        self.log_score = log_score
        self.speech_frames = speech_frames


def _decode(decoder: Any, search: str, sound: bytes) -> Decoded | None:
    decoder.activate_search(search)
    decoder.start_utt()
    # The whole at once: its mean is taken from all of it, not guessed from what went before.
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    if found is None or found.score <= 0:
        return None
    segments = decoder.seg() or ()
    spoken = sum(s.end_frame - s.start_frame + 1 for s in segments if s.word not in SILENCES)
    return Decoded(found.hypstr, math.log(found.score), spoken)


def _words(phrases: list[list[str]]) -> set[str]:
    return {word for several in phrases for phrase in several for word in phrase.split()}


if __name__ == "__main__":
    main()
