"""What a process may still do once it confined itself: nothing that it needs for neither reading nor computing.

Limits hold on every POSIX system, as far as it knows them. On Linux the kernel also filters the calls (seccomp) by
which a process reaches the network, other programs or other processes; where it cannot, the network is taken away.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence

from hegui.foundation.untrusted.limits import Limits

SET_DEATH_SIGNAL = 1
SET_NO_NEW_PRIVILEGES = 38
SET_SECCOMP = 22
FILTER_MODE = 2
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000

LOAD, JUMP_IF_EQUAL, JUMP_IF_BITS, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, REFUSE, UNKNOWN_CALL, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
CALL_NUMBER, ARCHITECTURE, FIRST_ARGUMENT, THIRD_LOW, THIRD_HIGH = 0, 4, 16, 32, 36
THREAD = 0x00010000
FOREIGN_CALLS = 0x40000000
"""Calls of the x32 kind are the same calls under other numbers."""

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CALLS: dict[str, dict[str, int]] = {
    "x86_64": {
        "clone": 56, "clone3": 435, "prlimit64": 302,
        "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "fork": 57, "vfork": 58, "execve": 59,
        "kill": 62, "tkill": 200, "ptrace": 101, "setpgid": 109, "setsid": 112, "setrlimit": 160, "mount": 165,
        "chroot": 161, "unshare": 272, "process_vm_readv": 310, "process_vm_writev": 311, "setns": 308, "bpf": 321,
        "execveat": 322, "userfaultfd": 323, "io_uring_setup": 425, "pidfd_send_signal": 424, "pidfd_open": 434,
        "rt_sigqueueinfo": 129, "open_by_handle_at": 304,
    },
    "aarch64": {
        "clone": 220, "clone3": 435, "prlimit64": 261,
        "socket": 198, "socketpair": 199, "connect": 203, "bind": 200, "execve": 221,
        "kill": 129, "tkill": 130, "ptrace": 117, "setpgid": 154, "setsid": 157, "setrlimit": 164, "mount": 40,
        "chroot": 51, "unshare": 97, "process_vm_readv": 270, "process_vm_writev": 271, "setns": 268, "bpf": 280,
        "execveat": 281, "userfaultfd": 282, "io_uring_setup": 425, "pidfd_send_signal": 424, "pidfd_open": 434,
        "rt_sigqueueinfo": 138, "open_by_handle_at": 265,
    },
}  # fmt: skip


def confine(limits: Limits, parent: int) -> None:
    """Cannot be undone. Ends the process at once if its parent is gone already."""
    os.umask(0o077)
    _end_with(parent)
    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
    ):
        with contextlib.suppress(ValueError, OSError):  # some systems know a limit by name only
            resource.setrlimit(kind, (soft, hard))
    if sys.platform == "linux" and not _filter_calls():
        _leave_network()


def _end_with(parent: int) -> None:
    if sys.platform == "linux":
        _libc().prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _filter_calls() -> bool:
    machine = platform.machine()
    if machine not in CALLS:
        return False
    steps = _steps(ARCHITECTURES[machine], CALLS[machine])
    code = ctypes.create_string_buffer(b"".join(steps), len(steps) * 8)
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    libc = _libc()
    if libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(SET_SECCOMP, FILTER_MODE, ctypes.c_char_p(program), 0, 0) == 0)


def _steps(architecture: int, calls: dict[str, int]) -> Sequence[bytes]:
    """The filter: threads may be started but no processes, limits may be asked but not changed."""
    plain = [number for name, number in calls.items() if name not in ("clone", "clone3", "prlimit64")]
    return [
        _step(LOAD, ARCHITECTURE),
        _step(JUMP_IF_EQUAL, architecture, 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, CALL_NUMBER),
        _step(JUMP_IF_BITS, FOREIGN_CALLS, 0, 1),
        _step(RETURN, REFUSE),
        _step(JUMP_IF_EQUAL, calls["clone3"], 0, 1),
        _step(RETURN, UNKNOWN_CALL),  # the C library then uses clone, whose flags can be seen
        _step(JUMP_IF_EQUAL, calls["clone"], 0, 4),
        _step(LOAD, FIRST_ARGUMENT),
        _step(JUMP_IF_BITS, THREAD, 0, 1),
        _step(RETURN, ALLOW),
        _step(RETURN, REFUSE),
        _step(JUMP_IF_EQUAL, calls["prlimit64"], 0, 6),
        _step(LOAD, THIRD_LOW),
        _step(JUMP_IF_EQUAL, 0, 0, 3),
        _step(LOAD, THIRD_HIGH),
        _step(JUMP_IF_EQUAL, 0, 0, 1),
        _step(RETURN, ALLOW),
        _step(RETURN, REFUSE),
        *(step for number in plain for step in (_step(JUMP_IF_EQUAL, number, 0, 1), _step(RETURN, REFUSE))),
        _step(RETURN, ALLOW),
    ]


def _step(operation: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", operation, when_true, when_false, value)


def _leave_network() -> None:
    """A network of its own, in which nothing is connected; needs rights that containers often lack."""
    libc = _libc()
    if libc.unshare(NEW_NETWORK) != 0:
        libc.unshare(NEW_USER | NEW_NETWORK)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
