"""Joins the facts of single files to facts about the program, floor by floor.

``knowledge`` is the lowest, ``events`` the highest: ``docs/architecture.md`` has the map.
"""
