import Experiments
import Pages
import Results
import Sweeps
import Terminal
import Testing
import Tracking

/// `labbook check` as whole texts.
struct CheckReportTests {
  private func plan(_ text: String) throws -> ToldExperiment {
    try ToldExperiment(text) { _ in nil }
  }

  @Test func dataNetworksAndPlanAreSaid() throws {
    let told = try plan(
      """
      title: A title
      data: {source: spiral, points_per_class: 50, split: {val: 0.2, test: 0.1}}
      models:
        graph: [{linear: 4, name: a}, {linear: 5, from: input, name: b}, {concat: [a, b]}, relu,
          {residual: [{linear: 9}, batch-norm]}, {linear: classes}]
        line: [{linear: classes, bias: false}]
        spare: [{linear: 7}, {linear: classes}]
      train: {epochs: 2}
      notebook:
        - sweep: s
          over: {model: [graph, line], data.points_per_class: [50, 60], lr: [0.1, 0.2]}
          where: "lr < 0.2 or model = 'line'"
          seeds: 2
        - sweep: t
          with: {model: line}
          variants: {a: {lr: 0.1}, b: {lr: 0.1}, c: {lr: 0.1, momentum: 0, optimizer: adam}}
          seeds: 3
        - sweep: search
          with: {model: line}
          over: {lr: {log_uniform: [0.001, 0.1]}}
          strategy: {name: tpe, runs: 30}
        - {sweep: top, from: {best: 2, of: search}, seeds: 5}
      """.replacing(", momentum: 0, optimizer: adam", with: ""))
    defer { told.remove() }
    let work = told.plan.sweeps.indices.map { sweep in
      CheckReport.SweepWork(
        new: 10 + sweep, reused: 20 + sweep, resumed: 30 + sweep, continued: 40 + sweep,
        again: 50 + sweep, updates: 60 + sweep)
    }
    let report = CheckReport(told.experiment, told.plan, library: told.library, work: work)
    let text = try report.text(TextStyle(isColored: false))
    #expect(text == expected)
    // What would be trained is the last that a narrow terminal leaves out.
    let narrow = report.planTable.text(within: 40).split(separator: "\n")
    #expect(narrow.first?.contains("runs  new  reused") == true)
  }

  /// Beside lists and variants there are so many proposals for each of their combinations.
  @Test func whatASearchCountsIsSaid() throws {
    let told = try plan(
      """
      data: {source: moons, points_per_class: 10}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 1}
      variants: {a: {}, b: {optimizer: sgd}}
      over: {lr: {log_uniform: [0.001, 0.1]}, batch_size: [4, 5, 6]}
      strategy: {name: random, runs: 7}
      seeds: 2
      """)
    defer { told.remove() }
    let work = [CheckReport.SweepWork(new: 84, reused: 0, again: 0, updates: 7)]
    let text = try CheckReport(told.experiment, told.plan, library: told.library, work: work)
      .text(TextStyle(isColored: false))
    let line =
      "main: 'strategy' proposes 7 configurations (runs: 7) for each of 6 combinations of lists and "
      + "variants, each with 2 seeds\n"
    #expect(text.contains(line), "\(text)")
    #expect(text.contains("main   variant, lr, batch_size              42    84   84"), "\(text)")
  }

  /// A width that is searched is the value of its axis, as a table shows it.
  @Test func aWidthThatIsSearchedHasAValue() throws {
    let told = try plan(
      """
      data: {source: moons, points_per_class: 10}
      model: {mlp: {hidden: [4, 4]}}
      train: {epochs: 1}
      over: {hidden: [{choice: [3]}, 5]}
      strategy: {name: random, runs: 1}
      """)
    defer { told.remove() }
    let point = try #require(told.plan.sweeps.first?.configurations.first?.points.first)
    #expect(point.values.map { $0?.axis } == ["hidden.0"])
    #expect(point.values.map { $0?.value } == [.integer(3)])
  }

  /// Targets that are numbers or nothing, images, and more networks than are shown in full.
  @Test func otherDataAndManyNetworksAreSaid() throws {
    let told = try plan(
      """
      data: {source: linear, points: 40, features: 3, split: {val: 10}}
      model: {mlp: {hidden: [1]}}
      train: {epochs: 2}
      over: {hidden: [[1], [2], [3], [4], [5], [6], [7], [8], [9], [10]]}
      """)
    defer { told.remove() }
    let work = [CheckReport.SweepWork(new: 10, reused: 0, again: 0, updates: 7)]
    let text = try CheckReport(told.experiment, told.plan, library: told.library, work: work)
      .text(TextStyle(isColored: true))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(outgoing(String(lines[0])) == "\u{1B}[1mtold\u{1B}[0m")
    #expect(lines[4] == "linear     30   10     0  3         y")
    #expect(lines.filter { $0.contains("parameters") && $0.contains("Model") }.count == 8)
    #expect(lines.contains("... and 2 more networks"))
    let cloud = try plan(
      "data: {source: cloud, points: 30}\nmodel: [relu]\ntrain: {epochs: 0}\n")
    defer { cloud.remove() }
    let none = CheckReport.SweepWork(new: 1, reused: 0, again: 0, updates: 0)
    let other = try CheckReport(cloud.experiment, cloud.plan, library: cloud.library, work: [none])
      .text(TextStyle(isColored: false))
    #expect(other == cloudText)
  }
}

private let expected = """
  told: A title

  Data
  source  train  val  test  features  target
  spiral    105   30    15  2         3 classes
  spiral    126   36    18  2         3 classes

  Model graph  165 parameters
  layer  kind        output  parameters
  input              2
  a      linear      4               12
  b      linear      5               15
  2      concat      9                0
  3      relu        9                0
  4.0    linear      9               90
  4.1    batch-norm  9               18
  4      residual    9                0
  5      linear      3               30

  Model line  6 parameters
  layer  kind    output  parameters
  input          2
  0      linear  3                6

  Plan
  sweep   varies                            configurations  runs  new  reused  resumed  continued  again  updates
  s       model, data.points_per_class, lr               6    12   10      20       30         40     50       60
  t       variant                                        1     3   11      21       31         41     51       61
  search  lr                                            30    30   12      22       32         42     52       62
  top                                                    2    10   13      23       33         43     53       63
  s: 'where' leaves out 2 of 8 combinations
  t: 2 combinations are equal to others and are one run with them
  search: 'strategy' proposes 30 configurations (runs: 30), each with 1 seed
  search: 10 configurations are known, at most 20 configurations follow from results
  top: its 2 configurations are known when 'search' is done
  2 runs belong to several sweeps and are trained once
  no run uses: spare

  """

private let cloudText = """
  told

  Data
  source  train  val  test  features  target
  cloud      30    0     0  2         none

  Model model  0 parameters
  layer  kind  output  parameters
  input        2
  0      relu  2                0

  Plan
  sweep  varies  configurations  runs  new  reused  resumed  continued  again  updates
  main                        1     1    1       0        0          0      0        0

  """
