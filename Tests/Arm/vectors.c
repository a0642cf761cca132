// The kernels' baseline against plain loops in double, and parted among threads against one thread bit
// for bit, as a program of its own: scripts/arm builds it for other processors and runs it there.

#include "team.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;
static lb_state state;

static double draw(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (double)(*seed >> 11) * 0x1p-53 - 0.5;
}

static float *numbers(int64_t count, uint64_t seed) {
  float *p = aligned_alloc(64, (size_t)(count * 4 + 127) / 64 * 64);
  for (int64_t i = 0; i < count; i++) p[i] = (float)draw(&seed);
  return p;
}

static void expect(int isSo, const char *what) {
  if (isSo) return;
  failures++;
  printf("wrong: %s\n", what);
}

static void expect_near(const float *found, const double *wanted, int64_t count, double tolerance,
                        const char *what) {
  for (int64_t i = 0; i < count; i++)
    if (!(fabs((double)found[i] - wanted[i]) <= tolerance * fmax(1, fabs(wanted[i])))) {
      failures++;
      printf("wrong: %s: number %lld is %g, not %g\n", what, (long long)i, (double)found[i], wanted[i]);
      return;
    }
}

static lb_function kernel(lb_kernel k) { return lb_kernels_float(0)->functions[k]; }

static lb_team *team;

// Runs an instruction by one thread, then parted among several: the same bits in `out`.
static void run(lb_kernel k, lb_arguments a, lb_share share, float *out, int64_t count,
                const char *what) {
  a.state = &state;
  float *before = malloc((size_t)count * 4), *one = malloc((size_t)count * 4);
  memcpy(before, out, (size_t)count * 4);
  kernel(k)(&a);
  memcpy(one, out, (size_t)count * 4);
  for (int threads = 2; threads <= 5; threads++) {
    memcpy(out, before, (size_t)count * 4);
    const lb_shared_instruction i = {.function = kernel(k), .arguments = a, .share = share};
    const lb_work work = {
        .full = {&i, 1}, .lower = 0, .upper = 1, .rows = 1, .state = &state, .start = state};
    lb_team_run(team, &work, threads);
    if (memcmp(out, one, (size_t)count * 4) != 0) {
      failures++;
      printf("wrong: %s: %d threads have other bits\n", what, threads);
    }
  }
  memcpy(out, one, (size_t)count * 4);
  free(before), free(one);
}

static void products(int64_t M, int64_t N, int64_t K, int flags) {
  char what[80];
  snprintf(what, sizeof what, "product %lld x %lld x %lld, flags %d", (long long)M, (long long)N,
           (long long)K, flags);
  float *a = numbers(M * K, 1), *b = numbers(K * N, 2), *c = numbers(M * N, 3);
  double *wanted = malloc((size_t)(M * N) * 8);
  const int turnsA = flags & 1, turnsB = flags & 2;
  for (int64_t i = 0; i < M; i++)
    for (int64_t j = 0; j < N; j++) {
      double sum = 0;
      for (int64_t k = 0; k < K; k++)
        sum += (double)(turnsA ? a[k * M + i] : a[i * K + k]) *
               (double)(turnsB ? b[j * K + k] : b[k * N + j]);
      wanted[i * N + j] = sum;
    }
  const lb_arguments args = {.p0 = a, .p1 = b, .p2 = c, .n0 = M, .n1 = N, .n2 = K, .n3 = flags,
                             .n4 = M, .n5 = N};
  run(lb_kernel_product, args,
      (lb_share){.count = M, .grain = 1, .each = 1, .size = 0, .memory = -1,
                 .step = {turnsA ? 4 : K * 4, 0, N * 4}},
      c, M * N, what);
  expect_near(c, wanted, M * N, 1e-4, what);
  run(lb_kernel_product, args,
      (lb_share){.count = N, .grain = 16, .each = 1, .size = 1, .memory = -1,
                 .step = {0, turnsB ? K * 4 : 4, 4}},
      c, M * N, what);
  expect_near(c, wanted, M * N, 1e-4, what);
  free(a), free(b), free(c), free(wanted);
}

static void thin(int64_t R, int64_t T, int64_t N) {
  float *x = numbers(R * T, 4), *m = numbers(T * N, 5), *y = numbers(R * N, 6), *g = numbers(T * N, 7);
  double *wanted = malloc((size_t)(R * N + T * N) * 8);
  for (int64_t r = 0; r < R; r++)
    for (int64_t j = 0; j < N; j++) {
      double sum = 0;
      for (int64_t t = 0; t < T; t++) sum += (double)x[r * T + t] * (double)m[t * N + j];
      wanted[r * N + j] = sum > 0 ? sum : 0;
    }
  run(lb_kernel_expand,
      (lb_arguments){.p0 = x, .p1 = m, .p3 = y, .n0 = R, .n1 = T, .n2 = N, .n3 = 1},
      (lb_share){.count = R, .grain = 1, .each = 1, .memory = -1, .step = {T * 4, 0, 0, N * 4}}, y,
      R * N, "expand");
  expect_near(y, wanted, R * N, 1e-5, "expand");
  for (int64_t t = 0; t < T; t++)
    for (int64_t j = 0; j < N; j++) {
      double sum = 0;
      for (int64_t r = 0; r < R; r++) sum += (double)x[r * T + t] * (double)y[r * N + j];
      wanted[t * N + j] = sum;
    }
  run(lb_kernel_outer, (lb_arguments){.p0 = x, .p1 = y, .p2 = g, .n0 = R, .n1 = T, .n2 = N},
      (lb_share){.count = N, .grain = 16, .each = 1, .size = -1, .memory = -1}, g, T * N, "outer");
  expect_near(g, wanted, T * N, 1e-4, "outer");
  free(x), free(m), free(y), free(g), free(wanted);
}

static void rows(int64_t R, int64_t K) {
  float *x = numbers(R * K, 8), *y = numbers(R * K, 9);
  double *wanted = malloc((size_t)(R * K) * 8);
  for (int64_t r = 0; r < R; r++) {
    double sum = 0;
    for (int64_t k = 0; k < K; k++) sum += exp((double)x[r * K + k]);
    for (int64_t k = 0; k < K; k++) wanted[r * K + k] = exp((double)x[r * K + k]) / sum;
  }
  run(lb_kernel_softmax, (lb_arguments){.p0 = x, .p1 = y, .n0 = R, .n1 = K},
      (lb_share){.count = R, .grain = 1, .each = 1, .memory = -1, .step = {K * 4, K * 4}}, y, R * K,
      "softmax");
  expect_near(y, wanted, R * K, 1e-6, "softmax");

  int32_t *classes = malloc((size_t)R * 4);
  double loss = 0;
  for (int64_t r = 0; r < R; r++) classes[r] = (int32_t)(r % K), loss -= log(wanted[r * K + r % K]);
  state = (lb_state){.classes = classes, .scale = 1, .clip = 1};
  const lb_arguments a = {.p0 = x, .p1 = y, .n0 = R, .n1 = K, .state = &state};
  kernel(lb_kernel_cross_entropy)(&a);
  expect(fabs(state.loss - loss) < 1e-5 * (double)R, "the loss of cross-entropy");
  for (int64_t r = 0; r < R; r++) wanted[r * K + classes[r]] -= 1;
  expect_near(y, wanted, R * K, 1e-6, "the gradient of cross-entropy");
  free(x), free(y), free(wanted), free(classes);
}

static void adam(int64_t count) {
  float *w = numbers(count, 10), *g = numbers(count, 11), *m = numbers(count, 12), *s = numbers(count, 13);
  double *wanted = malloc((size_t)count * 8);
  for (int64_t i = 0; i < count; i++) {
    s[i] = fabsf(s[i]);
    const double first = 0.9 * (double)m[i] + 0.1 * (double)g[i];
    const double second = 0.999 * (double)s[i] + 0.001 * (double)g[i] * (double)g[i];
    wanted[i] = (double)w[i] - 0.01 * (first / 0.5) / (sqrt(second) / 0.25 + 1e-8);
  }
  state = (lb_state){.rate = 0.01, .momentum = -1, .bias1 = 0.5, .bias2 = 0.25, .clip = 1};
  const lb_arguments a = {.p0 = w, .p1 = g, .p2 = m, .p3 = s, .n0 = count, .s0 = 0.9, .s1 = 0.999,
                          .s4 = 1e-8, .state = &state};
  kernel(lb_kernel_adam)(&a);
  expect_near(w, wanted, count, 1e-5, "adam");
  free(w), free(g), free(m), free(s), free(wanted);
}

static void convolutions(int64_t R, int64_t C, int64_t H, int64_t O, int64_t K, int64_t P) {
  const int64_t OH = H + 2 * P - K + 1, L = OH * OH;
  float *x = numbers(R * C * H * H, 14), *w = numbers(O * C * K * K, 15), *y = numbers(R * O * L, 16);
  float *dw = numbers(O * C * K * K, 17), *memory = numbers(1 << 18, 18), *others = numbers(4 << 18, 19);
  double *wanted = calloc((size_t)(R * O * L), 8), *wantedW = calloc((size_t)(O * C * K * K), 8);
  for (int64_t r = 0; r < R; r++)
    for (int64_t o = 0; o < O; o++)
      for (int64_t u = 0; u < OH; u++)
        for (int64_t v = 0; v < OH; v++)
          for (int64_t k = 0; k < C * K * K; k++) {
            const int64_t h = u + k / K % K - P, l = v + k % K - P;
            if (h < 0 || l < 0 || h >= H || l >= H) continue;
            const int64_t to = ((r * O + o) * OH + u) * OH + v;
            const double from = (double)x[((r * C + k / (K * K)) * H + h) * H + l];
            wanted[to] += from * (double)w[o * C * K * K + k];
          }
  state = (lb_state){.clip = 1};
  lb_arguments a = {.p0 = x, .p1 = w, .p3 = y, .p4 = memory, .n0 = R, .n1 = C, .n2 = H, .n3 = H,
                    .n4 = O, .n5 = K, .n6 = 1, .n7 = P, .n9 = L, .state = &state};
  kernel(lb_kernel_convolution)(&a);
  expect_near(y, wanted, R * O * L, 1e-4, "convolution");
  for (int64_t r = 0; r < R; r++)
    for (int64_t o = 0; o < O; o++)
      for (int64_t u = 0; u < OH; u++)
        for (int64_t v = 0; v < OH; v++)
          for (int64_t k = 0; k < C * K * K; k++) {
            const int64_t h = u + k / K % K - P, l = v + k % K - P;
            if (h < 0 || l < 0 || h >= H || l >= H) continue;
            wantedW[o * C * K * K + k] += (double)y[((r * O + o) * OH + u) * OH + v] *
                                          (double)x[((r * C + k / (K * K)) * H + h) * H + l];
          }
  a.p1 = y, a.p2 = dw, a.p3 = NULL;
  kernel(lb_kernel_convolution_weights)(&a);
  expect_near(dw, wantedW, O * C * K * K, 1e-3, "the weights of a convolution");
  free(x), free(w), free(y), free(dw), free(memory), free(others), free(wanted), free(wantedW);
}

// A batch of whole blocks and a smaller one: the gradients of 2 inputs, H hidden and 3 outputs, and the
// outputs as they were trained, by one thread and with whole blocks for each of several.
enum { blocks_rows = 16, blocks_count = 7, blocks_batch = 6 * 16 + 9, blocks_hidden = 20 };

typedef struct block_pass {
  float *x, *h, *y, *d, *w, *b, *u, *c, *kept;
  float *gradients[4];  // of w, b, u, c
} block_pass;

static const int64_t gradient_counts[4] = {2 * blocks_hidden, blocks_hidden, 3 * blocks_hidden, 3};

static void lay_out(const block_pass *p, int64_t rows, lb_arguments *a, lb_function *functions) {
  const int64_t H = blocks_hidden;
  float *const *g = p->gradients;
  a[0] = (lb_arguments){.p0 = p->x, .n0 = rows, .n1 = 2};
  a[1] = (lb_arguments){.p0 = p->x, .p1 = p->w, .p2 = p->b, .p3 = p->h, .p4 = p->u, .p5 = p->c,
                        .p6 = p->y, .n0 = rows, .n1 = 2, .n2 = H, .n3 = 3};
  a[2] = (lb_arguments){.p0 = p->y, .p1 = p->kept, .n0 = rows, .n1 = 3, .n2 = blocks_batch};
  a[3] = (lb_arguments){.p0 = p->y, .p1 = p->d, .n0 = rows, .n1 = 3};
  a[4] = (lb_arguments){.p0 = p->x, .p1 = p->h, .p2 = p->u, .p3 = p->d, .p4 = g[0], .p5 = g[1],
                        .p6 = g[2], .p7 = g[3], .n0 = rows, .n1 = 2, .n2 = H, .n3 = 3};
  const lb_kernel kernels[5] = {lb_kernel_gather, lb_kernel_through, lb_kernel_keep,
                                lb_kernel_cross_entropy, lb_kernel_through_back};
  for (int i = 0; i < 5; i++) functions[i] = kernel(kernels[i]), a[i].state = &state;
}

static void blocks(void) {
  enum { scratch = 4096, bytes = 4096 };
  float *features = numbers(blocks_batch * 2, 20), *memory = numbers(5 * scratch, 21);
  int32_t *classes = malloc(blocks_batch * sizeof *classes);
  for (int i = 0; i < blocks_batch; i++) classes[i] = i * i % 3;
  state = (lb_state){.features = features, .classes = classes, .scale = 1.0 / blocks_batch, .clip = 1};
  block_pass p = {.x = memory, .h = memory + 64, .y = memory + 1024, .d = memory + 2048,
                  .w = numbers(64, 22), .b = numbers(64, 23), .u = numbers(64, 24),
                  .c = numbers(64, 25), .kept = numbers(blocks_batch * 3, 26)};
  float *sums[4], *each = numbers(blocks_count * bytes / 4, 27), one[4][64];
  for (int g = 0; g < 4; g++) sums[g] = p.gradients[g] = numbers(64, 28);
  lb_arguments a[2][5];
  lb_function functions[5];
  for (int part = 0; part < 2; part++) {
    lay_out(&p, part ? blocks_batch % blocks_rows : blocks_rows, a[part], functions);
  }
  lb_instruction lists[2][5];
  for (int part = 0; part < 2; part++)
    for (int i = 0; i < 5; i++) lists[part][i] = (lb_instruction){functions[i], a[part][i]};
  lb_run_blocks((lb_list){lists[0], 5}, (lb_list){lists[1], 5}, &state, 0, blocks_batch, blocks_rows);
  const double loss = state.loss;
  float *kept = malloc(blocks_batch * 3 * 4);
  memcpy(kept, p.kept, blocks_batch * 3 * 4);
  for (int g = 0; g < 4; g++) memcpy(one[g], sums[g], (size_t)gradient_counts[g] * 4);

  lb_sum parts[4];
  for (int g = 0; g < 4; g++) {
    p.gradients[g] = each + g * 256;
    parts[g] = (lb_sum){(char *)p.gradients[g], (char *)sums[g], gradient_counts[g], bytes};
  }
  lb_block_instruction pass[2][5] = {0};
  for (int part = 0; part < 2; part++) {
    lay_out(&p, part ? blocks_batch % blocks_rows : blocks_rows, a[part], functions);
    for (int i = 0; i < 5; i++) {
      lb_block_instruction *b = &pass[part][i];
      b->function = functions[i], b->arguments = a[part][i];
      void **operands = &a[part][i].p0;
      for (int o = 0; o < 8; o++) {
        const float *at = operands[o];
        if (at >= memory && at < memory + scratch) b->thread[o] = scratch * 4;
        if (i == 4 && o >= 4) b->block[o] = bytes, b->whole[o] = (char *)sums[o - 4];
      }
    }
  }
  lb_told told[blocks_count];
  const lb_blocks whole = {.full = {pass[0], 5, 0}, .last = {pass[1], 5, 0}, .sums = parts,
                           .sum_count = 4, .told = told, .add = kernel(lb_kernel_add), .number = 4};
  for (int threads = 2; threads <= 5; threads++) {
    state.loss = 0, state.correct = 0;
    for (int g = 0; g < 4; g++) memset(sums[g], 77, 64 * 4);
    memset(p.kept, 77, blocks_batch * 3 * 4);
    const lb_work work = {.blocks = &whole, .lower = 0, .upper = blocks_batch, .rows = blocks_rows,
                          .state = &state, .start = state};
    lb_team_run(team, &work, threads);
    for (int g = 0; g < 4; g++)
      expect(memcmp(sums[g], one[g], (size_t)gradient_counts[g] * 4) == 0, "gradients of whole blocks");
    expect(state.loss == loss, "the loss of whole blocks");
    expect(memcmp(kept, p.kept, blocks_batch * 3 * 4) == 0, "kept outputs of whole blocks");
  }
  // The mean of the gradients of the outputs' biases: shares of classes less what is predicted.
  double wanted[3] = {0};
  for (int r = 0; r < blocks_batch; r++) {
    double sum = 0;
    for (int k = 0; k < 3; k++) sum += exp((double)kept[r * 3 + k]);
    for (int k = 0; k < 3; k++)
      wanted[k] += (exp((double)kept[r * 3 + k]) / sum - (classes[r] == k)) / blocks_batch;
  }
  expect_near(one[3], wanted, 3, 1e-6, "the gradient of biases over blocks");
}

static void denormals(void) {
  volatile float least = 0x1p-126f, two = 2;
  const uint64_t before = lb_flush_denormals();
  expect(least / two == 0, "numbers below the normal range vanish");
  lb_set_denormals(before);
  expect(least / two > 0, "and are there again afterwards");
}

static void *serve(void *number) {
  lb_team_serve(team, (int32_t)(intptr_t)number);
  return NULL;
}

int main(void) {
  team = lb_team_make();
  pthread_t helpers[4];
  for (intptr_t i = 1; i <= 4; i++)
    if (pthread_create(&helpers[i - 1], NULL, serve, (void *)i) != 0) return 2;
  state = (lb_state){.clip = 1};
  for (int flags = 0; flags < 4; flags++) {
    products(1, 1, 1, flags), products(3, 17, 40, flags), products(4, 70, 33, flags);
    products(37, 100, 65, flags), products(64, 200, 300, flags);
  }
  for (int64_t t = 1; t <= 8; t++) thin(13, t, 100), thin(64, t, 17);
  rows(33, 3), rows(20, 10), rows(5, 70);
  adam(1024);
  convolutions(9, 3, 9, 5, 3, 1), convolutions(3, 2, 12, 8, 5, 0);
  blocks();
  denormals();
  lb_team_end(team, 4);
  for (int i = 0; i < 4; i++) pthread_join(helpers[i], NULL);
  lb_team_free(team);
  if (failures == 0) printf("the baseline's kernels are right, and the same by 2 to 5 threads\n");
  return failures > 0;
}
