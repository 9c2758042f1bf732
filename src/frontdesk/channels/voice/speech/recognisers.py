"""Which recogniser the settings choose."""

from __future__ import annotations

from frontdesk.channels.voice.speech.endpoint import FindKey
from frontdesk.channels.voice.speech.hearing import Recogniser
from frontdesk.channels.voice.speech.settings import Hearing, HearingSettings
from frontdesk.channels.voice.speech.sherpa import SherpaRecogniser
from frontdesk.channels.voice.speech.sphinx import SphinxRecogniser
from frontdesk.channels.voice.speech.transcriptions import TranscriptionRecogniser
from frontdesk.channels.voice.speech.vosk import VoskRecogniser


def build_recogniser(settings: HearingSettings, find_key: FindKey) -> Recogniser:
    """The recogniser; what it needs is opened at the first answer."""
    match settings.by:
        case Hearing.INSIDE:
            return SphinxRecogniser(settings)
        case Hearing.TRANSCRIPTIONS:
            return TranscriptionRecogniser(settings, find_key)
        case Hearing.VOSK:
            return VoskRecogniser(settings)
        case Hearing.SHERPA:
            return SherpaRecogniser(settings)
