"""A real Slurm cluster of two nodes on the loopback of this machine, in a folder of its own.

No systemd, no cgroups, no database: what Debian's packages ``slurm-wlm`` and ``munge`` need
to run as root in a container. A Slurm that is configured here already is never touched.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

SYSTEM = Path("/etc/slurm/slurm.conf")
"""Where the plugin that starts job steps looks, whatever SLURM_CONF says."""
PROGRAMS = ("slurmctld", "slurmd", "sinfo", "sbatch", "munged")
CORES = 2
"""Of each node."""

CONFIGURATION = """\
ClusterName=loopback
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={base}/sock/munge
SlurmctldPidFile={base}/run/slurmctld.pid
SlurmdPidFile={base}/run/%n.pid
SlurmctldLogFile={base}/log/slurmctld
SlurmdLogFile={base}/log/%n
StateSaveLocation={base}/spool/ctld
SlurmdSpoolDir={base}/spool/d.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
MinJobAge=600
KillWait=5
SlurmdTimeout=30
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={base}/log/completed
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
SchedulerParameters=sched_interval=5,bf_interval=5
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[1]} CPUs={cores} RealMemory={memory}
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[2]} CPUs={cores} RealMemory={memory}
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
"""


def obstacle():
    """Why no cluster can be started here, in one line; None if one can."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if SYSTEM.exists() or SYSTEM.is_symlink():
        return f"{SYSTEM} exists: this machine has a Slurm of its own, which is left alone"
    if os.geteuid() != 0:
        return "not root: Slurm's daemons cannot be started"
    if lacking:
        return f"{', '.join(lacking)} not found (Debian: apt install slurm-wlm munge)"
    return None


@contextlib.contextmanager
def two_nodes(base):
    """Start the cluster below the folder ``base``; every daemon is stopped at the end.

    Yields
    ------
    dict of str to int
        Process of each daemon: ``munged``, ``slurmctld``, ``n1``, ``n2``.

    Raises
    ------
    RuntimeError
        With `obstacle` as its message, or if a daemon does not come up.
    """
    if (reason := obstacle()) is not None:
        raise RuntimeError(reason)
    _folders(base)
    configuration = base / "slurm.conf"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20 // 2
    text = CONFIGURATION.format(base=base, ports=_free_ports(3), cores=CORES, memory=memory)
    configuration.write_text(text, encoding="utf-8")
    SYSTEM.parent.mkdir(exist_ok=True)
    SYSTEM.symlink_to(configuration)
    daemons = {}
    try:
        _start(["munged", *_munge(base)], base, "munged", daemons)
        _start(["slurmctld", "-c"], base, "slurmctld", daemons)
        for node in ("n1", "n2"):
            _start(["slurmd", "-N", node], base, node, daemons)
        _wait_for_nodes()
        yield daemons
    finally:
        _cancel_jobs()
        for process in reversed(daemons.values()):
            _stop(process)
        SYSTEM.unlink()


def start_node(base, node, daemons):
    """Start the daemon of one node again, after its loss."""
    _start(["slurmd", "-N", node], base, node, daemons)


def _folders(base):
    for name, mode in (("munge", 0o700), ("sock", 0o755), ("run", 0o755), ("log", 0o755)):
        (base / name).mkdir(parents=True)
        (base / name).chmod(mode)
    for name in ("ctld", "d.n1", "d.n2"):
        (base / "spool" / name).mkdir(parents=True)
    base.chmod(0o755)  # munge refuses a socket that others cannot reach
    key = base / "munge" / "key"
    key.write_bytes(secrets.token_bytes(1024))
    key.chmod(0o400)


def _munge(base):
    places = {"key-file": "munge/key", "socket": "sock/munge", "pid-file": "run/munged.pid"}
    places |= {"log-file": "log/munged", "seed-file": "munge/seed"}
    return [f"--{name}={base / place}" for name, place in places.items()]


def _start(command, base, name, daemons):
    """Start a daemon that leaves its terminal, and keep the process that its pid file names."""
    file = base / "run" / f"{name}.pid"
    file.unlink(missing_ok=True)  # that of a daemon that was killed still names the dead process
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    _wait(lambda: file.exists() and file.read_text().strip(), f"{name} did not write {file}")
    daemons[name] = int(file.read_text())


def _cancel_jobs():
    """Jobs outlive the daemons that started them."""
    quiet = {"check": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(["scancel", "--user", str(os.getuid())], **quiet).returncode == 0:
        with contextlib.suppress(RuntimeError):
            _wait(lambda: not _said(["squeue", "--noheader"]).strip(), "a job does not end")


def _said(command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _stop(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
        for _ in range(100):
            os.kill(process, 0)
            time.sleep(0.1)
        os.kill(process, signal.SIGKILL)


def _wait_for_nodes():
    def idle():
        said = subprocess.run(
            ["sinfo", "-h", "-N", "-o", "%N %t"], capture_output=True, text=True, check=False
        )
        return sorted(said.stdout.split("\n")) == ["", "n1 idle", "n2 idle"]

    _wait(idle, "the nodes did not come up")


def _wait(ready, complaint, seconds=30):
    for _ in range(seconds * 10):
        if ready():
            return
        time.sleep(0.1)
    raise RuntimeError(complaint)


def _free_ports(n):
    """Ports that nothing listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(n)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
