package python_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
)

// TestBrokenUnseen: what is found to be broken only when the next cell begins is
// told then, and the one after it runs.
func TestBrokenUnseen(t *testing.T) {
	for _, c := range []struct{ name, code, want string }{
		{"the tree of a program", "import _ast\n" + bang + "_ast.Expression.__init__ = bang", "SystemExit: bang\n[BROKEN] Cells can no longer be begun"},
		{"a hook that throws later", "import sys\nn = []\n" + bang + "sys.addaudithook(lambda e, a: e == 'compile' and (n.append(1) or len(n) > 1) and bang())", "[BROKEN] "},
		{"no way to ask", "import os, stat\nfor fd in range(3, 64):\n    try:\n        if stat.S_ISFIFO(os.fstat(fd).st_mode): os.close(fd); break\n    except OSError: pass", "Nothing of this cell was run"},
	} {
		s := open(t, compute.Limits{})
		for _, row := range []struct{ code, want string }{{c.code, ""}, {"6*7", c.want}, {"6*7", "42\n"}} {
			cell, err := s.Run(t.Context(), row.code)
			if err != nil || !strings.Contains(cell.Text(), row.want) || cell.Kept == (row.want == c.want) {
				t.Errorf("%s: %q says %q (%v, kept %v), want %q", c.name, row.code, cell.Text(), err, cell.Kept, row.want)
			}
		}
	}
}

// TestStays: what a cell set on purpose is there for the next, and what would
// reach into it is not.
func TestStays(t *testing.T) {
	checkCells(t, []notebook{
		{"the recursion limit", []string{"import sys\nsys.setrecursionlimit(5000)", "sys.getrecursionlimit()"}, "5000\n"},
		{"the precision of decimal", []string{"import decimal\ndecimal.getcontext().prec = 50", "decimal.getcontext().prec"}, "50\n"},
		{"sys.path", []string{"import sys\nn = len(sys.path)\nsys.path.append('/x')\ndel sys.path[0]", "len(sys.path) - n, '/x' in sys.path"}, "(1, True)\n"},
		{"warnings filters", []string{"import warnings\nwarnings.simplefilter('ignore')", "warnings.warn('x')"}, ""},
		{"gc", []string{"import gc\ngc.disable()", "gc.isenabled()"}, "False\n"},
		{"builtins that were added", []string{"import builtins\nbuiltins.answer = 42", "answer"}, "42\n"},
		{"a finder that throws nothing", []string{"import sys\nclass F:\n    @staticmethod\n    def find_spec(*a): return None\nsys.meta_path.append(F)", "F in sys.meta_path"}, "True\n"},
		{"handlers", []string{"import signal\nsignal.signal(signal.SIGALRM, lambda *a: print('rang'))", "signal.alarm(1)\nsignal.pause()"}, "rang\n"},
		{"not alarms and timers", []string{"import signal\nfor n in range(3): signal.setitimer(n, 60)", "[signal.getitimer(n) for n in range(3)]"}, "[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]\n"},
		{"not the mask", []string{"import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [2, 14])", "signal.pthread_sigmask(signal.SIG_BLOCK, [])"}, "set()\n"},
		{"not hooks", []string{"import sys, threading\nf = lambda *a: None\nfor m in (sys, threading):\n    m.settrace(f)\n    m.setprofile(f)", "sys.gettrace(), sys.getprofile(), threading._trace_hook, threading._profile_hook"}, "(None, None, None, None)\n"},
	})
}

// TestLivesOrSays: whatever a cell does to its own process, the session lives
// and runs what follows, or that cell says that it was restarted. Which of them
// differs from one version of Python to another.
func TestLivesOrSays(t *testing.T) {
	for _, c := range tampering {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, compute.Limits{})
			if cell, err := s.Run(t.Context(), c.code); err != nil || !cell.Kept && !strings.Contains(cell.Err, "The session was restarted") {
				t.Errorf("it says %q (%v, kept %v)", cell.Text(), err, cell.Kept)
			}
			for _, after := range afterwards {
				if cell, err := s.Run(t.Context(), after.code); err != nil || cell.Text() != after.want || !cell.Kept {
					t.Errorf("afterwards %q says\n%s\nwant\n%s (%v)", after.code, cell.Text(), after.want, err)
				}
			}
		})
	}
}

var tampering = []struct{ name, code string }{
	{"throwing monitoring", "import sys\n" + bang + "m = getattr(sys, 'monitoring', None)\nif m:\n    m.use_tool_id(3, 'x')\n    for e in (m.events.LINE, m.events.CALL, m.events.PY_START): m.register_callback(3, e, bang)\n    m.set_events(3, m.events.LINE | m.events.CALL | m.events.PY_START)"},
	{"non daemon threads for ever", "import threading, time, os, sys\ndef f():\n    while True: time.sleep(.01)\nfor _ in range(4): threading.Thread(target=f).start()\nf = sys._getframe()\nwhile 'session' not in f.f_locals: f = f.f_back\nf.f_locals['session'].manners.signals = None"},
	{"f_trace opcodes on worker", "import sys\ndef t(f, e, a): raise SystemExit\nf = sys._getframe().f_back\nwhile f:\n    f.f_trace = t\n    f.f_trace_opcodes = True\n    f = f.f_back\nsys.settrace(lambda *a: None)"},
	{"f_trace throws in worker", "import sys\ndef t(f, e, a): raise SystemExit\nf = sys._getframe().f_back\nwhile f:\n    f.f_trace = t\n    f = f.f_back\nsys.settrace(t)"},
	{"locals written", "import sys, ctypes\nf = sys._getframe()\nwhile 'session' not in f.f_locals: f = f.f_back\nf.f_locals['session'] = None\nctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(f), ctypes.c_int(0))"},
	{"replies descriptor replaced", "import sys, os\nf = sys._getframe()\nwhile 'replies' not in f.f_locals: f = f.f_back\nos.dup2(os.open('/dev/null', os.O_RDWR), f.f_locals['replies'])"},
	{"stdout rebound to garbage by thread", "import sys, threading, time\ndef f():\n    for _ in range(20):\n        sys.stdout = None\n        time.sleep(.0001)\nt = threading.Thread(target=f, daemon=True)\nt.start(); t.join()"},
	{"hostile Out and In", "class A(dict):\n    def __setitem__(self, k, v): raise SystemExit\nOut.clear(); In.clear()\nfor i in range(10**5): In.append('')\nOut = A()\nIn = None\n_ = __ = ___ = A()"},
	{"del in main module", "import sys\nm = sys.modules['__main__']\nfor n in list(vars(m)): delattr(m, n)"},
	{"recursion limit at 1000000, deep in repr", "import sys\nsys.setrecursionlimit(10**6)\nclass A:\n    def __repr__(self): return repr(self)\nA()"},
	{"import hook that throws", "import sys\nclass F:\n    @staticmethod\n    def find_spec(*a): raise SystemExit\nsys.meta_path.insert(0, F)"},
	{"path hook that throws", "import sys\n" + bang + "sys.path_hooks.insert(0, bang)\nsys.path_importer_cache.clear()"},
	{"str patched by ctypes", "import ctypes, gc\nd = gc.get_referents(str.__dict__)[0]\nd.pop('split'); d.pop('join'); d.pop('replace')\nctypes.pythonapi.PyType_Modified(ctypes.py_object(str))"},
	{"exception in del at exit of cell", "class A:\n    def __del__(self):\n        import sys\n        sys.settrace(lambda *a: 1/0)\ndef f():\n    a = A()\n    1/0\nf()"},
	{"str sets trace", "import sys, signal\nclass E(Exception):\n    def __str__(self):\n        def t(*a): raise SystemExit\n        sys.settrace(t); sys.setprofile(t)\n        signal.alarm(1)\n        return 'so'\nraise E"},
	{"asyncio patched", "import asyncio\nasyncio.new_event_loop = asyncio.set_event_loop = None\nawait asyncio.sleep(0)"},
	{"loop stopped inside", "import asyncio\nl = asyncio.get_running_loop() if await asyncio.sleep(0) is None else 0\nl.stop()\nawait asyncio.sleep(.01)"},
	{"await of nonsense", "class A:\n    def __await__(self):\n        yield 7\nawait A()"},
	{"loop close while waiting", "import asyncio\nloop = asyncio.get_running_loop() if await asyncio.sleep(0) is None else 0\nloop.call_soon(loop.close)\nawait asyncio.sleep(.01)"},
	{"uvloop like policy", "import asyncio, warnings\nwarnings.simplefilter('ignore')\nclass P(asyncio.DefaultEventLoopPolicy):\n    def new_event_loop(self): raise SystemExit\nasyncio.set_event_loop_policy(P())\nawait asyncio.sleep(0)"},
	{"gc of worker", "import gc\nfor o in gc.get_objects():\n    if type(o).__name__ in ('Session', 'Manners', 'Kept', 'Loop', 'Finder'):\n        try: o.__class__ = type('X', (), {})\n        except TypeError: pass"},
	{"dict of worker", "import gc\nfor o in gc.get_objects():\n    if type(o) is dict and 'UNSETTLED' in o: o.clear()"},
	{"exec builtins of worker", "import gc\nfor o in gc.get_objects():\n    if type(o) is dict and 'len' in o and 'compile' in o:\n        for k in list(o): o[k] = None"},
}
