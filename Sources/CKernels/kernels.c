#include "bodies.h"

#include <stddef.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

const lb_kernels *lb_kernels_float(int32_t body) {
  if (body == 0) return &lb_kernels_float_base;
#if defined(__x86_64__)
  if (body == 1 && __builtin_cpu_supports("x86-64-v3")) return &lb_kernels_float_v3;
  if (body == 2 && __builtin_cpu_supports("x86-64-v4")) return &lb_kernels_float_v4;
#endif
  return NULL;
}

const lb_kernels *lb_kernels_double(int32_t body) {
  if (body == 0) return &lb_kernels_double_base;
#if defined(__x86_64__)
  if (body == 1 && __builtin_cpu_supports("x86-64-v3")) return &lb_kernels_double_v3;
  if (body == 2 && __builtin_cpu_supports("x86-64-v4")) return &lb_kernels_double_v4;
#endif
  return NULL;
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
