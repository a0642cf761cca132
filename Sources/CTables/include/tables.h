// Reading the text of tables: fields, numbers, words.

#ifndef LB_TABLES_H
#define LB_TABLES_H

#include <stdint.h>

// What a piece of text is made of.
typedef struct {
  int64_t lines;     // ends of lines; a return before a feed ends the same line
  int64_t quotes;    // double quotes
  int32_t is_ascii;  // no byte has its upper bit set
  int32_t is_utf8;   // every byte is part of a letter of UTF-8
} lb_text_scan;

// Looks at `count` bytes that begin behind the end of a line and end with one, or with the text.
void lb_scan_text(const uint8_t *bytes, int64_t count, int32_t body, lb_text_scan *scan);

// The distinct words of one column in the order in which they appear.
//
// Words are told apart by their bytes in the file and by whether a doubled quote stands in them.
typedef struct lb_words lb_words;

// An empty list; null where there is no memory.
lb_words *lb_words_make(void);
void lb_words_free(lb_words *words);
int64_t lb_words_count(const lb_words *words);

// The bytes of a word, by its number.
const uint8_t *lb_words_text(
    const lb_words *words, int64_t code, int64_t *count, int32_t *has_quotes);

// The double nearest to `mantissa` times ten to `power` (up to 2^64 - 1 and any power); 0 where this way
// cannot tell, and where the result would be subnormal or no double.
//
// Small ones are exact in one operation (Clinger 1990), others by 128 bits of the power of five (Lemire,
// "Number parsing at a gigabyte per second", 2021).
int32_t lb_decimal(uint64_t mantissa, int64_t power, double *value);

// Reads the whole of a text as a number: digits with a minus, a fraction and an exponent of up to three
// digits, 19 digits at most; 0 where it is something else, or larger than single precision holds. Some
// bodies read more digits where the first ones are zeros.
int32_t lb_number(
    const uint8_t *text, int64_t count, uint8_t decimal, int32_t body, double *value);

// A walk over the rows of a table that begin in one part of its text, a window of bytes at a time.
typedef struct {
  // The window. 64 bytes before `bytes` and 64 behind `count` can be read too; a line feed is the first
  // of those behind.
  const uint8_t *bytes;
  int64_t count;
  int64_t end;      // rows that begin there or later are another part's; may lie behind the window
  int32_t is_last;  // the text ends with the window

  // How the text is written.
  int32_t separates_by_blanks;  // then `separator` is a space
  int32_t has_comments;
  uint8_t separator, comment, decimal;
  int32_t empty_is_missing;

  // What becomes of a field, by its column: a number in a slot from 0 (`>= 0`; with LB_WALK_ASK added, one
  // that is looked at unless it is empty), nothing (-1), or a word of list `-2 - sink`.
  int64_t width;
  int64_t *sinks;
  double *numbers;  // `stride` a row
  int64_t stride;
  int64_t *missing;  // one a slot
  int32_t *codes;    // `codes_stride` from one list's to the next
  int64_t codes_stride;
  lb_words **words;
  int64_t most;  // rows

  // Where the walk is.
  int64_t position;  // the next byte
  int64_t row;
  int64_t row_start;
  int64_t column;    // the field that was read last, while `is_within_row`
  int32_t is_within_row, ends_row;

  // The field to be looked at.
  int64_t field_start, field_end;
  // The byte at which a field cannot be read.
  int64_t problem;
} lb_walk;

enum { LB_WALK_ASK = 1 << 30 };

enum {
  LB_WALK_DONE,
  // The field of a column of numbers is none: who called puts a number into its slot and calls again.
  LB_WALK_CELL,
  // The window ends before the row at `position` does.
  LB_WALK_CUT,
  LB_WALK_UNCLOSED_QUOTE,
  LB_WALK_TEXT_AFTER_QUOTE,
  // The row at `row_start` has more or fewer fields than `width`.
  LB_WALK_UNEQUAL,
  LB_WALK_NO_MEMORY,
};

// Reads rows until something has to be said.
//
// `body` as for kernels: 0 for any processor, 1 and 2 for x86-64-v3 and -v4; one that the processor does
// not have is taken for 0.
int32_t lb_walk_rows(lb_walk *walk, int32_t body);

// The best body of this processor.
int32_t lb_tables_body(void);

#endif
