package python_test

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine/compute/computetest"
)

// calls makes an attack of system calls by number, as x86-64 has them, each row
// a name and its arguments. Every one must be refused by the filter, not by what
// the kernel makes of the arguments.
func calls(name string, rows ...string) computetest.Attack {
	return computetest.Attack{Name: name, Says: "^all refused\n$", Code: needs + `
b = ctypes.create_string_buffer(4096)
lib = os.open(os.__file__, os.O_RDONLY)
file = os.__file__.encode()
r, w = os.pipe()
word = lambda x: ctypes.c_long(x) if isinstance(x, int) else x
passed = 0
for name, call in (
` + strings.Join(rows, "\n") + `
):
    ctypes.set_errno(0)
    got = libc.syscall(*map(word, call))
    if got != -1 or ctypes.get_errno() not in (1, 38): print('BROKE OUT', name, got, ctypes.get_errno()); passed += 1
if not passed: print('all refused')`}
}

// row is a call for [calls].
func row(name string, number int, args ...string) string {
	return fmt.Sprintf("(%q, (%s,)),", name, strings.Join(append([]string{fmt.Sprint(number)}, args...), ", "))
}

// callAttacks go by system calls, beside what Python has functions for.
var callAttacks = []computetest.Attack{
	{Name: "limits of another process", Code: "import resource\nfor pid in ($PARENT, $VICTIM):\n    for what in (resource.RLIMIT_CORE, resource.RLIMIT_NICE):\n        try: print('BROKE OUT', resource.prlimit(pid, what, (0, 0)))\n        except OSError as e: print(e)", Says: denied},
	{Name: "processors of another process", Code: "import os\nfor pid in ($PARENT, $VICTIM):\n    for call in (lambda: os.sched_setaffinity(pid, {0}), lambda: os.sched_getaffinity(pid), lambda: os.sched_setparam(pid, os.sched_param(0)), lambda: os.sched_getparam(pid), lambda: os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0)), lambda: os.setpriority(os.PRIO_PROCESS, pid, 19), lambda: os.sched_rr_get_interval(pid), lambda: os.getpgid(pid), lambda: os.getsid(pid)):\n        try: print('BROKE OUT', call())\n        except OSError as e: print(e)", Says: denied},
	calls("reaching another process",
		row("prlimit64", 302, "$VICTIM", "4", "b", "0"), row("prlimit64 reads", 302, "$PARENT", "4", "0", "b"), row("prlimit64 of the first", 302, "2", "4", "0", "b"),
		row("sched_setattr", 314, "$VICTIM", "b", "0"), row("sched_getattr", 315, "$VICTIM", "b", "56", "0"), row("sched_getaffinity", 204, "$VICTIM", "64", "b"),
		row("ioprio_set", 251, "1", "$VICTIM", "0"), row("ioprio_get", 252, "1", "$VICTIM"), row("getpriority", 140, "0", "$VICTIM"), row("setpriority of all", 141, "2", "0", "19"),
		row("get_robust_list", 274, "$VICTIM", "b", "b"), row("migrate_pages", 256, "$VICTIM", "0", "0", "0"), row("move_pages", 279, "$VICTIM", "0", "0", "0", "0", "0"),
		row("kcmp", 312, "$PARENT", "$VICTIM", "0", "0", "0"), row("process_vm_readv", 310, "$VICTIM", "b", "0", "b", "0", "0"), row("process_vm_writev of itself", 311, "os.getpid()", "b", "0", "b", "0", "0"),
		row("process_madvise", 440, "-1", "b", "0", "21", "0"), row("process_mrelease", 448, "-1", "0"), row("pidfd_open", 434, "$VICTIM", "0"), row("pidfd_getfd", 438, "0", "0", "0"), row("pidfd_send_signal", 424, "0", "9", "0", "0"),
		row("ptrace", 101, "0x4206", "$VICTIM", "0", "0"), row("ptrace of itself", 101, "0", "0", "0", "0"), row("setpgid", 109, "0", "$VICTIM"), row("capget", 125, "b", "b"), row("capset", 126, "b", "0"),
		row("kill of its group", 62, "0", "0"), row("kill of all", 62, "-1", "0"), row("tkill", 200, "$VICTIM", "0"), row("tgkill", 234, "$VICTIM", "$VICTIM", "0"), row("rt_tgsigqueueinfo", 297, "os.getpid()", "os.getpid()", "10", "b"),
		row("clock_gettime of its clock", 228, "(~$VICTIM << 3) | 2", "b"), row("clock_nanosleep by its clock", 230, "(~$VICTIM << 3) | 2", "0", "b", "0"), row("timer_create", 222, "(~$VICTIM << 3) | 2", "0", "b"),
		row("perf_event_open", 298, "b", "$VICTIM", "-1", "-1", "0"), row("sched_setaffinity of the first", 203, "2", "8", "b"), row("wait4", 61, "$VICTIM", "0", "1", "0"), row("waitid", 247, "1", "$VICTIM", "b", "5", "0"),
		row("vfork", 58), row("execveat", 322, "lib", "b", "0", "0", "0x1000"), row("clone with a new user", 56, "0x10000000 | 0x50F00", "0", "0", "0", "0"), row("clone of half a thread", 56, "0x10000", "0", "0", "0", "0"), row("clone of a vfork", 56, "0x4111", "0", "0", "0", "0"), row("clone into a descriptor", 56, "0x51F00", "0", "0", "0", "0")),
	calls("living on",
		row("no death with the parent", 157, "1", "0"), row("a milder death", 157, "1", "15"), row("a death with other bits", 157, "1 | 1 << 32", "0"), row("subreaper", 157, "36", "1"), row("tracer", 157, "0x59616D61", "-1"), row("dumpable", 157, "4", "0"),
		row("seccomp by prctl", 157, "22", "2", "b"), row("memory map", 157, "35", "1", "0"), row("core scheduling", 157, "62", "1", "$VICTIM", "0", "b"), row("ambient capabilities", 157, "47", "2", "1"), row("secure bits", 157, "28", "0"), row("timer slack of another", 157, "29", "1"),
		row("setsid", 112), row("unshare", 272, "0x10000000"), row("setns", 308, "lib", "0"), row("seccomp", 317, "1", "0", "b"), row("landlock_create_ruleset", 444, "b", "8", "0"), row("landlock_add_rule", 445, "0", "1", "b", "0"), row("landlock_restrict_self", 446, "0", "0"),
		row("lsm_set_self_attr", 460, "100", "b", "8", "0"), row("lsm_get_self_attr", 459, "100", "b", "b", "0"), row("lsm_list_modules", 461, "b", "b", "0"), row("personality", 135, "0x0400000"), row("arch_prctl GS", 158, "0x1001", "0"), row("modify_ldt", 154, "1", "b", "16"), row("iopl", 172, "3"), row("ioperm", 173, "0", "1", "1")),
	calls("metadata",
		row("setxattr", 188, "file", "b'user.x'", "b", "1", "0"), row("fsetxattr", 190, "lib", "b'user.x'", "b", "1", "0"), row("getxattr", 191, "file", "b'user.x'", "b", "9"), row("lgetxattr", 192, "file", "b'user.x'", "b", "9"), row("fgetxattr", 193, "lib", "b'user.x'", "b", "9"), row("listxattr", 194, "file", "b", "99"), row("llistxattr", 195, "file", "b", "99"), row("flistxattr", 196, "lib", "b", "99"), row("removexattr", 197, "file", "b'user.x'"),
		row("setxattrat", 463, "-100", "b'$SECRETFILE'", "0", "b'user.x'", "b", "16"), row("getxattrat", 464, "-100", "b'$SECRETFILE'", "0", "b'user.x'", "b", "16"), row("listxattrat", 465, "-100", "file", "0", "b", "99"), row("removexattrat", 466, "-100", "b'$SECRETFILE'", "0", "b'user.x'"), row("file_getattr", 468, "-100", "file", "b", "24", "0"), row("file_setattr", 469, "-100", "b'$SECRETFILE'", "b", "24", "0"),
		row("FS_IOC_GETFLAGS", 16, "lib", "0x80086601", "b"), row("FS_IOC_SETFLAGS", 16, "lib", "0x40086602", "b"), row("FS_IOC_FSGETXATTR", 16, "lib", "0x801C581F", "b"), row("FS_IOC_FSSETXATTR", 16, "lib", "0x401C5820", "b"), row("FIGETBSZ", 16, "lib", "2", "b"), row("FICLONE", 16, "lib", "0x40049409", "lib"), row("TIOCSTI", 16, "0", "0x5412", "b"), row("TIOCLINUX", 16, "0", "0x541C", "b"), row("FIOASYNC", 16, "r", "0x5452", "b"), row("FIOSETOWN", 16, "r", "0x8901", "b"),
		row("flock", 73, "lib", "2"), row("flock shared", 73, "lib", "1"), row("a read lock", 72, "lib", "6", "b"), row("an open file's lock", 72, "lib", "37", "b"), row("is it locked", 72, "lib", "5", "b"), row("a lease", 72, "lib", "1024", "0"), row("a watch", 72, "lib", "1026", "1"), row("an owner", 72, "r", "8", "$VICTIM"), row("an owner with a type", 72, "r", "15", "b"), row("a signal", 72, "r", "10", "9"), row("signals when ready", 72, "r", "4", "0x2000"), row("seals", 72, "r", "1033", "1"), row("a large pipe", 72, "r", "1031", "1 << 20"), row("a hint", 72, "lib", "1036", "b"),
		row("chmod", 90, "b'$SECRETFILE'", "0o777"), row("fchmod", 91, "lib", "0o777"), row("fchmodat2", 452, "-100", "b'$SECRETFILE'", "0o777", "0"), row("fchownat", 260, "-100", "b'$SECRETFILE'", "0", "0", "0"), row("utimensat of an open file", 280, "lib", "0", "b", "0"), row("utime", 132, "file", "0"), row("futimesat", 261, "-100", "file", "0"),
		row("mknod", 133, "b'$DIR/x'", "0o10600", "0"), row("rename", 82, "b'$SOCKET'", "b'$DIR/x'"), row("renameat2", 316, "-100", "b'$SOCKET'", "-100", "b'$DIR/x'", "0"), row("linkat", 265, "-100", "b'$SECRETFILE'", "-100", "b'$DIR/x'", "0"), row("symlinkat", 266, "b'x'", "-100", "b'$DIR/x'"), row("creat", 85, "b'$DIR/x'", "0o600"), row("truncate", 76, "b'$SECRETFILE'", "0"), row("ftruncate", 77, "lib", "0"), row("fallocate", 285, "lib", "0", "0", "1"), row("sync", 162), row("fsync", 74, "lib"), row("syncfs", 306, "lib"), row("cachestat", 451, "lib", "b", "b", "0"), row("readahead", 187, "lib", "0", "4096"),
		row("name_to_handle_at", 303, "-100", "file", "b", "b", "0"), row("open_by_handle_at", 304, "-100", "b", "0"), row("fanotify_init", 300, "0", "0"), row("inotify_init", 253), row("inotify_init1", 294, "0"), row("quotactl", 179, "0x800007 << 8", "b", "0", "b"), row("quotactl_fd", 443, "lib", "0x800007 << 8", "0", "b"), row("openat2", 437, "-100", "file", "b", "24"), row("statx", 332, "-100", "b'$SECRETFILE'", "0", "0xFFF", "b")),
	calls("mounts and the machine",
		row("mount", 165, "b'x'", "b'/tmp'", "b'tmpfs'", "0", "0"), row("umount2", 166, "b'/tmp'", "0"), row("open_tree", 428, "-100", "b'/'", "1"), row("open_tree_attr", 467, "-100", "b'/'", "1", "b", "32"), row("move_mount", 429, "-1", "b''", "-1", "b''", "0"), row("fsopen", 430, "b'tmpfs'", "0"), row("fsmount", 432, "0", "0", "0"), row("fspick", 433, "-100", "b'/'", "0"), row("mount_setattr", 442, "-100", "b'/'", "0", "b", "32"), row("statmount", 457, "b", "b", "4096", "0"), row("listmount", 458, "b", "b", "9", "0"), row("listns", 470, "b", "b", "9", "0"), row("pivot_root", 155, "b'/'", "b'/'"), row("chroot", 161, "b'/'"),
		row("init_module", 175, "b", "0", "b"), row("kexec_load", 246, "0", "0", "b", "0"), row("reboot", 169, "0", "0", "0", "0"), row("syslog", 103, "10", "0", "0"), row("swapon", 167, "b'x'", "0"), row("acct", 163, "0"), row("sethostname", 170, "b'x'", "1"), row("settimeofday", 164, "0", "0"), row("adjtimex", 159, "b"), row("clock_adjtime", 305, "0", "b"), row("clock_settime", 227, "0", "b"), row("vhangup", 153), row("sysfs", 139, "3"), row("ustat", 136, "0", "b"),
		row("setuid", 105, "0"), row("setresuid", 117, "0", "0", "0"), row("setgroups", 116, "0", "b"), row("setfsuid", 122, "0"), row("add_key", 248, "b'user'", "b'x'", "b", "1", "-3"), row("request_key", 249, "b'user'", "b'x'", "0", "0"), row("keyctl", 250, "0", "-3", "1"), row("bpf", 321, "0", "b", "64"), row("userfaultfd", 323, "1"), row("io_uring_setup", 425, "8", "b"), row("io_uring_enter", 426, "0", "0", "0", "0", "0"), row("io_uring_register", 427, "0", "0", "0", "0"), row("io_setup", 206, "8", "b"), row("memfd_create", 319, "b'x'", "0"), row("memfd_secret", 447, "0"), row("mseal", 462, "b", "0", "0"),
		row("mmap to write and run, shared", 9, "0", "4096", "7", "0x21", "-1", "0"), row("mmap of a file to write and run", 9, "0", "4096", "7", "2", "lib", "0"), row("mprotect to write and run", 10, "b", "4096", "7"), row("pkey_mprotect", 329, "b", "4096", "7", "-1"), row("pkey_alloc", 330, "0", "0"), row("remap_file_pages", 216, "b", "4096", "0", "0", "0"), row("madvise that breaks pages", 28, "b", "4096", "100"), row("mlockall", 151, "1"), row("mlock", 149, "b", "4096"), row("map_shadow_stack", 453, "0", "4096", "0"), row("set_mempolicy", 238, "0", "0", "0"), row("splice", 275, "r", "0", "w", "0", "1", "0"), row("tee", 276, "r", "w", "1", "0"), row("vmsplice", 278, "w", "b", "0", "0"), row("timerfd_create", 283, "1", "0"), row("signalfd4", 289, "-1", "b", "8", "0")),
	calls("sockets and queues",
		row("AF_NETLINK", 41, "16", "3", "0"), row("AF_VSOCK", 41, "40", "1", "0"), row("AF_ALG", 41, "38", "5", "0"), row("AF_BLUETOOTH", 41, "31", "3", "1"), row("AF_UNIX", 41, "1", "1", "0"), row("a pair of datagrams", 53, "1", "2", "0", "b"), row("a pair of packets", 53, "1", "5", "0", "b"), row("a pair of datagrams that do not wait", 53, "1", "2 | 0x800", "0", "b"), row("a pair of AF_TIPC", 53, "30", "1", "0", "b"), row("a pair with a family of 64 bits", 53, "2 | 1 << 32", "1", "0", "b"),
		row("sendmsg", 46, "w", "b", "0"), row("recvmsg", 47, "r", "b", "0"), row("sendmmsg", 307, "w", "b", "1", "0"), row("recvmmsg", 299, "r", "b", "1", "0", "0"), row("setsockopt", 54, "w", "1", "26", "b", "16"), row("bind", 49, "w", "b", "16"), row("connect", 42, "w", "b", "16"), row("listen", 50, "w", "1"), row("accept4", 288, "w", "0", "0", "0"), row("socketcall of 32 bits", 102+1<<30, "1", "b"),
		row("shmget", 29, "1", "4096", "0o1600"), row("semget", 64, "1", "1", "0o1600"), row("msgget", 68, "1", "0o1600"), row("mq_open", 240, "b'x'", "0o102", "0o600", "0"), row("mq_unlink", 241, "b'x'"), row("shmctl", 31, "0", "2", "b"), row("semctl", 66, "0", "0", "2", "b")),
	calls("numbers that nobody knows",
		row("rseq_slice_yield", 471), row("after the newest", 472, "0", "0"), row("500", 500), row("1023", 1023), row("334 and one", 337), row("400", 400), row("x32 getpid", 1<<30|39), row("x32 read", 1<<30, "0", "b", "0"), row("x32 execve", 1<<30|520, "file", "0", "0"), row("x32 prlimit64", 1<<30|302, "$VICTIM", "4", "0", "b"), row("x32 kill", 1<<30|62, "$VICTIM", "0"), row("512", 512, "10", "0", "0"), row("x32 ptrace", 521, "16", "$VICTIM"), row("a negative one", -2), row("the least", -1<<31)),
	{Name: "a million locks", Code: "import fcntl, os\nf = open(os.__file__)\nfor how in (fcntl.LOCK_EX, fcntl.LOCK_SH, fcntl.LOCK_EX | fcntl.LOCK_NB):\n    for lock in (fcntl.flock, fcntl.lockf):\n        try: lock(f, how); print('BROKE OUT')\n        except OSError as e: print(e)", Says: denied},
	{Name: "threads by machine code", Code: threadsByCode, Says: "more than 64 threads|MemoryError|Cannot allocate|" + denied, Lost: true},
	{Name: "itself once more", Code: "import os, sys\nos.execv(sys.executable, [sys.executable, '-S', '-c', 'print(1)'])\nprint('BROKE OUT')", Says: denied + "|CRASHED", Lost: true},
	{Name: "attributes of a file", Code: "import os\nfor call in (lambda: os.listxattr(os.__file__), lambda: os.getxattr(os.__file__, 'user.x'), lambda: os.setxattr('$SECRETFILE', 'user.x', b'x'), lambda: os.removexattr('$SECRETFILE', 'user.x')):\n    try: print('BROKE OUT', call())\n    except OSError as e: print(e)", Says: "^(.*Operation not permitted.*\n)+$"},
	{Name: "a descriptor through a pair", Code: "import socket, array\na, b = socket.socketpair()\nfor call in (lambda: a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0]))]), lambda: b.recvmsg(1)):\n    try: call(); print('BROKE OUT')\n    except OSError as e: print(e)", Says: "^(.*Operation not permitted.*\n)+$"},
}

// threadsByCode starts thousands of threads that share one stack by machine code,
// so that neither Python nor the C library knows of them: each only pauses.
const threadsByCode = `import ctypes, time
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype, libc.mmap.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
at = libc.mmap(None, 4096, 7, 0x22, -1, 0)
code = (b'\xb8\x38\0\0\0\xbf\0\x0f\x05\0\x48\x89\xe6\x31\xd2\x4d\x31\xd2\x4d\x31\xc0\x0f\x05'  # clone(CLONE_VM|FS|FILES|SIGHAND|THREAD|SYSVSEM, rsp, 0, 0, 0)
        b'\x85\xc0\x75\x09\xb8\x22\0\0\0\x0f\x05\xeb\xf7\xc3')  # if 0: for ever pause
ctypes.memmove(at, code, len(code))
start = ctypes.CFUNCTYPE(ctypes.c_int)(at)
for _ in range(3000): start()
time.sleep(600)`
