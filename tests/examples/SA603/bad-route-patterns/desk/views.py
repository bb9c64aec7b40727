from django.http import FileResponse


def picture(request, name):
    return FileResponse(open(f"/srv/desk/{name}.png", "rb"))  # expect: SA603


def large(request, name):
    return FileResponse(open("/srv/desk/large/%s.png" % name, "rb"))  # expect: SA603
