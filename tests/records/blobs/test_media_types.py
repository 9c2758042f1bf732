"""Files are told by their bytes; the sender's word only narrows it down."""

from __future__ import annotations

import pytest

from frontdesk.records.blobs.media_types import ALLOWED, find_media_type

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("head", "declared", "found"),
    [
        (PNG, "image/png", "image/png"),
        (PNG, "", "image/png"),
        (PNG, "application/octet-stream", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpg", "image/jpeg"),
        (b"GIF89a\x01\x00", "image/gif", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/x-wav", "audio/wav"),
        (b"%PDF-1.7\n", "application/pdf", "application/pdf"),
        (b"PK\x03\x04rest", DOCX, DOCX),
        (b"PK\x03\x04rest", "", "application/zip"),
        (b"\xff\xfb\x90\x00", "audio/mpeg", "audio/mpeg"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4", "video/mp4"),
        ("Цена: 5 lei\n".encode(), "text/plain; charset=utf-8", "text/plain"),
        (b"a,b\n1,2\n", "text/csv", "text/csv"),
        (b"<script>alert(1)</script>", "", "text/plain"),
    ],
)
def test_a_file_that_is_what_it_says(head: bytes, declared: str, found: str) -> None:
    assert find_media_type(head, declared, whole=True) == found
    assert found in ALLOWED


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        (b"<html><script>alert(1)</script>", "text/html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<html>", "image/png"),
        (PNG, "image/jpeg"),
        (PNG, "text/plain"),
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (b"\x7fELF\x02\x01\x01\x00", ""),
        (b"MZ\x90\x00\x03", "image/png"),
        (b"#!/bin/sh\n", "application/x-sh"),
        (b"\xfe\xff\x00<", "text/plain"),
    ],
)
def test_a_file_that_is_not_allowed_or_lies(head: bytes, declared: str) -> None:
    assert find_media_type(head, declared, whole=True) is None


def test_the_head_of_a_long_text_may_end_inside_a_character() -> None:
    head = "я".encode()[:1]
    assert find_media_type(b"text " + head, "text/plain", whole=False) == "text/plain"
    assert find_media_type(b"text " + head, "text/plain", whole=True) is None
