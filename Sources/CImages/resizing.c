#include <math.h>
#include <stdlib.h>

#include "decoding.h"

// A triangle filter whose width is that of the pixels that become one, in fixed point with 22 bits
// behind the point: first along rows, then along columns, each rounded to a byte.

enum { BITS = 22 };

// The weights of every new pixel: of `most` old ones from `first` on, `count` of them in use.
typedef struct {
  int32_t most;
  int32_t *first;
  int32_t *count;
  int32_t *weights;
} filter;

static void release(filter *f) {
  free(f->first);
  free(f->count);
  free(f->weights);
}

static int prepare(filter *f, int32_t old, int32_t new) {
  const double scale = (double)old / new, width = scale < 1 ? 1 : scale;
  f->most = (int32_t)ceil(width) * 2 + 1;
  f->first = malloc(sizeof(int32_t) * (size_t)new);
  f->count = malloc(sizeof(int32_t) * (size_t)new);
  f->weights = calloc((size_t)new * (size_t)f->most, sizeof(int32_t));
  double *row = malloc(sizeof(double) * (size_t)f->most);
  if (!f->first || !f->count || !f->weights || !row) {
    free(row);
    return 0;
  }
  for (int32_t place = 0; place < new; place++) {
    const double centre = (place + 0.5) * scale;
    int32_t first = (int32_t)(centre - width + 0.5), last = (int32_t)(centre + width + 0.5);
    if (first < 0) first = 0;
    if (last > old) last = old;
    double sum = 0;
    for (int32_t k = 0; k < last - first; k++) {
      const double distance = fabs((k + first - centre + 0.5) * (1 / width));
      row[k] = distance < 1 ? 1 - distance : 0;
      sum += row[k];
    }
    for (int32_t k = 0; k < last - first; k++) {
      const double weight = sum != 0 ? row[k] / sum : row[k];
      f->weights[(size_t)place * (size_t)f->most + (size_t)k] =
          (int32_t)(0.5 + weight * (1 << BITS));
    }
    f->first[place] = first;
    f->count[place] = last - first;
  }
  free(row);
  return 1;
}

// Filters `lines` lines of numbers `step` apart; a line begins `stride` behind the one before.
static void run(
    const filter *f, const uint8_t *source, size_t stride, size_t step, uint8_t *target,
    size_t target_stride, size_t target_step, int32_t lines, int32_t new) {
  for (int32_t line = 0; line < lines; line++) {
    for (int32_t place = 0; place < new; place++) {
      const int32_t *weights = f->weights + (size_t)place * (size_t)f->most;
      const uint8_t *from =
          source + (size_t)line * stride + (size_t)f->first[place] * step;
      int32_t sum = 1 << (BITS - 1);
      for (int32_t k = 0; k < f->count[place]; k++) sum += from[(size_t)k * step] * weights[k];
      const int32_t value = sum >> BITS;
      target[(size_t)line * target_stride + (size_t)place * target_step] =
          (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
  }
}

int labbook_resize(
    const uint8_t *source, int32_t height, int32_t width, uint8_t *target, int32_t new_height,
    int32_t new_width) {
  filter across = {0}, down = {0};
  uint8_t *middle = malloc((size_t)height * (size_t)new_width);
  const int fits = middle && prepare(&across, width, new_width) &&
                   prepare(&down, height, new_height);
  if (fits) {
    run(&across, source, (size_t)width, 1, middle, (size_t)new_width, 1, height, new_width);
    run(&down, middle, 1, (size_t)new_width, target, 1, (size_t)new_width, new_width, new_height);
  }
  free(middle);
  release(&across);
  release(&down);
  return fits;
}
