"""Handlers that frameworks find by their names: Falcon's resources, servicers of gRPC; forms of Bottle."""

import subprocess

import bottle
import falcon
import shelves_pb2
import shelves_pb2_grpc


class Shelf:
    """A resource."""

    def on_get(self, req, resp, shelf):
        name = req.get_param("name", required=True)
        resp.text = subprocess.getoutput("show " + name)  # expect: SA602 HIGH
        subprocess.run(f"touch {shelf}", shell=True)  # expect: SA602 HIGH

    async def on_post_many(self, req, resp):
        sent = await req.get_media()
        subprocess.run(["show", "--", sent["name"]])
        subprocess.run(sent["command"], shell=True)  # expect: SA602 HIGH


class Shelves(shelves_pb2_grpc.ShelvesServicer):
    """A servicer."""

    def Show(self, request, context):
        subprocess.run("show " + request.name, shell=True)  # expect: SA602 HIGH
        self._told("show all")
        return shelves_pb2.Reply()

    def _told(self, command):
        subprocess.run(command, shell=True)


class Report:
    """No resource: nothing is answered."""

    def on_get(self, command, again):
        subprocess.run(command, shell=True)


@bottle.post("/form")
def form():
    subprocess.run("show " + bottle.request.forms.get("name"), shell=True)  # expect: SA602 HIGH


app = falcon.App()
app.add_route("/shelves/{shelf}", Shelf())
