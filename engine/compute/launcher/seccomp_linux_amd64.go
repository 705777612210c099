package launcher

// sysSeccomp is seccomp(2), which package syscall lacks.
const sysSeccomp = 317
