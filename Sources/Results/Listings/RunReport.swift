import Foundation
public import RunStorage
public import Terminal
import Tracking

/// One run of the store in full: `labbook show`.
public struct RunReport {
  private let run: RunRecord
  private let curves: [Curve]
  private let environment: [String: String]
  private let artifacts: [ArtifactRecord]
  /// The sweeps whose latest plans no longer hold the run.
  private let formerIn: [SweepName]
  /// Where the objective of a logged run comes from.
  private let origin: ObjectiveOrigin?

  /// Reads what is known of a run.
  ///
  /// - Throws: `LabbookError` where the store cannot be read.
  public init(_ run: RunRecord, in store: RunStore) throws {
    self.run = run
    let shown = ShownMetrics.curves(
      of: Set(run.metrics.keys), objectives: [run.objective.metric])
    curves = try store.curves(of: [run.id], shown)
    environment = try store.environment(of: run.id)
    artifacts = try store.artifacts(of: run.id)
    origin = try store.objectiveOrigin(of: run)
    formerIn = try store.memberships(of: run.id).filter(\.isFormer).map(\.sweep)
  }

  /// The report as text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    var blocks = [heading(style)]
    blocks.append(section("Configuration", fitted(parameterTable, style), style))
    blocks.append(section("Metrics", fitted(metricTable, style) + metricNote, style))
    if let curves = curveLines(style) { blocks.append(section("Curves", curves, style)) }
    blocks.append(section("Environment", pairs(environment, style), style))
    if !artifacts.isEmpty {
      blocks.append(section("Artifacts", fitted(artifactTable, style), style))
    }
    return blocks.joined(separator: "\n")
  }

  private func fitted(_ table: Table, _ style: TextStyle) -> String {
    table.text(within: style.room?.columns, otherwise: "--format json has all")
  }

  private func section(_ title: String, _ body: String, _ style: TextStyle) -> String {
    style.strong(title) + "\n" + body
  }

  private func heading(_ style: TextStyle) -> String {
    let name = run.name.map { "  " + printable($0) } ?? ""
    var lines = [style.strong(run.id.description) + name + "  " + printable(run.sweep.description)]
    var words = [run.status.rawValue]
    if let message = run.message { words[0] += ": " + printable(message) }
    if !run.isCurrent { words.append("replaced by a later run of the same key") }
    if let step = run.step, let epoch = run.epoch {
      words.append(
        Quantity.count(step, "update")
          + (epoch > 0 || step == 0 ? ", " + Quantity.count(epoch, "epoch") : ""))
    }
    if let epoch = run.bestEpoch, let step = run.bestStep {
      words.append("best at " + (epoch > 0 || step == 0 ? "epoch \(epoch)" : "update \(step)"))
    }
    if let seconds = run.durationSeconds { words.append("\(SeedStatistics.text(seconds)) s") }
    lines.append(words.joined(separator: ", "))
    for sweep in formerIn {
      lines.append("former in \(printable(sweep.description)): its file no longer asks for the run")
    }
    if let origin { lines.append("objective: " + printable(origin.sentence(run.objective))) }
    lines.append("key \(run.key)")
    lines.append(
      "created \(run.createdAt)" + (run.endedAt.map { ", ended \($0)" } ?? ""))
    if !run.tags.isEmpty { lines.append("tags " + printable(run.tags.joined(separator: ", "))) }
    if let note = run.note { lines.append("note " + printable(note)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Every resolved value of the run by its path.
  public var parameterTable: Table {
    var table = Table([Table.Column("parameter"), Table.Column("value")])
    for (path, value) in run.parameters.sorted(by: { $0.key < $1.key }) {
      table.append([.words(path), Table.Cell(value, text: value.display)])
    }
    return table
  }

  /// The last and the best value of every metric.
  public var metricTable: Table {
    var table = Table(["metric", "last", "best"].map { Table.Column($0) })
    for (metric, summary) in run.metrics.sorted(by: { $0.key.name < $1.key.name }) {
      table.append([.words(metric.name), cell(summary.last), cell(summary.best)])
    }
    return table
  }

  /// Why nothing stands under `last`.
  private var metricNote: String {
    run.status.isBad
      ? "A run that \(run.status.rawValue) has no last values; what it had reached is in its points "
        + "(labbook export metrics).\n" : ""
  }

  private func cell(_ value: Double?) -> Table.Cell {
    value.map { Table.Cell(.number($0), text: SeedStatistics.text($0)) } ?? .empty
  }

  private func curveLines(_ style: TextStyle) -> String? {
    // Beside a curve there is room for its extreme values.
    let width = min(48, max(8, (style.room?.columns ?? 80) - 14))
    let blocks = curves.filter { $0.values.count > 1 }.map { curve in
      let lines = SmallCurve(curve.values).lines(width: width, height: 4, style) {
        SeedStatistics.text($0)
      }
      let last = curve.lastPlace.map { ", to " + $0 } ?? ""
      return curve.metric.name + last + "\n" + lines.map { "  " + $0 + "\n" }.joined()
    }
    return blocks.isEmpty ? nil : blocks.joined()
  }

  private func pairs(_ values: [String: String], _ style: TextStyle) -> String {
    var table = Table([Table.Column("key"), Table.Column("value")])
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      table.append([.words(key), .words(Self.short(value))])
    }
    return fitted(table, style)
  }

  /// A long value, as a list of packages, by its beginning: the JSON has it whole.
  private static func short(_ value: String) -> String {
    let line = value.split(separator: "\n").first.map(String.init) ?? ""
    guard value.count > 120 || line.count < value.count else { return value }
    return line.prefix(100) + " ... (\(value.count) characters, whole with --format json)"
  }

  private var artifactTable: Table {
    var table = Table(["name", "bytes", "sha256", "path"].map { Table.Column($0) })
    for artifact in artifacts {
      table.append([
        .words(artifact.name), Table.Cell(.integer(artifact.bytes)),
        .words(String(artifact.sha256.prefix(12))),
        .words(artifact.path ?? "in the store"),
      ])
    }
    return table
  }

  /// The report for programs: one JSON object.
  public var json: String {
    func object(_ pairs: [(String, String)]) -> String {
      "{" + pairs.map { "\(ParameterValue.json($0)): \($1)" }.joined(separator: ", ") + "}"
    }
    func sorted(_ values: [String: String]) -> [(String, String)] {
      values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    func text(_ value: String?) -> String { value.map { ParameterValue.json($0) } ?? "null" }
    func number(_ value: Double?) -> String {
      value.map { ParameterValue.number($0).json } ?? "null"
    }
    let metrics = run.metrics.sorted { $0.key.name < $1.key.name }.map { metric, summary in
      (metric.name, object([("last", number(summary.last)), ("best", number(summary.best))]))
    }
    let files = artifacts.map { artifact in
      object([
        ("name", text(artifact.name)), ("path", text(artifact.path)),
        ("bytes", String(artifact.bytes)), ("sha256", text(artifact.sha256)),
      ])
    }
    let named = run.name.map { [(RunRecord.nameColumn, text($0))] } ?? []
    let told = [
      ("key", text(run.key)),
      ("experiment", text(run.sweep.experiment)), ("sweep", text(run.sweep.sweep)),
      ("status", text(run.status.rawValue)), ("message", text(run.message)),
      ("current", run.isCurrent ? "true" : "false"), ("seed", String(run.seed)),
      ("former_in", "[" + formerIn.map { text($0.description) }.joined(separator: ", ") + "]"),
      ("created_at", text(run.createdAt)), ("started_at", text(run.startedAt)),
      ("ended_at", text(run.endedAt)), ("duration_s", number(run.durationSeconds)),
      ("objective", text(run.objective.metric.name.isEmpty ? nil : run.objective.metric.name)),
      (
        "direction",
        text(run.objective.metric.name.isEmpty ? nil : run.objective.direction.rawValue)
      ),
      ("objective_from", text(origin?.word ?? (run.isLogged ? nil : "file"))),
      ("best_epoch", run.bestEpoch.map(String.init) ?? "null"),
      ("tags", "[" + run.tags.map { text($0) }.joined(separator: ", ") + "]"),
      ("note", text(run.note)),
      ("parameters", object(sorted(run.parameters.dictionary.mapValues(\.json)))),
      ("metrics", object(metrics)),
      ("environment", object(sorted(environment.mapValues { text($0) }))),
      ("artifacts", "[" + files.joined(separator: ", ") + "]"),
    ]
    let report = object([("run", text(run.id.description))] + named + told)
    return HiddenCharacters.escapedInJSON(report) + "\n"
  }
}

extension Curve {
  /// How far it leads: to an epoch, or to an update where no epochs were told.
  fileprivate var lastPlace: String? {
    guard let epoch = epochs.last, let step = steps.last else { return nil }
    return epoch > 0 || step == 0 ? "epoch \(epoch)" : "update \(step)"
  }
}
