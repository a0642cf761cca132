import Foundation
import Languages
public import Tracking

/// One configuration of a figure of parallel coordinates.
public struct ParallelLine: Hashable, Sendable {
  /// Its value of each key; `nil` where it has none.
  public var values: [ParameterValue?]
  /// The metric's mean over its runs that did not diverge; `nil` where there is none.
  public var metric: Double?
  /// Whether one of its runs diverged.
  public var hasDiverged: Bool

  /// Makes a line.
  public init(values: [ParameterValue?], metric: Double?, hasDiverged: Bool = false) {
    self.values = values
    self.metric = metric
    self.hasDiverged = hasDiverged
  }
}

extension Figure {
  /// Configurations as lines across an upright axis for each key, the metric last.
  ///
  /// The line's colour is the metric, lighter for better as in heat maps; the best configuration is
  /// thick, with an edge.
  /// Axes of numbers are logarithmic where the numbers are; names stand in the order they came.
  /// A configuration with a diverged run is dashed and ranks after all without; where every run
  /// diverged it has no place on the last axis.
  public static func parallel(_ lines: [ParallelLine], keys: [String], options: SweepOptions)
    -> Figure
  {
    ParallelBuilder(lines, keys, options).figure
  }
}

/// Puts a figure of parallel coordinates together.
private struct ParallelBuilder {
  private let lines: [ParallelLine]
  private let keys: [String]
  private let options: SweepOptions
  private let axes: [UprightAxis]
  private let metricAxis: UprightAxis
  private let scale: ColorScale

  init(_ lines: [ParallelLine], _ keys: [String], _ options: SweepOptions) {
    self.lines = lines
    self.keys = keys
    self.options = options
    axes = keys.indices.map { index in
      UprightAxis(lines.compactMap { $0.values[index] }, log: options.logX)
    }
    let known = lines.compactMap(\.shown)
    let isWide = (known.min() ?? 0) > 0 && (known.max() ?? 1) / (known.min() ?? 1) >= 50
    let isLog = options.logY ?? (isWide && !options.isHigherBetter)
    metricAxis = UprightAxis(known.map { .number($0) }, log: isLog, isMetric: true)
    scale = ColorScale(
      label: options.valueName, range: metricAxis.range, scale: metricAxis.scale,
      isReversed: !options.isHigherBetter, sequence: options.style.sequence)
  }

  /// Between an axis and the texts at its left, as a share of the way to the next one.
  private static let gap = 0.03
  /// The most letters of a name: left of the first axis there is more room than between two.
  private static let (longestFirst, longest) = (32, 16)

  var figure: Figure {
    let names = keys + [options.valueName]
    var x = Axis("", scale: .categories(names))
    // Names of the first axis stand left of the panel.
    x.range = -Self.gap...(Double(names.count - 1) + Self.gap)
    let y = Axis("", range: -0.06...1.06, tickValues: [])
    let muted = Stroke(color: options.style.muted, width: 1)
    var layers = names.indices.map { Layer.rule(Rule(.x(Double($0)), stroke: muted)) }
    let order = lines.indices.sorted { rank(lines[$0]) > rank(lines[$1]) }
    let best = order.last { lines[$0].shown != nil }
    for index in order {
      let line = line(lines[index], isBest: index == best)
      if index == best {
        var edge = line
        edge.stroke = Stroke(color: options.style.text, width: line.stroke.width + 1.6)
        layers.append(.line(edge))
      }
      layers.append(.line(line))
    }
    for (place, axis) in (axes + [metricAxis]).enumerated() {
      layers += axis.labels(within: place == 0 ? Self.longestFirst : Self.longest).map { label in
        .note(
          Note(
            label.text, x: Double(place) - Self.gap, y: label.place, color: options.style.text,
            anchor: .right, halo: options.style.background))
      }
    }
    let known = lines.compactMap(\.shown)
    return Figure(
      title: options.title, subtitle: options.subtitle,
      panels: [
        [
          Panel(
            x: x, y: y, layers: layers, colorScale: known.isEmpty ? nil : scale, hasGrid: false)
        ]
      ], notes: notes, style: options.style)
  }

  /// Smaller is better; what has no value is drawn first, then what has a diverged run.
  private func rank(_ line: ParallelLine) -> (Int, Double) {
    guard let value = line.shown else { return (2, 0) }
    return (line.hasDiverged ? 1 : 0, options.isHigherBetter ? -value : value)
  }

  private func line(_ line: ParallelLine, isBest: Bool) -> Line {
    var xs: [Double] = []
    var ys: [Double] = []
    for (place, value) in line.values.enumerated() {
      guard let value, let share = axes[place].place(value) else { continue }
      xs.append(Double(place))
      ys.append(share)
    }
    var stroke = Stroke(color: options.style.muted, width: 0.9, dash: .dashed, opacity: 0.8)
    if let value = line.shown, let share = metricAxis.place(.number(value)) {
      xs.append(Double(keys.count))
      ys.append(share)
      stroke = Stroke(
        color: scale.color(value), width: isBest ? 3.2 : lines.count > 60 ? 1 : 1.6,
        dash: line.hasDiverged ? .dashed : .solid, opacity: isBest ? 1 : 0.85)
    }
    return Line(xs: xs, ys: ys, stroke: stroke)
  }

  private var notes: [String] {
    let language = options.style.language
    var notes = options.notes + [language(.thickIsBest)]
    if axes.contains(where: \.lacksNames) { notes.append(language(.namesLackRoom)) }
    let diverged = lines.count(where: \.hasDiverged)
    if diverged > 0 {
      notes.append(language(.parallelDiverged, diverged, lines.count))
    }
    let missing = lines.count { $0.metric?.isFinite != true && !$0.hasDiverged }
    if missing > 0 { notes.append(language(.configurationsWithoutValue, missing)) }
    return notes
  }
}

extension ParallelLine {
  /// The value that is drawn.
  fileprivate var shown: Double? {
    guard let metric, metric.isFinite else { return nil }
    return metric
  }
}

/// One upright axis from 0 at its foot to 1.
private struct UprightAxis {
  let range: ClosedRange<Double>
  let scale: Axis.Scale
  private let keys: KeyValues
  private let isMetric: Bool

  init(_ values: [ParameterValue], log: Bool?, isMetric: Bool = false) {
    keys = KeyValues(values)
    self.isMetric = isMetric
    guard let numbers = keys.numbers, let first = numbers.first, let last = numbers.last else {
      scale = .linear
      range = 0...1
      return
    }
    let middle = numbers[numbers.count / 2]
    let isSpread = first > 0 && last / first >= 20 && middle < (first + last) / 4
    let isLog = first > 0 && (log ?? (numbers.count > 8 ? isSpread : keys.isLogarithmic))
    scale = isLog ? .log : .linear
    range = first < last ? first...last : Axis("", scale: scale).fitted(to: [first])
  }

  func place(_ value: ParameterValue) -> Double? {
    if keys.numbers != nil, let number = value.asNumber, number.isFinite {
      return Axis("", scale: scale).position(number, in: range)
    }
    guard let place = keys.place(value) else { return nil }
    let count = keys.values.count
    return count == 1 ? 0.5 : 1 - Double(place) / Double(count - 1)
  }

  /// Whether names beside the axis are left out for want of room.
  var lacksNames: Bool { keys.numbers == nil && labels(within: 1).count < keys.values.count }

  /// The texts beside the axis, those left out that would lie on another.
  func labels(within limit: Int) -> [(text: String, place: Double)] {
    var all: [(text: String, place: Double)]
    if keys.numbers != nil, isMetric || keys.values.count > 8 {
      all = Axis("", scale: scale).ticks(in: range, target: 6).compactMap { tick in
        tick.label.isEmpty
          ? nil : (tick.label, Axis("", scale: scale).position(tick.value, in: range))
      }
    } else {
      all = zip(keys.values, keys.labels).compactMap { value, text in
        place(value).map { (text, $0) }
      }
    }
    let names = ShortNames { Double($0.count) }.fitted(all.map(\.text), to: Double(limit))
    for index in all.indices { all[index].text = names[index] }
    all.sort { $0.place < $1.place }
    var kept: [(text: String, place: Double)] = []
    for label in all where kept.last.map({ label.place - $0.place > 0.045 }) ?? true {
      kept.append(label)
    }
    return kept
  }
}
