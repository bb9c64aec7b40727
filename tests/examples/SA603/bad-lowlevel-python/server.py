"""Resources of the low-level server: the client says which."""

from pathlib import Path

from mcp.server import Server

server = Server("mini")


@server.read_resource()
async def read_resource(uri):
    return Path(str(uri).removeprefix("file://")).read_text()  # expect: SA603


class Kept:
    def __init__(self):
        self.server = Server("kept")
        self.serve()

    def serve(self):
        @self.server.read_resource()
        async def read(uri) -> str:
            with open(uri.path) as held:  # expect: SA603
                return held.read()
