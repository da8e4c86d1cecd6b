"""Starts the gateway from its configuration, with the backend of the image, and talks HTTP to it."""

import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

CONFIG = "/app/conf/nginx.conf"
PROC = pathlib.Path("/proc")


def nginx_processes():
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            if (folder / "comm").read_text().strip() == "nginx" and "State:\tZ" not in (folder / "status").read_text():
                found.append(folder)
        except OSError:
            continue
    return found


def stop_nginx():
    deadline = time.monotonic() + 10
    while nginx_processes():
        assert time.monotonic() < deadline, "nginx does not end"
        for folder in nginx_processes():
            try:
                os.kill(int(folder.name), signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.02)


def request(path, port=8080, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()
    finally:
        connection.close()


def wait_for(port):
    deadline = time.monotonic() + 10
    while True:
        try:
            return request("/health", port)
        except OSError:
            assert time.monotonic() < deadline, f"nothing answers on port {port}"
            time.sleep(0.02)


@pytest.fixture(scope="module")
def gateway():
    stop_nginx()
    started = subprocess.run(["nginx", "-c", CONFIG], capture_output=True, text=True, timeout=20)
    assert started.returncode == 0, started.stderr
    wait_for(8080)
    yield
    stop_nginx()


@pytest.fixture(scope="module")
def backend():
    try:
        request("/health", 9310)
        yield
        return
    except OSError:
        pass
    process = subprocess.Popen([sys.executable, "/app/backend.py"])
    wait_for(9310)
    yield
    process.kill()
    process.wait()


def test_it_runs_without_a_backend(gateway):
    assert request("/health")[0] == 200


def test_the_front_page(gateway):
    status, headers, body = request("/")
    assert status == 200
    assert headers["Content-Type"].startswith("text/html")
    assert "Harbour office" in body


def test_the_style_sheet(gateway):
    status, headers, body = request("/assets/style.css")
    assert status == 200
    assert headers["Content-Type"].startswith("text/css")
    assert "sans-serif" in body


def test_what_is_missing(gateway):
    for path in ("/nothing", "/assets/nothing.css", "/boats/7"):
        status, headers, body = request(path)
        assert status == 404, path
        assert "No such quay" in body
        assert headers["Content-Type"].startswith("text/html")
    assert request("/missing.html")[0] == 200


def test_health(gateway):
    status, headers, body = request("/health")
    assert (status, body) == (200, "ok\n")
    assert headers["Content-Type"].startswith("text/plain")


def test_the_backend_gets_the_rest_of_the_path(gateway, backend):
    for path, seen in (("/api/boats?id=7", "/boats?id=7"), ("/api/", "/"), ("/api/a/b/", "/a/b/"), ("/api/docs/x", "/docs/x")):
        status, _, body = request(path)
        assert status == 200, body
        assert json.loads(body)["path"] == seen


def test_the_backend_sees_the_client(gateway, backend):
    _, _, body = request("/api/x", Host="quay.example:8080")
    assert json.loads(body) == {"path": "/x", "host": "quay.example:8080", "forwarded_for": "127.0.0.1"}


def test_internal_pages_are_closed(gateway):
    for path in ("/internal/", "/internal/tides.txt", "/internal/nothing"):
        assert request(path)[0] == 403, path


def test_documents_have_moved(gateway):
    for path, target in (("/docs/", "/manual/"), ("/docs/ropes/knots.html", "/manual/ropes/knots.html")):
        status, headers, _ = request(path)
        assert status == 301
        assert headers["Location"].endswith(target)
    assert request("/manual/")[0] == 200


def test_requests_are_logged(gateway):
    request("/assets/style.css?mark=4711")
    deadline = time.monotonic() + 5
    while "mark=4711" not in pathlib.Path("/app/log/access.log").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_process_id_and_the_user(gateway):
    master = pathlib.Path("/app/run/nginx.pid").read_text().strip()
    assert (PROC / master / "comm").read_text().strip() == "nginx"
    workers = [folder for folder in nginx_processes() if f"PPid:\t{master}\n" in (folder / "status").read_text()]
    assert workers
    assert all("Uid:\t33\t" in (folder / "status").read_text() for folder in workers)
