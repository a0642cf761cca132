// Gradient descent on a straight line through noisy points, in C.
// Build it: cc -O2 -o descent descent.c -lm

#include <stdio.h>
#include <stdlib.h>

// Numbers from -1 to 1 by a linear congruence.
static unsigned long long state;
static double next(void) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (double)(state >> 11) / 4503599627370496.0 - 1;
}

int main(int count, char **words) {
  if (count != 4) return 2;
  const double rate = atof(words[1]);
  const int epochs = atoi(words[2]);
  enum { points = 100 };
  double x[points], y[points], w = 0, b = 0;
  state = 1;
  for (int i = 0; i < points; i++) {
    x[i] = next();
    y[i] = 2 * x[i] + 1 + 0.1 * next();
  }
  state = strtoull(words[3], NULL, 10);
  w = next();
  b = next();
  for (int epoch = 1; epoch <= epochs; epoch++) {
    double loss = 0, dw = 0, db = 0;
    for (int i = 0; i < points; i++) {
      const double error = w * x[i] + b - y[i];
      loss += error * error / points;
      dw += 2 * error * x[i] / points;
      db += 2 * error / points;
    }
    w -= rate * dw;
    b -= rate * db;
    // What C prints into a file waits in a buffer: without this line metrics come at the end.
    printf("epoch %d loss %.9g\n", epoch, loss);
    fflush(stdout);
  }
}
