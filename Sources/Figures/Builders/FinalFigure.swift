import Languages
import Tracking

extension Figure {
  /// A metric's value against a key of the sweep: the mean over the seeds at each place with a band, a
  /// line for each group.
  ///
  /// The axis is logarithmic where the key's values are, and has names where they are not numbers.
  public static func final(_ values: [SweepValue], options: SweepOptions) -> Figure {
    FinalBuilder(values, options).figure
  }
}

/// Puts a figure of values against a key together.
private struct FinalBuilder {
  private let values: [SweepValue]
  private let options: SweepOptions
  private let groups: SeriesGroups
  private let keys: KeyValues
  private let scale: Axis.Scale
  private let isLogY: Bool
  private let bounds: MetricBounds

  init(_ values: [SweepValue], _ options: SweepOptions) {
    self.values = values
    self.options = options
    groups = SeriesGroups(
      values.map(\.group), style: options.style, known: options.known,
      lost: SweepValue.lostGroups(values))
    let counted = values.compactMap(\.counted)
    isLogY = options.logY ?? FinalBuilder.isWide(counted, options)
    bounds = options.metric.bounds(counted)
    keys = KeyValues(values.map(\.x))
    let wantsLog = options.logX ?? keys.isLogarithmic
    if keys.numbers == nil || (options.logX == nil && keys.hasNoPlaceOnLogarithm) {
      scale = .categories(keys.labels)
    } else {
      scale = wantsLog ? .log : .linear
    }
  }

  /// Whether the places are names, which no line joins; numbers with a zero among powers are not.
  private var isCategorical: Bool {
    if case .categories = scale { keys.numbers == nil } else { false }
  }

  private var hasNames: Bool { if case .categories = scale { true } else { false } }

  var figure: Figure {
    var y = Axis(
      options.valueName, unit: language.unit(of: options.metric), scale: isLogY ? .log : .linear)
    var layers: [Layer] = []
    let summaries = groups.names.enumerated().map { summary($0.element, index: $0.offset) }
    let opacity = max(0.04, min(0.15, 0.9 / Double(max(1, summaries.count))))
    for (name, summary) in zip(groups.names, summaries) where groups.isAlone(name) {
      layers += summary.under(isCategorical: isCategorical, opacity: opacity)
    }
    // What shares a look lies behind what has one of its own.
    for isAlone in [false, true] {
      for (name, summary) in zip(groups.names, summaries) where groups.isAlone(name) == isAlone {
        layers += summary.over(isCategorical: isCategorical)
      }
    }
    let range = Panel(x: xAxis, y: y, layers: layers).ranges.y
    var stacked: [Double: Int] = [:]
    let crosses = summaries.flatMap { $0.crosses(below: range, on: y, &stacked) }
    if !crosses.isEmpty { y.range = range }
    return Figure(
      title: options.title, subtitle: subtitle,
      panels: [[Panel(x: xAxis, y: y, layers: layers + crosses)]], legend: legend, notes: notes,
      style: options.style)
  }

  private var xAxis: Axis {
    let numbers = keys.numbers ?? []
    let ticks = !hasNames && numbers.count <= 8 && FinalBuilder.fits(numbers, scale)
    return Axis(options.xName, scale: scale, tickValues: ticks ? numbers : nil)
  }

  /// Whether ticks at the key's own values do not crowd.
  private static func fits(_ numbers: [Double], _ scale: Axis.Scale) -> Bool {
    let axis = Axis("", scale: scale)
    let range = axis.fitted(to: numbers)
    let places = numbers.filter(axis.shows).map { axis.position($0, in: range) }
    return zip(places.dropFirst(), places).allSatisfy { $0 - $1 > 0.085 }
  }

  private static func isWide(_ values: [Double], _ options: SweepOptions) -> Bool {
    guard let least = values.min(), let most = values.max(), least > 0 else { return false }
    return !options.isHigherBetter && most / least >= 100
  }

  private func summary(_ group: String, index: Int) -> GroupSummary {
    // Names of one place stand side by side, so that bars do not lie on each other.
    let spread = isCategorical ? (Double(index) - Double(groups.names.count - 1) / 2) : 0
    let shift = spread * min(0.12, 0.6 / Double(max(1, groups.names.count)))
    var result = GroupSummary(stroke: groups.stroke(group))
    let members = Dictionary(grouping: values.filter { $0.group == group }) { keys.place($0.x) }
    for (place, key) in keys.values.enumerated() {
      guard let here = members[place] else { continue }
      let x = hasNames ? Double(place) + shift : key.asNumber ?? 0
      if here.contains(where: \.hasDiverged) { result.divergedAt.append(x) }
      guard let statistics = here.statistics else { continue }
      result.xs.append(x)
      result.means.append(statistics.mean)
      let ends = options.band.ends(
        of: here.seedMeans, isLogarithmic: isLogY, within: bounds)
      result.lower.append(ends?.lowerBound ?? .nan)
      result.upper.append(ends?.upperBound ?? .nan)
    }
    return result
  }

  private var legend: [LegendEntry] {
    groups.legend(heading: options.heading) { isCategorical ? .marker($0) : .lineAndMarker($0) }
  }

  /// How many seeds a mean has, place by place of each group.
  private var counts: [Int] {
    let places = Dictionary(grouping: values) { [$0.group, $0.x.display] }
    return places.values.compactMap { $0.statistics?.count }
  }

  private var language: Language { options.style.language }

  private var subtitle: String {
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return "" }
    return Words.means(
      options.band, isLogarithmic: isLogY, over: language.counted(least, most, options.seeds),
      language)
  }

  private var notes: [String] {
    var notes = options.notes + [groups.note(heading: options.heading)].compactMap { $0 }
    let diverged = values.count(where: \.hasDiverged)
    if diverged > 0 {
      notes.append(language(.divergedCrosses, diverged, values.count))
    }
    let missing = values.count { $0.value == nil && !$0.hasDiverged }
    if missing > 0 { notes.append(language(.withoutValueLeftOut, missing)) }
    let isLog = if case .log = scale { true } else { false }
    if isLog, let numbers = keys.numbers, numbers.contains(where: { $0 <= 0 }) {
      notes.append(language(.noPlaceOf, options.xName))
    }
    return notes
  }
}

/// The means of one group.
private struct GroupSummary {
  let stroke: Stroke
  var xs: [Double] = []
  var means: [Double] = []
  /// The ends of the band at each place; not-a-number where there is none.
  var lower: [Double] = []
  var upper: [Double] = []
  var divergedAt: [Double] = []

  func under(isCategorical: Bool, opacity: Double) -> [Layer] {
    guard !isCategorical, hasBand, xs.count > 1 else { return [] }
    return [
      .band(Band(xs: xs, lower: lower, upper: upper, color: stroke.color, opacity: opacity))
    ]
  }

  private var hasBand: Bool { zip(lower, upper).contains { $0 < $1 } }

  func over(isCategorical: Bool) -> [Layer] {
    let bars = hasBand && (isCategorical || xs.count == 1)
    let points = Layer.points(
      Points(
        xs: xs, ys: means, bars: bars ? Points.Bars(lower: lower, upper: upper) : nil,
        stroke: stroke, size: 1.5))
    guard !isCategorical else { return [points] }
    return [.line(Line(xs: xs, ys: means, stroke: stroke)), points]
  }

  /// Crosses at the upper edge; those of several groups at one place stand below each other.
  func crosses(below range: ClosedRange<Double>, on axis: Axis, _ stacked: inout [Double: Int])
    -> [Layer]
  {
    guard !divergedAt.isEmpty else { return [] }
    var cross = stroke
    cross.marker = .cross
    let ys = divergedAt.map { x -> Double in
      let place = stacked[x, default: 0]
      stacked[x] = place + 1
      return axis.value(at: max(0, 1 - 0.04 * Double(place)), in: range)
    }
    return [.points(Points(xs: divergedAt, ys: ys, stroke: cross, size: 1.8))]
  }
}
