import logging

from fastapi import FastAPI
from pydantic import BaseModel

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)
app = FastAPI()


class Note(BaseModel):
    title: str
    text: str


@app.post("/notes")
def keep(note: Note) -> None:
    logger.info("kept %s", note.model_fields_set)
    logger.info("kept %s", note.title)  # expect: SA202
