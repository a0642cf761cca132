import Drawing
import Figures
import RunStorage
import Tracking

/// One line of a chart: a run's curve, or the mean over the runs of a group with a band around it.
struct DrawnLine: Sendable {
  /// What the line is known by among all lines of a chart: a run's id, or the values of a group.
  let id: String
  /// What a legend says.
  let name: String
  /// What its colour follows from.
  let colourKey: String
  /// The small chart it stands in.
  let facet: LineGroup.Facet
  /// Where a click leads to; `nil` for a group.
  let run: RunID?
  /// The runs that it is made of.
  let runs: Int
  /// How many configurations they are.
  let configurations: Int
  /// Its runs that diverged, which are in no mean with others.
  let diverged: Int
  /// What was measured, smoothed where that was asked for, and thinned out.
  let curve: MeanCurve
  /// What was measured, thinned out, where `curve` is smoothed.
  let raw: MeanCurve?
  /// Values that are not finite, each a gap.
  let gaps: Int

  /// The line as charts read it.
  var json: JSONValue {
    let colour = KeyColour(colourKey)
    var fields: [(String, JSONValue)] = [
      ("id", .text(id)), ("name", .text(name)), ("metric", .text(curve.metric.name)),
      ("color", .text(colour.hex)), ("dashes", .list(colour.dashes.map(JSONValue.whole))),
      ("row", .text(facet.row)), ("column", .text(facet.column)),
      ("run", .text(of: run?.description)), ("runs", .whole(runs)),
      ("mean_of", .whole(curve.seeds)),
      ("configurations", .whole(configurations)), ("diverged", .whole(diverged)),
      ("points", .whole(curve.measured)), ("x", .places(curve.xs)), ("y", .places(curve.ys)),
    ]
    if curve.hasBand {
      fields += [("low", .places(curve.lower)), ("high", .places(curve.upper))]
    }
    if let raw { fields += [("raw_x", .places(raw.xs)), ("raw_y", .places(raw.ys))] }
    return .object(fields)
  }
}
