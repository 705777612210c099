package python_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// TestAwaits holds cells that await to what notebooks do.
func TestAwaits(t *testing.T) {
	const trace = traceback
	checkCells(t, []notebook{
		{"a value that is awaited", []string{"import asyncio\nasync def f(): return 7", "await f()"}, "7\n"},
		{"await amid a cell", []string{"import asyncio\nx = await asyncio.sleep(0, 5)\nx + 1"}, "6\n"},
		{"async for", []string{"async def g():\n    for i in range(3): yield i", "async for i in g(): print(i)\n[i async for i in g()]"}, "0\n1\n2\n[0, 1, 2]\n"},
		{"async with", []string{"import contextlib\n@contextlib.asynccontextmanager\nasync def c():\n    print('in')\n    yield 1\n    print('out')", "async with c() as v: print(v)"}, "in\n1\nout\n"},
		{"asyncio.run", []string{"import asyncio\nasync def f(n):\n    await asyncio.sleep(0)\n    return n", "asyncio.run(f(3))", "asyncio.run(f(4)) + await f(1)", "asyncio.run(f(5))"}, "5\n"},
		{"many at once", []string{"import asyncio\nasync def f(n):\n    await asyncio.sleep(0.01)\n    return n*n", "await asyncio.gather(*map(f, range(3)))"}, "[0, 1, 4]\n"},
		{"in a thread", []string{"import asyncio\nawait asyncio.to_thread(sum, [1, 2])"}, "3\n"},
		{"a task goes on when a cell awaits", []string{"import asyncio\nseen = []\nasync def f():\n    seen.append(1)\n    await asyncio.sleep(0)\n    seen.append(2)\nt = asyncio.create_task(f()) if False else None\nawait asyncio.sleep(0)\nt = asyncio.ensure_future(f())", "await t", "seen"}, "[1, 2]\n"},
		{"a task that a cell without await begins", []string{"import asyncio\nasync def f(): return 4", "t = asyncio.create_task(f())", "await t"}, "4\n"},
		{"the loop is the same", []string{"import asyncio\na = (await asyncio.sleep(0)) or asyncio.get_running_loop()", "a is ((await asyncio.sleep(0)) or asyncio.get_running_loop())"}, "True\n"},
		{"a loop that was closed is replaced", []string{"import asyncio\nawait asyncio.sleep(0)", "asyncio.get_event_loop().close()", "await asyncio.sleep(0, 8)"}, "8\n"},
		{"an error", []string{"async def f(): 1/0", "x = 1\nawait f()"}, trace +
			"  Cell In[3], line 2\n    await f()\n\n  Cell In[2], line 1 in f\n    async def f(): 1/0\n\nZeroDivisionError: division by zero\n"},
		{"names of the cell live on", []string{"import asyncio\nfor i in range(3): await asyncio.sleep(0)\ny = i", "y"}, "2\n"},
		{"exit in a coroutine", []string{"import asyncio\nasync def f(): exit()\nx = 9\nawait f()", "x"}, "9\n"},
		{"exit in a task", []string{"import asyncio\nasync def f(): exit()\nx = 9\nt = asyncio.ensure_future(f()) if (await asyncio.sleep(0)) is None else 0\nawait asyncio.sleep(3600)", "x, await asyncio.sleep(0, 1)"}, "(9, 1)\n"},
		{"await in a function that is not async", []string{"def f(): await g()"}, "  Cell In[2], line 1\n    def f(): await g()\n             ^\nSyntaxError: 'await' outside async function\n"},
		{"a name that is like it", []string{"awaited = 1\nawaited"}, "1\n"},
	})
}

// TestALoopThatCannotBegin: where a cell took away what loops are made by, the next
// that awaits is told that the session is restarted.
func TestALoopThatCannotBegin(t *testing.T) {
	for _, name := range []string{"new_event_loop", "set_event_loop", "BaseEventLoop.create_task"} {
		s := open(t, compute.Limits{})
		for _, row := range []struct {
			code, want string
			kept       bool
		}{
			{"import asyncio\n" + bang + "asyncio." + name + " = bang", "", true},
			{"await asyncio.sleep(0, 5)", "SystemExit: bang\n[BROKEN] Cells can no longer be begun", false},
			{"import asyncio\nawait asyncio.sleep(0, 5)", "5\n", true},
		} {
			cell, err := s.Run(t.Context(), row.code)
			if err != nil || !strings.HasPrefix(cell.Text(), row.want) || cell.Kept != row.kept {
				t.Errorf("%s: %q says %q (%v, kept %v), want %q", name, row.code, cell.Text(), err, cell.Kept, row.want)
			}
		}
	}
}

// TestRunWhileAwaiting: a second loop within a cell that awaits is an error, as in
// a notebook.
func TestRunWhileAwaiting(t *testing.T) {
	s := open(t, compute.Limits{})
	cell, err := s.Run(t.Context(), "import asyncio\nasync def f(): return 1\nawait f()\nc = f()\ntry:\n    asyncio.run(c)\nfinally:\n    c.close()")
	if err != nil || !cell.Kept || !strings.HasSuffix(cell.Err, "RuntimeError: asyncio.run() cannot be called from a running event loop\n") {
		t.Errorf("%+v, %v", cell, err)
	}
}

// TestInterruptedAwait: whatever a cell awaits when its time is up, it is told
// where, and the session lives.
func TestInterruptedAwait(t *testing.T) {
	t.Parallel()
	patiently(t, func(s engine.Session) error {
		for _, c := range []struct{ name, code, line string }{
			{"asleep", "import asyncio\nx = 1\nawait asyncio.sleep(3600)", "line 3\n    await asyncio.sleep(3600)"},
			{"busy", "await asyncio.sleep(0)\nwhile True: pass", "line 2\n    while True: pass"},
			{"run", "asyncio.run(asyncio.sleep(3600))", "line 1\n    asyncio.run(asyncio.sleep(3600))"},
			{"a task is busy", "async def f():\n    while True: await asyncio.sleep(0)\nt = asyncio.ensure_future(f()) if (await asyncio.sleep(0)) is None else 0\nawait asyncio.sleep(3600)", "line 4\n    await asyncio.sleep(3600)"},
		} {
			cell, err := s.Run(t.Context(), c.code)
			if err != nil {
				return err
			}
			if !cell.Kept || !cell.TimedOut || !strings.Contains(cell.Err, c.line) || !strings.Contains(cell.Err, "KeyboardInterrupt\n[TIMEOUT]") {
				return fmt.Errorf("%s: %+v", c.name, cell)
			}
		}
		cell, err := s.Run(t.Context(), "t.cancel()\nx, await asyncio.sleep(0, 2)")
		if err == nil && cell.Output != "(1, 2)\n" {
			err = fmt.Errorf("afterwards: %+v", cell)
		}
		return err
	})
}
