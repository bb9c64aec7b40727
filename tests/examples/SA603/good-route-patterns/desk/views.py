from django.http import FileResponse


def picture(request, name):
    return FileResponse(open(f"/srv/desk/{name}.png", "rb"))


def large(request, name):
    return FileResponse(open("/srv/desk/large/%s.png" % name, "rb"))
