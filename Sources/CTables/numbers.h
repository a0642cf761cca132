#ifndef LB_NUMBERS_H
#define LB_NUMBERS_H

#include <float.h>

#include "powers.h"
#include "words.h"

static const uint64_t lb_ones = 0x0101010101010101;
static const uint64_t lb_uppers = 0x8080808080808080;

// What is above the exact range, by 128 bits of the power of five.
static inline int lb_by_product(uint64_t mantissa, int64_t power, double *value) {
  if (mantissa == 0 || power < LB_LEAST || power > LB_MOST) return 0;
  int zeros = __builtin_clzll(mantissa);
  uint64_t shifted = mantissa << zeros;
  const uint64_t *five = lb_fives[power - LB_LEAST];
  unsigned __int128 product = (unsigned __int128)shifted * five[0];
  uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
  if (__builtin_expect((high & 0x1FF) == 0x1FF, 0)) {
    uint64_t more = (uint64_t)(((unsigned __int128)shifted * five[1]) >> 64);
    low += more;
    if (low < more) high++;
  }
  int top = (int)(high >> 63);
  uint64_t bits = high >> (top + 9);
  // Halfway between two doubles: the even one.
  if (__builtin_expect(low <= 1, 0) && power >= -4 && power <= 23 && (bits & 3) == 1 &&
      bits << (top + 9) == high)
    bits &= ~(uint64_t)1;
  bits = (bits + (bits & 1)) >> 1;
  // What is rounded up to a power of two counts the exponent up. With these powers of ten no result is
  // subnormal, and none too large.
  uint64_t exponent = (uint64_t)(((217706 * power) >> 16) + 63 + top - zeros + 1023);
  uint64_t pattern = ((exponent - 1) << 52) + bits;
  memcpy(value, &pattern, 8);
  return 1;
}

static inline int lb_near(uint64_t mantissa, int64_t power, double *value) {
  if (mantissa <= (uint64_t)1 << 53 && power >= -22 && power <= 22) {
    double whole = (double)mantissa;
    *value = power < 0 ? whole / lb_tens[-power] : whole * lb_tens[power];
    return 1;
  }
  return lb_by_product(mantissa, power, value);
}

// Eight bytes less '0' each as a number of eight digits, the first byte the highest; 0 where one is no
// digit (Lemire and Muła's way).
static inline int lb_eight_digits(uint64_t bytes, uint64_t *value) {
  if (((bytes + 0x7676767676767676) | bytes) & lb_uppers) return 0;
  bytes = bytes * 10 + (bytes >> 8);
  *value = ((bytes & 0x000000FF000000FF) * 0x000F424000000064 +
            ((bytes >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >>
           32;
  return 1;
}

// Reads digits, eight at a time where so many follow.
static inline const uint8_t *lb_digits(const uint8_t *s, const uint8_t *e, uint64_t *value) {
  uint64_t eight;
  while (e - s >= 8 && lb_eight_digits(lb_eight(s) ^ lb_ones * '0', &eight)) {
    *value = *value * 100000000 + eight;
    s += 8;
  }
  while (s < e && (uint8_t)(*s - '0') < 10) *value = *value * 10 + (uint64_t)(*s++ - '0');
  return s;
}

// The whole of a text as an exponent with its mark, of up to three digits.
static inline int lb_read_exponent(const uint8_t *s, const uint8_t *e, int64_t *exponent) {
  if (s >= e || (*s | 0x20) != 'e') return 0;
  s++;
  int is_negative = s < e && *s == '-';
  if (is_negative || (s < e && *s == '+')) s++;
  if (s == e || e - s > 3) return 0;
  int64_t value = 0;
  for (; s < e; s++) {
    if ((uint8_t)(*s - '0') >= 10) return 0;
    value = value * 10 + (*s - '0');
  }
  *exponent = is_negative ? -value : value;
  return 1;
}

// Any number, its minus read already.
static inline int lb_long_number(
    const uint8_t *s, const uint8_t *e, uint8_t decimal, double *value) {
  uint64_t mantissa = 0;
  const uint8_t *first = s;
  s = lb_digits(s, e, &mantissa);
  int64_t count = s - first, power = 0;
  if (s < e && *s == decimal) {
    first = ++s;
    s = lb_digits(s, e, &mantissa);
    power = first - s;
    count -= power;
  }
  if (count <= 0 || count > 19) return 0;
  if (s < e) {
    int64_t exponent;
    if (!lb_read_exponent(s, e, &exponent)) return 0;
    power += exponent;
  }
  if (mantissa == 0) {
    *value = 0;
    return 1;
  }
  return lb_near(mantissa, power, value);
}

// Up to eight bytes at once: the point is taken out, what stands before it moved beside the rest.
static inline int lb_short_number(
    const uint8_t *s, int64_t count, uint64_t points, double *value) {
  uint64_t bytes = (lb_eight(s) ^ lb_ones * '0') << (64 - 8 * count);
  uint64_t other = bytes ^ points, number;
  uint64_t found = (other - lb_ones) & ~other & lb_uppers;
  if (found == 0) {
    if (!lb_eight_digits(bytes, &number)) return 0;
    *value = (double)number;
    return 1;
  }
  int shift = __builtin_ctzll(found) & ~7;
  uint64_t before = bytes & (((uint64_t)1 << shift) - 1);
  bytes = ((bytes >> shift >> 8) << shift << 8) | before << 8;
  if (count < 2 || !lb_eight_digits(bytes, &number)) return 0;
  *value = (double)number / lb_tens[7 - shift / 8];
  return 1;
}

// The same of 9 to 16 bytes.
static inline int lb_middle_number(
    const uint8_t *s, int64_t count, uint64_t points, double *value) {
  unsigned __int128 bytes = (unsigned __int128)(lb_eight(s + 8) ^ lb_ones * '0') << 64;
  bytes = (bytes | (lb_eight(s) ^ lb_ones * '0')) << (128 - 8 * count);
  uint64_t low = (uint64_t)bytes ^ points, high = (uint64_t)(bytes >> 64) ^ points;
  uint64_t in_low = (low - lb_ones) & ~low & lb_uppers;
  uint64_t in_high = (high - lb_ones) & ~high & lb_uppers;
  int64_t power = 0;
  if (in_low | in_high) {
    int shift = (in_low ? __builtin_ctzll(in_low) : 64 + __builtin_ctzll(in_high)) & ~7;
    unsigned __int128 before = bytes & (((unsigned __int128)1 << shift) - 1);
    bytes = ((bytes >> shift >> 8) << shift << 8) | before << 8;
    power = shift / 8 - 15;
  }
  uint64_t upper, lower;
  if (!lb_eight_digits((uint64_t)bytes, &upper)) return 0;
  if (!lb_eight_digits((uint64_t)(bytes >> 64), &lower)) return 0;
  return lb_near(upper * 100000000 + lower, power, value);
}

// `points` is the decimal sign less '0', in every byte.
static inline int lb_read_number(
    const uint8_t *s, const uint8_t *e, uint8_t decimal, uint64_t points, double *value) {
  int is_negative = s < e && *s == '-';
  s += is_negative;
  int64_t count = e - s;
  double number;
  int is_read = count <= 0    ? 0
                : count <= 8  ? lb_short_number(s, count, points, &number)
                : count <= 16 ? lb_middle_number(s, count, points, &number)
                              : 0;
  if (!is_read && (count <= 0 || !lb_long_number(s, e, decimal, &number))) return 0;
  if (number > (double)FLT_MAX) return 0;
  *value = is_negative ? -number : number;
  return 1;
}

static inline uint64_t lb_points(uint8_t decimal) { return lb_ones * (uint8_t)(decimal ^ '0'); }

#endif
