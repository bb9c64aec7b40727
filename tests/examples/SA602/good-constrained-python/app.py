"""Types of pydantic's that a call makes: a text that fits a pattern, numbers."""

import subprocess

from fastapi import FastAPI
from pydantic import BaseModel, condecimal, conint, constr

app = FastAPI()


class Shelf(BaseModel):
    """What is sent."""

    name: constr(pattern=r"^[a-z]+$")
    count: conint(ge=1, le=9)
    price: condecimal(ge=0)


@app.post("/shelves")
def shelve(shelf: Shelf, mark: constr(regex="^[0-9]{4}$")) -> None:
    """Shelve."""
    subprocess.run(f"shelve {shelf.name} {shelf.count} {shelf.price} {mark}", shell=True, check=True)


@app.post("/marks/{kind}")
def mark(kind: str) -> None:
    """Mark."""
    if kind not in {"red", "blue"}:
        raise ValueError(kind)
    subprocess.run(["mark", kind], check=True)
