public import Experiments
import Results
import RunStorage
import Runs
import Tracking

extension FigureMaker {
  /// The sweep as the options of `labbook plot KIND` speak of it.
  public var subject: PlotSubject {
    var names: [String] = []
    for axis in sweep.points.flatMap(\.axes) where !names.contains(axis.axis) {
      names.append(axis.axis)
    }
    let sweep = sweep
    return PlotSubject(
      stored: sweep.name, axes: names.compactMap { try? sweep.key($0) },
      key: { text in Result { () throws(LabbookError) in try sweep.key(text) } },
      values: { key in sweep.points.compactMap { $0.value(key) } })
  }
}
