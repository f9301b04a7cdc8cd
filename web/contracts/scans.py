"""The scan of a contract: its pages as pictures, and the file itself, for the two sides, their brokers and staff."""

from flask import Response, current_app
from flask_babel import gettext as _

from engagements import contracts
from ingestion import files
from models.accounts import Role
from models.contracts import Contract
from models.errors import NotFound
from web import access
from web.downloads import attachment
from web.identity import has_role, me
from web.sessions import db


@access.member
def page(contract_id, page):
    """One page as PNG. Nothing of the upload itself reaches the browser as a document."""
    scan = _readable(contract_id).revision.scan
    picture = files.page_image(current_app.extensions["settings"], scan, page)
    media_type = scan.media_type if scan.media_type.startswith("image/") else "image/png"
    response = Response(picture, mimetype=media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@access.member
def download(contract_id):
    scan = _readable(contract_id).revision.scan
    with files.open_file(current_app.extensions["settings"], scan) as file:
        return attachment(file.read(), scan.name, scan.media_type)


def _readable(contract_id) -> Contract:
    if has_role(Role.staff):
        contract = db().get(Contract, contract_id)
        if contract is None:
            raise NotFound(_("没有找到这份合同"))
        return contract
    return contracts.find_contract(db(), me(), contract_id)
