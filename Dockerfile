# The workflow with all that it needs, and nothing to build it with. README.md says how it is built and run.
FROM python:3.13-slim-bookworm

LABEL org.opencontainers.image.title="Rashinban: the book that checks itself" \
      org.opencontainers.image.description="A Snakemake workflow that re-derives the statements of a book on machine learning and statistical physics" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0"

WORKDIR /opt/rashinban
# Before the code: after an edit nothing is installed anew.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
# What .dockerignore lets through.
COPY . ./
# Whoever runs it, as any user: compiled kernels and results have folders that all may write to.
RUN python -m compileall -q scripts workflow && mkdir -m 1777 .cache /data

# Snakemake and Matplotlib ask for a home, a name and caches, which a bare user number does not have.
# One thread per BLAS call, as in the Makefile: jobs are the unit of parallelism.
ENV HOME=/tmp \
    USER=rashinban \
    XDG_CACHE_HOME=/tmp/.cache \
    MPLCONFIGDIR=/tmp/.cache/matplotlib \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    MKL_NUM_THREADS=1
USER 1000:1000
WORKDIR /data
# What Ctrl-C sends: Snakemake ends its jobs and takes its lock away.
STOPSIGNAL SIGINT
ENTRYPOINT ["snakemake", "--snakefile", "/opt/rashinban/workflow/Snakefile", "--workflow-profile", "/opt/rashinban/profiles/default"]
