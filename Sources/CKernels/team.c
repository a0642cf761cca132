#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "team.h"

#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// A thread that waits first spins, for what comes within microseconds where every thread has a core;
// then offers its core to others; then sleeps until it is woken, which costs the waker a call. Where
// spinning has been in vain, as it is where those that are waited for have no core of their own, it soon
// spins next to nothing, and only now and then tries whether that has changed.
#define SPINS 1000
#define LEAST_SPINS 8
#define TRY_AGAIN 64
#define YIELDS 100

typedef struct bell {
  _Alignas(64) _Atomic uint32_t count;  // changes when it rings
  _Atomic uint32_t sleepers;
} bell;

// How a thread waits.
typedef struct patience {
  _Alignas(64) int32_t spins;
  uint32_t waits;
} patience;

struct lb_team {
  bell phase;  // rings when all have come to a barrier
  _Alignas(64) _Atomic uint32_t arrived;
  _Alignas(64) const lb_work *work;
  int32_t threads;  // 0 where helpers are to end
  uint64_t mode;    // how the caller takes denormals
  bell seats[lb_team_most];  // each rings for a helper's next work
  patience patience[lb_team_most];
};

static inline void rest(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void ring(bell *b) {
  // Sequentially consistent, as is the count of sleepers: one of waker and sleeper sees the other.
  atomic_fetch_add(&b->count, 1);
  if (atomic_load(&b->sleepers) > 0)
    syscall(SYS_futex, &b->count, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
}

static void wait_for(bell *b, uint32_t before, patience *p) {
  if (atomic_load_explicit(&b->count, memory_order_acquire) != before) return;
  const int32_t spins = ++p->waits % TRY_AGAIN == 0 ? SPINS : p->spins;
  for (int32_t i = 0; i < spins; i++) {
    rest();
    if (atomic_load_explicit(&b->count, memory_order_acquire) == before) continue;
    p->spins = SPINS;
    return;
  }
  p->spins = p->spins / 4 > LEAST_SPINS ? p->spins / 4 : LEAST_SPINS;
  for (int i = 0; i < YIELDS; i++) {
    if (atomic_load_explicit(&b->count, memory_order_acquire) != before) return;
    sched_yield();
  }
  atomic_fetch_add(&b->sleepers, 1);
  while (atomic_load(&b->count) == before)
    syscall(SYS_futex, &b->count, FUTEX_WAIT_PRIVATE, before, NULL, NULL, 0);
  atomic_fetch_sub(&b->sleepers, 1);
}

// Comes to a barrier; where `stays`, goes on when all have come.
static void meet(lb_team *team, int32_t part, int32_t threads, int stays) {
  const uint32_t phase = atomic_load_explicit(&team->phase.count, memory_order_acquire);
  if (atomic_fetch_add_explicit(&team->arrived, 1, memory_order_acq_rel) + 1 == (uint32_t)threads) {
    atomic_store_explicit(&team->arrived, 0, memory_order_relaxed);
    ring(&team->phase);
  } else if (stays) {
    wait_for(&team->phase, phase, &team->patience[part]);
  }
}

static void take_part(
    const lb_shared_instruction *i, const lb_work *work, lb_state *state, int32_t part,
    int32_t parts) {
  const lb_share *s = &i->share;
  if (s->count == 0) {
    if (part > 0) return;
    i->function(&i->arguments);
    return;
  }
  const int64_t grains = (s->count + s->grain - 1) / s->grain;
  const int64_t first = grains * part / parts * s->grain;
  int64_t end = grains * (part + 1) / parts * s->grain;
  if (end > s->count) end = s->count;
  if (first >= end) return;
  lb_arguments a = i->arguments;
  void **operands = &a.p0;
  for (int o = 0; o < 8; o++)
    if (operands[o]) operands[o] = (char *)operands[o] + first * s->step[o];
  if (part > 0 && s->memory >= 0) operands[s->memory] = work->memory + (part - 1) * work->bytes;
  a.state = state;
  a.first = first;
  a.end = end;
  if (s->size == 0) a.n0 = (end - first) * s->each;
  if (s->size == 1) a.n1 = (end - first) * s->each;
  i->function(&a);
  for (int64_t line = 1; line < s->lines; line++) {
    for (int o = 0; o < 8; o++)
      if (operands[o]) operands[o] = (char *)operands[o] + s->line[o];
    i->function(&a);
  }
}

// What one thread makes and all read: the factor of clipping, the balance of a weighted loss.
static void take_over(lb_state *state, const lb_state *from) {
  state->clip = from->clip;
  state->balance = from->balance;
}

static void do_list(
    lb_team *team, const lb_shared_list *list, const lb_work *work, lb_state *state, int32_t part,
    int32_t parts) {
  for (int64_t i = 0; i < list->count; i++) {
    if (list->instructions[i].waits) {
      meet(team, part, parts, 1);
      if (part > 0 && list->instructions[i].waits > 1) take_over(state, work->state);
    }
    take_part(&list->instructions[i], work, state, part, parts);
  }
}

static int64_t blocks_of(const lb_work *work) {
  return (work->upper - work->lower + work->rows - 1) / work->rows;
}

static const lb_block_list *list_of(const lb_work *work, int64_t block) {
  const int isLast = work->lower + (block + 1) * work->rows > work->upper;
  return isLast ? &work->blocks->last : &work->blocks->full;
}

static void enter_block(lb_state *state, const lb_work *work, int64_t block) {
  state->first = work->lower + block * work->rows;
  state->row = block * work->rows;
}

// The first of the blocks that a thread takes.
static int64_t first_block(const lb_work *work, int32_t part, int32_t parts) {
  return blocks_of(work) * part / parts;
}

static void do_own_blocks(const lb_work *work, lb_state *own, int32_t part, int32_t parts) {
  own->beta = 0;
  const int64_t end = first_block(work, part + 1, parts);
  for (int64_t b = first_block(work, part, parts); b < end; b++) {
    enter_block(own, work, b);
    own->loss = 0;
    own->correct = 0;
    const lb_block_list *list = list_of(work, b);
    for (int64_t i = 0; i < list->count; i++) {
      const lb_block_instruction *instruction = &list->instructions[i];
      lb_arguments a = instruction->arguments;
      void **operands = &a.p0;
      for (int o = 0; o < 8; o++)
        if (part == 0 && instruction->whole[o])
          operands[o] = instruction->whole[o];
        else if (operands[o])
          operands[o] =
              (char *)operands[o] + part * instruction->thread[o] + b * instruction->block[o];
      a.state = own;
      instruction->function(&a);
    }
    work->blocks->told[b] = (lb_told){own->loss, own->correct};
    if (part == 0) own->beta = 1;
  }
}

#define CHUNK 256

// Adds what the blocks behind the first thread's have made to some numbers of a sum.
static void add_blocks(
    const lb_work *work, const lb_sum *s, int64_t first, int64_t end, int32_t parts) {
  const lb_blocks *blocks = work->blocks;
  const int64_t behind = first_block(work, 1, parts), count = blocks_of(work);
  for (int64_t at = first; at < end; at += CHUNK) {
    lb_arguments a = {
        .p1 = s->to + at * blocks->number, .state = work->state,
        .n0 = end - at < CHUNK ? end - at : CHUNK};
    for (int64_t b = behind; b < count; b++) {
      a.p0 = s->from + b * s->step + at * blocks->number;
      blocks->add(&a);
    }
  }
}

static void sum_blocks(const lb_work *work, int32_t part, int32_t parts) {
  for (int64_t i = 0; i < work->blocks->sum_count; i++) {
    const lb_sum *s = &work->blocks->sums[i];
    if (parts == 2) {
      // What one core has just written the other would wait for longer than it takes to add it.
      if (part == 1) add_blocks(work, s, 0, s->count, parts);
      continue;
    }
    const int64_t lines = (s->count + 15) / 16;
    const int64_t first = lines * part / parts * 16, last = lines * (part + 1) / parts * 16;
    add_blocks(work, s, first, last < s->count ? last : s->count, parts);
  }
}

// What is summed over the blocks, one after the other.
static void do_ordered(const lb_work *work, lb_state *state, int32_t part, int32_t parts) {
  const int64_t count = blocks_of(work);
  for (int64_t i = 0; i < work->blocks->full.ordered; i++)
    for (int64_t b = 0; b < count; b++) {
      const lb_block_list *list = list_of(work, b);
      const lb_block_instruction *instruction = &list->instructions[list->count + i];
      lb_shared_instruction shared = {
          .function = instruction->function, .arguments = instruction->arguments,
          .share = instruction->share};
      void **operands = &shared.arguments.p0;
      for (int o = 0; o < 8; o++)
        if (operands[o]) operands[o] = (char *)operands[o] + b * instruction->block[o];
      enter_block(state, work, b);
      state->beta = b == 0 ? 0 : 1;
      take_part(&shared, work, state, part, parts);
    }
}

static void do_blocks(
    lb_team *team, const lb_work *work, lb_state *state, int32_t part, int32_t parts) {
  lb_state own = work->start;
  do_own_blocks(work, &own, part, parts);
  meet(team, part, parts, 1);
  sum_blocks(work, part, parts);
  do_ordered(work, state, part, parts);
  if (part > 0) return;
  for (int64_t b = 0; b < blocks_of(work); b++) {
    state->loss += work->blocks->told[b].loss;
    state->correct += work->blocks->told[b].correct;
  }
}

// Everything that one thread does of some work.
static void do_work(lb_team *team, const lb_work *work, int32_t part, int32_t parts) {
  lb_state own;
  if (part > 0) own = work->start;
  lb_state *state = part > 0 ? &own : work->state;
  if (work->blocks) do_blocks(team, work, state, part, parts);
  for (int64_t first = work->lower; first < work->upper && !work->blocks; first += work->rows) {
    const int64_t left = work->upper - first;
    if (first > work->lower) meet(team, part, parts, 1);
    state->first = first;
    state->row = first - work->lower;
    state->beta = first == work->lower ? 0 : 1;
    do_list(team, left < work->rows ? &work->last : &work->full, work, state, part, parts);
  }
  if (work->after.count > 0) {
    if (work->upper > work->lower) meet(team, part, parts, 1);
    do_list(team, &work->after, work, state, part, parts);
  }
}

lb_team *lb_team_make(void) {
  lb_team *team = aligned_alloc(64, (sizeof *team + 63) / 64 * 64);
  if (!team) return NULL;
  atomic_init(&team->phase.count, 0);
  atomic_init(&team->phase.sleepers, 0);
  atomic_init(&team->arrived, 0);
  team->work = NULL;
  team->threads = 0;
  team->mode = 0;
  for (int i = 0; i < lb_team_most; i++) {
    atomic_init(&team->seats[i].count, 0);
    atomic_init(&team->seats[i].sleepers, 0);
    team->patience[i] = (patience){.spins = SPINS};
  }
  return team;
}

void lb_team_free(lb_team *team) { free(team); }

void lb_team_serve(lb_team *team, int32_t number) {
  bell *work = &team->seats[number];
  uint32_t seen = 0;
  while (1) {
    wait_for(work, seen, &team->patience[number]);
    seen = atomic_load_explicit(&work->count, memory_order_acquire);
    if (team->threads == 0) return;
    lb_set_denormals(team->mode);
    do_work(team, team->work, number, team->threads);
    meet(team, number, team->threads, 0);
  }
}

void lb_team_end(lb_team *team, int32_t count) {
  team->threads = 0;
  for (int32_t i = 1; i <= count; i++) ring(&team->seats[i]);
}

void lb_team_run(lb_team *team, const lb_work *work, int32_t threads) {
  team->work = work;
  team->threads = threads;
  team->mode = lb_denormals();
  for (int32_t i = 1; i < threads; i++) ring(&team->seats[i]);
  do_work(team, work, 0, threads);
  meet(team, 0, threads, 1);
}
