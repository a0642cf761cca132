public import Languages
import Tracking

/// Keys that figures of several kinds have.
public enum PlotKeys {
  static let sweep = Key(
    "sweep", .value(.text), default: "the nearest above", "the sweep it speaks of")
  static let title = Key(
    "title", .value(.orOff(.text)), default: "what it shows",
    "what stands above it; none for nothing")
  static let name = Key(
    "name", .value(.text), default: "<sweep>-<kind>", "the picture's file name")
  /// A single metric that must be named.
  static let metric = Key("metric", .value(.text), isRequired: true, "a metric, such as val/loss")
  static let by = Key(
    "by", .value(keyOrKeys),
    "a key, or several together: its values have a colour, or a picture, each")
  /// One key of a sweep, or a list of them that go together.
  static let keyOrKeys = Setting.Kind.either([.text, .list(.text, count: 1...4)])
  static let log = Key(
    "log",
    .value(
      .orOff(.either([.flag, .word(["x", "y", "xy"]), .list(.word(["x", "y"]), count: 1...2)]))),
    default: "by the values", "logarithmic axes: x, y, [x, y] or none; true is y")
  static let animate = Key(
    "animate", .value(.flag), default: "false",
    "one picture that moves through the moments; its PNG and PDF show the last")
  static let value = Key(
    "value", .value(.word(MetricValue.allCases.map(\.rawValue))), default: "last",
    "the metric's final value, or that of the epoch the objective chose")
}

/// When a network is looked at.
public enum TrainingMoment: Hashable, Sendable {
  /// After an epoch; 0 is before training.
  case epoch(Int)
  case end

  /// What stands above a picture of it.
  public func title(_ language: Language) -> String {
    switch self {
    case .epoch(0): language(.beforeTraining)
    case .epoch(let number): language(.afterEpoch, number)
    case .end: language(.afterTraining)
    }
  }
}

/// Which axes of a figure are logarithmic; `nil` leaves one to the figure.
public struct LogAxes: Hashable, Sendable {
  /// The horizontal axis.
  public let x: Bool?
  /// The vertical axis.
  public let y: Bool?

  /// Makes a choice of axes.
  public init(x: Bool? = nil, y: Bool? = nil) {
    self.x = x
    self.y = y
  }
}
