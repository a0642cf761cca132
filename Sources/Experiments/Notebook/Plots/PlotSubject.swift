public import Datasets
import FileLanguage
public import Runs
public import Tracking

/// The sweep that a figure speaks of, as the reading of its cell sees it: of a file, or of a store.
public struct PlotSubject {
  /// The sweep's name; empty for a figure that speaks of none.
  public let name: String
  /// The axes of the sweep.
  public let axes: [SweepKey]
  /// What its runs measure; `nil` where only the store knows.
  public let metrics: [Metric]?
  /// The data of its runs, each kind once; none where it is not known.
  public let shapes: [DataShape]
  /// Its configurations with their first seeds, in order; none where they are not known.
  public let configurations: [RunConfiguration]
  /// Whether some combination is wrong, so that little can be said of the others.
  public let hasFailed: Bool
  /// Whether its runs are those that the store has, of which a file knows nothing.
  var isStored = false

  /// Runs that are planned; `nil` where only the store knows.
  public let runCount: Int?

  let hasVariants: Bool
  let key: (String, Mark, SpecProblems) -> SweepKey?
  let values: (SweepKey) -> [ParameterValue]
  /// The configurations that a file plans, with what each has of a key.
  var grouped: (SweepKey) -> [(value: ParameterValue, configuration: RunConfiguration)] = { _ in []
  }

  /// A sweep of the store.
  ///
  /// - Parameters:
  ///   - name: the sweep's name.
  ///   - axes: what differs between its runs.
  ///   - key: what a path means, or what is wrong with it.
  ///   - values: the values of a key, a configuration each where it has one.
  public init(
    stored name: String, axes: [SweepKey],
    key: @escaping (String) -> Result<SweepKey, LabbookError>,
    values: @escaping (SweepKey) -> [ParameterValue]
  ) {
    self.name = name
    self.axes = axes
    self.values = values
    metrics = nil
    shapes = []
    configurations = []
    hasFailed = false
    runCount = nil
    hasVariants = false
    self.key = { text, mark, problems in
      switch key(text) {
      case .success(let key): return key
      case .failure(let error):
        problems.report(mark, error.message, error.hint.isEmpty ? [] : [error.hint])
        return nil
      }
    }
  }

  /// No sweep at all.
  public static var none: PlotSubject {
    PlotSubject(
      stored: "", axes: [], key: { .failure(.input("'\($0)' is a key of no sweep")) },
      values: { _ in [] })
  }
}
