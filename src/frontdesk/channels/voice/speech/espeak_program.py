"""eSpeak NG as a program: texts in, sound out (see `programs`).

Frontdesk isn't linked with the library, which is under the GPL: this file is run, never imported.

    python espeak_program.py WORDS_A_MINUTE PITCH

Asked `{"text": …, "voice": …}` it answers the samples a second (four bytes, big-endian) and the
sound, 16-bit mono. A voice that it doesn't know is refused.
"""

import ctypes
import json
import struct
import sys
from ctypes import CFUNCTYPE, POINTER, c_int, c_short, c_void_p
from typing import Any

import espeakng_loader  # pyright: ignore[reportMissingTypeStubs]

# Of speak_lib.h, eSpeak NG 1.52.
AUDIO_OUTPUT_RETRIEVAL = 1
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
RATE, PITCH = 1, 3
SILENCE_BETWEEN_MS = 100

REFUSED = struct.pack(">I", 0xFFFFFFFF)

on_sound = CFUNCTYPE(c_int, POINTER(c_short), c_int, c_void_p)


def main(words_a_minute: int, pitch: int) -> None:
    """Speaks until nothing more comes in."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    rate = library.espeak_Initialize(
        AUDIO_OUTPUT_RETRIEVAL, SILENCE_BETWEEN_MS, data, INITIALIZE_DONT_EXIT
    )
    if rate <= 0:
        sys.exit("eSpeak NG can't find its data.")
    spoken = bytearray()

    def take(samples: Any, count: int, _events: Any) -> int:
        if samples and count:
            spoken.extend(ctypes.string_at(samples, count * 2))
        return 0

    # The library keeps only its address: the name keeps it alive.
    callback = on_sound(take)
    library.espeak_SetSynthCallback(callback)
    for line in sys.stdin.buffer:
        question = json.loads(line)
        spoken[:] = struct.pack(">I", rate)
        known = _speak(library, question["text"], question["voice"], words_a_minute, pitch)
        answer = struct.pack(">I", len(spoken)) + bytes(spoken) if known else REFUSED
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()


def _speak(library: Any, text: str, voice: str, words_a_minute: int, pitch: int) -> bool:
    """Whether the voice is known; its sound has been taken when this returns."""
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        return False
    # A voice that is chosen brings its own.
    library.espeak_SetParameter(RATE, words_a_minute, 0)
    library.espeak_SetParameter(PITCH, pitch, 0)
    ended = text.encode() + b"\0"
    library.espeak_Synth(ended, len(ended), 0, 1, 0, CHARS_UTF8, None, None)
    library.espeak_Synchronize()
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
