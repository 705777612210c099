package launcher

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
)

// denied are the system calls that a cage has no use for, by what they would
// give: a network, other processes, other programs, other users' files, the
// kernel's inner doors. A name that a processor does not have is passed over.
var denied = []string{
	"socket", "socketpair", "bind", "connect", "listen", "accept", "accept4",
	"fork", "vfork", "execveat", "memfd_create", "memfd_secret",
	"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp",
	"tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
	"pidfd_open", "pidfd_getfd", "pidfd_send_signal",
	"setsid", "setpgid", "setns", "unshare", "chroot", "pivot_root",
	"mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "fspick", "fsconfig", "mount_setattr",
	"bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
	"add_key", "request_key", "keyctl",
	"init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "acct", "quotactl", "quotactl_fd",
	"swapon", "swapoff", "syslog", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname", "setdomainname",
	"iopl", "ioperm", "modify_ldt", "personality", "name_to_handle_at", "open_by_handle_at", "fanotify_init", "inotify_init", "inotify_init1",
	"chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat",
	"setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
	"shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semtimedop", "semctl", "msgget", "msgsnd", "msgrcv", "msgctl",
	"mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr",
	"setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid", "setgroups", "capset",
	"setpriority", "sched_setscheduler", "sched_setattr", "ioprio_set", "migrate_pages", "move_pages", "mbind", "set_mempolicy",
	"vmsplice", "vhangup", "lookup_dcookie", "uselib", "nfsservctl",
}

// action gives up a call with an error number.
func action(e syscall.Errno) seccomp.Action { return seccomp.ActionErrno | seccomp.Action(e) }

// policy denies what is listed, processes but not threads, and signals to any
// process but the one with the given number.
func policy(pid int) (seccomp.Policy, error) {
	info, err := arch.GetInfo("")
	if err != nil {
		return seccomp.Policy{}, fmt.Errorf("seccomp on %s: %w", runtime.GOARCH, err)
	}
	names := make([]string, 0, len(denied))
	for _, n := range denied {
		if _, ok := info.SyscallNames[n]; ok {
			names = append(names, n)
		}
	}
	others := seccomp.ArgumentConditions{{Argument: 0, Operation: seccomp.NotEqual, Value: uint64(pid)}}
	noThread := seccomp.ArgumentConditions{{Argument: 0, Operation: seccomp.BitsNotSet, Value: syscall.CLONE_THREAD}}
	return seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: []seccomp.SyscallGroup{
		// The C library takes the older call when this one is missing, and of
		// that one a filter can see the flags.
		{Action: action(syscall.ENOSYS), Names: []string{"clone3"}},
		{Action: action(syscall.EPERM), Names: names, NamesWithCondtions: []seccomp.NameWithConditions{
			{Name: "clone", Conditions: noThread}, {Name: "kill", Conditions: others}, {Name: "tgkill", Conditions: others},
		}},
	}}, nil
}

// Codes of the classic BPF machine that the guard below is written in.
const (
	loadWord  = 0x20 // BPF_LD | BPF_W | BPF_ABS
	jumpEqual = 0x15 // BPF_JMP | BPF_JEQ | BPF_K
	giveBack  = 0x06 // BPF_RET | BPF_K
	archAt    = 4    // offsetof(struct seccomp_data, arch)
)

// filter assembles the policy. In front of it stands a guard: a call by the
// convention of another processor has other numbers, so no list fits it, and
// whoever makes one is killed.
func filter(pid int) ([]syscall.SockFilter, error) {
	p, err := policy(pid)
	if err != nil {
		return nil, err
	}
	info, err := arch.GetInfo("")
	if err != nil {
		return nil, fmt.Errorf("seccomp on %s: %w", runtime.GOARCH, err)
	}
	program, err := p.Assemble()
	if err != nil {
		return nil, fmt.Errorf("assemble the filter: %w", err)
	}
	out := []syscall.SockFilter{
		{Code: loadWord, K: archAt},
		{Code: jumpEqual, Jt: 1, K: uint32(info.ID)},
		{Code: giveBack, K: uint32(seccomp.ActionKillProcess)},
	}
	for _, i := range program {
		raw, err := i.Assemble()
		if err != nil {
			return nil, fmt.Errorf("assemble the filter: %w", err)
		}
		out = append(out, syscall.SockFilter{Code: raw.Op, Jt: raw.Jt, Jf: raw.Jf, K: raw.K})
	}
	return out, nil
}

// packed is the filter as the kernel and bwrap read it.
func packed(f []syscall.SockFilter) []byte {
	out := make([]byte, 0, 8*len(f))
	for _, i := range f {
		out = binary.NativeEndian.AppendUint16(out, i.Code)
		out = append(out, i.Jt, i.Jf)
		out = binary.NativeEndian.AppendUint32(out, i.K)
	}
	return out
}

const (
	prSetNoNewPrivs = 38
	setModeFilter   = 1 // SECCOMP_SET_MODE_FILTER
	flagTSync       = 1 // SECCOMP_FILTER_FLAG_TSYNC: all threads
)

// loadFilter puts the filter on every thread of this process, for good.
func loadFilter(pid int) error {
	f, err := filter(pid)
	if err != nil {
		return err
	}
	runtime.LockOSThread() // the two calls below must come from one thread
	defer runtime.UnlockOSThread()
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetNoNewPrivs, 1, 0, 0, 0, 0); e != 0 {
		return fmt.Errorf("give up privileges: %w", e)
	}
	prog := syscall.SockFprog{Len: uint16(len(f)), Filter: &f[0]}
	if _, _, e := syscall.RawSyscall(sysSeccomp, setModeFilter, flagTSync, uintptr(unsafe.Pointer(&prog))); e != 0 {
		return fmt.Errorf("load the filter: %w", e)
	}
	return nil
}
