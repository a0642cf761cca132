/// What `ComparisonTests` compares with; worked out by hand from the values it tells.
enum ComparedTables {
  static let byModel = """
    model   best configuration        val/loss   difference  95 % interval  in words
    lines   lr=0.1              11.5 ± 0.7 (2)  -10 ± 0 (2)  [-10, -10]     too few seeds to say
    hidden  lr=0.1              22.0 ± 1.0 (3)                              what the others are compared with
    wide    lr=0.1              32.0 ± 1.0 (3)   10 ± 0 (3)  [10, 10]       worse with every seed

    """

  static let byModelAtItsBest = """
    model   best configuration       val/accuracy    difference  95 % interval  in words
    lines   lr=0.1              0.885 ± 0.007 (2)                               what the others are compared with
    hidden  lr=0.1              0.780 ± 0.010 (3)  -0.1 ± 0 (2)  [-0.1, -0.1]   too few seeds to say
    wide    lr=0.1              0.680 ± 0.010 (3)  -0.2 ± 0 (2)  [-0.2, -0.2]   too few seeds to say

    """

  /// The greatest accuracy at 0.2 is that of hidden: of wide one run there diverged.
  static let byRate = """
    lr   best configuration         val/accuracy       difference  95 % interval       in words
    0.1  model=wide          0.5320 ± 0.0010 (3)  0.00999 ± 0 (3)  [0.00999, 0.00999]  better with every seed
    0.2  model=hidden        0.5220 ± 0.0010 (3)                                       what the others are compared with

    """

  static let pooled = """
    model   pooled over        val/loss         difference  95 % interval  in words
    lines   lr           12.0 ± 1.0 (3)  -10 ± 1.8e-15 (3)  [-10, -10]     better with every seed
    hidden  lr           22.0 ± 1.0 (3)                                    what the others are compared with
    wide    lr           32.0 ± 1.0 (3)   10 ± 4.2e-15 (3)  [10, 10]       worse with every seed (1 diverged, left out)

    """

  static let byBoth = """
    model, lr          val/loss           difference  95 % interval   in words
    lines, 0.1   11.5 ± 0.7 (2)          -10 ± 0 (2)  [-10, -10]      too few seeds to say
    lines, 0.2   12.0 ± 1.0 (3)        -9.99 ± 0 (3)  [-9.99, -9.99]  better with every seed
    hidden, 0.1  22.0 ± 1.0 (3)                                       what the others are compared with
    hidden, 0.2  22.0 ± 1.0 (3)         0.01 ± 0 (3)  [0.01, 0.01]    worse with every seed
    wide, 0.1    32.0 ± 1.0 (3)           10 ± 0 (3)  [10, 10]        worse with every seed
    wide, 0.2    32.0 ± 1.4 (2)  10.01 ± 2.5e-15 (2)  [10.01, 10.01]  too few seeds to say (1 diverged, left out)

    """

  static let sentences = [
    "model lines (lr=0.1) against hidden (lr=0.1), val/loss: too few seeds to say; the mean "
      + "difference over 2 common seeds is -10.",
    "model wide (lr=0.1) against hidden (lr=0.1), val/loss: worse with every seed; the mean "
      + "difference over 3 common seeds is 10, with 95 % between 10 and 10.",
  ]

  static let configurations = [
    "configuration of,val/loss_mean,val/loss_std,val/loss_n,difference_mean,difference_std,"
      + "difference_n,95 % interval,in words",
    "run-15--,32.01,1.4142135623730925,2,,,,,\"what the others are compared with (1 diverged, left "
      + "out)\"",
    "run-2---,11.5,0.7071067811865476,2,-20.01,,1,,too few seeds to say", "",
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
      + "95 % interval,in words",
    "0.1,1,0,2,,,,,what the others are compared with", "0.2,2,,1,,,,,no seed in common",
    "0.3,inf,,1,inf,,1,,not a number", "0.4,,,,,,,,no values yet",
    "0.5,,,,,,,,\"no values (3 diverged, left out)\"", "",
  ]
}
