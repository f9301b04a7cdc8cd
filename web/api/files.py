"""Uploads over the API, under the limits of the pages."""

import uuid

from apiflask.fields import UploadFile
from flask import current_app
from pydantic import BaseModel

from ingestion import files as operations
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import Body
from web.identity import me
from web.limits import UPLOAD, limiter
from web.sessions import db

blueprint = resource("files", "文件")


class Upload(Body):
    file: UploadFile


class FileView(BaseModel):
    id: uuid.UUID
    name: str
    media_type: str
    size: int
    sha256: str


@blueprint.post("/files")
@blueprint.input(Upload, location="files", arg_name="body")
@blueprint.output(FileView, status_code=201)
@blueprint.doc(summary="上传一份文件", responses=problems(400, 413, 415, 422), security="BearerAuth")
@access.member
@limiter.limit(UPLOAD)
def store(body: Upload):
    settings = current_app.extensions["settings"]
    stored = operations.store(db(), settings, me(), body.file.filename or "", body.file.stream)
    return FileView(id=stored.id, name=stored.name, media_type=stored.media_type, size=stored.size,
                    sha256=stored.sha256)
