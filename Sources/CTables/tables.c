#include "bodies.h"
#include "numbers.h"

static const lb_table_body *body_of(int32_t body) {
#if defined(__x86_64__)
  if (body == 1 && __builtin_cpu_supports("x86-64-v3")) return &lb_v3_table_body;
  if (body == 2 && __builtin_cpu_supports("x86-64-v4")) return &lb_v4_table_body;
#endif
  return &lb_base_table_body;
}

int32_t lb_tables_body(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return 2;
  if (__builtin_cpu_supports("x86-64-v3")) return 1;
#endif
  return 0;
}

int32_t lb_walk_rows(lb_walk *walk, int32_t body) { return body_of(body)->walk(walk); }

void lb_scan_text(const uint8_t *bytes, int64_t count, int32_t body, lb_text_scan *scan) {
  body_of(body)->scan(bytes, count, scan);
}

int32_t lb_decimal(uint64_t mantissa, int64_t power, double *value) {
  return lb_near(mantissa, power, value);
}

int32_t lb_number(
    const uint8_t *text, int64_t count, uint8_t decimal, int32_t body, double *value) {
  enum { before = 64, most = 64, behind = 64 };
  uint8_t padded[before + most + behind] = {0};
  if (count > most) return 0;
  memcpy(padded + before, text, (size_t)count);
  return body_of(body)->number(padded + before, padded + before + count, decimal, value);
}
