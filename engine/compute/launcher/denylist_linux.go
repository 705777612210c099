package launcher

import (
	"fmt"
	"runtime"
	"syscall"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/net/bpf"
)

// This file is the filter of the release before: a list of what is denied. It
// goes with the next one. AIMO3_OLD_FILTER=1 brings it back until then, for
// somebody whose module wants a call that the table does not allow.

// denied are the system calls that a sandbox has no use for, by what they would
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

// oldProgram is that filter, without the guard of processors.
func oldProgram(pid int) ([]bpf.Instruction, error) {
	p, err := policy(pid)
	if err != nil {
		return nil, err
	}
	program, err := p.Assemble()
	if err != nil {
		return nil, fmt.Errorf("assemble the filter: %w", err)
	}
	return program, nil
}
