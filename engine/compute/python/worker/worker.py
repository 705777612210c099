# The loop of a session: one JSON line in for each cell, one out.


class Session:
    """The names of a session, and how a cell runs in it."""

    def __init__(self, kept):
        self.kept, self.busy = kept, False
        self.count, self.damage = 0, ""
        module = types.ModuleType("__main__")
        MODULES["__main__"] = module
        self.names = module.__dict__
        self.out, self.code, self.unders = {}, [], {}
        self.names.update(In=self.code, Out=self.out, display=self.display)
        builtins.input, builtins.exit, builtins.quit, builtins.help = no_input, no_exit, no_exit, manual
        self.loop = None  # of cells that await
        self.manners = Manners(kept, self.interrupt, module)

    def display(self, *values, **_):
        for value in values:
            self.kept.write(shown(value) + "\n")

    def interrupt(self, *_):
        if self.busy and (self.loop is None or not self.loop.interrupted()):
            raise KeyboardInterrupt

    def run(self, number, text):
        """Run the cell of that number; give the text of its error, or nothing."""
        self.count = number
        error, told, self.exited = None, "", False
        try:
            try:
                self.damage = UNSETTLED
                self.manners.before()
                self.damage, self.busy = "", True
                self.play(tidy(text))
            except BaseException as e:
                error = e
            self.busy = False
            settrace(None)
            setprofile(None)
        except BaseException as e:  # an interrupt, or what the cell left to throw: a hook that has thrown is gone
            self.busy = False
            settrace(None)
            setprofile(None)
            error = e if error is None else error
        self.manners.after()
        if error is not None:
            if is_a(error, MemoryError):
                reserve.clear()
            told, self.exited = self.tell(error), is_a(error, SystemExit)
            error = None
            self.manners.after()  # what told of it, and what ended with it, may be the cell's own code
        return told

    def tell(self, error):
        try:
            try:
                self.busy = True
                need("explain")
                return last_line(error) if is_a(error, SystemExit) else explain(error)
            finally:
                self.busy = False
                settrace(None)
                setprofile(None)
        except BaseException:
            self.busy = False
            settrace(None)
            setprofile(None)
            return unshown(error)

    def play(self, text):
        name = "<cell %d>" % self.count
        CELLS[name], SOURCES[name] = self.count, text.split("\n")
        self.code += [""] * (self.count - len(self.code)) + [text]
        try:
            codes, shows = parts(text, name)
            awaits = any(code.co_flags & COROUTINE for code in codes) or on_loop(text)
            if awaits:
                need("awaits")
                self.loop = self.loop or Loop()
                self.loop.begin(codes, self.names)
        except UNREADABLE:
            raise
        except BaseException:
            self.damage = UNSETTLED
            raise
        if awaits:
            value = self.loop.run()
        else:
            for code in codes:
                value = eval(code, self.names)
        if shows and value is not None:
            self.echo(value)

    def echo(self, value):
        text = shown(value)
        names, unders = self.names, self.unders
        if all(unders.get(u) is names[u] for u in ("_", "__", "___") if u in names):
            unders.update(_=value, __=unders.get("_", ""), ___=unders.get("__", ""))
            names.update(unders)
        names["_%d" % self.count] = self.out[self.count] = value
        self.kept.write(text + "\n")


def on_loop(text):
    """Whether a cell that awaits nothing asks for the loop that notebooks run cells on."""
    asks = "create_task(" in text or "get_running_loop(" in text
    return asks and "asyncio.run(" not in text and "run_until_complete(" not in text


def tidy(text):
    """A cell as notebooks take it: no empty lines ahead, no indent common to it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while len(lines) > 1 and not lines[0].strip():
        del lines[0]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if indent:
        lines = [line[len(indent) :] if line.startswith(indent) else line for line in lines]
    return "\n".join(lines)


def parts(text, name):
    """The code of a cell, that of its last expression apart, and whether that is to be shown."""
    tree, codes = read(text, name), []
    last = tree.body.pop() if tree.body and type(tree.body[-1]) is Expr else None
    flags = TOP_LEVEL_AWAIT if "await" in text or "async" in text else 0
    if tree.body:
        codes.append(compile(tree, name, "exec", flags))
    if last is not None:
        codes.append(compile(Expression(last.value), name, "eval", flags))
    return codes, last is not None and not hushed(text, last)


def read(text, name):
    try:
        return compile(text, name, "exec", ONLY_AST)
    except SyntaxError as e:
        line = text.split("\n")[e.lineno - 1].strip() if e.lineno and e.lineno <= text.count("\n") + 1 else ""
        if line[:1] in ("%", "!"):
            kind = "shell commands do not" if line[0] == "!" else "notebook magics do not"
            raise UsageError("line %d: `%s`: %s run here, only Python with what is installed" % (e.lineno, line[:200], kind)) from None
        raise


class UsageError(Exception):
    """A line that only notebooks understand."""


def hushed(text, last):
    """Whether a semicolon follows the last expression, so that its value is not shown."""
    lines = text.split("\n")[last.end_lineno - 1 :]
    lines[0] = lines[0].encode()[last.end_col_offset :].decode()
    return any(";" in line.partition("#")[0] for line in lines)


def no_input(prompt="", /):
    raise EOFError("input() cannot be used here: nobody is there to answer. Put the value into the code.")


def no_exit(code=None):
    raise SystemExit(code)


def no_system(command):
    """os.system where no process can be started, of which the real one says nothing."""
    raise PermissionError(1, "Operation not permitted")


def manual(*asked):
    """help(), which the module site would bring."""
    import pydoc

    return pydoc.help(*asked)


def begin():
    """Take over the descriptors that the parent gave, and hide the rest."""
    requests, replies = fdopen(dup(3), "rb"), dup(4)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        dup2(null, fd)
    for fd in (3, 4, null):
        os.close(fd)
    return requests, replies


def texts(line):
    """What is in a line of JSON that lists texts and nothing else."""
    line, out = line.decode(), []
    at = line.find('"')
    while at >= 0:
        text, end = scanstring(line, at + 1, True)
        out.append(text)
        at = line.find('"', end)
    return out


def say(fd, *texts):
    line = ("\n[%s]\n" % ", ".join(map(encode_basestring_ascii, texts))).encode()  # what a cell wrote before it is a line of its own
    while line:
        line = line[write_some(fd, line) :]


def serve():
    requests, replies = begin()
    nonce, output, contained, preload, *path = texts(requests.readline())
    sys.path[:], sys.argv[:] = path, [""]
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    threading_size()
    kept = Kept(int(output))
    for name in preload.split():
        try:
            __import__(name)
        except Exception:
            pass
    prepare_asyncio()
    if contained:
        os.system = no_system
    session = Session(kept)
    say(replies, nonce, "0", "", "", "0", "0", "")
    while True:
        if not reserve:
            try:
                reserve.append(bytearray(4 << 20))
            except MemoryError:  # names hold it all; a cell may let go of some
                pass
        line = requests.readline()
        if not line:
            leave(0)
        nonce, number, code = texts(line)
        out, dropped, peak, broken = "", 0, 0, ""
        try:
            error = session.run(int(number), code)
            out, dropped = kept.take()
            peak = getrusage(SELF).ru_maxrss
            broken = session.damage or session.manners.broken()
            if session.exited and not broken:
                error += "The session goes on; names defined before are still there.\n"
        except BaseException as e:
            error, broken = "", "The cell broke the program that runs cells (%s)" % name_of(type(e))
        say(replies, nonce, number, out, error, "%d" % dropped, "%d" % peak, broken)


def threading_size():
    """A thread's stack is not to be as large as the main one's."""
    import _thread

    _thread.stack_size(8 << 20)  # 64 of them fit


class Finder:
    """Sees to asyncio when it is imported, which takes too long to do beforehand."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "asyncio.selector_events":
            return None
        for finder in sys.meta_path:
            spec = None if finder is Finder else finder.find_spec(name, path, target)
            if spec is not None:
                load = spec.loader.exec_module

                def then(module):
                    load(module)
                    need("awaits")
                    without_sockets(module)

                spec.loader.exec_module = then
                return spec
        return None


def prepare_asyncio():
    if "asyncio.selector_events" in MODULES:
        need("awaits")
        without_sockets(MODULES["asyncio.selector_events"])
    else:
        sys.meta_path.insert(0, Finder)


TOP_LEVEL_AWAIT = _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
COROUTINE = 0x80  # of a code's flags
Expr, Expression, ONLY_AST, SELF = _ast.Expr, _ast.Expression, _ast.PyCF_ONLY_AST, resource.RUSAGE_SELF
UNREADABLE = (SyntaxError, UsageError, ValueError, OverflowError, RecursionError, MemoryError, KeyboardInterrupt)  # what is the text's own fault
UNSETTLED = "Cells can no longer be begun, by what an earlier one did"
reserve = []  # memory that a cell cannot take
try:
    serve()
finally:
    leave(1)  # and wait for no thread of a cell's
