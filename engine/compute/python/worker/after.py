# What of a cell stays for the next, and what does not. The rule is that of a
# notebook: what a cell set on purpose stays, what would run by itself, or keep
# the next cell from running, does not.
#
#   stays     every name; modules and what was changed in them; sys.path; the
#             recursion limit (of 100 or more), the limit on digits, the precision
#             of decimal, warnings filters, gc, locale, the working directory;
#             threads; tasks of asyncio, which go on when a cell next awaits;
#             handlers of signals, which are put back when the next cell begins
#   put back  resource limits that can be; what was taken from sys.path; standard input, output and error; print, input, open, help, exit;
#             SIGINT; the signal mask; trace, profile, monitoring and gc hooks
#   ended     alarms and timers, of signals and of faulthandler
#   broken    any other builtin replaced or removed, the table of modules emptied,
#             an audit hook that throws, a limit lowered for good, a loop that
#             cannot be begun: the session is restarted, and told so

LEAST_DEPTH = 100  # of calls, for what runs between cells


class Manners:
    """What is put back, and what it was."""

    def __init__(self, kept, interrupt, main):
        self.kept, self.interrupt, self.main, self.names = kept, interrupt, main, main.__dict__
        self.screen = Screen(kept)
        self.mask = pthread_sigmask(_signal.SIG_BLOCK, [])
        self.signals = sorted(n for n in _signal.valid_signals() if n < 32)  # the others nobody has for a cell
        self.handlers = {}  # those of cells, while none runs
        self.path, self.finders, self.hooks = list(sys.path), sys.meta_path, sys.path_hooks
        self.known = len(self.finders) + len(self.hooks)
        self.builtins, self.values = tuple(BUILTINS.items()), tuple(BUILTINS.values())
        self.write = vars(Screen)["write"]
        self.limits, self.lowered, self.collecting = limits(), False, list(COLLECTING)

    def before(self):
        """A cell is to begin."""
        self.settle()
        if self.handlers:
            for number, handler in self.handlers.items():
                set_handler(number, handler)
            self.handlers = {}

    def after(self):
        """A cell has ended. What it left may throw, once each; then it is gone."""
        for left in (3, 2, 1, 0):
            try:
                return self.quiet()
            except BaseException:
                if not left:
                    raise

    def quiet(self):
        """End what would run by itself."""
        settrace(None)
        setprofile(None)
        setitimer(REAL, 0)
        setitimer(VIRTUAL, 0)
        setitimer(PROF, 0)
        cancel_dump()
        if "signal" in MODULES:
            set_wakeup(-1)
            self.park()
        if pthread_sigmask(BLOCK, ()) != self.mask:
            for number in sigpending():  # else they would come as soon as they may
                handler = getsignal(number)
                set_handler(number, _signal.SIG_IGN)
                set_handler(number, handler)
            pthread_sigmask(_signal.SIG_SETMASK, self.mask)
        if "threading" in MODULES:
            MODULES["threading"].settrace(None)
            MODULES["threading"].setprofile(None)
        if monitoring is not None:
            unwatch()
        if len(COLLECTING) != len(self.collecting) or not all(map(same, COLLECTING, self.collecting)):
            COLLECTING[:] = self.collecting
        if limits() != self.limits:
            self.unlimit()
        if getrecursionlimit() < LEAST_DEPTH:
            setrecursionlimit(LEAST_DEPTH)

    def unlimit(self):
        """Put resource limits back, as far as they can be."""
        for what, limit in zip(LIMITS, self.limits):
            try:
                setrlimit(what, limit)
            except (ValueError, OSError):
                pass
        self.lowered = limits() != self.limits

    def park(self):
        """Take the handlers of cells away until the next one begins."""
        for number, handler in zip(self.signals, map(getsignal, self.signals)):
            if callable(handler) and number != _signal.SIGINT:
                self.handlers[number] = handler
                set_handler(number, _signal.SIG_IGN)

    def settle(self):
        """Put back what cells are given."""
        screen = self.screen
        if type(screen) is not Screen or len(screen.__dict__) != 1 or screen.kept is not self.kept:
            screen = self.screen = Screen(self.kept)
        nothing = StringIO()
        SYS.update(stdin=nothing, stdout=screen, stderr=screen, __stdin__=nothing, __stdout__=screen, __stderr__=screen)
        if SYS.get("path") != self.path:
            self.repath()
        MODULES["__main__"], self.names["__builtins__"] = self.main, builtins
        self.names.pop("__warningregistry__", None)  # else a warning is told once of each line number, whatever the cell
        set_handler(_signal.SIGINT, self.interrupt)

    def repath(self):
        """Put back what was taken from sys.path, and keep what was added."""
        path = SYS.get("path")
        path = SYS["path"] = path if type(path) is list else []
        path += [where for where in self.path if where not in path]

    def broken(self):
        """Why no further cell can run as it should; "" if it can."""
        if len(BUILTINS) < len(self.values) or not all(map(same, BUILTINS.values(), self.values)):
            changed = [(name, was) for name, was in self.builtins if BUILTINS.get(name) is not was]
            BUILTINS.update(pair for pair in changed if pair[0] in SPOKEN)
            changed = [name for name, _ in changed if name not in SPOKEN]
            if changed:
                return "The cell replaced or removed builtins: " + ", ".join(changed[:5]) + (", …" if changed[5:] else "")
        if SYS.get("modules") is not MODULES or MODULES.get("sys") is not sys or MODULES.get("builtins") is not builtins:
            return "The cell replaced or emptied sys.modules"
        if type(sys) is not ModuleType or type(builtins) is not ModuleType:
            return "The cell replaced what sys or builtins is"
        if SYS.get("meta_path") is not self.finders or SYS.get("path_hooks") is not self.hooks or not self.finders or not self.hooks:
            return "The cell replaced or emptied how modules are found"
        if len(self.finders) + len(self.hooks) != self.known and throws(self.finders, self.hooks):
            return "The cell left an import hook that throws"
        if vars(Screen).get("write") is not self.write:
            return "The cell replaced how output is written"
        if self.lowered:
            return "The cell lowered a resource limit that cannot be raised again"
        try:
            audit("compile", None, None)
            audit("exec", None)
            audit("import", None, None, None, None, None)
            audit("os.listdir", "/")
            audit("open", "/", "rb", 0)
            audit("marshal.loads", b"")
        except BaseException:
            return "The cell left an audit hook that throws"
        return ""


def throws(finders, hooks):
    """Whether what finds modules throws."""
    try:
        for finder in finders:
            finder.find_spec("aimo3", None)
        for hook in hooks:
            try:
                hook("/")
            except ImportError:  # it is for other places
                pass
    except BaseException:
        return True
    return False


def unwatch():
    """End what sys.monitoring calls."""
    for tool in range(6):
        if monitoring.get_tool(tool) is not None:
            monitoring.set_events(tool, 0)
            for event in MONITORED:
                monitoring.register_callback(tool, event, None)
            monitoring.free_tool_id(tool)


LIMITS = sorted({what for name, what in vars(resource).items() if name.startswith("RLIMIT_")})


def limits():
    """The resource limits in force, in the order of LIMITS."""
    return list(map(getrlimit, LIMITS))


REAL, VIRTUAL, PROF, BLOCK = _signal.ITIMER_REAL, _signal.ITIMER_VIRTUAL, _signal.ITIMER_PROF, _signal.SIG_BLOCK
SPOKEN = {"print", "input", "open", "help", "exit", "quit"}  # by which a cell speaks and is spoken to, as by sys.stdout
cancel_dump, set_wakeup = faulthandler.cancel_dump_traceback_later, _signal.set_wakeup_fd
monitoring = getattr(sys, "monitoring", None)
MONITORED = [] if monitoring is None else sorted({e for e in vars(monitoring.events).values() if isinstance(e, int) and e and not e & (e - 1)})
