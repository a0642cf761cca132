#ifndef LABBOOK_CGNUPLOT_H
#define LABBOOK_CGNUPLOT_H

// What is said to one gnuplot process, behind a plain C interface; who called started it and ends it.
// No C++ exception leaves these functions.

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct labbook_gnuplot labbook_gnuplot;

enum {
  LABBOOK_GNUPLOT_OK = 0,
  // The program died; the session is of no further use.
  LABBOOK_GNUPLOT_LOST = 1,
  // The program did not answer in time; the session is of no further use.
  LABBOOK_GNUPLOT_TOO_SLOW = 2,
  // gnuplot refused the script; the session should be closed, since what it was doing is unknown.
  LABBOOK_GNUPLOT_REFUSED = 3,
};

// The ends of the pipes to a gnuplot and from it, and files in memory for what it complains of and for
// what it loads, its descriptor 3; -1 where there is none.
typedef struct {
  int program_input;
  int program_output;
  int commands;
  int answers;
  int errors;
  int script;
} labbook_gnuplot_streams;

// Makes all of them, closed in programs that are started; the error's number, or 0.
int labbook_gnuplot_make_streams(labbook_gnuplot_streams *streams);

// Closes the ends that belong to the program, once it has them.
void labbook_gnuplot_close_program_ends(labbook_gnuplot_streams *streams);

// Closes our ends.
void labbook_gnuplot_close_streams(labbook_gnuplot_streams *streams);

// Takes our ends over and speaks to the program through them. Where it cannot, the result is NULL and
// `*message` is a text the caller gives to labbook_gnuplot_free.
labbook_gnuplot *labbook_gnuplot_open(labbook_gnuplot_streams *streams, char **message);

// How long an answer may take, and who is told, once, that there was none for so long.
typedef struct {
  int timeout_seconds;
  int silent_seconds;
  void (*on_silence)(void *context);
  void *context;
} labbook_gnuplot_limits;

// Sends `length` bytes of commands and waits until gnuplot has done them. What gnuplot said beyond
// notes (fonts, empty ranges) makes the status LABBOOK_GNUPLOT_REFUSED with gnuplot's own words in
// `*message`.
int labbook_gnuplot_run(labbook_gnuplot *session, const char *commands, size_t length,
                        labbook_gnuplot_limits limits, char **message);

// Closes the pipes: gnuplot ends at the end of its input.
void labbook_gnuplot_close(labbook_gnuplot *session);

// Frees a message.
void labbook_gnuplot_free(char *message);

#ifdef __cplusplus
}
#endif

#endif
