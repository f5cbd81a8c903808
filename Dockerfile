# Rapporteur in a container. Runs as nobody in particular, on a read-only root file system; what it keeps is in /data.
#
#   docker build --tag rapporteur .
#   docker run --read-only --tmpfs /tmp --volume rapporteur:/data --env DISCORD_TOKEN rapporteur
#   docker run --rm rapporteur ask "Where were the bodies found?"
#
# Its RUN and COPY lines are proven without a container engine by tests/architecture/test_dockerfile.py.

FROM python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /src

COPY requirements.lock requirements-build.lock ./
RUN python -m venv --without-pip /opt/rapporteur \
    && pip --python /opt/rapporteur/bin/python install --no-compile --only-binary :all: --require-hashes -r requirements.lock
RUN python -m venv --without-pip /opt/build \
    && pip --python /opt/build/bin/python install --no-compile --only-binary :all: --require-hashes -r requirements-build.lock

COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot/ bot/
COPY corpus/ corpus/
COPY retrieval/ retrieval/
RUN /opt/build/bin/hatchling build -t wheel -d /opt/wheel \
    && pip --python /opt/rapporteur/bin/python install --no-compile --no-deps --no-index /opt/wheel/rapporteur-*.whl

# Bytecode is made here, the standard library's too, for the image comes without: nothing can be written later, and what
# cannot change need not be compared with its source.
ENV PYTHONPYCACHEPREFIX=/opt/rapporteur/cache
RUN /opt/rapporteur/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/rapporteur/lib
RUN /opt/rapporteur/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash \
    -x '/(site-packages|dist-packages|test|idlelib|lib2to3)/' "$(python -c 'import os; print(os.path.dirname(os.__file__))')"

# Empty; the volume takes its owner from it.
RUN mkdir -m 0700 /data


FROM python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b

LABEL org.opencontainers.image.title="Rapporteur" \
      org.opencontainers.image.description="Answers questions about a report with the report's own words" \
      org.opencontainers.image.licenses="MIT"

ENV PATH=/opt/rapporteur/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPYCACHEPREFIX=/opt/rapporteur/cache \
    PYTHONUNBUFFERED=1 \
    RAPPORTEUR_DATA=/data \
    RAPPORTEUR_HEALTH_FILE=/tmp/rapporteur.health

COPY --from=build /opt/rapporteur /opt/rapporteur
COPY --from=build --chown=10001:10001 /data /data

USER 10001:10001
VOLUME ["/data"]
STOPSIGNAL SIGTERM

# While it is connected and its answers get out, the bot touches this file every 15 seconds.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-I", "-c", "import os, sys, time; sys.exit(time.time() - os.stat(os.environ['RAPPORTEUR_HEALTH_FILE']).st_mtime > 60)"]

ENTRYPOINT ["rapporteur"]
CMD ["run"]
