"""Files that other libraries open, and arguments beside the first that name one."""

import glob
import tarfile
import tempfile
import zipfile
from pathlib import Path

import aiofiles.os
import pandas as pd
from fastapi import FastAPI
from fastapi.responses import FileResponse
from lxml import etree

app = FastAPI()


@app.get("/read")
def read(name: str):
    pd.DataFrame([1]).to_parquet("/srv/files/" + name)  # expect: SA603 HIGH
    etree.parse("/srv/files/" + name)  # expect: SA603 HIGH
    glob.glob("*.txt", root_dir=name)  # expect: SA603 HIGH
    list(Path("/srv").glob(name))  # expect: SA603 HIGH
    with zipfile.ZipFile("/srv/out.zip", "w") as packed:
        packed.writestr("note.txt", name)
        packed.write("/srv/files/" + name)  # expect: SA603 HIGH
    with tarfile.open("/srv/out.tar", "w") as rolled:
        rolled.add("/srv/files/" + name)  # expect: SA603 HIGH
    return FileResponse("/srv/files/report.pdf", filename=name)


@app.get("/write")
async def write(name: str):
    await aiofiles.os.rename("/srv/files/" + name, "/srv/old")  # expect: SA603 HIGH
    with tempfile.NamedTemporaryFile(dir=name) as kept:  # expect: SA603 HIGH
        kept.write(b"x")
    return name
