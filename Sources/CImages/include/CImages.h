#ifndef LABBOOK_IMAGES_H
#define LABBOOK_IMAGES_H

// PNG and JPEG by the single-header library stb_image, behind functions that bound what a file may
// ask for: sizes are read and checked before memory is taken, and a file that is cut off or damaged
// is told, where the library alone would make up the missing part.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What an image's header says.
typedef struct {
  int32_t width;
  int32_t height;
  // Whether it has no colours: one number a pixel, with or without transparency.
  int32_t is_gray;
} labbook_image;

// The greatest number of pixels of one image.
#define LABBOOK_MOST_PIXELS ((int64_t)1 << 26)

// Reads the header and walks over the parts of a file; what is wrong with it as a clause, or NULL.
const char *labbook_image_inspect(const uint8_t *bytes, size_t count, labbook_image *image);

// Decodes an image of `inspect` into `target` of (channels, height, width) bytes, 1 or 3 channels,
// resized where its own size is another; what is wrong as a clause, or NULL.
//
// Colours become gray by ITU-R 601 (0.299 R + 0.587 G + 0.114 B), transparency is left out, and
// sizes change by a triangle filter over the area that a pixel stands for, as by Pillow's
// convert("L"), convert("RGB") and resize(size, BILINEAR). Rows are filtered first; versions of Pillow
// that begin with columns where that costs less round otherwise, by one level at most.
const char *labbook_image_read(
    const uint8_t *bytes, size_t count, const labbook_image *image, int32_t channels,
    int32_t height, int32_t width, uint8_t *target);

#ifdef __cplusplus
}
#endif

#endif
