# For instructors without Linux: the course in a container, as a user who is not root.
#     docker build --tag neural-course .
#     docker run --rm --interactive --tty --publish 127.0.0.1:8888:8888 --volume "$PWD":/course/data neural-course
FROM python:3.12-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends git make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home instructor \
    && install --directory --owner=instructor /course
USER instructor
WORKDIR /course
COPY --chown=instructor . .
RUN make .venv/.installed
ENV PATH="/course/.venv/bin:$PATH"
EXPOSE 8888
# JupyterLab prints the address to open, with its token.
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]
