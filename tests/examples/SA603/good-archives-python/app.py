"""Names in archives that are checked, filtered or taken apart; an uploaded file is no name."""

import io
import os
import tarfile
import zipfile

from fastapi import FastAPI, UploadFile
from flask import Flask, request, send_from_directory
from PIL import Image
from werkzeug.utils import secure_filename

app = FastAPI()
site = Flask(__name__)
ROOT = "/srv/kept"


@app.post("/bundles")
async def bundles(bundle: UploadFile) -> None:
    zipfile.ZipFile(io.BytesIO(await bundle.read())).extractall(ROOT)


@app.post("/checked")
async def checked(bundle: UploadFile) -> None:
    held = zipfile.ZipFile(bundle.file)
    for entry in held.infolist():
        target = os.path.realpath(os.path.join(ROOT, entry.filename))
        if not target.startswith(ROOT + os.sep):
            continue
        with open(target, "wb") as out:
            out.write(held.read(entry))


@app.post("/backups")
async def backups(backup: UploadFile) -> None:
    with tarfile.open(fileobj=backup.file) as held:
        held.extractall(ROOT, filter="data")


@app.post("/images")
async def images(image: UploadFile) -> None:
    Image.open(image.file)


@site.route("/scans", methods=["POST"])
def scans():
    scan = request.files["scan"]
    Image.open(scan)
    scan.save(os.path.join(ROOT, secure_filename(scan.filename)))
    return "kept"


@site.route("/pages")
def pages():
    return send_from_directory(ROOT, request.args["page"])


@site.route("/boxes", methods=["POST"])
def boxes():
    with zipfile.ZipFile(request.files["box"].stream) as held:
        return held.namelist()
