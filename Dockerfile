# Two stages: the first makes the environment and the static files, the second carries only what runs.
FROM python:3.13-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.txt
COPY . .
# The settings want addresses and a key to load; collectstatic uses neither, and none of these values stays in the image.
RUN DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=unused SECOND_FACTOR_KEYS=unused \
    ALLOWED_HOSTS=unused \
    WEB_DATABASE_URL=postgres://unused@unused/unused /venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim-trixie
# Pango draws the PDFs; their fonts are in core/pdf/fonts. pg_dump and pg_restore serve backup and restore.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin yokefellow \
    && install -d -o yokefellow -g yokefellow /stored
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STORED_FILES=/stored
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001
VOLUME /stored
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-m", "config.healthcheck"]
STOPSIGNAL SIGTERM
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--graceful-timeout", "30", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "config.wsgi"]
