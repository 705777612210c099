package outfile

// Where a standard stream is closed, Go's runtime opens the null device for it, and
// what is written there is lost without an error. This opens it before that, and to
// be read only, so that writing fails as it would on a closed one.

/*
#include <fcntl.h>

__attribute__((constructor)) static void keep_closed(void) {
	for (int fd = 0; fd <= 2; fd++) // open gives the lowest number that is free
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", O_RDONLY);
}
*/
import "C"
