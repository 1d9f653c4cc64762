# The course for one student, or as the image of a JupyterHub (KubeSpawner, DockerSpawner):
#
#     docker build -t dqn_keras .
#     docker run --rm -p 8888:8888 dqn_keras
#
# Jupyter's own image brings the user, the start scripts that a hub needs, and JupyterLab.
FROM quay.io/jupyter/base-notebook:python-3.12

COPY --chown=${NB_UID}:${NB_GID} . /tmp/dqn_keras
RUN pip install --no-cache-dir "/tmp/dqn_keras[notebooks]" && \
    dqn-keras lessons "${HOME}/lessons" --exercises && \
    dqn-keras lessons "${HOME}/lessons-ko" --exercises --language ko && \
    rm -rf /tmp/dqn_keras
