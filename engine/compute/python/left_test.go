package python_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
)

// afterwards are cells that every session must run, whatever ran in it before,
// and what they say.
var afterwards = []struct{ code, want string }{
	{"6*7", "42\n"},
	{"import sys, fractions\nprint(len([1, 2]), sum(range(5)), fractions.Fraction(1, 3))\n[str(i) for i in range(3)]", "2 10 1/3\n['0', '1', '2']\n"},
	{"6*7;", ""},
	{"def f(n): return n and n + f(n - 1)\nf(60)", "1830\n"},
	{"1/0", traceback + "  Cell In[6], line 1\n    1/0\n\nZeroDivisionError: division by zero\n"},
	{"import time\nend = time.time() + 0.05\nwhile time.time() < end: pass\nprint('done')", "done\n"},
}

// TestLeftBehind: what a cell leaves does not harm the next. The session lives,
// or is restarted and says so to the cell that broke it; and then everything
// runs as in a new one.
func TestLeftBehind(t *testing.T) {
	for _, c := range leavings {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, compute.Limits{})
			cell, err := s.Run(t.Context(), c.code)
			if err != nil {
				t.Fatal(err)
			}
			if cell.Kept != (c.lost == "") || !strings.Contains(cell.Text(), c.lost) || !cell.Kept && !strings.Contains(cell.Err, "The session was restarted") {
				t.Errorf("kept %v, says %q, want %q", cell.Kept, cell.Text(), c.lost)
			}
			for _, after := range afterwards {
				if cell, err := s.Run(t.Context(), after.code); err != nil || cell.Text() != after.want || !cell.Kept {
					t.Errorf("afterwards %q says\n%s\nwant\n%s (%v)", after.code, cell.Text(), after.want, err)
				}
			}
		})
	}
}

const broken = "[BROKEN] The cell "

// bang is a function that throws whatever it is given.
const bang = "def bang(*a, **k): raise SystemExit('bang')\n"

// leavings are cells that leave something behind, and what of the session's end
// is told; "" if it lives.
var leavings = []struct{ name, code, lost string }{
	// What would run by itself.
	{"an alarm", "import signal\nsignal.alarm(1)", ""},
	{"a timer with a handler that throws", "import signal\n" + bang + "signal.signal(signal.SIGALRM, bang)\nsignal.setitimer(signal.ITIMER_REAL, .001, .001)", ""},
	{"timers of processor time", "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, .01)\nsignal.setitimer(signal.ITIMER_PROF, .01)", ""},
	{"a dump that ends it", "import faulthandler\nfaulthandler.dump_traceback_later(.02, exit=True, file=2)", ""},
	{"signals that are blocked", "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))", ""},
	{"a signal that waits", "import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM, signal.SIGTERM])\nsignal.raise_signal(signal.SIGALRM)\nsignal.raise_signal(signal.SIGTERM)", ""},
	{"handlers that throw, and a thread that sends", "import os, signal, threading, time\n" + bang + "for n in (signal.SIGINT, signal.SIGUSR1, signal.SIGALRM): signal.signal(n, bang)\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])\ndef send():\n    for _ in range(5):\n        time.sleep(.005)\n        os.kill(os.getpid(), signal.SIGUSR1)\nthreading.Thread(target=send).start()\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)", ""},
	{"an interrupt that is ignored", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)", ""},
	{"a descriptor that signals wake", "import os, signal\nr, w = os.pipe()\nos.set_blocking(w, False)\nsignal.set_wakeup_fd(w)", ""},
	{"a trace that throws", "import sys\n" + bang + "sys.settrace(bang)", ""},
	{"a profile that throws", "import sys\n" + bang + "sys.setprofile(bang)", ""},
	{"both", "import sys\n" + bang + "sys.settrace(bang)\nsys.setprofile(bang)", ""},
	{"a trace of every frame", "import sys\ndef t(*a): return t\nf = sys._getframe()\nwhile f:\n    f.f_trace = t\n    f = f.f_back\nsys.settrace(t)", ""},
	{"traces of threads", "import threading\n" + bang + "threading.settrace(bang)\nthreading.setprofile(bang)", ""},
	{"sys.monitoring", "import sys\nm = getattr(sys, 'monitoring', None)\nif m:\n    m.use_tool_id(3, 'x')\n    m.register_callback(3, m.events.LINE, lambda *a: None)\n    m.set_events(3, m.events.LINE)", ""},
	{"threads that print later", "import threading, time\ndef late():\n    time.sleep(.001)\n    print('', end='')\nfor _ in range(5): threading.Thread(target=late).start()", ""},
	{"a thread that exits", "import sys, threading\nt = threading.Thread(target=sys.exit)\nt.start()\nt.join()", ""},
	{"a hook that throws for what threads throw", "import sys, threading\n" + bang + "sys.excepthook = threading.excepthook = sys.unraisablehook = sys.displayhook = bang\nt = threading.Thread(target=lambda: 1/0)\nt.start()\nt.join()", ""},
	{"a way out that throws", "import atexit\n" + bang + "atexit.register(bang)", ""},
	{"garbage that throws", "import sys\nsys.unraisablehook = lambda *a: None\nclass A:\n    def __del__(self): raise SystemExit\nfor _ in range(9):\n    a = A()\n    a.a = a", ""},
	{"soft limits", "import resource\nfor n in (resource.RLIMIT_NOFILE, resource.RLIMIT_STACK, resource.RLIMIT_AS):\n    resource.setrlimit(n, (9, resource.getrlimit(n)[1]))", ""},
	{"a hard limit", "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))", broken + "lowered a resource limit that cannot be raised again"},
	{"no time", "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))", broken + "lowered a resource limit"},
	{"a call of the garbage collector that throws", "import gc\n" + bang + "gc.callbacks.append(bang)\ngc.set_threshold(1)", ""},
	{"shallow recursion", "import sys\nsys.setrecursionlimit(50)", ""},

	// What a cell speaks with.
	{"no standard output", "import sys\nsys.stdout = sys.stderr = sys.stdin = None", ""},
	{"a hostile one", "import sys\nclass A:\n    def __getattribute__(self, n): raise SystemExit\nsys.stdout = sys.stderr = A()", ""},
	{"one that is closed", "import sys\nsys.stdin.close()\nsys.stdout.close()\nsys.stderr.buffer.close()", ""},
	{"one that is silent", "import sys\nsys.stdout.write = lambda text: 0", ""},
	{"one of another class", "import io, sys\nclass A(type(sys.stdout)):\n    def write(self, text): raise SystemExit\nsys.stdout.__class__ = A", ""},
	{"one without a memory", "import sys\ndel sys.stdout.kept", ""},
	{"a class without write", "import sys\ndel type(sys.stdout).write", broken + "replaced how output is written"},
	{"a memory without a head", "import sys\nsys.stdout.kept.head = None", broken},
	{"print that throws", "import builtins\n" + bang + "builtins.print = builtins.input = builtins.open = bang", ""},
	{"no print", "import builtins\ndel builtins.print", ""},

	// What Python needs.
	{"compile that throws", "import builtins\n" + bang + "builtins.compile = bang", broken + "replaced or removed builtins: compile"},
	{"no len", "import builtins\ndel builtins.len", broken + "replaced or removed builtins: len"},
	{"no import", "import builtins\nbuiltins.__import__ = None", broken},
	{"all builtins", "import builtins\nvars(builtins).clear()", broken},
	{"all builtins throw", "import builtins\n" + bang + "for n in list(vars(builtins)):\n    setattr(builtins, n, bang)", broken},
	{"a class that is not built", "import builtins\nbuiltins.__build_class__ = 0", broken},
	{"an error that is another", "import builtins\nbuiltins.BaseException = builtins.SystemExit = int", broken},
	{"what equals everything", "import builtins\nclass A:\n    def __eq__(self, other): return True\nbuiltins.str = A()", broken},
	{"builtins of one's own", "__builtins__ = {}", ""},
	{"names that are gone", "globals().clear()", ""},
	{"a name that throws", "class A(str):\n    def __hash__(self): return hash('__builtins__')\n    def __eq__(self, other):\n        if armed: raise SystemExit\n        return False\narmed = False\nglobals()[A('x')] = 1\narmed = True", ""},
	{"no modules", "import sys\nsys.modules.clear()", broken + "replaced or emptied sys.modules"},
	{"other modules", "import sys\nsys.modules = {}", broken},
	{"no main module", "import sys\ndel sys.modules['__main__']", ""},
	{"modules that are None", "import sys\nfor n in ('os', 'io', 'json', 'ast', '_ast', 'signal', '_signal', 'linecache', 'tokenize', 'inspect', 'faulthandler'): sys.modules[n] = None", ""},
	{"a module of another class", "import sys, types\nclass A(types.ModuleType):\n    def __setattr__(self, n, v): raise SystemExit\nsys.modules['__main__'].__class__ = A\nsys.__class__ = A", broken},
	{"no finders", "import sys\nsys.meta_path.clear()", broken},
	{"no path", "import sys\nsys.path.clear()", ""},
	{"a path that is none", "import sys\nsys.path = None", ""},
	{"an audit hook that throws", "import sys\n" + bang + "sys.addaudithook(lambda event, args: event == 'compile' and bang())", broken + "left an audit hook that throws"},
	{"an audit hook that throws at files", "import sys\n" + bang + "sys.addaudithook(lambda event, args: event == 'open' and bang())", broken + "left an audit hook that throws"},
	{"an audit hook that looks at them", "import sys\nsys.addaudithook(lambda event, args: event == 'open' and args[0].startswith('/x'))", ""},
	{"functions that read code", "import tokenize\n" + bang + "tokenize.generate_tokens = tokenize.tokenize = bang", ""},
	{"functions of modules", "import os, io, _ast, _signal, resource, sys, collections\n" + bang + "os.write = os.read = io.StringIO = _signal.signal = _signal.setitimer = resource.getrusage = sys.settrace = collections.deque = bang", ""},
	{"encoders", "import codecs\n" + bang + "for n in ('replace', 'ignore', 'backslashreplace', 'strict'): codecs.register_error(n, bang)", ""},
	{"warnings that throw", "import warnings\nwarnings.simplefilter('error')", ""},
	{"what the worker is", "import sys\nf = sys._getframe()\nwhile f:\n    for v in list(f.f_locals.values()):\n        if type(v).__name__ in ('Session', 'Manners', 'Kept'):\n            for n in dir(type(v)):\n                if not n.startswith('__'): setattr(type(v), n, None)\n    f = f.f_back", broken},
	{"what the worker knows", "import sys\nf = sys._getframe()\nwhile f.f_back: f = f.f_back\nfor n in list(f.f_globals):\n    if not n.startswith('__'): f.f_globals[n] = None\nfor n in list(display.__globals__):\n    display.__globals__[n] = None", "restarted"},
	{"no way to reply", "import os\nos.closerange(3, 64)", "[CRASHED] Python ended"},
	{"an end", "import os\nos._exit(3)", "[CRASHED] Python ended"},

	// Loops.
	{"a loop that is closed", "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().close = None", ""},
	{"a loop that is stopped", "import asyncio\nasyncio.get_running_loop().stop()\nawait asyncio.sleep(.001)\nfor _ in range(3):\n    asyncio.get_running_loop().stop()\n    await asyncio.sleep(0)\nasyncio.get_running_loop().stop()", ""},
	{"tasks that throw", "import asyncio\n" + bang + "async def f(): bang()\nt = [asyncio.ensure_future(f()) for _ in range(3)] if await asyncio.sleep(0) is None else 0", ""},
	{"a loop that runs for ever", "import asyncio\nloop = asyncio.new_event_loop()\nloop.call_soon(loop.stop)\nloop.run_forever()\nasyncio._set_running_loop(loop)", ""},
}
