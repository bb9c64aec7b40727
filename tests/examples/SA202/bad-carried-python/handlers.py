from client import Client, require


class Handler:
    name = ""

    def run(self, args: dict) -> str:
        raise NotImplementedError


class Shelf(Handler):
    name = "shelf"

    def run(self, args: dict) -> str:
        return str(Client().page())


class Word(Handler):
    name = "word"

    def run(self, args: dict) -> str:
        require(args["word"])
        return "ok"
