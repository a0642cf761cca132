// The longest part of every instruction of an update of 784-1024-1024-10 in batches of 256, parted among T
// threads as Kernel.division says, each timed by itself on one core: what many cores would give, on paper.
// Benchmarks/parts builds and runs it.

#include "team.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { batch = 256, inputs = 784, hidden = 1024, outputs = 10, counts = 6 };
static const int threads[counts] = {1, 2, 4, 8, 16, 32};
static double total[counts];
static lb_state state = {.clip = 1, .scale = 1, .momentum = -1, .rate = 1e-9};
static const lb_kernels *kernels;

// Along what an instruction is parted: rows or lines, columns told by n1, columns told by first and end,
// not at all.
typedef enum { lines, columns, found, whole } axis;

static float *numbers(int64_t count) {
  const size_t page = 2 << 20;
  float *p = aligned_alloc(page, ((size_t)count * 4 + page - 1) / page * page);
  for (int64_t i = 0; i < count; i++) p[i] = (float)rand() / (float)RAND_MAX - 0.5f;
  return p;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static double least(lb_kernel k, lb_arguments a) {
  a.state = &state;
  double least = 1e18;
  for (int i = 0; i < 60; i++) {
    const double start = now();
    kernels->functions[k](&a);
    const double time = now() - start;
    if (time < least) least = time;
  }
  return least;
}

// One line of the table: the longest part for each number of threads; `each` of n0 a place, `step` numbers of
// each operand from one place to the next.
static void part(const char *name, lb_kernel k, lb_arguments all, axis axis, int64_t count,
                 int64_t grain, int64_t each, const int64_t step[8]) {
  printf("| %s |", name);
  for (int i = 0; i < counts; i++) {
    lb_arguments a = all;
    const int64_t grains = (count + grain - 1) / grain;
    int64_t first = 0, longest = 0;
    for (int t = 0; t < threads[i]; t++) {
      const int64_t begin = grains * t / threads[i] * grain;
      int64_t end = grains * (t + 1) / threads[i] * grain;
      if (end > count) end = count;
      if (end - begin > longest) longest = end - begin, first = begin;
    }
    void **operands = &a.p0;
    for (int o = 0; o < 8; o++)
      if (operands[o]) operands[o] = (float *)operands[o] + first * step[o];
    if (axis == lines) a.n0 = longest * each;
    if (axis == columns) a.n1 = longest;
    if (axis != whole && threads[i] > 1) a.first = first, a.end = first + longest;
    const double time = least(k, a);
    total[i] += time;
    printf(" %.1f |", time);
  }
  printf("\n");
}

#define STEPS(...) (const int64_t[8]){__VA_ARGS__}

int main(void) {
  for (int body = 0; body < 3; body++)
    if (lb_kernels_float(body)) kernels = lb_kernels_float(body);
  const int64_t B = batch, I = inputs, H = hidden, O = outputs;
  float *x = numbers(B * I), *h1 = numbers(B * H), *h2 = numbers(B * H), *y = numbers(B * O);
  float *w1 = numbers(I * H), *w2 = numbers(H * H), *w3 = numbers(H * O), *b = numbers(H);
  float *d = numbers(B * O), *d2 = numbers(B * H), *d1 = numbers(B * H);
  float *g1 = numbers(I * H), *g2 = numbers(H * H), *g3 = numbers(H * O), *m = numbers(H * H);
  const int64_t none[8] = {0};
  printf("| %s, us, by threads |", kernels->name);
  for (int i = 0; i < counts; i++) printf(" %d |", threads[i]);
  printf("\n| --- | --- | --- | --- | --- | --- | --- |\n");
  part("forward 256x1024x784", lb_kernel_product,
       (lb_arguments){.p0 = x, .p1 = w1, .p2 = h1, .p3 = b, .n0 = B, .n1 = H, .n2 = I, .n3 = 8,
                      .n4 = B, .n5 = H}, columns, H, 16, 1, STEPS(0, 1, 1, 1));
  part("forward 256x1024x1024", lb_kernel_product,
       (lb_arguments){.p0 = h1, .p1 = w2, .p2 = h2, .p3 = b, .n0 = B, .n1 = H, .n2 = H, .n3 = 8,
                      .n4 = B, .n5 = H}, columns, H, 16, 1, STEPS(0, 1, 1, 1));
  part("forward 256x10x1024", lb_kernel_product,
       (lb_arguments){.p0 = h2, .p1 = w3, .p2 = y, .p3 = b, .n0 = B, .n1 = O, .n2 = H, .n4 = B,
                      .n5 = O}, lines, B, 4, 1, STEPS(H, 0, O));
  part("weights 1024x10x256", lb_kernel_product,
       (lb_arguments){.p0 = h2, .p1 = d, .p2 = g3, .n0 = H, .n1 = O, .n2 = B, .n3 = 1, .n4 = H,
                      .n5 = O}, lines, H, 8, 1, STEPS(1, 0, O));
  part("input 256x1024x10", lb_kernel_product,
       (lb_arguments){.p0 = d, .p1 = w3, .p2 = d2, .n0 = B, .n1 = H, .n2 = O, .n3 = 2, .n4 = B,
                      .n5 = H}, columns, H, 16, 1, STEPS(0, O, 1));
  part("biases and rectifier of 1024", lb_kernel_relu_columns,
       (lb_arguments){.p0 = d2, .p1 = h2, .p2 = b, .n0 = B, .n1 = H}, found, H, 16, 1, none);
  part("weights 1024x1024x256", lb_kernel_product,
       (lb_arguments){.p0 = h1, .p1 = d2, .p2 = g2, .n0 = H, .n1 = H, .n2 = B, .n3 = 1, .n4 = H,
                      .n5 = H}, lines, H, 8, 1, STEPS(1, 0, H));
  part("input 256x1024x1024", lb_kernel_product,
       (lb_arguments){.p0 = d2, .p1 = w2, .p2 = d1, .n0 = B, .n1 = H, .n2 = H, .n3 = 2, .n4 = B,
                      .n5 = H}, columns, H, 16, 1, STEPS(0, H, 1));
  part("biases and rectifier of 1024", lb_kernel_relu_columns,
       (lb_arguments){.p0 = d1, .p1 = h1, .p2 = b, .n0 = B, .n1 = H}, found, H, 16, 1, none);
  part("weights 784x1024x256", lb_kernel_product,
       (lb_arguments){.p0 = x, .p1 = d1, .p2 = g1, .n0 = I, .n1 = H, .n2 = B, .n3 = 1, .n4 = I,
                      .n5 = H}, lines, I, 8, 1, STEPS(1, 0, H));
  part("SGD 784x1024", lb_kernel_sgd,
       (lb_arguments){.p0 = w1, .p1 = g1, .p2 = m, .n0 = I * H, .s0 = 0.9, .s1 = 1}, lines, I, 8, H,
       STEPS(H, H, H));
  part("SGD 1024x1024", lb_kernel_sgd,
       (lb_arguments){.p0 = w2, .p1 = g2, .p2 = m, .n0 = H * H, .s0 = 0.9, .s1 = 1}, lines, H, 8, H,
       STEPS(H, H, H));
  printf("| all |");
  for (int i = 0; i < counts; i++) printf(" %.0f |", total[i]);
  printf("\n| one over it |");
  for (int i = 0; i < counts; i++) printf(" %.2f |", total[0] / total[i]);
  printf("\n");
  part("one thread's: sum of 256 losses", lb_kernel_loss_sum,
       (lb_arguments){.p3 = numbers(B * 4), .n0 = B}, whole, 0, 1, 1, none);
  const int64_t parameters = (I * H + H * H + H * O) / 16 * 16;
  part("one thread's: norm of the gradient", lb_kernel_norm,
       (lb_arguments){.p0 = numbers(parameters), .n0 = parameters, .s0 = 1}, whole, 0, 1, 1, none);
}
