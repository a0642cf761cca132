#include "decoding.h"

#include <limits.h>
#include <stdlib.h>

// What the decoder of this thread may still take. A header in front of each block tells its size.
static __thread size_t room;

typedef union {
  size_t count;
  max_align_t aligned;
} block;

static void *take(size_t count) {
  if (count > room) return NULL;
  block *made = malloc(sizeof(block) + count);
  if (!made) return NULL;
  room -= count;
  made->count = count;
  return made + 1;
}

static void give(void *memory) {
  if (!memory) return;
  block *made = (block *)memory - 1;
  room += made->count;
  free(made);
}

static void *change(void *memory, size_t count) {
  if (!memory) return take(count);
  block *made = (block *)memory - 1;
  const size_t before = made->count;
  if (count > before && count - before > room) return NULL;
  block *moved = realloc(made, sizeof(block) + count);
  if (!moved) return NULL;
  room = room + before - count;
  moved->count = count;
  return moved + 1;
}

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_NO_FAILURE_STRINGS
#define STBI_MAX_DIMENSIONS (1 << 26)
#define STBI_ASSERT(condition) ((void)0)
#define STBI_MALLOC(count) take(count)
#define STBI_REALLOC(memory, count) change(memory, count)
#define STBI_FREE(memory) give(memory)

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-function"
#pragma clang diagnostic ignored "-Wsign-compare"
#include <stb/stb_image.h>
#pragma clang diagnostic pop

uint8_t *labbook_decode(
    const uint8_t *bytes, size_t count, size_t most, const labbook_image *image, int *parts) {
  if (count > INT_MAX) return NULL;
  room = most;
  int width = 0, height = 0;
  uint8_t *pixels = stbi_load_from_memory(bytes, (int)count, &width, &height, parts, 0);
  if (!pixels) return NULL;
  if (width == image->width && height == image->height && *parts >= 1 && *parts <= 4)
    return pixels;
  give(pixels);
  return NULL;
}

void labbook_release(uint8_t *pixels) { give(pixels); }
