#include <string.h>
#include <stdlib.h>
#include <zlib.h>

#include "decoding.h"

static const char cut[] = "is cut off";
static const char damaged[] = "is damaged";

static uint32_t big(const uint8_t *b) {
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

// Whether so many pixels may be decoded from a file of so many bytes: neither format packs more than
// 8256 pixels into a byte.
static const char *check(int64_t width, int64_t height, size_t count) {
  if (width < 1 || height < 1) return damaged;
  if (width * height > LABBOOK_MOST_PIXELS) return "has more than 67 million pixels";
  if ((uint64_t)(width * height) / 8256 > count)
    return "is damaged: its header promises more pixels than the file can hold";
  return NULL;
}

// MARK: PNG

static const uint8_t png_mark[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

static const char *inspect_png(const uint8_t *bytes, size_t count, labbook_image *image) {
  size_t place = 8;
  int has_pixels = 0;
  for (int number = 0;; number++) {
    if (count - place < 12) return cut;
    const uint32_t length = big(bytes + place);
    const uint8_t *name = bytes + place + 4;
    if (length > 0x7FFFFFFF) return damaged;
    if (length > count - place - 12) return cut;
    const uint32_t sum = (uint32_t)crc32_z(crc32_z(0, NULL, 0), name, (size_t)length + 4);
    if (sum != big(name + 4 + length)) return damaged;
    if (number == 0) {
      if (memcmp(name, "IHDR", 4) || length != 13) return damaged;
      const uint32_t width = big(name + 4), height = big(name + 8);
      if (width > 0x7FFFFFFF || height > 0x7FFFFFFF) return damaged;
      const char *problem = width > LABBOOK_MOST_PIXELS || height > LABBOOK_MOST_PIXELS
                                ? "has more than 67 million pixels"
                                : check(width, height, count);
      if (problem) return problem;
      image->width = (int32_t)width;
      image->height = (int32_t)height;
      image->is_gray = name[13] == 0 || name[13] == 4;
    } else if (!memcmp(name, "IDAT", 4)) {
      has_pixels = 1;
    } else if (!memcmp(name, "CgBI", 4)) {
      return "is an iPhone's own kind of PNG";
    } else if (!memcmp(name, "IEND", 4)) {
      return has_pixels ? NULL : damaged;
    }
    place += 12 + (size_t)length;
  }
}

// MARK: JPEG

// Behind a start of scan: the place of the next marker that is no restart, or `count`.
static size_t after_scan(const uint8_t *bytes, size_t count, size_t place) {
  while (place + 1 < count) {
    const uint8_t *found = memchr(bytes + place, 0xFF, count - 1 - place);
    if (!found) return count;
    place = (size_t)(found - bytes);
    const uint8_t next = bytes[place + 1];
    if (next == 0xFF) {
      place += 1;
    } else if (next == 0 || (next >= 0xD0 && next <= 0xD7)) {
      place += 2;
    } else {
      return place;
    }
  }
  return count;
}

static const char *frame(const uint8_t *b, size_t length, size_t count, labbook_image *image) {
  if (length < 8) return damaged;
  if (b[0] != 8) return "has 12 bits a colour, which are not read";
  const int64_t height = b[1] << 8 | b[2], width = b[3] << 8 | b[4];
  if (height == 0) return "does not say its height";
  const char *problem = check(width, height, count);
  if (problem) return problem;
  image->width = (int32_t)width;
  image->height = (int32_t)height;
  image->is_gray = b[5] == 1;
  return NULL;
}

static const char *inspect_jpeg(const uint8_t *bytes, size_t count, labbook_image *image) {
  size_t place = 2;
  int scans = 0;
  image->width = 0;
  while (1) {
    // Any number of fill bytes may stand before a marker.
    while (place < count && bytes[place] == 0xFF && place + 1 < count && bytes[place + 1] == 0xFF)
      place += 1;
    if (count - place < 2) return cut;
    if (bytes[place] != 0xFF) return damaged;
    const uint8_t marker = bytes[place + 1];
    place += 2;
    if (marker == 0xD9) return image->width > 0 && scans > 0 ? NULL : damaged;
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) continue;
    if (marker == 0 || marker == 0xD8) return damaged;
    if (count - place < 2) return cut;
    const size_t length = (size_t)(bytes[place] << 8 | bytes[place + 1]);
    if (length < 2) return damaged;
    if (length > count - place) return cut;
    const int is_frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) {
      if (image->width > 0) return damaged;
      if (marker > 0xC2) return "is a JPEG of a kind that is not read (lossless or arithmetic)";
      const char *problem = frame(bytes + place + 2, length - 2, count, image);
      if (problem) return problem;
    }
    place += length;
    if (marker == 0xDA) {
      if (image->width == 0) return damaged;
      // Each scan may walk over the whole image: cameras and tools write ten or so.
      if (++scans > 500) return "is damaged: it has more than 500 scans";
      place = after_scan(bytes, count, place);
      if (place >= count) return cut;
    }
  }
}

// MARK: Both

const char *labbook_image_inspect(const uint8_t *bytes, size_t count, labbook_image *image) {
  memset(image, 0, sizeof *image);
  if (count == 0) return "is empty: 0 bytes";
  if (count >= 8 && !memcmp(bytes, png_mark, 8)) return inspect_png(bytes, count, image);
  if (count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF)
    return inspect_jpeg(bytes, count, image);
  return "is neither PNG nor JPEG";
}

// One number of a pixel: of `parts` interleaved ones part `channel`, or gray of colours.
static void plane(
    const uint8_t *pixels, int parts, int32_t channel, int is_gray, size_t count,
    uint8_t *target) {
  if (parts < 3) {
    for (size_t i = 0; i < count; i++) target[i] = pixels[i * (size_t)parts];
  } else if (!is_gray) {
    for (size_t i = 0; i < count; i++) target[i] = pixels[i * (size_t)parts + (size_t)channel];
  } else {
    for (size_t i = 0; i < count; i++) {
      const uint8_t *p = pixels + i * (size_t)parts;
      target[i] = (uint8_t)((p[0] * 19595u + p[1] * 38470u + p[2] * 7471u + 0x8000u) >> 16);
    }
  }
}

const char *labbook_image_read(
    const uint8_t *bytes, size_t count, const labbook_image *image, int32_t channels,
    int32_t height, int32_t width, uint8_t *target) {
  const size_t pixels = (size_t)image->width * (size_t)image->height;
  // Rows of 16 bits and four colours, twice while they grow, and the parts of the file.
  const size_t most = pixels * 64 + count * 4 + ((size_t)1 << 20);
  int parts = 0;
  uint8_t *decoded = labbook_decode(bytes, count, most, image, &parts);
  if (!decoded) return damaged;
  const char *problem = NULL;
  const size_t size = (size_t)height * (size_t)width;
  if (height == image->height && width == image->width) {
    for (int32_t c = 0; c < channels; c++)
      plane(decoded, parts, c, channels == 1, pixels, target + (size_t)c * size);
  } else {
    uint8_t *whole = malloc(pixels);
    for (int32_t c = 0; whole && c < channels && !problem; c++) {
      plane(decoded, parts, c, channels == 1, pixels, whole);
      if (!labbook_resize(
              whole, image->height, image->width, target + (size_t)c * size, height, width))
        problem = "takes more memory than there is";
    }
    if (!whole) problem = "takes more memory than there is";
    free(whole);
  }
  labbook_release(decoded);
  return problem;
}
