#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "machine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The keeper of one outside program: a process between Labbook and the program that ends everything the
// program has started, however Labbook ends. It is small and asks nothing of Swift's runtime.

enum { LIFE = 0, REPORT = 3, FIRST_SLOT = 4, LAST_SLOT = 5 };

typedef struct {
  pid_t pid, parent;
} Process;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void report(const char *format, long a, long b, long c, long d) {
  char line[160];
  const int count = snprintf(line, sizeof line, format, a, b, c, d);
  for (int done = 0; done < count;) {
    const ssize_t written = write(REPORT, line + done, (size_t)(count - done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    done += (int)written;
  }
}

// The parent of a process; -1 where it is gone, or dead and only waits to be asked about.
static pid_t parent_of(const char *name) {
  char path[64], text[512];
  snprintf(path, sizeof path, "/proc/%s/stat", name);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  const ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return -1;
  text[count] = 0;
  // The name of a program may hold brackets and spaces: the last bracket ends it.
  const char *rest = strrchr(text, ')');
  char state;
  int parent;
  if (rest == NULL || sscanf(rest + 1, " %c %d", &state, &parent) != 2) return -1;
  return state == 'Z' || state == 'X' ? -1 : (pid_t)parent;
}

// All living processes below this one; their number, at most as many as there is room for.
static int descendants(pid_t *found, int room) {
  DIR *folder = opendir("/proc");
  if (folder == NULL) return 0;
  int count = 0, capacity = 256;
  Process *all = malloc((size_t)capacity * sizeof *all);
  for (struct dirent *entry; all != NULL && (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    const pid_t parent = parent_of(entry->d_name);
    if (parent < 0) continue;
    if (count == capacity) {
      Process *larger = realloc(all, (size_t)(capacity *= 2) * sizeof *all);
      if (larger == NULL) break;
      all = larger;
    }
    all[count++] = (Process){(pid_t)atoi(entry->d_name), parent};
  }
  closedir(folder);
  if (all == NULL) return 0;
  int total = 0;
  for (int next = -1; next < total && total < room; next++) {
    const pid_t parent = next < 0 ? getpid() : found[next];
    for (int i = 0; i < count && total < room; i++)
      if (all[i].parent == parent) found[total++] = all[i].pid;
  }
  free(all);
  return total;
}

// Whether anything below this process is left: it is the parent of all that lost theirs.
static int has_children(void) {
  siginfo_t info;
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static int signal_all(int number) {
  static pid_t found[1 << 16];
  const int count = descendants(found, 1 << 16);
  for (int i = 0; i < count; i++) kill(found[i], number);
  return count;
}

static void forget_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
}

// Keeps the calling process on the cores of a list such as 0,2,5; on all of them where it is "-".
static void stay_on(const char *cores) {
  cpu_set_t set;
  CPU_ZERO(&set);
  int count = 0;
  for (const char *next = cores; *next >= '0' && *next <= '9'; count++) {
    char *end;
    const long core = strtol(next, &end, 10);
    if (core < CPU_SETSIZE) CPU_SET((size_t)core, &set);
    next = *end == ',' ? end + 1 : end;
  }
  // A core that was taken away meanwhile is no reason not to work on others.
  if (count > 0) (void)sched_setaffinity(0, sizeof set, &set);
}

// The program: its output goes where the keeper's goes, its input is empty.
static void become(const char *cores, const char *folder, char **words, int problem) {
  forget_signals();
  stay_on(cores);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing >= 0) dup2(nothing, 0);
  close(REPORT);
  if (chdir(folder) == 0) execvp(words[0], words);
  const int reason = errno;
  if (write(problem, &reason, sizeof reason) < 0) _exit(126);
  _exit(127);
}

// What has ended; 1 where the program itself is among it.
static int reap(pid_t program, int *status, struct rusage *usage) {
  int hasEnded = 0;
  for (;;) {
    int one;
    struct rusage its;
    const pid_t ended = wait4(-1, &one, WNOHANG, &its);
    if (ended <= 0) return hasEnded;
    if (ended == program) {
      *status = one;
      *usage = its;
      hasEnded = 1;
    }
  }
}

int labbook_keep(int count, char **words) {
  if (count < 4) return 2;
  const double grace = atof(words[0]) / 1000;
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  const int ended = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  fcntl(LIFE, F_SETFD, FD_CLOEXEC);
  fcntl(REPORT, F_SETFD, FD_CLOEXEC);
  // Held as long as anything of the run is left, and by nothing that it starts.
  for (int slot = FIRST_SLOT; slot <= LAST_SLOT; slot++) fcntl(slot, F_SETFD, FD_CLOEXEC);
  int problem[2];
  if (ended < 0 || pipe2(problem, O_CLOEXEC) != 0) return 1;

  const pid_t program = fork();
  if (program < 0) {
    report("cannot %ld\n", errno, 0, 0, 0);
    return 1;
  }
  if (program == 0) become(words[1], words[2], words + 3, problem[1]);
  close(problem[1]);
  int reason = 0;
  if (read(problem[0], &reason, sizeof reason) == sizeof reason) {
    waitpid(program, NULL, 0);
    report("cannot %ld\n", reason, 0, 0, 0);
    return 1;
  }
  close(problem[0]);
  report("began %ld %ld\n", program, getpid(), 0, 0);

  int status = 0, isRunning = 1, isEnding = 0, hasKilled = 0;
  long left = 0;
  double deadline = 0;
  struct rusage usage;
  memset(&usage, 0, sizeof usage);
  for (;;) {
    struct pollfd events[2] = {{ended, POLLIN, 0}, {isEnding == 2 ? -1 : LIFE, POLLIN, 0}};
    const int wait = isEnding ? 20 : -1;
    poll(events, 2, wait);
    struct signalfd_siginfo details;
    while (read(ended, &details, sizeof details) == sizeof details) continue;
    if (reap(program, &status, &usage)) {
      isRunning = 0;
      // What it leaves behind ends too.
      static pid_t others[1 << 16];
      left = has_children() ? descendants(others, 1 << 16) : 0;
      if (left == 0) break;
      if (!isEnding) {
        isEnding = 1;
        deadline = now() + grace;
        signal_all(SIGTERM);
      }
    }
    if (events[1].revents != 0) {
      char word;
      const ssize_t got = read(LIFE, &word, 1);
      if (got == 0) isEnding = 2;  // Labbook is gone, and the pipe says so for ever.
      if (got >= 0 && deadline == 0) {
        if (isEnding == 0) isEnding = 1;
        deadline = now() + grace;
        signal_all(SIGTERM);
      }
    }
    if (isEnding && now() >= deadline) {
      hasKilled = 1;
      signal_all(SIGKILL);
    }
    if (isEnding && !isRunning) {
      static pid_t rest[1 << 16];
      if (!has_children() || descendants(rest, 1 << 16) == 0) break;
    }
    // A process that the kernel does not let go of, such as one that waits for a dead disk.
    if (hasKilled && now() >= deadline + 10) break;
  }
  report("ended %ld %ld %ld %ld\n", status, usage.ru_maxrss, hasKilled, left);
  return 0;
}

int labbook_adopt_orphans(void) {
  return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : errno;
}

int labbook_allowed_cores(int *cores, int room) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 0;
  int count = 0;
  for (int core = 0; core < CPU_SETSIZE && count < room; core++)
    if (CPU_ISSET((size_t)core, &set)) cores[count++] = core;
  return count;
}
