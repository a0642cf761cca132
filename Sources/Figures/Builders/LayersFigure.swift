import Drawing
import Languages
public import Tracking

/// What one run measured of its layers at one epoch, from the input to the output.
public struct LayerProfile: Hashable, Sendable {
  /// Equal for the seeds of one configuration.
  public var configuration: String
  /// What has a colour and a line in the legend.
  public var group: String
  /// What tells its line apart from the others of its group; empty where it is alone.
  public var detail = ""
  /// The run's seed.
  public var seed: Int
  /// Whether the run's loss stopped being finite.
  public var hasDiverged: Bool
  /// The layers, by name, with the mean and the deviation of what they put out.
  public var activations: [Activation]
  /// The weights, by name, with the norm of their gradient.
  public var gradients: [Gradient]

  /// What one layer puts out.
  public struct Activation: Hashable, Sendable {
    /// The layer, such as `0 linear`.
    public var layer: String
    /// Over rows and numbers.
    public var mean: Double
    /// Over rows and numbers.
    public var deviation: Double

    /// Makes the measurement of a layer.
    public init(layer: String, mean: Double, deviation: Double) {
      self.layer = layer
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// The gradient of one weight.
  public struct Gradient: Hashable, Sendable {
    /// The weight, such as `0.weight`.
    public var parameter: String
    /// The gradient's norm before clipping.
    public var norm: Double

    /// Makes the measurement of a weight.
    public init(parameter: String, norm: Double) {
      self.parameter = parameter
      self.norm = norm
    }
  }

  /// Makes the measurements of a run.
  public init(
    configuration: String, group: String, seed: Int, hasDiverged: Bool = false,
    activations: [Activation], gradients: [Gradient]
  ) {
    self.configuration = configuration
    self.group = group
    self.seed = seed
    self.hasDiverged = hasDiverged
    self.activations = activations
    self.gradients = gradients
  }
}

extension Figure {
  /// Mean and deviation of activations and norms of gradients against depth: a line for the mean
  /// over the seeds of each configuration, a band around it, a colour a group.
  ///
  /// - Parameter details: the keys by which the lines of a group differ; empty where it has one.
  public static func layers(
    _ profiles: [LayerProfile], heading: String = "", details: [String] = [], title: String,
    subtitle: String = "", band: SeedBand = .std, known: [String] = [], style: Style = .light
  ) -> Figure {
    LayersBuilder(profiles, heading, details, band, known, style)
      .figure(title: title, subtitle: subtitle)
  }
}

/// Puts a figure of layers together.
private struct LayersBuilder {
  private let profiles: [LayerProfile]
  private let heading: String
  private let style: Style
  private let groups: SeriesGroups
  private let details: LineDetails
  private let diverged: DivergedRuns
  private let band: SeedBand

  /// Runs that diverged would press all others flat; they are drawn only where there are no others.
  init(
    _ all: [LayerProfile], _ heading: String, _ keys: [String], _ band: SeedBand,
    _ known: [String], _ style: Style
  ) {
    self.band = band
    let healthy = all.filter { !$0.hasDiverged }
    profiles = healthy.isEmpty ? all : healthy
    var diverged = DivergedRuns()
    for profile in all {
      diverged.add(RunName(profile), of: profile.group, hasDiverged: profile.hasDiverged)
    }
    self.diverged = diverged
    self.heading = heading
    self.style = style
    groups = SeriesGroups(all.map(\.group), style: style, known: known, lost: diverged.lost)
    details = LineDetails(all.map(\.detail), keys: keys, groups, style: style)
  }

  func figure(title: String, subtitle: String) -> Figure {
    let layers = profiles.map { $0.activations.map(\.layer) }
    let weights = profiles.map { $0.gradients.map(\.parameter) }
    let panels = [
      panel(.activationMeans, .layer, layers, isLog: false) { $0.activations.map(\.mean) },
      panel(.activationDeviations, .layer, layers, isLog: true) {
        $0.activations.map(\.deviation)
      },
      panel(.gradientNorms, .weight, weights, isLog: true) { $0.gradients.map(\.norm) },
    ]
    let seeds = seedWords
    let words =
      (details.isNeeded ? [language(.lineIsConfiguration)] : [])
      + [Words.means(band, over: seeds, language)].filter { !$0.isEmpty }
    return Figure(
      title: title,
      subtitle: ((subtitle.isEmpty ? [] : [subtitle]) + words).joined(separator: "; "),
      panels: [panels],
      legend: groups.legend(heading: heading) { .lineAndMarker($0) } + details.legend,
      notes: notes(panels), style: style)
  }

  private var language: Language { style.language }

  private var seedWords: String { Words.seeds(seedCounts, .nounSeed, language) }

  private var seedCounts: [Int] {
    Array(
      profiles.reduce(into: [:] as [String: Int]) { $0[$1.configuration, default: 0] += 1 }.values)
  }

  private func panel(
    _ heading: Phrase, _ noun: Phrase, _ names: [[String]], isLog: Bool,
    _ values: (LayerProfile) -> [Double]
  ) -> Panel {
    let title = language(heading)
    let curves = profiles.map { profile -> CurveSeries in
      let ys = values(profile)
      var curve = CurveSeries(
        configuration: profile.configuration, group: profile.group, seed: profile.seed,
        hasDiverged: profile.hasDiverged, metric: Metric(title), steps: Array(ys.indices),
        xs: ys.indices.map(Double.init), ys: ys)
      curve.detail = profile.detail
      return curve
    }
    let plain = MeanCurve.all(curves, logX: false, MeanCurve.Spread())
    let known = plain.flatMap(\.ys).filter(\.isFinite)
    let spread = (known.max() ?? 0) / max(.leastNormalMagnitude, known.filter { $0 > 0 }.min() ?? 1)
    let isLog = isLog && spread > 10
    let means = MeanCurve.all(
      curves, logX: false, MeanCurve.Spread(band: band, isLogarithmic: { _ in isLog }))
    let opacity = max(0.04, min(0.18, 0.6 / Double(max(1, means.count))))
    var layers: [Layer] = []
    for mean in means where mean.hasBand && groups.isAlone(mean.group) {
      layers.append(.band(mean.band(color: stroke(mean).color, opacity: opacity)))
    }
    // What shares a look lies behind what has one of its own.
    let behind = means.filter { !groups.isAlone($0.group) }
    for mean in behind + means.filter({ groups.isAlone($0.group) }) {
      let stroke = stroke(mean)
      layers.append(.line(mean.line(stroke: stroke)))
      layers.append(.points(Points(xs: mean.xs, ys: mean.ys, stroke: stroke, size: 1.1)))
    }
    let y = Axis("", scale: isLog ? .log : .linear)
    return Panel(title: title, x: depthAxis(noun, names), y: y, layers: layers)
  }

  private func stroke(_ mean: MeanCurve) -> Stroke {
    details.applied(to: groups.stroke(mean.group), mean.detail)
  }

  /// Names along the axis where all networks have the same and there is room; numbers else.
  private func depthAxis(_ noun: Phrase, _ names: [[String]]) -> Axis {
    if let first = names.first, !first.isEmpty, first.count <= 14,
      names.allSatisfy({ $0 == first })
    {
      return Axis(language(noun), scale: .categories(first))
    }
    let count = names.map(\.count).max() ?? 1
    var axis = Axis(
      language(.fromTheInput, language(noun)), range: -0.5...(Double(max(1, count)) - 0.5))
    axis.isWhole = true
    return axis
  }

  private func notes(_ panels: [Panel]) -> [String] {
    var notes = [groups.note(heading: heading), details.note].compactMap { $0 }
    let isLog = panels.contains { $0.y.scale == .log }
    if isLog, !seedWords.isEmpty, [.std, .sem, .ci].contains(band) {
      notes.append(language(.bandOfLogarithm))
    }
    if diverged.count > 0 {
      let isAll = profiles.allSatisfy(\.hasDiverged)
      let words = diverged.words(heading, language)
      notes.append(isAll ? words + "." : language(.andLeftOut, words, diverged.count))
    }
    return notes
  }
}
