package launcher

const (
	writeAndRun = 2 | 4 // PROT_WRITE|PROT_EXEC
	// privateMemory is MAP_PRIVATE|MAP_ANONYMOUS.
	privateMemory = 0x22
	beThread      = 0x50F00 // CLONE_VM|FS|FILES|SIGHAND|THREAD|SYSVSEM
	// ofThread are beThread, CLONE_SETTLS, PARENT_SETTID, CHILD_CLEARTID, DETACHED
	// and a signal that nobody sends.
	ofThread = 0x7D0FFF
)

// Memory that can be written does not run, but for what libffi makes: private
// memory without a file, in which it writes how a function of Python is called
// from C. Z3 cannot be imported without it, nor Numba. So a cell can run machine
// code, as it can call any function of the C library: the sandbox must hold
// whatever runs in it.
//
//nolint:gochecknoglobals // never written
var memoryCalls = []call{
	{"mmap", 9, 222, []when{without(2, writeAndRun)}, "memory, and libraries"},
	{"mmap", 9, 222, []when{oneOf(3, privateMemory)}, "libffi: ctypes.CFUNCTYPE of a function of Python, Z3, cffi"},
	{"mprotect", 10, 226, []when{without(2, writeAndRun)}, "libraries' constants, threads' stacks, Numba's code"},
	{"munmap", 11, 215, nil, "memory given back"},
	{"mremap", 25, 216, nil, "large lists that grow"},
	{"madvise", 28, 233, []when{upTo(2, 31)}, "memory given back; no pages of the machine declared broken"},
	{"brk", 12, 214, nil, "small memory"},
	{"msync", 26, 227, nil, "mmap.flush"},
}

//nolint:gochecknoglobals // never written
var threadCalls = []call{
	{"clone", 56, 220, []when{with(0, beThread), {arg: 0, mask: ^uint32(ofThread), is: []uint32{0}}}, "threads, and no process"},
	{"futex", 202, 98, nil, "locks"},
	{"set_robust_list", 273, 99, nil, "locks, from the start of each thread"},
	{"set_tid_address", 218, 96, nil, "the C library's start"},
	{"rseq", 334, 293, nil, "the C library's start"},
	{
		"arch_prctl", 158, -1,
		[]when{oneOf(0, 0x1002, 0x1003, 0x1021, 0x1022, 0x1023, 0x3001, 0x5005)},
		"the C library's start: ARCH_SET_FS, GET_FS, CET_STATUS, SHSTK_STATUS; algebra: AMX by ARCH_*_XCOMP_*",
	},
	{"prctl", 157, 167, []when{oneOf(0, 15, 16)}, "PR_SET_NAME, PR_GET_NAME: names of threads"},
	{"prctl", 157, 167, []when{oneOf(0, prSetPdeathsig), oneOf(1, 9)}, "to die with the program, and by nothing milder"},
	{"sched_yield", 24, 124, nil, "locks"},
	{"sched_getaffinity", 204, 123, []when{oneOf(0, 0, itsOwn)}, "os.cpu_count, NumPy"},
	{"sched_setaffinity", 203, 122, []when{oneOf(0, 0, itsOwn)}, "os.sched_setaffinity, of itself"},
	{"sched_getparam", 143, 121, []when{oneOf(0, 0, itsOwn)}, "os.sched_getparam, of itself"},
	{"sched_getscheduler", 145, 120, []when{oneOf(0, 0, itsOwn)}, "os.sched_getscheduler, of itself"},
	{"sched_get_priority_max", 146, 125, nil, "threads with attributes"},
	{"sched_get_priority_min", 147, 126, nil, "threads with attributes"},
	{"getcpu", 309, 168, nil, "allocators"},
	{"exit", 60, 93, nil, "the end of a thread"},
	{"exit_group", 231, 94, nil, "the end"},
	{"restart_syscall", 219, 128, nil, "the kernel goes on with a wait after a stop"},
}

//nolint:gochecknoglobals // never written
var signalCalls = []call{
	{"rt_sigaction", 13, 134, nil, "signal.signal"},
	{"rt_sigprocmask", 14, 135, nil, "signal.pthread_sigmask, the start of threads"},
	{"rt_sigpending", 127, 136, nil, "signal.sigpending"},
	{"rt_sigsuspend", 130, 133, nil, "signal.pause on processors without that call"},
	{"rt_sigtimedwait", 128, 137, nil, "signal.sigwait"},
	{"rt_sigreturn", 15, 139, nil, "the end of a signal's handler"},
	{"sigaltstack", 131, 132, nil, "faulthandler, Go"},
	{"kill", 62, 129, []when{oneOf(0, itsOwn)}, "os.kill, to itself"},
	{"tkill", 200, 130, []when{oneOf(0, itsOwn)}, "musl's raise, in the first thread"},
	{"tgkill", 234, 131, []when{oneOf(0, itsOwn)}, "signal.raise_signal, signal.pthread_kill, Go: to its own threads"},
}

//nolint:gochecknoglobals // never written
var selfCalls = []call{
	{"getpid", 39, 172, nil, "random seeds, os.getpid"},
	{"getppid", 110, 173, nil, "os.getppid"},
	{"gettid", 186, 178, nil, "threading"},
	{"getpgrp", 111, -1, nil, "os.getpgrp"},
	{"getpgid", 121, 155, []when{oneOf(0, 0, itsOwn)}, "os.getpgrp on processors without that call"},
	{"getsid", 124, 156, []when{oneOf(0, 0, itsOwn)}, "os.getsid, of itself"},
	{"getuid", 102, 174, nil, "Python's start"},
	{"geteuid", 107, 175, nil, "Python's start"},
	{"getgid", 104, 176, nil, "Python's start"},
	{"getegid", 108, 177, nil, "Python's start"},
	{"getresuid", 118, 148, nil, "os.getresuid"},
	{"getresgid", 120, 150, nil, "os.getresgid"},
	{"getgroups", 115, 158, nil, "os.getgroups"},
	{"getrusage", 98, 165, nil, "what a cell has used"},
	{"getrlimit", 97, 163, nil, "resource, in older C libraries"},
	{"setrlimit", 160, 164, nil, "resource, in older C libraries: of itself"},
	{"prlimit64", 302, 261, []when{oneOf(0, 0, itsOwn)}, "resource, of itself"},
	{"uname", 63, 160, nil, "platform"},
	{"sysinfo", 99, 179, nil, "the C library sorts, and asks how much memory there is"},
	{"getrandom", 318, 278, nil, "random, hashes of text"},
}
