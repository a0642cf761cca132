#pragma once

#include <sys/types.h>

/// Starts a program in a group of its own; an error's number, or 0.
///
/// It gets the three streams and nothing else that this process has open. Without a folder it works where this
/// process does.
int test_spawn(
    pid_t *_Nonnull id, const char *_Nonnull path, const char *_Nullable folder,
    char *_Nullable const *_Nonnull words, char *_Nullable const *_Nonnull environment, int input,
    int output, int errors);

/// Makes a pipe, reading end first, of which no program gets an end by itself; an error's number, or 0.
int test_pipe(int ends[_Nonnull 2]);
