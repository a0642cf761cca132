#pragma once

#include "kernels.h"

/// How an instruction is parted among threads: `count` places along one axis, each thread taking a run
/// of whole grains. What a place costs or gives never depends on where the parts begin.
typedef struct lb_share {
  int64_t count;    // rows, columns or numbers along the axis; 0 where one thread takes it whole
  int64_t grain;    // a part begins at a multiple of so many
  int64_t each;     // the size of a part is so much a place
  int32_t size;     // which of n0 and n1 it is; below 0 where the kernel reads first and end
  int32_t memory;   // the operand of which every thread has its own, else below 0
  int64_t step[8];  // bytes of each operand from one place to the next
  int64_t lines;    // the part is taken so many times, each a line further; 0 for once
  int64_t line[8];  // bytes of each operand from one line to the next
} lb_share;

/// An instruction for several threads.
typedef struct lb_shared_instruction {
  lb_function function;
  lb_arguments arguments;
  lb_share share;
  int32_t waits;  // whether all that comes before must be done
} lb_shared_instruction;

/// Instructions of one pass.
typedef struct lb_shared_list {
  const lb_shared_instruction *instructions;
  int64_t count;
} lb_shared_list;

/// An instruction that one thread takes whole for a block of rows, in memory of the thread's or of the
/// block's own.
typedef struct lb_block_instruction {
  lb_function function;
  lb_arguments arguments;
  int64_t thread[8];  // bytes of each operand from one thread's memory to the next
  int64_t block[8];   // and from one block's to the next
  char *whole[8];     // where the operand is summed over the blocks, as the first thread does at once
  lb_share share;     // how threads part it where blocks are taken one after the other
} lb_block_instruction;

/// What a block of rows takes: `count` instructions by whichever thread has the block, then `ordered` ones
/// for which blocks are taken one after the other, each parted among threads.
typedef struct lb_block_list {
  const lb_block_instruction *instructions;
  int64_t count, ordered;
} lb_block_list;

/// Numbers of a gradient: the first thread adds up those of its blocks as one thread does, every block
/// behind makes its own, and these are added in the order of the blocks.
typedef struct lb_sum {
  char *from, *to;
  int64_t count;
  int64_t step;  // bytes from one block's to the next
} lb_sum;

/// What a block has come to.
typedef struct lb_told {
  double loss;
  int64_t correct;
} lb_told;

/// Whole blocks for each thread.
typedef struct lb_blocks {
  lb_block_list full, last;
  const lb_sum *sums;
  int64_t sum_count;
  lb_told *told;
  lb_function add;  // Y = Y + X, the kernel
  int64_t number;   // bytes of a number
} lb_blocks;

/// What a team does at once: a pass over blocks of rows, then a pass over the whole.
typedef struct lb_work {
  lb_shared_list full, last, after;  // of a full block, of the last smaller one, behind all blocks
  const lb_blocks *blocks;           // in place of full and last, where each thread has whole blocks
  int64_t lower, upper, rows;        // places in the order; rows of a full block
  lb_state *state;                   // the first thread's, which alone is written
  lb_state start;                    // what it is before, for the others
  char *memory;                      // of all threads but the first, `bytes` each
  int64_t bytes;
} lb_work;

/// Threads that do the same work side by side: the caller and helpers that wait for it.
typedef struct lb_team lb_team;

/// Makes a team without helpers; null where there is no memory.
lb_team *lb_team_make(void);
/// Frees a team that no helper serves any more.
void lb_team_free(lb_team *team);
/// Serves as helper `number`, from 1, until the team is told to end.
void lb_team_serve(lb_team *team, int32_t number);
/// Tells helpers from 1 to `count` to end.
void lb_team_end(lb_team *team, int32_t count);
/// Does the work on the calling thread and on helpers 1 to threads - 1, which must be there.
void lb_team_run(lb_team *team, const lb_work *work, int32_t threads);

/// The most threads of a team.
enum { lb_team_most = 256 };
