"""eSpeak NG as a program: texts in, sound out, over its standard input and output.

The library speaks in a process of its own. It can't hold up the server or bring it down, and
Frontdesk isn't linked with it (it is under the GPL). This file is run, never imported:

    python espeak_program.py WORDS_A_MINUTE PITCH

First it says its samples a second: four bytes, as all numbers here, big-endian. Then, for each line
of JSON `{"text": …, "voice": …}`, how many bytes follow and the sound, 16-bit mono; 0xFFFFFFFF in
place of the number says that it doesn't know the voice.
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

UNKNOWN_VOICE = 0xFFFFFFFF

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
    out = sys.stdout.buffer
    out.write(struct.pack(">I", rate))
    out.flush()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        spoken.clear()
        out.write(_speak(library, request, words_a_minute, pitch, spoken))
        out.flush()


def _speak(
    library: Any, request: dict[str, str], words_a_minute: int, pitch: int, spoken: bytearray
) -> bytes:
    if library.espeak_SetVoiceByName(request["voice"].encode()) != 0:
        return struct.pack(">I", UNKNOWN_VOICE)
    # A voice that is chosen brings its own.
    library.espeak_SetParameter(RATE, words_a_minute, 0)
    library.espeak_SetParameter(PITCH, pitch, 0)
    text = request["text"].encode() + b"\0"
    library.espeak_Synth(text, len(text), 0, 1, 0, CHARS_UTF8, None, None)
    library.espeak_Synchronize()
    return struct.pack(">I", len(spoken)) + bytes(spoken)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
