"""Commands in containers, on other machines, by libraries that make functions of programs, and what shells read."""

import subprocess

import anyio
import docker
import pexpect
import sh
from flask import Flask, request
from kubernetes import client
from kubernetes.stream import stream

app = Flask(__name__)


@app.route("/inside")
def inside():
    box = docker.from_env().containers.get("web")
    box.exec_run(["uptime"])
    box.exec_run(["sh", "-c", request.args["a"]])  # expect: SA602 HIGH
    docker.from_env().containers.run("alpine", command="ls " + request.args["b"])  # expect: SA602 MEDIUM
    box.exec_run(f"sh -c 'ls {request.args['d']}'")  # expect: SA602 HIGH
    pods = client.CoreV1Api()
    stream(pods.connect_get_namespaced_pod_exec, "web", "default", command=["uptime"], stdin=False)
    return stream(pods.connect_get_namespaced_pod_exec, "web", "default", command=["sh", "-c", request.args["c"]])  # expect: SA602 HIGH


@app.route("/here")
async def here():
    sh.wc("-l", _in=request.args["a"])
    sh.bash("-c", request.args["b"])  # expect: SA602 HIGH
    await anyio.run_process(["host", "--", request.args["c"]])
    await anyio.run_process("host " + request.args["d"])  # expect: SA602 HIGH
    pexpect.spawn("/bin/bash", ["-c", request.args["e"]])  # expect: SA602 HIGH
    subprocess.run(["wc", "-l"], input=request.args["f"], text=True)
    subprocess.run("bash", input=request.args["g"], text=True)  # expect: SA602 HIGH
    started = subprocess.Popen(["bash"], stdin=subprocess.PIPE)
    started.communicate(input=request.args["h"].encode())  # expect: SA602 HIGH
    return ""
