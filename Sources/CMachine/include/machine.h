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

// The kind of the file system in which a path lies, as statfs(2) numbers them; -1 where nobody knows.
long labbook_file_system_kind(const char *path);

// The flag of posix_spawn by which a program leads a session of its own.
short labbook_spawn_session(void);

// How many threads the user may have, by ulimit -u; -1 for any number.
long labbook_most_threads(void);

// Keeps an outside program: words are the milliseconds between SIGTERM and SIGKILL, the cores it is kept
// on (0,2,5, or - for all), the folder it works in, and the program with its arguments. Descriptor 0 is a
// socket whose end, or a byte, ends the program and all that it started; 1 and 2 become its output; 4 and 5
// are held until nothing of it is left; lines on 3 say what comes of it:
//   began PID KEEPER, cannot ERRNO, ended WAITSTATUS PEAK_KILOBYTES WAS_KILLED PROCESSES_LEFT
// Returns the exit status of the keeper.
int labbook_keep(int count, char **words);

// Makes keepers for the process at the other end of the socket at descriptor 0, until that end closes. Each
// message brings the keeper's descriptors 0, 1 and 3 and a file with what it is to keep; a keeper is a fork,
// which shares the memory of this process and starts no program of its own. Returns the exit status.
int labbook_nurse(void);

// A connected pair of sockets that programs do not inherit; the error's number, or 0.
int labbook_sockets(int ends[2]);

// Sends a byte through a socket; the error's number, or 0. No signal comes of a closed end.
int labbook_send_byte(int socket, char byte);

// Asks the process at the other end for a keeper: of words as labbook_keep takes them, and of the program's
// environment, each text ended by a zero. Files become its descriptors 0, 1 (and 2), 3; at most two more are
// held by it from 4 on. The error's number, or 0.
int labbook_ask_for_keeper(
    int socket, const int files[3], const int *held, int held_count, const char *texts,
    unsigned long bytes, int words);

// Makes this process the parent of processes below it whose own parents end; the error's number, or 0.
int labbook_adopt_orphans(void);

// The cores that this process may use, by their numbers; how many there are, at most as many as there is
// room for.
int labbook_allowed_cores(int *cores, int room);

// The words that this process was started with; 0 and none where the system did not say them.
int labbook_words(char ***words);

// The path by which this program was started, as the kernel was given it; null where it did not say.
const char *labbook_started_path(void);

// Makes all threads share one arena of malloc, instead of 64 MB of addresses each.
void labbook_share_arena(void);

// Gives pages of malloc that are free back to the system.
void labbook_give_back(void);

// Makes blocks of 256 KB and more go back to the system as soon as they are freed.
void labbook_keep_no_large_blocks(void);

#ifdef __cplusplus
}
#endif

#endif
