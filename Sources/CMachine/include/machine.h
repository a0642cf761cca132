#ifndef LABBOOK_MACHINE_H
#define LABBOOK_MACHINE_H

// What glibc has beyond POSIX, which Swift does not see.

#include <pthread.h>

#ifdef __cplusplus
extern "C" {
#endif

// Makes a pipe that programs do not inherit; the error's number, or 0.
int labbook_pipe(int ends[2]);

// Waits until a thread has ended, at most so long; 1 where it has, and it is joined then.
int labbook_join_within(pthread_t thread, long nanoseconds);

// Gives the calling thread a name, of which 15 bytes are kept.
void labbook_name_thread(const char *name);

// How many threads the user may have, by ulimit -u; -1 for any number.
long labbook_most_threads(void);

#ifdef __cplusplus
}
#endif

#endif
