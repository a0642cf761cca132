import Foundation
import Results
import RunStorage
import Runs
import Tracking
import Web

/// Configurations as points: what they hold of the keys in which they differ, and the mean of a metric over
/// their runs.
///
/// Heat maps and parallel coordinates are drawn of them.
struct ConfigurationPoints {
  let metric: Metric
  let value: MetricValue
  /// Which way the metric is better; `nil` where nobody has said it.
  let direction: Direction?
  /// The keys in which configurations differ, as people call them.
  let keys: [String]
  let rows: [Row]
  /// Configurations beyond those that are told.
  let left: Int

  /// One configuration.
  struct Row {
    let key: String
    let run: RunID
    let values: [ParameterValue?]
    let statistics: SeedStatistics?
    let runs: Int
    let bad: Int
  }

  private static let most = 20_000

  /// - Throws: `LabbookError` where no run has the metric.
  init(_ chosen: ChosenRuns, _ query: WebQuery, in store: RunStore) throws {
    let asked = query["metric"].flatMap { $0.isEmpty ? nil : Metric($0) }
    let objective = chosen.objective
    let metric = asked ?? objective?.metric ?? chosen.mostMeasured ?? .valLoss
    self.metric = metric
    value = try Self.which(query)
    direction = try asked == nil ? objective?.direction : store.direction(of: metric)
    let axes = chosen.axes
    let hasVariants = !chosen.variants.isEmpty
    keys = (hasVariants ? ["variant"] : []) + axes.map(\.storedName)
    let variant = GroupKey(text: "variant")
    let groups = chosen.runs.groupedByConfiguration()
    left = max(0, groups.count - Self.most)
    rows = groups.prefix(Self.most).compactMap { [value] group in
      guard let first = group.runs.first else { return nil }
      return Row(
        key: first.configuration, run: first.id,
        values: (hasVariants ? [variant.value(in: first, chosen)] : [])
          + axes.map { first.value(at: $0) },
        statistics: group.statistics(of: metric, value), runs: group.runs.count,
        bad: group.runs.count { $0.status.isBad })
    }
  }

  /// Which of a run's values is asked for.
  ///
  /// - Throws: `LabbookError` for another word than `last` or `best`.
  static func which(_ query: WebQuery) throws(LabbookError) -> MetricValue {
    guard let word = query["value"], !word.isEmpty else { return .last }
    if let value = MetricValue(rawValue: word) { return value }
    throw .input("value: expected last or best, found '\(word)'")
  }

  /// The points as charts read them, in one line; a row is written before the next is made.
  var bytes: [UInt8] {
    let head = JSONValue.object([
      ("metric", .text(metric.name)), ("value", .text(value.rawValue)),
      ("direction", .text(of: direction?.rawValue)), ("keys", .texts(keys)),
      ("left_out", .whole(left)),
    ])
    var bytes = Array(head.bytes.dropLast())
    bytes += ",\"rows\":[".utf8
    for (place, row) in rows.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      row.json.write(into: &bytes)
    }
    bytes += "]}\n".utf8
    return bytes
  }
}

extension ConfigurationPoints.Row {
  fileprivate var json: JSONValue {
    .object([
      ("run", .text(run.description)), ("color", .text(KeyColour(key).hex)),
      ("values", .list(values.map { .text(of: $0?.display) })),
      ("numbers", .list(values.map { .number(of: $0?.asNumber) })),
      ("mean", .number(of: statistics?.mean)), ("std", .number(of: statistics?.deviation)),
      ("n", .whole(statistics?.count ?? 0)), ("runs", .whole(runs)), ("bad", .whole(bad)),
    ])
  }
}

/// `/points.json`: configurations as points.
struct PointsView: WebService {
  let store: RunStore
  let chosen: ChosenCache

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path == ["points.json"], head.access.seesPages else {
      return .other
    }
    return .reply {
      try await Blocking.run {
        try Problem.told {
          let points = try ConfigurationPoints(
            try chosen.runs(head.query), head.query, in: store)
          return .json(Data(points.bytes))
        }
      }
    }
  }
}
