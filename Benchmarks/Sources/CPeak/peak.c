#include "peak.h"

#define LOOP(name, attributes, bytes)                                                    \
  typedef float name##_vector __attribute__((vector_size(bytes)));                       \
  attributes static double name(int64_t rounds, float *sink) {                           \
    name##_vector sums[12], x = {0}, y = {0};                                            \
    x += 0.9999f, y += 1e-6f;                                                            \
    for (int i = 0; i < 12; i++) sums[i] = x * (float)i;                                 \
    for (int64_t r = 0; r < rounds; r++)                                                 \
      for (int i = 0; i < 12; i++) sums[i] = sums[i] * x + y;                            \
    for (int i = 1; i < 12; i++) sums[0] += sums[i];                                     \
    *sink = sums[0][0];                                                                  \
    return (double)rounds * 12 * 2 * (bytes / 4);                                        \
  }

LOOP(base, , 16)
#if defined(__x86_64__)
LOOP(v3, __attribute__((target("arch=x86-64-v3"))), 32)
LOOP(v4, __attribute__((target("arch=x86-64-v4"), min_vector_width(512))), 64)
#endif

double peak_operations(int64_t rounds, float *sink) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return v4(rounds, sink);
  if (__builtin_cpu_supports("x86-64-v3")) return v3(rounds, sink);
#endif
  return base(rounds, sink);
}
