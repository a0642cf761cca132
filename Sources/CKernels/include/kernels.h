#pragma once

#include <stdint.h>

/// What a running program reads and writes between its instructions: the batch, the numbers that
/// change with every update, and what was measured. One lies in every arena.
typedef struct lb_state {
  const float *features;   // every row of the data, row-major
  const int32_t *classes;  // the class of every row, or null
  const float *values;     // the target values of every row, or null
  const int32_t *order;    // the order in which rows are taken, or null for their own
  int64_t first;           // place in that order of the block's first row
  int64_t row;             // place in the batch of the block's first row
  int64_t update;          // updates done before this one
  double beta;             // 0 for the batch's first block, 1 where gradients add up
  double scale;            // 1 over the rows of the batch
  double rate;             // learning rate of this update
  double momentum;         // what replaces the optimizer's momentum in this update; below 0 nothing
  double balance;          // rows of the batch over the sum of their classes' weights
  double bias1;            // 1 - beta1^t
  double bias2;            // sqrt(1 - beta2^t)
  double clip;             // factor that clipping puts to the gradient
  double loss;             // sum over rows
  double norm;             // of the gradient, before clipping
  double penalty;          // of weight decay and l1, before the update
  int64_t correct;         // rows whose greatest output is their class
} lb_state;

/// The arguments of an instruction. Each kernel says which of them it reads and as what.
typedef struct lb_arguments {
  void *p0, *p1, *p2, *p3, *p4, *p5, *p6, *p7;
  lb_state *state;
  int64_t n0, n1, n2, n3, n4, n5, n6, n7, n8, n9;
  double s0, s1, s2, s3, s4;
  int64_t first, end;  // of a part: the rows before it, or the columns it takes; both 0 for the whole
} lb_arguments;

typedef void (*lb_function)(const lb_arguments *);

typedef struct lb_instruction {
  lb_function function;
  lb_arguments arguments;
} lb_instruction;

/// Runs instructions one after the other.
void lb_run(const lb_instruction *instructions, int64_t count);

/// Instructions of one pass.
typedef struct lb_list {
  const lb_instruction *instructions;
  int64_t count;
} lb_list;

/// Runs a pass over the rows at places `lower` to `upper`, block after block of `rows` rows: `full` for each
/// of so many, `last` for what is left over.
void lb_run_blocks(
    lb_list full, lb_list last, lb_state *state, int64_t lower, int64_t upper, int64_t rows);

/// What an instruction does: every kernel, as the families list them.
///
/// The letters of each kernel's arguments stand at its body.
typedef enum __attribute__((enum_extensibility(closed))) lb_kernel {
#define KERNEL(name, swift) lb_kernel_##name __attribute__((swift_name(#swift))),
#include "../kernels.inc"
#undef KERNEL
} lb_kernel;

/// How many kernels there are.
enum {
  lb_kernel_count = 0
#define KERNEL(name, swift) +1
#include "../kernels.inc"
#undef KERNEL
};

/// Every kernel in one precision for one kind of processor.
typedef struct lb_kernels {
  const char *name;
  void (*shuffle)(int32_t *order, int64_t count, uint64_t major, uint32_t key0, uint32_t key1);
  lb_function functions[lb_kernel_count];
} lb_kernels;

/// The kernels of a body: 0 runs on every processor, 1 where there is x86-64-v3, 2 where there is
/// x86-64-v4; null where this processor cannot run it.
const lb_kernels *lb_kernels_float(int32_t body);
const lb_kernels *lb_kernels_double(int32_t body);
/// The function of a kernel.
static inline lb_function lb_kernel_function(const lb_kernels *kernels, lb_kernel kernel) {
  return kernels->functions[kernel];
}

/// How the calling thread takes numbers below the normal range.
uint64_t lb_denormals(void);

/// Lets the calling thread take them as another one does.
void lb_set_denormals(uint64_t mode);

/// Lets the calling thread take them as zero; returns what it did before.
uint64_t lb_flush_denormals(void);
