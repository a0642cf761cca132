#ifndef LB_BODIES_H
#define LB_BODIES_H

#include <math.h>

#include "include/tables.h"

typedef struct {
  int32_t (*walk)(lb_walk *walk);
  void (*scan)(const uint8_t *bytes, int64_t count, lb_text_scan *scan);
  int32_t (*number)(const uint8_t *s, const uint8_t *e, uint8_t decimal, double *value);
} lb_table_body;

extern const lb_table_body lb_base_table_body, lb_v3_table_body, lb_v4_table_body;

#endif
