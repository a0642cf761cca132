#define REAL_BYTES 4
#define VECTOR 16
#include "body.inc"
