# The loop of a session: one JSON line in for each cell, one out.


class Screen(io.TextIOBase):
    """What cells print to. Of each cell it keeps a head and a tail."""

    encoding, errors, newlines, line_buffering = "utf-8", "backslashreplace", None, False

    def __init__(self, most):
        self.half = most // 2
        self.clear()

    def clear(self):
        self.head, self.tail, self.dropped = bytearray(), bytearray(), 0

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not " + type(text).__name__)
        step = 1 << 20
        for at in range(0, len(text), step):
            self.put(text[at : at + step].encode("utf-8", "backslashreplace"))
        return len(text)

    def put(self, octets):
        room = self.half - len(self.head)
        if room > 0:
            self.head += octets[:room]
            octets = octets[room:]
        if octets:
            self.tail += octets
            if len(self.tail) > 2 * self.half:
                self.trim()

    def trim(self):
        over = len(self.tail) - self.half
        if over > 0:
            self.dropped += over
            del self.tail[:over]

    def take(self):
        self.trim()
        dropped, head, tail = self.dropped, bytes(self.head), bytes(self.tail)
        self.clear()
        if not dropped:
            return (head + tail).decode("utf-8", "replace"), 0
        middle = "\n[… %d bytes dropped …]\n" % dropped
        return head.decode("utf-8", "ignore") + middle + tail.decode("utf-8", "ignore"), dropped

    def writable(self):
        return True

    def reconfigure(self, **_):
        pass

    def close(self):
        pass

    @property
    def buffer(self):
        return Octets(self)


class Octets(io.RawIOBase):
    """The side of the screen that takes bytes."""

    def __init__(self, screen):
        self.screen = screen

    def write(self, octets):
        octets = bytes(octets)
        self.screen.put(octets)
        return len(octets)

    def writable(self):
        return True

    def close(self):
        pass


class Session:
    """The names of a session, and how a cell runs in it."""

    def __init__(self, screen):
        self.screen, self.busy = screen, False
        self.count = 0
        self.module = types.ModuleType("__main__")
        sys.modules["__main__"] = self.module
        self.names = self.module.__dict__
        self.out, self.code, self.unders = {}, [], {}
        self.names.update(__builtins__=builtins, In=self.code, Out=self.out, display=self.display)
        builtins.input, builtins.exit, builtins.quit, builtins.help = no_input, no_exit, no_exit, manual

    def display(self, *values, **_):
        for value in values:
            self.screen.write(shown(value) + "\n")

    def settle(self):
        """Take back what an earlier cell may have bent."""
        sys.stdin, sys.stdout, sys.stderr = NOTHING, self.screen, self.screen
        sys.__stdin__, sys.__stdout__, sys.__stderr__ = NOTHING, self.screen, self.screen
        sys.modules["__main__"] = self.module
        self.names.pop("__warningregistry__", None)  # else a warning is told once of each line number, whatever the cell
        _signal.signal(_signal.SIGINT, self.interrupt)

    def interrupt(self, *_):
        if self.busy:
            raise KeyboardInterrupt

    def run(self, number, text):
        """Run the cell of that number; give the text of its error, or nothing."""
        self.count = number
        self.settle()
        error, told = None, ""
        try:
            self.busy = True
            try:
                self.play(tidy(text))
            except BaseException as e:
                error = e
                told = self.tell(e)
            finally:
                self.busy = False
        except BaseException as e:  # it came while the error was put into words
            self.busy = False
            told = last_line(error or e)
        if isinstance(error, MemoryError):
            reserve.clear()
        return told

    def tell(self, error):
        if error.__traceback__ is not None and isinstance(error, SystemExit):
            return "SystemExit: %s\nThe session goes on; names defined before are still there.\n" % error
        return explain(error)

    def play(self, text):
        name = "<cell %d>" % self.count
        CELLS[name], SOURCES[name] = self.count, text.split("\n")
        self.code += [""] * (self.count - len(self.code)) + [text]
        tree = read(text, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], _ast.Expr) else None
        if tree.body:
            exec(compile(tree, name, "exec"), self.names)
        if last is not None:
            value = eval(compile(_ast.Expression(last.value), name, "eval"), self.names)
            if value is not None and not hushed(text):
                self.echo(value)

    def echo(self, value):
        text = shown(value)
        names, unders = self.names, self.unders
        if all(unders.get(u) is names[u] for u in ("_", "__", "___") if u in names):
            unders.update(_=value, __=unders.get("_", ""), ___=unders.get("__", ""))
            names.update(unders)
        names["_%d" % self.count] = self.out[self.count] = value
        self.screen.write(text + "\n")


def tidy(text):
    """A cell as notebooks take it: no empty lines ahead, no indent common to it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while len(lines) > 1 and not lines[0].strip():
        del lines[0]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if indent:
        lines = [line[len(indent) :] if line.startswith(indent) else line for line in lines]
    return "\n".join(lines)


def read(text, name):
    try:
        return compile(text, name, "exec", _ast.PyCF_ONLY_AST)
    except SyntaxError as e:
        line = text.split("\n")[e.lineno - 1].strip() if e.lineno and e.lineno <= text.count("\n") + 1 else ""
        if line[:1] in ("%", "!"):
            kind = "shell commands do not" if line[0] == "!" else "notebook magics do not"
            raise UsageError("line %d: `%s`: %s run here, only Python with what is installed" % (e.lineno, line[:200], kind)) from None
        raise


class UsageError(Exception):
    """A line that only notebooks understand."""


def hushed(text):
    """Whether a cell ends in a semicolon, so that its value is not shown."""
    if ";" not in text:
        return False
    import tokenize

    last = ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER):
            last = token.string
    return last == ";"


def no_input(prompt="", /):
    raise EOFError("input() cannot be used here: nobody is there to answer. Put the value into the code.")


def no_exit(code=None):
    raise SystemExit(code)


def manual(*asked):
    """help(), which the module site would bring."""
    import pydoc

    return pydoc.help(*asked)


def begin():
    """Take over the descriptors that the parent gave, and hide the rest."""
    requests, replies = os.fdopen(os.dup(3), "rb"), os.dup(4)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
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


def say(fd, **reply):
    fields = ['"%s": %s' % (k, encode_basestring_ascii(v) if isinstance(v, str) else v) for k, v in reply.items()]
    line = ("\n{%s}\n" % ", ".join(fields)).encode()  # what a cell wrote before it is a line of its own
    while line:
        line = line[os.write(fd, line) :]


def serve():
    requests, replies = begin()
    nonce, output, preload, *path = texts(requests.readline())
    sys.path[:], sys.argv[:] = path, [""]
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    threading_size()
    screen = Screen(int(output))
    session = Session(screen)
    session.settle()
    for name in preload.split():
        try:
            __import__(name)
        except Exception:
            pass
    say(replies, nonce=nonce, id=0)
    while True:
        if not reserve:
            reserve.append(bytearray(4 << 20))
        line = requests.readline()
        if not line:
            os._exit(0)
        nonce, number, code = texts(line)
        error = session.run(int(number), code)
        out, dropped = screen.take()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        say(replies, nonce=nonce, id=int(number), out=out, err=error, dropped=dropped, peak=peak)


def threading_size():
    """A thread's stack is not to be as large as the main one's."""
    import _thread

    _thread.stack_size(8 << 20)  # 64 of them fit


NOTHING = io.StringIO()
reserve = []  # memory that a cell cannot take
serve()
