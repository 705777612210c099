# Cells that await, and asyncio where there are no sockets.


STOPS = 1000  # of a loop by one cell


class Loop:
    """The loop on which cells await: one for the session, as in a notebook."""

    def __init__(self):
        self.loop = self.task = None
        self.stopped = False

    def begin(self, codes, names):
        """Make a task of the parts of a cell, of which some await; make a loop for it if need be."""
        import asyncio

        if self.loop is None or self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.stopped, self.cancelled = False, asyncio.CancelledError
        steps = self.steps(codes, names)
        try:
            self.task = self.loop.create_task(steps)
        except BaseException:
            steps.close()  # else a warning would tell of it
            raise

    def run(self):
        """Run the task that was begun; give the value of the cell's last part."""
        task = self.task
        try:
            value, error = self.finish(task)
        except BaseException as e:  # an interrupt where none of the cell's own code ran
            value, error = None, e
            task.cancel()
            try:
                self.loop.run_until_complete(task)
            except BaseException:
                pass
        finally:
            self.task = None
        if error is not None:
            if self.stopped and issubclass(type(error), self.cancelled):
                error = KeyboardInterrupt().with_traceback(trace_of(error))
            raise error
        return value

    def finish(self, task):
        """Wait for a task, also if the cell stops the loop, which serves later ones."""
        for left in range(STOPS, -1, -1):
            try:
                return self.loop.run_until_complete(task)
            except RuntimeError:
                if task.done() or self.loop.is_closed() or not left:
                    raise

    async def steps(self, codes, names):
        value = None
        try:
            for code in codes:
                value = eval(code, names)
                if code.co_flags & COROUTINE:
                    value = await value
        except BaseException as e:
            return None, e
        return value, None

    def interrupted(self):
        """Whether an interrupt was passed on as a cancellation: the first is."""
        task, self.task = self.task, None
        if task is None:
            return False
        self.stopped = True
        self.loop.call_soon_threadsafe(task.cancel)
        return True


class Pipe:
    """An end of a pipe, as asyncio uses one of a pair of sockets to wake itself."""

    def __init__(self, fd):
        self.fd = fd

    def fileno(self):
        return self.fd

    def recv(self, most):
        return os.read(self.fd, most)

    def send(self, octets):
        return os.write(self.fd, octets)

    def close(self):
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1


def without_sockets(loops):
    """Have the loops of asyncio.selector_events wake by a pipe if they get no sockets."""
    paired = loops.BaseSelectorEventLoop._make_self_pipe

    def make(self):
        try:
            return paired(self)
        except OSError:
            ends = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._ssock, self._csock = map(Pipe, ends)
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    loops.BaseSelectorEventLoop._make_self_pipe = make
