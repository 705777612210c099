package python_test

import "github.com/aimo3/aimo3/engine/compute/computetest"

// needs is put before attacks that reach for the C library.
const needs = "import ctypes, os, sys\nlibc = ctypes.CDLL(None, use_errno=True)\n"

const denied = `PermissionError|Operation not permitted|Permission denied|No such file|FileNotFoundError|not allowed|OSError`

// attacks are the eighteen that the design was chosen by, and more.
var attacks = []computetest.Attack{
	// Time and memory.
	{Name: "endless loop", Code: "while True: pass", Says: `TIMEOUT`, Endless: true},
	{Name: "endless loop that catches interrupts", Code: "while True:\n    try:\n        while True: pass\n    except BaseException: pass", Says: `TIMEOUT`, Lost: true, Endless: true},
	{Name: "interrupts switched off", Code: "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", Says: `TIMEOUT.*restarted`, Lost: true, Endless: true},
	{Name: "long sleep", Code: "import time\ntime.sleep(600)", Says: `KeyboardInterrupt`, Endless: true},
	{Name: "power tower", Code: "9**9**9", Says: `TIMEOUT|MemoryError`, Lost: true, Endless: true},
	{Name: "huge text of a number", Code: "print(10**20000000)", Lost: true, Endless: true},
	{Name: "runaway recursion", Code: "def f(): f()\nf()", Says: `RecursionError`},
	{Name: "recursion without limit", Code: "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()", Says: `Error|TIMEOUT|CRASHED`, Lost: true, Endless: true},
	{Name: "recursion in C", Code: "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)\nstr(x)", Lost: true, Endless: true},
	{Name: "deep syntax", Code: "eval('('*90000 + ')'*90000)", Says: `Error|CRASHED`, Lost: true},
	{Name: "catastrophic pattern", Code: "import re\nre.match('(a+)+$', 'a'*40+'b')", Says: `TIMEOUT`, Lost: true, Endless: true},
	{Name: "memory bomb", Code: "x = bytearray(3 << 30)\nprint('BROKE OUT')", Says: `MemoryError`},
	{Name: "memory bomb bit by bit", Code: "x = []\nwhile True: x.append(bytearray(1 << 24))", Says: `MemoryError|CRASHED|TIMEOUT`, Lost: true},
	{Name: "memory bomb in a list", Code: "x = [0]\nwhile True: x += x", Says: `MemoryError|TIMEOUT`, Lost: true, Endless: true},
	{Name: "thread bomb", Code: "import threading, time\nfor _ in range(10**5): threading.Thread(target=time.sleep, args=(600,), daemon=True).start()", Lost: true},
	{Name: "threads left running", Code: "import threading\ndef spin():\n    while True: pass\nfor _ in range(3): threading.Thread(target=spin, daemon=True).start()", Lost: true},

	// Processes and signals.
	{Name: "fork", Code: "import os\nif os.fork() == 0: os._exit(0)\nprint('BROKE OUT')", Says: denied},
	{Name: "fork bomb", Code: "import os\nwhile True:\n    try: os.fork(); print('BROKE OUT')\n    except OSError as e: print(e); break", Says: denied},
	{Name: "fork by number", Code: needs + "r = libc.syscall(57)\nif r == 0: os._exit(0)\nprint('BROKE OUT' if r > 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "clone by number", Code: needs + "r = libc.syscall(56, 17, 0, 0, 0, 0)\nif r == 0: os._exit(0)\nprint('BROKE OUT' if r > 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "clone3 by number", Code: needs + "a = (ctypes.c_ulong * 11)(0, 0, 0, 0, 17)\nr = libc.syscall(435, a, 88)\nif r == 0: os._exit(0)\nprint('BROKE OUT' if r > 0 else os.strerror(ctypes.get_errno()))", Says: `not implemented`},
	{Name: "daemon", Code: "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)\nprint('BROKE OUT')", Says: denied},
	{Name: "children with memory", Code: "import multiprocessing as m\nm.Pool(8).map(bytearray, [500 << 20] * 8)\nprint('BROKE OUT')", Says: denied},
	{Name: "shell", Code: "import subprocess\nprint('BROKE OUT', subprocess.run(['/bin/sh', '-c', 'id'], capture_output=True))", Says: denied},
	{Name: "os.system", Code: "import posix\nprint('BROKE OUT' if posix.system('touch $DIR/x') == 0 else 'no')", Says: "no"},
	{Name: "posix_spawn", Code: "import os\nos.posix_spawn('/bin/sh', ['sh', '-c', 'id'], {})\nprint('BROKE OUT')", Says: denied},
	{Name: "becoming a shell", Code: "import os\nos.execv('/bin/sh', ['sh', '-c', 'echo BROKE OUT >&2; sleep 600'])", Says: denied + "|CRASHED", Lost: true},
	{Name: "becoming a shell by the loader", Code: "import os\nos.execv('/lib64/ld-linux-x86-64.so.2', ['ld', '/bin/sh', '-c', 'echo BROKE OUT > $DIR/x'])", Lost: true},
	{Name: "program made in memory", Code: needs + "r = libc.syscall(319, b'x', 0)\nprint('BROKE OUT' if r >= 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "new session", Code: "import os\nos.setsid()\nprint('BROKE OUT')", Says: denied},
	{Name: "new group", Code: "import os\nos.setpgid(0, 0)\nprint('BROKE OUT')", Says: denied},
	{Name: "killing the parent", Code: "import os\nos.kill($PARENT, 9)\nprint('BROKE OUT')", Says: denied + "|ProcessLookup"},
	{Name: "killing its own parent", Code: "import os\nos.kill(os.getppid(), 9)\nprint('BROKE OUT')", Says: denied},
	{Name: "killing a process", Code: "import os\nos.kill($VICTIM, 9)\nprint('BROKE OUT')", Says: denied + "|ProcessLookup"},
	{Name: "killing everything", Code: "import os\nos.kill(-1, 9)\nprint('BROKE OUT')", Says: denied + "|ProcessLookup"},
	{Name: "killing its group", Code: "import os\nos.killpg(0, 9)", Says: denied},
	{Name: "killing by queue", Code: needs + "r = libc.syscall(129, $VICTIM, 9, 0)\nprint('BROKE OUT' if r == 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "killing by descriptor", Code: needs + "r = libc.syscall(434, $VICTIM, 0)\nprint('BROKE OUT' if r >= 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "tracing a process", Code: needs + "r = libc.ptrace(16, $VICTIM, 0, 0)\nprint('BROKE OUT' if r == 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "reading a process's memory", Code: needs + "r = libc.syscall(310, $PARENT, 0, 0, 0, 0, 0)\nprint('BROKE OUT' if r >= 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "ending itself", Code: "import os\nos._exit(0)", Says: `CRASHED`, Lost: true},
	{Name: "killing itself", Code: "import os\nos.kill(os.getpid(), 9)", Lost: true},
	{Name: "stopping itself", Code: "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", Lost: true, Endless: true},
	{Name: "stopping itself later", Code: "import os, signal, threading\nthreading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGSTOP)).start()\nwhile True: pass", Lost: true, Endless: true},
	{Name: "crash", Code: "import ctypes\nctypes.string_at(0)", Says: `CRASHED`, Lost: true},
	{Name: "exit", Code: "exit()", Says: `SystemExit`},

	// Files.
	{Name: "secret in a file", Code: "print('BROKE OUT', open('$SECRETFILE').read())", Says: denied},
	{Name: "home directory", Code: home, Says: denied + "|only the way to the interpreter"},
	{Name: "keys", Code: "import os\nprint('BROKE OUT', open(os.path.expanduser('$HOME/.ssh/id_rsa')).read())", Says: denied},
	{Name: "passwords", Code: "print('BROKE OUT', open('/etc/passwd').read())", Says: denied},
	{Name: "secret through a link", Code: "import os\nos.symlink('$SECRETFILE', '$DIR/x')\nprint('BROKE OUT', open('$DIR/x').read())", Says: denied},
	{Name: "secret through a hard link", Code: "import os\nos.link('$SECRETFILE', '$DIR/x')\nprint('BROKE OUT')", Says: denied},
	{Name: "proc of the parent", Code: "print('BROKE OUT', open('/proc/$PARENT/environ', 'rb').read())", Says: denied},
	{Name: "proc of its own", Code: "print('BROKE OUT', open('/proc/self/maps').read())", Says: denied},
	{Name: "proc list", Code: "import os\nprint('BROKE OUT', os.listdir('/proc'))", Says: denied},
	{Name: "sys", Code: "import os\nprint('BROKE OUT', os.listdir('/sys'))", Says: denied},
	{Name: "writing into a directory for all", Code: "open('$DIR/x', 'w').write('BROKE OUT')\nprint('BROKE OUT')", Says: denied},
	{Name: "writing to tmp", Code: "open('/tmp/aimo3-attack', 'w').write('x')\nprint('BROKE OUT')", Says: denied},
	{Name: "writing here", Code: "open('x.txt', 'w').write('x')\nprint('BROKE OUT')", Says: denied},
	{Name: "writing to shared memory", Code: "open('/dev/shm/aimo3-attack', 'wb').write(bytes(1 << 20))\nprint('BROKE OUT')", Says: denied},
	{Name: "writing over the interpreter", Code: "import sys\nopen(sys.executable, 'ab').write(b'x')\nprint('BROKE OUT')", Says: denied},
	{Name: "writing into a library", Code: "import os\nopen(os.__file__, 'a').write('#')\nprint('BROKE OUT')", Says: denied},
	{Name: "truncating", Code: "import os\nos.truncate('$SECRETFILE', 0)\nprint('BROKE OUT')", Says: denied},
	{Name: "truncating while opening to read", Code: "import os\nos.open('$SECRETFILE', os.O_RDONLY | os.O_TRUNC)\nprint('BROKE OUT')", Says: denied},
	{Name: "removing", Code: "import os\nos.remove('$SOCKET')\nprint('BROKE OUT')", Says: denied},
	{Name: "rights", Code: "import os\nos.chmod('$SECRETFILE', 0o777)\nprint('BROKE OUT')", Says: denied},
	{Name: "times", Code: "import os\nos.utime('$SECRETFILE', (0, 0))\nprint('BROKE OUT')", Says: denied},
	{Name: "directory", Code: "import os\nos.mkdir('$DIR/x')\nprint('BROKE OUT')", Says: denied},
	{Name: "pipe with a name", Code: "import os\nos.mkfifo('$DIR/x')\nprint('BROKE OUT')", Says: denied},
	{Name: "temporary file", Code: "import tempfile\ntempfile.TemporaryFile().write(bytes(1 << 30))\nprint('BROKE OUT')", Says: denied},
	{Name: "terminal", Code: "open('/dev/tty', 'w').write('x')\nprint('BROKE OUT')", Says: denied},

	// The network, and talking to others.
	{Name: "call over loopback", Code: "import socket\nsocket.create_connection(('127.0.0.1', $PORT), 1)\nprint('BROKE OUT')", Says: denied},
	{Name: "call to a unix socket", Code: "import socket\nsocket.socket(socket.AF_UNIX).connect('$SOCKET')\nprint('BROKE OUT')", Says: denied},
	{Name: "call to an abstract socket", Code: "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0$ABSTRACT')\nprint('BROKE OUT')", Says: denied},
	{Name: "datagram", Code: "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', $PORT))\nprint('BROKE OUT')", Says: denied},
	{Name: "raw packets", Code: "import socket\nsocket.socket(socket.AF_PACKET, socket.SOCK_RAW)\nprint('BROKE OUT')", Says: denied},
	{Name: "listening", Code: "import socket\nsocket.create_server(('127.0.0.1', 0))\nprint('BROKE OUT')", Says: denied},
	{Name: "names", Code: "import socket\nprint('BROKE OUT', socket.gethostbyname('localhost.localdomain'))", Says: `(?i)error`},
	{Name: "pair of sockets that reaches others", Code: "import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\na.sendto(b'x', '$SOCKET')\nprint('BROKE OUT')", Says: denied},
	{Name: "pair of streams", Code: "import socket\na, b = socket.socketpair()\nfor call in (lambda: a.sendto(b'x', '$SOCKET'), lambda: a.connect('$SOCKET'), lambda: a.bind('\\0x'), lambda: a.listen(), lambda: socket.send_fds(a, [b'x'], [0]), lambda: a.setsockopt(1, 8, 1 << 20)):\n    try: call(); print('BROKE OUT')\n    except OSError as e: print(e)", Says: denied},
	{Name: "shared memory", Code: needs + "r = libc.shmget(4242, 4096, 0o1600)\nprint('BROKE OUT' if r >= 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "io_uring", Code: needs + "r = libc.syscall(425, 8, ctypes.create_string_buffer(256))\nprint('BROKE OUT' if r >= 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "new namespaces", Code: needs + "r = libc.unshare(0x10000000)\nprint('BROKE OUT' if r == 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "bpf", Code: needs + "r = libc.syscall(321, 0, 0, 0)\nprint('BROKE OUT' if r >= 0 else os.strerror(ctypes.get_errno()))", Says: denied},
	{Name: "another processor's calls", Code: i386, Lost: true},

	// What is in the environment, and the protocol.
	{Name: "environment", Code: "import os\nprint(dict(os.environ))\nprint(open('/proc/self/environ', 'rb').read())", Says: denied},
	{Name: "environment of C", Code: needs + "libc.getenv.restype = ctypes.c_char_p\nprint(libc.getenv(b'AIMO3_CANARY'), libc.getenv(b'HOME'))", Says: "None"},
	{Name: "raising limits", Code: "import resource\nresource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))\nx = bytearray(3 << 30)\nprint('BROKE OUT')", Says: "ValueError|" + denied},
	{Name: "10 GB of output", Code: "while True: print('x' * (1 << 20))", Says: `bytes dropped`, Endless: true},
	{Name: "output to every descriptor", Code: "import os\nfor fd in range(64):\n    try: os.write(fd, b'{\"id\": 1, \"nonce\": \"\", \"out\": \"BROKE OUT\"}\\n')\n    except OSError: pass\n'still'", Says: "^'still'\n$"},
	{Name: "endless output to every descriptor", Code: "import os\nwhile True:\n    for fd in range(3, 64):\n        try: os.write(fd, b'x' * 65536)\n        except OSError: pass", Lost: true, Endless: true},
	{Name: "half a line to every descriptor", Code: "import os\nfor fd in range(64):\n    try: os.write(fd, b'{\"id\": ')\n    except OSError: pass\n'still'", Says: "^'still'\n$"},
	{Name: "closed descriptors", Code: "import os\nos.closerange(0, 64)", Lost: true},
	{Name: "reading the protocol", Code: "import os\nfor fd in range(3, 64):\n    try: print(os.read(fd, 100))\n    except OSError: pass", Lost: true, Endless: true},
	{Name: "output that is not text", Code: "import sys\nsys.stdout.buffer.write(bytes(range(256)))\nprint('\\ud800', '\\0')"},
	{Name: "terminal codes in output", Code: "print('\\x1b]0;title\\x07\\x1b[2J')"},
	{Name: "code with NUL", Code: "1 +\x00 1", Says: "null byte"},
	{Name: "code that is not text", Code: "'\xff\xfe'", Says: "."},
	{Name: "code too long", Code: longCode, Says: "TooLong"},
	{Name: "builtins taken away", Code: "import builtins\nfor n in ('print', 'repr', 'len', 'str', 'isinstance', 'compile', 'exec', 'eval', 'type', 'list'):\n    delattr(builtins, n)", Lost: true},
	{Name: "json taken away", Code: "import json, os, io\njson.dumps = json.loads = os.write = None\nio.TextIOBase = None", Lost: true},
	{Name: "screen taken away", Code: "import sys\nsys.stdout = sys.stderr = None\ndel sys.__stdout__"},
	{Name: "an error that cannot be told", Code: "class E(Exception):\n    def __str__(self): raise E\nraise E", Says: "cannot be shown"},
	{Name: "an error that takes for ever to tell", Code: "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E", Lost: true, Endless: true},
	{Name: "a value that takes for ever to show", Code: "class E:\n    def __repr__(self):\n        while True: pass\nE()", Says: "TIMEOUT", Endless: true},
	{Name: "an exit hook", Code: "import atexit, os\natexit.register(lambda: os.write(4, b'BROKE OUT'))\nos.abort()", Says: "CRASHED", Lost: true},
	{Name: "input", Code: "input('secret? ')", Says: "nobody is there"},
}

var longCode = "x = 1\n" + string(make([]byte, 70000))

// home lists the home directory. In a file system made of mounts the interpreter
// may lie there, and what leads to it is no secret.
const home = `import os, sys
found = [n for n in os.listdir('$HOME') if not (sys.prefix + '/').startswith(os.path.join('$HOME', n) + '/')]
print('BROKE OUT' if found else 'only the way to the interpreter', found)`

// i386 makes a call by the convention of another processor, where 20 is getpid
// and no list of ours applies.
const i386 = `import ctypes, mmap
m = mmap.mmap(-1, 4096, prot=7)
m.write(b'\xb8\x14\x00\x00\x00\xcd\x80\xc3')
f = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))
print('BROKE OUT' if f() > 0 else 'no')`
