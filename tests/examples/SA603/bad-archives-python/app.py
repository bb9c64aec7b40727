"""Whoever sends an archive chooses the names in it, and whoever uploads a file its name."""

import io
import os
import tarfile
import zipfile
from pathlib import Path

from fastapi import FastAPI, UploadFile
from flask import Flask, request, send_from_directory

app = FastAPI()
site = Flask(__name__)
ROOT = "/srv/kept"


@app.post("/bundles")
async def bundles(bundle: UploadFile) -> None:
    data = await bundle.read()
    held = zipfile.ZipFile(io.BytesIO(data))
    for name in held.namelist():
        (Path(ROOT) / name).write_bytes(held.read(name))  # expect: SA603 HIGH


@app.post("/backups")
async def backups(backup: UploadFile) -> None:
    with tarfile.open(fileobj=backup.file) as held:
        held.extractall(ROOT)  # expect: SA603 HIGH


@app.post("/parts")
async def parts(part: UploadFile) -> None:
    with tarfile.open(fileobj=part.file) as held:
        for member in held:
            held.extract(member, ROOT)  # expect: SA603 HIGH


@site.route("/scans", methods=["POST"])
def scans():
    scan = request.files["scan"]
    scan.save(os.path.join(ROOT, scan.filename))  # expect: SA603 HIGH
    return "kept"


@site.route("/pages")
def pages():
    return send_from_directory(request.args["folder"], "index.html")  # expect: SA603 HIGH
