package launcher

// call is a system call that the sandbox allows, by its number for each
// processor, and why. What no row allows is refused. A call may have several
// rows; one of them must fit.
type call struct {
	name         string
	amd64, arm64 int // -1 where the processor has no such call
	only         []when
	why          string
}

// when is what must hold of an argument: that its bits of the mask (if zero, all
// 32) are one of the values. Every argument that is looked at is an int for the
// kernel, or flags in the low 32 bits of a word.
type when struct {
	arg  int
	mask uint32
	is   []uint32
	not  bool // they are none of the values
}

// itsOwn, as a value, stands for the process's own number.
const itsOwn = ^uint32(0)

func oneOf(arg int, values ...uint32) when { return when{arg: arg, is: values} }

// upTo is for a bound of one less than a power of two.
func upTo(arg int, maxValue uint32) when { return when{arg: arg, mask: ^maxValue, is: []uint32{0}} }

func without(arg int, bits uint32) when {
	return when{arg: arg, mask: bits, is: []uint32{bits}, not: true}
}

func with(arg int, bits uint32) when { return when{arg: arg, mask: bits, is: []uint32{bits}} }

// all is every call that the sandbox allows.
func all() []call {
	var rows []call
	for _, part := range [][]call{fileCalls, waitCalls, socketCalls, memoryCalls, threadCalls, signalCalls, selfCalls} {
		rows = append(rows, part...)
	}
	return rows
}

// probedCalls are calls that libraries try first and do without: those are told that
// the kernel does not have them, and take the older way. Any other call that is
// refused is told that it is not permitted.
//
//nolint:gochecknoglobals // never written
var probedCalls = []call{
	{"clone3", 435, 435, nil, "the C library takes clone, whose flags a filter can see"},
	{"statx", 332, 291, nil, "musl and Rust take newfstatat"},
	{"faccessat2", 439, 439, nil, "the C library takes faccessat"},
	{"close_range", 436, 436, nil, "Python closes one after the other"},
	{"openat2", 437, 437, nil, "openat"},
	{"epoll_pwait2", 441, 441, nil, "epoll_pwait"},
	{"preadv2", 327, 286, nil, "preadv"},
	{"pwritev2", 328, 287, nil, "pwritev"},
	{"fchmodat2", 452, 452, nil, "fchmodat, which is refused"},
	{"membarrier", 324, 283, nil, "allocators and runtimes do without"},
	{"get_mempolicy", 239, 236, nil, "libraries of algebra take the machine for one node"},
	{"futex_waitv", 449, 449, nil, "futex"},
	{"futex_wake", 454, 454, nil, "futex"},
	{"futex_wait", 455, 455, nil, "futex"},
	{"futex_requeue", 456, 456, nil, "futex"},
	{"mseal", 462, 462, nil, "the C library leaves its pages unsealed"},
	{"map_shadow_stack", 453, 453, nil, "the C library does without"},
	{"sched_getaffinity", 204, 123, nil, "of another thread: the C library leaves it out of what it knows of that"},
}

const (
	fdSetFlags  = 4      // F_SETFL
	flagSignals = 0x2000 // O_ASYNC: signals when a descriptor is ready, to whom it says
)

//nolint:gochecknoglobals // never written
var fileCalls = []call{
	{"read", 0, 63, nil, "cells come through a pipe; modules are files"},
	{"pread64", 17, 67, nil, "the loader of libraries, os.pread"},
	{"readv", 19, 65, nil, "musl's streams, os.readv"},
	{"preadv", 295, 69, nil, "os.preadv"},
	{"write", 1, 64, nil, "replies go through a pipe"},
	{"writev", 20, 66, nil, "musl's streams, os.writev"},
	{"lseek", 8, 62, nil, "reading archives"},
	{"open", 2, -1, nil, "musl; landlock or the mounts say what may be opened"},
	{"openat", 257, 56, nil, "landlock or the mounts say what may be opened"},
	{"close", 3, 57, nil, "what was opened"},
	{"stat", 4, -1, nil, "older C libraries; imports look for modules"},
	{"fstat", 5, 80, nil, "reading a file begins with its size"},
	{"lstat", 6, -1, nil, "older C libraries; os.path.realpath"},
	{"newfstatat", 262, 79, nil, "imports look for modules"},
	{"statfs", 137, 43, nil, "libffi looks for SELinux"},
	{"fstatfs", 138, 44, nil, "os.fpathconf in some C libraries"},
	{"access", 21, -1, nil, "the loader of libraries"},
	{"faccessat", 269, 48, nil, "the loader of libraries, os.access"},
	{"readlink", 89, -1, nil, "Python looks where it lies"},
	{"readlinkat", 267, 78, nil, "Python looks where it lies"},
	{"getcwd", 79, 17, nil, "os.getcwd, imports"},
	{"chdir", 80, 49, nil, "os.chdir: concerns itself alone"},
	{"fchdir", 81, 50, nil, "os.fchdir: concerns itself alone"},
	{"getdents", 78, -1, nil, "older C libraries"},
	{"getdents64", 217, 61, nil, "imports list directories"},
	{"umask", 95, 166, nil, "os.umask: concerns itself alone"},
	{"dup", 32, 23, nil, "the loader of programs, os.dup"},
	{"dup2", 33, -1, nil, "os.dup2"},
	{"dup3", 292, 24, nil, "os.dup2"},
	{"pipe", 22, -1, nil, "older C libraries"},
	{"pipe2", 293, 59, nil, "os.pipe, Go"},
	{"fcntl", 72, 25, []when{oneOf(1, 0, 1, 2, 3, 1030, 1032)}, "doubles, flags, a pipe's size; no locks, leases, owners, watches"},
	{"fcntl", 72, 25, []when{oneOf(1, fdSetFlags), without(2, flagSignals)}, "not to wait, but not to send signals"},
	{
		"ioctl", 16, 29,
		[]when{oneOf(1, 0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)},
		"is it a terminal, how large (TCGETS, TCGETS2, TIOCGWINSZ); FIONREAD, FIONBIO, FIONCLEX, FIOCLEX",
	},
}

//nolint:gochecknoglobals // never written
var waitCalls = []call{
	{"select", 23, -1, nil, "time.sleep of Python 3.10 and before"},
	{"pselect6", 270, 72, nil, "select.select"},
	{"poll", 7, -1, nil, "select.poll"},
	{"ppoll", 271, 73, nil, "select.poll"},
	{"epoll_create", 213, -1, nil, "older C libraries"},
	{"epoll_create1", 291, 20, nil, "asyncio, Go"},
	{"epoll_ctl", 233, 21, nil, "asyncio, Go"},
	{"epoll_wait", 232, -1, nil, "asyncio"},
	{"epoll_pwait", 281, 22, nil, "asyncio, Go"},
	{"eventfd2", 290, 19, nil, "os.eventfd, Go"},
	{"nanosleep", 35, 101, nil, "Go, C libraries"},
	{"clock_nanosleep", 230, 115, []when{upTo(0, 15)}, "time.sleep; no clock of another process"},
	{"clock_gettime", 228, 113, []when{upTo(0, 15)}, "time.time; no clock of another process"},
	{"clock_getres", 229, 114, []when{upTo(0, 15)}, "time.get_clock_info; no clock of another process"},
	{"gettimeofday", 96, 169, nil, "time, where the C library cannot ask without a call"},
	{"time", 201, -1, nil, "time, where the C library cannot ask without a call"},
	{"times", 100, 153, nil, "os.times"},
	{"alarm", 37, -1, nil, "signal.alarm"},
	{"getitimer", 36, 102, nil, "signal.getitimer"},
	{"setitimer", 38, 103, nil, "signal.setitimer"},
	{"pause", 34, -1, nil, "signal.pause"},
}

const (
	local      = 1   // AF_UNIX
	typeOfPair = 0xF // the bits of a socket's type without flags
	stream     = 1   // SOCK_STREAM
)

// No socket can be had but one end of a pair. A datagram of a pair could be sent
// to any other socket, and sendmsg could pass descriptors: neither is allowed.
//
//nolint:gochecknoglobals // never written
var socketCalls = []call{
	{"socketpair", 53, 199, []when{oneOf(0, local), {arg: 1, mask: typeOfPair, is: []uint32{stream}}}, "asyncio wakes itself by a pair"},
	{"sendto", 44, 206, nil, "asyncio; an end of a pair sends to its other end alone"},
	{"recvfrom", 45, 207, nil, "asyncio"},
	{"shutdown", 48, 210, nil, "socket.shutdown"},
	{"getsockname", 51, 204, nil, "Python asks each socket what it is"},
	{"getpeername", 52, 205, nil, "asyncio asks each stream whose it is"},
	{"getsockopt", 55, 209, nil, "Python asks each socket what it is"},
}
