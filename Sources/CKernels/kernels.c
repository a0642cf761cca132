#include "kernels.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

// Every body is compiled once a precision and once a kind of processor. A body works on vectors of
// VECTOR bytes; which one runs is decided once, when a program is planned.

#define PASTE3(a, b, c) a##_##b##_##c
#define NAME3(a, b, c) PASTE3(a, b, c)
#define FN(name) NAME3(name, REAL, BODY)

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

#define REAL float
#define REAL_BYTES 4
#define INTEGER int32_t
#define BODY base
#define VECTOR 16
#include "body.inc"

#undef REAL
#undef REAL_BYTES
#undef INTEGER
#define REAL double
#define REAL_BYTES 8
#define INTEGER int64_t
#include "body.inc"
#undef BODY
#undef VECTOR

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define BODY v3
#define VECTOR 32
#undef REAL
#undef REAL_BYTES
#undef INTEGER
#define REAL float
#define REAL_BYTES 4
#define INTEGER int32_t
#include "body.inc"
#undef REAL
#undef REAL_BYTES
#undef INTEGER
#define REAL double
#define REAL_BYTES 8
#define INTEGER int64_t
#include "body.inc"
#undef BODY
#undef VECTOR
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define BODY v4
#define VECTOR 64
#undef REAL
#undef REAL_BYTES
#undef INTEGER
#define REAL float
#define REAL_BYTES 4
#define INTEGER int32_t
#include "body.inc"
#undef REAL
#undef REAL_BYTES
#undef INTEGER
#define REAL double
#define REAL_BYTES 8
#define INTEGER int64_t
#include "body.inc"
#undef BODY
#undef VECTOR
#pragma clang attribute pop

#endif

const lb_kernels *lb_kernels_float(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return &table_float_v4;
  if (__builtin_cpu_supports("x86-64-v3")) return &table_float_v3;
#endif
  return &table_float_base;
}

const lb_kernels *lb_kernels_double(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return &table_double_v4;
  if (__builtin_cpu_supports("x86-64-v3")) return &table_double_v3;
#endif
  return &table_double_base;
}

void lb_run(const lb_instruction *instructions, int64_t count) {
  for (int64_t i = 0; i < count; i++) instructions[i].function(&instructions[i].arguments);
}

uint32_t lb_flush_denormals(void) {
#if defined(__x86_64__)
  uint32_t before = _mm_getcsr();
  _mm_setcsr(before | 0x8040);  // flush to zero, denormals are zero
  return before;
#else
  return 0;
#endif
}

void lb_restore_denormals(uint32_t before) {
#if defined(__x86_64__)
  _mm_setcsr(before);
#else
  (void)before;
#endif
}
