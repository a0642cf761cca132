import Datasets
import Tracking

/// Reads a cell with a figure.
struct PlotReader {
  private let cell: CellReader
  private var problems: SpecProblems { cell.problems }

  init(_ cell: CellReader) { self.cell = cell }

  /// The figure; `nil` where something is wrong, which is reported.
  func plot(_ pictures: inout PictureNames) -> Cell? {
    guard let entry = cell.item.entry("plot"), let kind = kind(entry.value) else { return nil }
    let allowed = CellKeys.keys(of: kind)
    checkKeys(kind, allowed)
    let sweep = cell.sweep()
    let name = pictures.name(
      cell.item["name"], sweep: sweep?.sweep.name ?? "", kind: kind.rawValue,
      line: entry.value.mark.line)
    let title = text("title")
    let formats = cell.texts(key("format")).compactMap { PictureFormat(rawValue: $0.text) }
    guard let sweep else { return nil }
    let metrics = metrics(kind, sweep, entry.value.mark)
    let (logX, logY) = logAxes()
    let plot = PlotCell(
      kind: kind, sweep: sweep.sweep.name, name: name, title: title, metrics: metrics,
      by: cell.key("by", sweep), x: kind == .fit ? nil : axisKey("x", kind, sweep),
      y: axisKey("y", kind, sweep), axis: word("axis").flatMap(PlotCell.CurveAxis.init) ?? .epoch,
      range: kind == .fit ? range() : nil, logX: logX, logY: logY,
      value: word("value").flatMap(MetricValue.init) ?? .last,
      formats: formats.isEmpty ? [.svg] : formats, mark: entry.value.mark)
    if kind == .heatmap, let x = plot.x, let y = plot.y, x.isSame(as: y) {
      problems.report(
        cell.item["y"]?.mark ?? plot.mark, "x and y of a heatmap are the same key",
        ["name two keys that vary"])
    }
    PlotFitsData.check(plot, sweep, problems)
    return .plot(plot)
  }

  private func key(_ name: String) -> Key {
    CellKeys.plot.first { $0.name == name } ?? CellKeys.plotKind
  }

  private func kind(_ node: SpecNode) -> PlotCell.Kind? {
    let known = PlotCell.Kind.allCases.map(\.rawValue)
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      problems.report(
        node.mark, ValueReader.sentence(node, "plot"),
        ["expected one of: " + known.joined(separator: ", ")])
      return nil
    }
    if let kind = PlotCell.Kind(rawValue: text) { return kind }
    if CellKeys.laterPlots.contains(text) {
      problems.report(
        node.mark, "the plot '\(text)' is not there yet",
        ["expected one of: " + known.joined(separator: ", ")])
    } else {
      problems.report(
        node.mark, "there is no plot \(Words.quoted(text))", alternatives(text, among: known))
    }
    return nil
  }

  private func checkKeys(_ kind: PlotCell.Kind, _ allowed: [String]) {
    let own = (cell.item.entries ?? []).filter { $0.key != "plot" }
    let known = CellKeys.plot.map(\.name)
    for entry in own where known.contains(entry.key) && !allowed.contains(entry.key) {
      problems.report(
        entry.keyMark, "the plot \(kind.rawValue) has no use for '\(entry.key)'",
        ["expected one of: " + allowed.joined(separator: ", ")])
    }
    cell.sections.checkKeys(
      own.filter { !known.contains($0.key) }, known: allowed, in: "the plot \(kind.rawValue)")
  }

  private func text(_ name: String) -> String? {
    guard case .text(let text)? = cell.value(key(name)) else { return nil }
    return text
  }

  private func word(_ name: String) -> String? { text(name) }

  /// The metrics a figure draws; those it draws by itself where the file names none.
  private func metrics(_ kind: PlotCell.Kind, _ sweep: SweepFacts, _ mark: Mark) -> [Metric] {
    if let node = cell.item["metric"] {
      if kind != .curves, node.items != nil {
        problems.report(
          node.mark, "the plot \(kind.rawValue) takes one metric", ["write metric: val/loss"])
        return []
      }
      return cell.metrics(key("metric"), sweep)
    }
    switch kind {
    case .curves:
      let found = StandardCells.curveMetrics(sweep)
      if found.isEmpty, !sweep.hasFailed {
        problems.report(
          mark, "no run of '\(sweep.sweep.name)' measures a loss or an accuracy",
          ["remove the cell, or let the runs train"])
      }
      return found
    case .final, .heatmap:
      problems.report(
        mark, "the plot \(kind.rawValue) needs the key 'metric'",
        ["expected metric: one of " + sweep.metrics.map(\.name).joined(separator: ", ")])
      return []
    case .boundary, .fit: return []
    }
  }

  /// The key of an axis; its values must differ, or the axis would be a point.
  private func axisKey(_ name: String, _ kind: PlotCell.Kind, _ sweep: SweepFacts) -> SweepKey? {
    let isNeeded = (kind == .final && name == "x") || kind == .heatmap
    guard isNeeded else { return nil }
    let axes = sweep.sweep.spec.axes
    guard let node = cell.item[name] else {
      problems.report(
        cell.item.entry("plot")?.value.mark ?? cell.item.mark,
        "the plot \(kind.rawValue) needs the key '\(name)'",
        [
          "expected \(name): a key of the sweep"
            + (axes.isEmpty ? "" : ", such as " + (axes.first?.written ?? ""))
        ])
      return nil
    }
    guard let key = cell.key(name, sweep), !sweep.hasFailed else { return nil }
    let isAxis =
      key == .variant
      || axes.contains { SweepKey.setting($0.path, written: $0.written).isSame(as: key) }
    if !isAxis, cell.values(key, sweep).count < 2 {
      problems.report(
        node.mark, "'\(key.label)' has one value in the sweep '\(sweep.sweep.name)'",
        axes.isEmpty ? [] : ["what varies: " + axes.map(\.written).joined(separator: ", ")])
    }
    return key
  }

  private func range() -> ClosedRange<Double>? {
    guard let node = cell.item["x"] else { return nil }
    let kind = Setting.Kind.list(.number(.any), count: 2...2)
    guard case .list(let ends)? = cell.sections.values.value(node, as: kind, of: "x"),
      let low = ends.first?.asNumber, let high = ends.last?.asNumber
    else { return nil }
    guard low < high else {
      problems.report(
        node.mark, "the interval x ends before it begins", ["expected [low, high], as [-4, 4]"])
      return nil
    }
    return low...high
  }

  private func logAxes() -> (Bool?, Bool?) {
    guard let value = cell.value(key("log")) else { return (nil, nil) }
    switch value {
    case .off, .flag(false): return (false, false)
    case .flag(true): return (nil, true)
    case .text(let axis): return (axis == "x", axis == "y")
    case .list(let axes): return (axes.contains(.text("x")), axes.contains(.text("y")))
    default: return (nil, nil)
    }
  }
}

extension SweepKey {
  /// Whether two keys mean the same, however they were written.
  func isSame(as other: SweepKey) -> Bool {
    switch (self, other) {
    case (.variant, .variant): true
    case (.setting(let a, _), .setting(let b, _)): a == b
    default: false
    }
  }
}
