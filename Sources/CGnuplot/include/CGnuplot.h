#ifndef LABBOOK_CGNUPLOT_H
#define LABBOOK_CGNUPLOT_H

// One gnuplot process behind a plain C interface. No C++ exception leaves these functions.

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct labbook_gnuplot labbook_gnuplot;

enum {
  LABBOOK_GNUPLOT_OK = 0,
  // The program could not be found.
  LABBOOK_GNUPLOT_MISSING = 1,
  // The program could not be started, died or did not answer; the session is of no further use.
  LABBOOK_GNUPLOT_LOST = 2,
  // gnuplot refused the script; the session should be closed, since what it was doing is unknown.
  LABBOOK_GNUPLOT_REFUSED = 3,
};

// Starts `program` (found through PATH) without a shell and without the user's start-up files.
// Returns a status. `*session` is set where it is LABBOOK_GNUPLOT_OK, else `*message` is, to a text
// the caller gives to labbook_gnuplot_free.
int labbook_gnuplot_open(const char *program, labbook_gnuplot **session, char **message);

// Sends `length` bytes of commands and waits, for `timeout_seconds` at most, until gnuplot has done
// them. What gnuplot said beyond notes (fonts, empty ranges) makes the status
// LABBOOK_GNUPLOT_REFUSED with gnuplot's own words in `*message`.
int labbook_gnuplot_run(labbook_gnuplot *session, const char *commands, size_t length,
                        int timeout_seconds, char **message);

// Ends the process and waits for it.
void labbook_gnuplot_close(labbook_gnuplot *session);

// Frees a message.
void labbook_gnuplot_free(char *message);

#ifdef __cplusplus
}
#endif

#endif
