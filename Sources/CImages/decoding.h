#ifndef LABBOOK_DECODING_H
#define LABBOOK_DECODING_H

#include "CImages.h"

// Decodes with at most `most` bytes of memory: interleaved rows of `parts` numbers a pixel, which
// `labbook_release` frees; NULL where the file is damaged.
uint8_t *labbook_decode(
    const uint8_t *bytes, size_t count, size_t most, const labbook_image *image, int *parts);
void labbook_release(uint8_t *pixels);

// Resizes one plane; 0 where there is no memory.
int labbook_resize(
    const uint8_t *source, int32_t height, int32_t width, uint8_t *target, int32_t new_height,
    int32_t new_width);

#endif
