#!/bin/sh
set -e
tox -e py312
