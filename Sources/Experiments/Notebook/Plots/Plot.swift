public import Runs

/// What a figure of one kind shows: the values of the keys that only its kind has.
///
/// To add a kind of figure:
/// 1. Here, a file with a value of this protocol: its name, its keys, how they are read and checked.
///    Add its type to `Plots.kinds`; `labbook keys`, `labbook schema`,
///    `labbook plot KIND --key VALUE` and the checks of a file follow from it.
/// 2. In Pictures, a file that makes it a `Picture`: from a sweep to a `Figure`. Without it the
///    package does not compile. Where there is much to reckon or to lay out, or another command
///    draws the same, a function of Figures/Builders makes the figure from plain values.
public protocol Plot: Hashable, Sendable {
  /// The name of the kind, as `plot:` and `labbook plot` take it.
  static var kind: String { get }
  /// One line for people.
  static var summary: String { get }
  /// The keys beside those that every figure has.
  static var keys: [Key] { get }
  /// What has to be there before a figure can be made.
  static var needs: PlotNeeds { get }

  /// Whether it looks into networks or their data, which a run of an outside program has not.
  static var looksIntoNetworks: Bool { get }

  /// Whether it draws means over seeds with bands.
  static var hasBands: Bool { get }
  /// On what its values lie.
  static var axisKind: PlotAxes { get }
  /// Whether it can leave all but the best groups or configurations out.
  static var hasTop: Bool { get }

  /// The key whose values are its groups; `nil` means the models, or nothing.
  var by: SweepKey? { get }

  /// The epochs whose weights the runs of its sweep have to keep.
  var keptEpochs: [Int] { get }

  /// Reads the keys of a cell.
  ///
  /// Everything that is wrong is reported to the reader: all keys are read before the first `nil`.
  init?(_ reader: PlotKeyReader)
}

/// What has to be there before a figure can be made.
public enum PlotNeeds: Hashable, Sendable {
  /// Nothing: the figure speaks of no sweep.
  case nothing
  /// A sweep's configurations, trained or not.
  case configurations
  /// Stored runs of a sweep.
  case runs
}

extension Plot {
  /// Stored runs, unless a kind says otherwise.
  public static var needs: PlotNeeds { .runs }

  /// It does, unless a kind says otherwise.
  public static var looksIntoNetworks: Bool { needs != .nothing }

  /// None, unless a kind says otherwise.
  public var keptEpochs: [Int] { [] }

  /// It does not, unless a kind says otherwise.
  public static var hasBands: Bool { false }
  /// Numbers, unless a kind says otherwise.
  public static var axisKind: PlotAxes { .numbers }
  /// It can where it has groups.
  public static var hasTop: Bool { keys.contains { $0.name == PlotKeys.by.name } }
  /// None, unless a kind says otherwise.
  public var by: SweepKey? { nil }

  /// All keys of a cell of this kind but `plot`.
  package static var allKeys: [Key] {
    (needs == .nothing ? [] : [PlotKeys.sweep])
      + [PlotKeys.title, PlotKeys.name] + LookKeys.keys(of: Self.self) + keys
  }
}
