import FileLanguage
import Tracking

/// The key that a cell begins with; where it has several of them, the first in this order.
enum CellWord: String, CaseIterable {
  case text, plot, table, claim, exercise, sweep

  /// The key that begins a cell; `nil` where none does.
  init?(_ item: SpecNode) {
    guard let word = Self.allCases.first(where: { item[$0.rawValue] != nil }) else { return nil }
    self = word
  }
}

/// The kinds of cells a notebook may have, with their keys.
enum CellKeys {
  static let all: [CellKind] = [
    CellKind("text", keys: [Key("text", .value(.text), isRequired: true, "Markdown")], "prose"),
    CellKind(
      "sweep",
      keys: [Key("sweep", .value(.text), isRequired: true, "its name in the store")]
        + SweepKeys.all + [stored],
      "runs to be made, or those that the store has"),
    CellKind(
      "plot", kinds: Plots.all.map { CellKind($0.kind, keys: $0.allKeys, $0.summary) },
      "what it shows", "a figure"),
    CellKind("table", keys: [tableKind] + table, "a table"),
    CellKind("claim", keys: claim, "a sentence that results have to hold"),
    CellKind("exercise", keys: exercise, "a question that a hand-in answers"),
  ]

  static let stored = Key(
    "stored", .value(.text),
    "instead of making runs: those of EXPERIMENT/SWEEP in the store, which 'where' may narrow")

  static let claim = [
    Key("claim", .value(.text), isRequired: true, "the sentence, as Markdown"),
    Key(
      "that", .value(.text), isRequired: true,
      "what has to hold, such as mean(val/loss, lr < 0.1) < 0.5"),
    decideBy,
  ]
  static let decideBy = Key(
    "decide_by", .value(.word(DecisionRule.allCases.map(\.rawValue))),
    default: DecisionRule.interval.rawValue,
    "95 % intervals over the seeds (held, not held or undecided), or the means alone")

  static let exercise = [
    Key("exercise", .value(.text), isRequired: true, "the question, as Markdown"),
    exerciseID, of,
    Key(
      "that", .value(.text),
      "of: what the runs that a hand-in asks for have to hold, such as mean(val/accuracy) > 0.9"),
    decideBy, ask, solution,
    Key(
      "hints", .value(.either([.list(.text, count: 0...20), .text])), default: "[]",
      "help in steps, as Markdown; each is opened by the reader"),
    Key("answer", .value(.text), "what only `labbook report --answers` shows, as Markdown"),
    points,
  ]
  static let exerciseID = Key(
    "id", .value(.text), isRequired: true, "what a hand-in calls it, no other exercise's")
  static let of = Key(
    "of", .value(.text), default: "the nearest above",
    "the sweep whose values and number of seeds a hand-in sets")
  static let ask = Key(
    "ask",
    .value(.either([.word(ValueTask.Form.words), .list(.text, count: 2...20)])),
    "instead of 'that': the answer is a number, a text, or one of these")
  static let solution = Key(
    "is", .value(.either([.text, .list(.text, count: 1...20)])),
    "ask: the right answer, any of several, two ends of a range of numbers, or for a number an "
      + "expression such as abs(answer - 0.5) < 0.01")
  static let points = Key(
    "points", .value(.integer(1...1000)), default: "1", "what a right answer counts")

  static let tableKind = Key(
    "table", .value(.word(TableCell.Kind.allCases.map(\.rawValue))), isRequired: true,
    "what it lists")

  private static let sweep = Key(
    "sweep", .value(.text), default: "the nearest above", "the sweep it speaks of")
  private static let title = Key("title", .value(.text), "what stands above it")
  private static let value = Key(
    "value", .value(.word(MetricValue.allCases.map(\.rawValue))),
    default: "last; for the best table best",
    "the metric's final value, or that of the epoch the objective chose")
  private static let part = Key(
    "part", .value(.word(DataPart.allCases.map(\.rawValue))), default: "test, else val, else train",
    "the rows that networks are asked about")
  private static let metric = Key("metric", .value(.text), "a metric, such as val/loss")
  static let by = Key(
    "by", .value(PlotKeys.keyOrKeys), "a key, or several together: a group each of its values")
  static let pool = Key(
    "pool", .value(.flag), default: "false",
    "compare: all of a group's configurations, instead of its best one")

  static let table: [Key] = [
    sweep, metric,
    Key(
      "show", .value(.either([.text, .list(.text, count: 0...50)])),
      "further metrics and columns, such as [test/accuracy, duration_s]"),
    by,
    Key("against", .value(.text), "the value of 'by' that a comparison is with"),
    pool, value, part,
    Key(
      "count", .value(.integer(1...1000)), default: "10", "how many rows the table worst lists"),
    Key(
      "top", .value(.integer(1...1_000_000)), default: "20",
      "how many configurations the table best lists"),
    title, model, rows,
  ]
  static let model = Key(
    "model", .value(.text), default: "that of the first run", "step: the network")
  static let rows = Key(
    "rows",
    .value(
      .either([
        .integer(1...1_000_000_000), .list(.integer(1...1_000_000_000), count: 1...100),
      ])), default: "two from the middle", "step: rows of the training part, from 1")

  /// The keys each kind of table takes beside `table`.
  static func keys(of kind: TableCell.Kind) -> [String] {
    let always = ["sweep", "metric", "by", "value", "title"]
    switch kind {
    case .best: return always + ["show", "top"]
    case .compare: return always + ["against", "pool"]
    case .worst: return ["sweep", "metric", "by", "part", "count", "title"]
    case .confusion: return ["sweep", "metric", "by", "part", "title"]
    case .gradcheck: return ["sweep", "title"]
    case .step: return ["sweep", "model", "rows", "title"]
    }
  }
}
