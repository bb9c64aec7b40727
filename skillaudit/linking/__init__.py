"""Joins the facts of single files to facts about the program: symbols, calls, logs, flows, tools."""
