#include "words.h"

#include <stdlib.h>

static const uint64_t least = 16;

lb_words *lb_words_make(void) {
  lb_words *words = calloc(1, sizeof(lb_words));
  if (words == NULL) return NULL;
  words->mask = least - 1;
  words->slots = calloc(least, sizeof(lb_slot));
  words->words = malloc(least / 2 * sizeof(lb_word));
  if (words->slots == NULL || words->words == NULL) {
    lb_words_free(words);
    return NULL;
  }
  return words;
}

void lb_words_free(lb_words *words) {
  if (words == NULL) return;
  free(words->slots);
  free(words->words);
  free(words->text);
  free(words);
}

int64_t lb_words_count(const lb_words *words) { return words->count; }

const uint8_t *lb_words_text(
    const lb_words *words, int64_t code, int64_t *count, int32_t *has_quotes) {
  const lb_word *word = words->words + code;
  *count = word->size / 2;
  *has_quotes = word->size & 1;
  return words->text + word->start;
}

static void put(lb_words *words, lb_slot *slots, uint64_t mask, lb_slot slot) {
  uint64_t place = words->words[slot.code - 1].hash & mask;
  while (slots[place].code != 0) place = (place + 1) & mask;
  slots[place] = slot;
}

// Twice the places.
static int grow(lb_words *words) {
  uint64_t room = (words->mask + 1) * 2;
  lb_word *larger = realloc(words->words, room / 2 * sizeof(lb_word));
  if (larger == NULL) return 0;
  words->words = larger;
  lb_slot *slots = calloc(room, sizeof(lb_slot));
  if (slots == NULL) return 0;
  for (uint64_t place = 0; place <= words->mask; place++)
    if (words->slots[place].code != 0) put(words, slots, room - 1, words->slots[place]);
  free(words->slots);
  words->slots = slots;
  words->mask = room - 1;
  return 1;
}

static int keep(lb_words *words, const uint8_t *text, int64_t count) {
  if (words->text_count + count > words->text_room || words->text == NULL) {
    int64_t room = (words->text_count + count) * 3 / 2 + 64;
    uint8_t *larger = realloc(words->text, (size_t)room);
    if (larger == NULL) return 0;
    words->text = larger;
    words->text_room = room;
  }
  memcpy(words->text + words->text_count, text, (size_t)count);
  words->text_count += count;
  return 1;
}

int32_t lb_words_add(
    lb_words *words, const uint8_t *text, int64_t size, uint64_t hash, uint64_t first) {
  if ((uint64_t)(words->count + 1) * 2 > words->mask + 1 && !grow(words)) return -1;
  if (words->count == INT32_MAX || !keep(words, text, size / 2)) return -1;
  words->words[words->count] = (lb_word){words->text_count - size / 2, size, hash};
  words->count++;
  lb_slot slot = {first, (uint32_t)size, (int32_t)words->count};
  put(words, words->slots, words->mask, slot);
  return slot.code - 1;
}
