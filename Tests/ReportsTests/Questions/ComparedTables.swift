/// What `ComparisonTests` compares with; worked out by hand from the values it tells.
enum ComparedTables {
  static let byModel = """
    model   best configuration        val/loss   difference  95 % interval  in words
    lines   lr=0.1              11.5 ± 0.7 (2)  -10 ± 0 (2)  [-10, -10]     better with every seed, no spread in 2 seeds
    hidden  lr=0.1              22.0 ± 1.0 (3)                              what the others are compared with
    wide    lr=0.1              32.0 ± 1.0 (3)   10 ± 0 (3)  [10, 10]       worse with every seed, no spread in 3 seeds

    """

  static let byModelAtItsBest = """
    model   best configuration       val/accuracy    difference  95 % interval  in words
    lines   lr=0.1              0.885 ± 0.007 (2)                               what the others are compared with
    hidden  lr=0.1              0.780 ± 0.010 (3)  -0.1 ± 0 (2)  [-0.1, -0.1]   worse with every seed, no spread in 2 seeds
    wide    lr=0.1              0.680 ± 0.010 (3)  -0.2 ± 0 (2)  [-0.2, -0.2]   worse with every seed, no spread in 2 seeds

    """

  /// The greatest accuracy at 0.2 is that of hidden: of wide one run there diverged.
  static let byRate = """
    lr   best configuration         val/accuracy       difference  95 % interval       in words
    0.1  model=wide          0.5320 ± 0.0010 (3)  0.00999 ± 0 (3)  [0.00999, 0.00999]  better with every seed, no spread in 3 seeds
    0.2  model=hidden        0.5220 ± 0.0010 (3)                                       what the others are compared with

    """

  static let pooled = """
    model   pooled over        val/loss   difference  95 % interval  in words
    lines   lr           12.0 ± 1.0 (3)  -10 ± 0 (3)  [-10, -10]     better with every seed, no spread in 3 seeds
    hidden  lr           22.0 ± 1.0 (3)                              what the others are compared with
    wide    lr           32.0 ± 1.0 (3)   10 ± 0 (3)  [10, 10]       worse with every seed, no spread in 3 seeds (1 diverged, left out)

    """

  static let byBoth = """
    model, lr          val/loss     difference  95 % interval   in words
    lines, 0.1   11.5 ± 0.7 (2)    -10 ± 0 (2)  [-10, -10]      better with every seed, no spread in 2 seeds
    lines, 0.2   12.0 ± 1.0 (3)  -9.99 ± 0 (3)  [-9.99, -9.99]  better with every seed, no spread in 3 seeds
    hidden, 0.1  22.0 ± 1.0 (3)                                 what the others are compared with
    hidden, 0.2  22.0 ± 1.0 (3)   0.01 ± 0 (3)  [0.01, 0.01]    worse with every seed, no spread in 3 seeds
    wide, 0.1    32.0 ± 1.0 (3)     10 ± 0 (3)  [10, 10]        worse with every seed, no spread in 3 seeds
    wide, 0.2    32.0 ± 1.4 (2)  10.01 ± 0 (2)  [10.01, 10.01]  worse with every seed, no spread in 2 seeds (1 diverged, left out)

    """

  static let sentences = [
    "model lines (lr=0.1) against hidden (lr=0.1), val/loss: better with every seed, no spread in 2 "
      + "seeds; the mean difference over 2 common seeds is -10, with 95 % between -10 and -10.",
    "model wide (lr=0.1) against hidden (lr=0.1), val/loss: worse with every seed, no spread in 3 "
      + "seeds; the mean difference over 3 common seeds is 10, with 95 % between 10 and 10.",
  ]

  static func adjusted(_ count: Int) -> String {
    "\(count) comparisons with one baseline, adjusted by Holm: the words are wrong in any of them "
      + "with a chance of at most 5 %; each interval is its own 95 %."
  }

  /// 31.01 and 33.01 with seeds 1 and 3, 11 and 12 with seeds 1 and 2: one seed in common is too few
  /// to pair, so the means differ by -20.51; variances 2/2 and 0.5/2 have 1.25^2 / (1 + 0.0625) = 1.4706
  /// degrees of freedom, t = 6.188, and 6.188 sqrt(1.25) = 6.919.
  static let configurations = [
    "configuration of,val/loss_mean,val/loss_std,val/loss_n,difference_mean,difference_std,"
      + "difference_n,low,high,in words",
    "run-15--,32.01,1.4142135623730925,2,,,,,,\"what the others are compared with (1 diverged, "
      + "left out)\"",
    "run-2---,11.5,0.7071067811865476,2,-20.509999999999998,,,-27.428522830071035,"
      + "-13.591477169928961,\"better (Welch's interval, seeds are not common)\"", "",
  ]

  static let beside = """
                                 run-15--   run-2---
    sweep                          told/s     told/s
    status                      completed  completed
    models.lines.0.bias                         true
    models.lines.0.linear                          3
    models.wide.mlp.activation       relu
    models.wide.mlp.dropout             0
    models.wide.mlp.hidden            [9]
    lr                                0.2        0.1
    model                            wide      lines
    seed                                1          2
    val/accuracy                    0.531      0.512
    val/loss                        31.01         12

    """

  static let incomparable = [
    "lr,val/loss_mean,val/loss_std,val/loss_n,difference_mean,difference_std,difference_n,"
      + "low,high,in words",
    "0.1,1,0,2,,,,,,what the others are compared with", "0.2,2,,1,1,,,,,too few seeds to say",
    "0.3,inf,,1,inf,,,,,not a number", "0.4,,,,,,,,,no values yet",
    "0.5,,,,,,,,,\"no values (3 diverged, left out)\"", "",
  ]
}
