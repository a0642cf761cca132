#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <string.h>
#include <sys/auxv.h>
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

void labbook_give_back(void) { malloc_trim(0); }

// Both limits would grow with the blocks that are freed.
void labbook_keep_no_large_blocks(void) {
  mallopt(M_MMAP_THRESHOLD, 1 << 18);
  mallopt(M_TRIM_THRESHOLD, 1 << 20);
}

int labbook_is_network_folder(const char *path) {
  struct statfs about;
  if (statfs(path, &about) != 0) return 0;
  switch ((unsigned long)about.f_type & 0xFFFFFFFFUL) {
    case 0x6969:      // NFS
    case 0x517B:      // SMB
    case 0xFE534D42:  // SMB 2
    case 0xFF534D42:  // CIFS
    case 0x65735546:  // FUSE: sshfs and others
    case 0x01021997:  // 9P
    case 0x00C36400:  // Ceph
    case 0x0BD00BD0:  // Lustre
    case 0x47504653:  // GPFS
    case 0x19830326:  // BeeGFS
    case 0x5346414F:  // AFS
    case 0x786F4256:  // VirtualBox's shared folders
      return 1;
    default: return 0;
  }
}

long labbook_file_system_kind(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}

static int word_count;
static char **first_word;

// glibc hands a program's words to what runs before it.
__attribute__((constructor)) static void keep_words(int count, char **words) {
  word_count = count;
  first_word = words;
}

int labbook_words(char ***words) {
  *words = first_word;
  return word_count;
}

const char *labbook_started_path(void) { return (const char *)getauxval(AT_EXECFN); }
