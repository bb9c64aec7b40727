WATCHED = False
