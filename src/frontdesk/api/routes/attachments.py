"""Files: uploaded by an agent, downloaded by whoever may see their contact."""

from __future__ import annotations

import msgspec
from litestar import Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import MultipartBody
from litestar.response import Stream

from frontdesk.api.access import require_sight
from frontdesk.api.calls import Caller, ContactQuery, Parts, TextId
from frontdesk.api.identity import agents_only
from frontdesk.kernel.commands import Attachment
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.blobs.library import FILE_BYTES_MAX
from frontdesk.records.blobs.serving import (
    build_file_headers,
    iterate_upload,
)
from frontdesk.runtime.refused import refuse

UPLOAD_BYTES_MAX = FILE_BYTES_MAX + 64 * 1024
"""The file with what multipart puts around it."""


class Upload(msgspec.Struct, frozen=True):
    """A form with one file."""

    file: UploadFile


@post(
    "/",
    guards=[agents_only],
    dto=None,
    request_max_body_size=UPLOAD_BYTES_MAX,
    operation_id="uploadAttachment",
)
async def upload_attachment(
    data: MultipartBody[Upload],
    caller: Caller,
    parts: Parts,
) -> Attachment:
    """Upload a file, to be sent with a message within a day.

    Its type is told by its bytes: images, PDF, office documents, plain text, audio and video.
    """
    file = data.file
    return await parts.files.upload(
        file.filename, file.content_type, iterate_upload(file), caller.actor
    )


@get(
    "/{blob_id:str}",
    guards=[agents_only],
    operation_id="downloadAttachment",
)
async def download_attachment(
    blob_id: TextId,
    contact: ContactQuery,
    caller: Caller,
    parts: Parts,
) -> Stream:
    """Download a file that was sent in a contact which the caller may see."""
    await require_sight(parts, caller, contact)
    file = await parts.files.find(blob_id)
    if file is None or file.contact_id != contact:
        raise refuse(RefusalReason.NOT_FOUND, "There is no such file in this contact")
    return Stream(
        parts.files.read(blob_id),
        media_type=file.media_type,
        headers=build_file_headers(file),
    )


router = Router(
    "/attachments", route_handlers=[upload_attachment, download_attachment], tags=["Attachments"]
)
