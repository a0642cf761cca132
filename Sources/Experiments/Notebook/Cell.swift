public import FileLanguage
import Languages
public import Runs
public import Tracking

/// One cell of the notebook, checked.
public enum Cell: Hashable, Sendable {
  case text(TextCell)
  /// A sweep by its name in `Experiment.sweeps`.
  case sweep(String)
  case plot(PlotCell)
  case table(TableCell)
  case claim(ClaimCell)
  case exercise(ExerciseCell)
}

/// Markdown prose.
public struct TextCell: Hashable, Sendable {
  /// The text as it was written.
  public let markdown: String
  /// The text as Markdown and questions, in order.
  public let parts: [TextPart]
  /// The cell's place in the file.
  public let mark: Mark

  /// Makes a cell of its text and what that was cut into.
  public init(markdown: String, parts: [TextPart], mark: Mark) {
    self.markdown = markdown
    self.parts = parts
    self.mark = mark
  }
}

/// A table.
public struct TableCell: Hashable, Sendable {
  /// What it lists.
  public let kind: Kind
  /// The sweep it speaks of.
  public let sweep: String
  /// What it ranks by; `nil` means the objective.
  public let metric: Metric?
  /// Further metrics and columns of `run_table`, in order.
  public let show: [String]
  /// A group a row instead of a configuration.
  public let by: SweepKey?
  /// The value of `by` that others are compared with.
  public let against: ParameterValue?
  /// Whether a comparison takes all configurations of a group instead of its best one.
  public let isPooled: Bool
  /// Which of a run's values stands for it.
  public let value: MetricValue
  /// The rows that networks are asked about (worst, confusion).
  public let part: DataPart
  /// How many rows it lists (worst).
  public let count: Int
  /// The network whose update is shown (step); `nil` means that of the first run.
  public let model: String?
  /// The training rows of that update, from 1 (step); none means two from their middle.
  public let rows: [Int]
  /// How many rows it lists, the best ones (best).
  public let top: Int
  /// What stands above it, `nil` where the file says nothing.
  public let title: String?
  /// The cell's place in the file.
  public let mark: Mark

  /// How many rows the best table lists where the file says nothing.
  public static let usualTop = 20

  /// Makes a table.
  public init(
    kind: Kind, sweep: String, metric: Metric?, show: [String], by: SweepKey?,
    against: ParameterValue? = nil, isPooled: Bool = false, value: MetricValue,
    part: DataPart = .train, count: Int = 10, top: Int = TableCell.usualTop,
    model: String? = nil, rows: [Int] = [],
    title: String?, mark: Mark
  ) {
    self.kind = kind
    self.sweep = sweep
    self.metric = metric
    self.show = show
    self.by = by
    self.against = against
    self.isPooled = isPooled
    self.value = value
    self.part = part
    self.count = count
    self.model = model
    self.rows = rows
    self.top = top
    self.title = title
    self.mark = mark
  }

  /// What a table lists.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Configurations, the best first.
    case best
    /// Groups against one of them, by differences between runs of the same seed.
    case compare
    /// The rows that the networks get most wrong.
    case worst
    /// How often rows of each class were taken for each class.
    case confusion
    /// The gradients of every module against central differences.
    case gradcheck
    /// The first update of a network on a few rows, with every term.
    case step

    /// Whether it shows what runs came to, so that it waits for them.
    public var needsRuns: Bool { self != .gradcheck && self != .step }

    /// Whether it looks into networks or their data, which a run of an outside program has not.
    var looksIntoNetworks: Bool { self != .best && self != .compare }
  }
}
