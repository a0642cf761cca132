#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

int labbook_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int labbook_join_within(pthread_t thread, long nanoseconds) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  const long whole = end.tv_nsec + nanoseconds;
  end.tv_sec += whole / 1000000000L;
  end.tv_nsec = whole % 1000000000L;
  return pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &end) == 0;
}

void labbook_name_thread(const char *name) {
  char start[16] = {0};
  strncpy(start, name, sizeof start - 1);
  pthread_setname_np(pthread_self(), start);
}

short labbook_spawn_session(void) { return POSIX_SPAWN_SETSID; }

long labbook_most_threads(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NPROC, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return -1;
  return (long)limit.rlim_cur;
}

void labbook_share_arena(void) { mallopt(M_ARENA_MAX, 1); }

long labbook_file_system_kind(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}
