# skillaudit in a container: no network and a read-only root are enough.
#   docker build -t skillaudit .
#   docker run --rm --network none --read-only --tmpfs /tmp -v "$PWD:/repository:ro" skillaudit audit /repository
FROM python:3.13-slim AS build
WORKDIR /build
COPY pyproject.toml requirements-action.txt README.md LICENSE CHANGELOG.md ./
COPY skillaudit skillaudit
COPY rules rules
COPY reports reports
RUN python -m venv /opt/skillaudit \
    && /opt/skillaudit/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-action.txt \
    && /opt/skillaudit/bin/pip install --no-cache-dir --no-deps --no-index --no-build-isolation . \
    && /opt/skillaudit/bin/python -m compileall -q /opt/skillaudit

FROM python:3.13-slim
# git fetches repositories by address; a folder needs none.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin skillaudit
COPY --from=build /opt/skillaudit /opt/skillaudit
ENV PATH=/opt/skillaudit/bin:$PATH \
    SKILLAUDIT_CACHE_DIR=/tmp/skillaudit-cache \
    PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /tmp
ENTRYPOINT ["skillaudit"]
CMD ["--help"]
