"""How much memory the process that reads pictures may take, so that a bomb ends there."""

from __future__ import annotations

import sys
from pathlib import Path

_MMAP_THRESHOLD, _LARGE = -3, 1_048_576  # see mallopt(3); bytes from which a piece is large


def limit_memory(most: int) -> None:
    """Let this process have `most` bytes; what asks for more gets an error, or is ended.

    Where a system has no such limit (macOS heeds none) nothing happens.
    """
    if sys.platform == "win32":
        _limit_job(most)
    else:
        _limit_data(most)


def most_taken() -> int:
    """The most memory this process has had so far, in bytes; 0 where that can't be told."""
    if sys.platform == "win32":
        return 0
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration, ValueError):
        pass  # not Linux, whose other figure counts what the program had when it started this one
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def give_back_memory() -> None:
    """Let large pieces of memory go back to the system at once, where glibc would keep them."""
    if sys.platform == "linux":
        import ctypes

        try:
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
        except (OSError, AttributeError):
            return  # another C library, which has no such choice


if sys.platform == "win32":  # not run by the tests on other systems
    import ctypes
    from ctypes import wintypes

    _EXTENDED_INFORMATION, _PROCESS_MEMORY = 9, 0x100

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _limit_job(most: int) -> None:
        """Put this process into a job object of its own that has a limit."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
        kernel.SetInformationJobObject.argtypes = [
            wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD,
        ]  # fmt: skip
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
        limits.ProcessMemoryLimit = most
        # The handle stays open as long as the process lives.
        job = kernel.CreateJobObjectW(None, None)
        if job and kernel.SetInformationJobObject(
            job, _EXTENDED_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        ):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())

else:

    def _limit_data(most: int) -> None:
        """Limit what the process may write to, not what libraries only reserve."""
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        except (OSError, ValueError):
            return  # the system, or whoever started us, allows less already
