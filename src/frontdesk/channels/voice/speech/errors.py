"""What can go wrong with speech, out and in.

::

    SpeechError
    ├── VoiceSilent      retryable      the voice can't be reached, hangs or has ended
    ├── LanguageMissing  not retryable  the voice doesn't speak the language, or nobody hears it
    ├── SpeechRejected   not retryable  the service doesn't accept the request: key, model, address
    └── SoundUnreadable  not retryable  a file or an answer isn't sound as it should be
"""

from __future__ import annotations


class SpeechError(Exception):
    """Root of the tree; ``retryable`` says whether the same call may succeed later."""

    retryable = False


class VoiceSilent(SpeechError):
    """The voice or the recogniser can't be reached, hangs or has ended."""

    retryable = True


class LanguageMissing(SpeechError):
    """The voice doesn't speak the language, or the recogniser doesn't know it."""


class SpeechRejected(SpeechError):
    """The service doesn't accept the request."""


class SoundUnreadable(SpeechError):
    """A file or an answer isn't sound as it should be."""
