#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

// The process of which all keepers are forks. A keeper that is a program of its own costs 10 ms and 2.4 MB
// for the libraries of Swift alone; a fork of a process that has them costs a twentieth of both.

// What a message brings: these, and then what the keeper only holds, from its descriptor 4 on.
enum { LIFE, OUTPUT, REPORT, TEXTS, FIRST_HELD, MOST = FIRST_HELD + 2 };

extern char **environ;

int labbook_sockets(int ends[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : errno;
}

int labbook_send_byte(int socket, char byte) {
  // Whoever has ended meanwhile is no reason to end.
  while (send(socket, &byte, 1, MSG_NOSIGNAL) < 0)
    if (errno != EINTR) return errno;
  return 0;
}

typedef union {
  struct cmsghdr header;
  char room[CMSG_SPACE(MOST * sizeof(int))];
} Control;

static struct msghdr message(struct iovec *part, Control *control, size_t room) {
  struct msghdr message;
  memset(&message, 0, sizeof message);
  message.msg_iov = part;
  message.msg_iovlen = 1;
  message.msg_control = control->room;
  message.msg_controllen = room;
  return message;
}

static int send_files(int socket, const int *files, size_t count, uint32_t words) {
  struct iovec part = {&words, sizeof words};
  Control control;
  memset(&control, 0, sizeof control);
  struct msghdr letter = message(&part, &control, CMSG_SPACE(count * sizeof(int)));
  struct cmsghdr *header = CMSG_FIRSTHDR(&letter);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(count * sizeof(int));
  memcpy(CMSG_DATA(header), files, count * sizeof(int));
  for (;;) {
    if (sendmsg(socket, &letter, MSG_NOSIGNAL) == (ssize_t)sizeof words) return 0;
    if (errno != EINTR) return errno;
  }
}

int labbook_ask_for_keeper(
    int socket, const int files[3], const int *held, int held_count, const char *texts,
    unsigned long bytes, int words) {
  if (held_count < 0 || held_count > MOST - FIRST_HELD) return EINVAL;
  const int file = memfd_create("labbook-words", MFD_CLOEXEC);
  if (file < 0) return errno;
  int problem = 0;
  for (unsigned long done = 0; problem == 0 && done < bytes;) {
    const ssize_t count = write(file, texts + done, bytes - done);
    if (count > 0) done += (unsigned long)count;
    else if (errno != EINTR) problem = errno;
  }
  int all[MOST] = {files[LIFE], files[OUTPUT], files[REPORT], file};
  for (int i = 0; i < held_count; i++) all[FIRST_HELD + i] = held[i];
  if (problem == 0)
    problem = send_files(socket, all, (size_t)(FIRST_HELD + held_count), (uint32_t)words);
  close(file);
  return problem;
}

// Receives what a keeper needs, and says how many descriptors; 0 where nothing more will come.
static int receive(int files[MOST], uint32_t *words) {
  for (;;) {
    struct iovec part = {words, sizeof *words};
    Control control;
    struct msghdr letter = message(&part, &control, sizeof control.room);
    const ssize_t count = recvmsg(0, &letter, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    if (count < 0 && errno == EINTR) continue;
    if (count != (ssize_t)sizeof *words) return 0;
    const struct cmsghdr *header = CMSG_FIRSTHDR(&letter);
    if (header == NULL || header->cmsg_type != SCM_RIGHTS) return 0;
    const size_t brought = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    if (brought < FIRST_HELD || brought > MOST) return 0;
    memcpy(files, CMSG_DATA(header), brought * sizeof(int));
    return (int)brought;
  }
}

// The texts of a file as a list that ends in a null each: words first, then the environment.
static char **read_texts(int file, uint32_t words) {
  struct stat status;
  if (fstat(file, &status) != 0 || status.st_size <= 0) return NULL;
  const size_t bytes = (size_t)status.st_size;
  char *text = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  if (text == MAP_FAILED || text[bytes - 1] != 0) return NULL;
  size_t count = 0;
  for (size_t i = 0; i < bytes; i++) count += text[i] == 0;
  char **list = malloc((count + 2) * sizeof *list);
  if (list == NULL || count < words) return NULL;
  size_t place = 0;
  for (size_t i = 0, n = 0; n < count; n++) {
    if (n == words) list[place++] = NULL;
    list[place++] = text + i;
    i += strlen(text + i) + 1;
  }
  if (count == words) list[place++] = NULL;
  list[place] = NULL;
  return list;
}

// Becomes a keeper.
static void keep(const int *received, int count, uint32_t words) {
  signal(SIGCHLD, SIG_DFL);
  prctl(PR_SET_NAME, "labbook-keeper");
  setsid();
  // Out of the way of the places they go to.
  int files[MOST];
  for (int i = 0; i < count; i++) files[i] = fcntl(received[i], F_DUPFD_CLOEXEC, 32);
  char **texts = read_texts(files[TEXTS], words);
  if (texts == NULL || dup2(files[LIFE], 0) < 0 || dup2(files[OUTPUT], 1) < 0 ||
      dup2(files[OUTPUT], 2) < 0 || dup2(files[REPORT], 3) < 0)
    _exit(1);
  for (int file = 4; file < 32; file++) close(file);
  for (int i = FIRST_HELD; i < count; i++) dup2(files[i], 4 + i - FIRST_HELD);
  for (int i = 0; i < count; i++) close(files[i]);
  environ = texts + words + 1;
  _exit(labbook_keep((int)words, texts));
}

int labbook_nurse(void) {
  prctl(PR_SET_NAME, "labbook-keepers");
  // What labbook's own parent left open is no business of programs: who waits for its end would wait for
  // theirs.
  close_range(3, ~0U, 0);
  // What is done is gone at once; nobody asks.
  signal(SIGCHLD, SIG_IGN);
  const int ignored[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGPIPE};
  for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
  int files[MOST];
  uint32_t words;
  for (int count; (count = receive(files, &words)) > 0;) {
    const pid_t keeper = fork();
    if (keeper == 0) keep(files, count, words);
    if (keeper < 0) dprintf(files[REPORT], "cannot %d\n", errno);
    for (int i = 0; i < count; i++) close(files[i]);
  }
  return 0;
}
