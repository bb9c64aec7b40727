from sanic import Sanic
from sanic.response import file

app = Sanic("desk")


@app.get("/picture/<number:int>")
async def picture(request, number):
    return await file(f"/srv/desk/{number}.png")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
