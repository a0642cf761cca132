#ifndef LB_WORDS_H
#define LB_WORDS_H

#include <stdint.h>
#include <string.h>

#include "include/tables.h"

typedef struct {
  uint64_t first;  // the first eight bytes, zeros behind a shorter word
  uint32_t size;   // twice the bytes, and 1 more with doubled quotes; its lower half
  int32_t code;    // from 1; 0 is free
} lb_slot;

typedef struct {
  int64_t start;
  int64_t size;
  uint64_t hash;
} lb_word;

struct lb_words {
  lb_slot *slots;
  uint64_t mask;  // a power of two, less 1
  lb_word *words;
  int64_t count;
  uint8_t *text;
  int64_t text_count;
  int64_t text_room;
};

// Adds a word; its number, or -1 where there is no memory.
int32_t lb_words_add(
    lb_words *words, const uint8_t *text, int64_t size, uint64_t hash, uint64_t first);

static inline uint64_t lb_eight(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline uint64_t lb_mixed(uint64_t value) {
  unsigned __int128 product = (unsigned __int128)value * 0xD6E8FEB86659FD93u;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

// The number of a word; eight bytes from its start on can be read, however short it is.
static inline int32_t lb_words_code(
    lb_words *words, const uint8_t *text, int64_t count, int32_t has_quotes) {
  uint64_t first = lb_eight(text);
  if (count < 8) first &= ((uint64_t)1 << (8 * count)) - 1;
  int64_t size = count * 2 + has_quotes;
  uint64_t hash = lb_mixed(first ^ (uint64_t)size * 0x9E3779B97F4A7C15u);
  if (count > 8) {
    for (int64_t i = 8; i + 8 < count; i += 8) hash = lb_mixed(hash ^ lb_eight(text + i));
    hash = lb_mixed(hash ^ lb_eight(text + count - 8));
  }
  uint64_t place = hash & words->mask;
  for (;; place = (place + 1) & words->mask) {
    const lb_slot *slot = words->slots + place;
    if (slot->code == 0) return lb_words_add(words, text, size, hash, first);
    if (slot->first != first || slot->size != (uint32_t)size) continue;
    if (count <= 8) return slot->code - 1;
    const lb_word *word = words->words + slot->code - 1;
    if (word->hash == hash && word->size == size &&
        memcmp(words->text + word->start, text, (size_t)count) == 0)
      return slot->code - 1;
  }
}

#endif
