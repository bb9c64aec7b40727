class Note:
    def __init__(self, owner_id: str, text: str) -> None:
        self.owner_id = owner_id
        self.text = text


def load(note_id: str) -> Note:
    return Note(note_id, "")
