#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

int test_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int test_spawn(
    pid_t *id, const char *path, const char *folder, char *const *words, char *const *environment,
    int input, int output, int errors) {
  posix_spawn_file_actions_t actions;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  posix_spawnattr_t attributes;
  code = posix_spawnattr_init(&attributes);
  if (code == 0) {
    const int streams[] = {input, output, errors};
    for (int its = 0; code == 0 && its < 3; its++)
      code = posix_spawn_file_actions_adddup2(&actions, streams[its], its);
    if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (code == 0 && folder != NULL)
      code = posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    if (code == 0) code = posix_spawn(id, path, &actions, &attributes, words, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return code;
}
