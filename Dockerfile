# One image for the web process, the workers and the sweeper; compose.yaml names the
# command of each. PostgreSQL and Redis run in images of their own.
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PERSONALAIS_HOME=/data

# openai and others take the system's certificates, which a slim image lacks.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home personalais \
    && install --directory --owner=personalais --group=personalais /data

WORKDIR /app

# torch first, from the index without CUDA: it is the largest layer and seldom changes.
COPY requirements.txt constraints.txt ./
ARG TORCH_INDEX_URL=https://download.pytorch.org/whl/cpu
RUN pip install --index-url "$TORCH_INDEX_URL" \
      "$(grep --only-matching --max-count=1 '^torch==[^ ]*' requirements.txt)" \
    && pip install --requirement requirements.txt --constraint constraints.txt

COPY . .

USER 10001
VOLUME /data
EXPOSE 8000

# The image's own check is that of the web process; the others have none.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s \
  CMD ["python", "-m", "personalais.probe"]

# Migrates, collects static files and begins the demo library, then serves.
CMD ["python", "-m", "personalais.container", "web"]
