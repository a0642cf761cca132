import Drawing
import Datasets
package import Experiments
import Figures
import Languages
import NeuralNet
import Results
import RunStorage
package import Tracking

extension LayersPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.layers(self, cell)
  }
}

extension GradientsPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 24 }
  package static var mostNarrowGroups: Int? { 12 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.gradients(self, cell)
  }
}

extension FigureMaker {
  /// Activations and gradients of every group's runs against depth.
  package func layers(_ plot: LayersPlot, _ cell: PlotCell) throws -> Painting {
    let legend = sweep.legend(by: plot.by)
    let details = CurveDetails(legend.groups, told: [plot.by].compactMap { $0 })
    var profiles: [LayerProfile] = []
    for group in legend.groups {
      for point in group.points {
        let order = try LayerOrder(point.configuration.network(), library)
        for run in point.drawnRuns {
          if var profile = try profile(of: run, in: group.name, order, plot.epoch) {
            profile.detail = details.text(point, language)
            profiles.append(profile)
          }
        }
      }
    }
    guard profiles.contains(where: { !$0.activations.isEmpty }) else {
      throw try noLayers(plot.epoch)
    }
    let when = plot.epoch.map { language(.afterEpoch, $0) } ?? language(.afterLastEpoch)
    let title = title(cell, language(.titleLayers))
    let band = cell.look.band ?? .std
    let all = known(by: plot.by)
    return { [profiles] style in
      Figure.layers(
        profiles, heading: language.key(legend.heading),
        details: details.keys.map { language.key($0) }, title: title, subtitle: when,
        band: band, known: all, style: style)
    }
  }

  /// What a run measured; nothing where it diverged before, so that it is counted, `nil` where it has
  /// not measured its layers.
  private func profile(
    of run: RunRecord, in group: String, _ order: LayerOrder, _ epoch: Int?
  ) throws -> LayerProfile? {
    let metrics =
      order.layers.flatMap {
        [Metric.activationMean(layer: $0.name), .activationDeviation(layer: $0.name)]
      }
      + order.weights.map { .gradientNorm(parameter: $0) }
    var values: [Metric: Double] = [:]
    for curve in try store.curves(of: [run.id], metrics) {
      let place = epoch.map { curve.epochs.lastIndex(of: $0) } ?? curve.values.indices.last
      if let place { values[curve.metric] = curve.values[place] }
    }
    guard !values.isEmpty else {
      guard run.status == .diverged else { return nil }
      return LayerProfile(
        configuration: run.configuration, group: group, seed: run.seed, hasDiverged: true,
        activations: [], gradients: [])
    }
    return LayerProfile(
      configuration: run.configuration, group: group, seed: run.seed,
      hasDiverged: run.status == .diverged,
      activations: order.layers.map { layer in
        LayerProfile.Activation(
          layer: "\(layer.name) \(layer.kind)",
          mean: values[.activationMean(layer: layer.name)] ?? .nan,
          deviation: values[.activationDeviation(layer: layer.name)] ?? .nan)
      },
      gradients: order.weights.map {
        LayerProfile.Gradient(
          parameter: $0, norm: values[.gradientNorm(parameter: $0)] ?? .nan)
      })
  }

  /// The error where no run has measured its layers, or not at that epoch.
  package func noLayers(_ epoch: Int?) throws -> LabbookError {
    let known = try store.metrics(of: sweep.runs.map(\.id))
    if known.contains(where: \.isOfLayer), let epoch {
      return .failure(
        "no run of the sweep '\(sweep.name)' has measured its layers at epoch \(epoch)")
    }
    return .failure(
      "no run of the sweep '\(sweep.name)' has measured its layers",
      hint: "write train: {log: {layers: true}}, then `labbook run FILE`")
  }

  /// Norms of the gradients of every group's best configuration over training.
  package func gradients(_ plot: GradientsPlot, _ cell: PlotCell) throws -> Painting {
    let networks = try chosen(by: plot.by, best: plot.metric, firstOnly: false).compactMap {
      choice -> GradientCurves? in
      let order = try LayerOrder(choice.configuration, library)
      let metrics = order.weights.map { Metric.gradientNorm(parameter: $0) }
      let names = Dictionary(zip(metrics, order.weights)) { first, _ in first }
      let runs = choice.runs + choice.bad.filter { $0.status == .diverged }
      let read = try store.curves(of: runs.map(\.id), metrics)
      let byRun = Dictionary(grouping: read, by: \.run)
      let curves = metrics.flatMap { metric in
        runs.compactMap { run -> CurveSeries? in
          let curve = byRun[run.id]?.first { $0.metric == metric }
          guard curve != nil || run.status == .diverged else { return nil }
          return CurveSeries(
            configuration: run.configuration, group: names[metric] ?? metric.name, seed: run.seed,
            hasDiverged: run.status == .diverged, metric: metric, steps: curve?.steps ?? [],
            xs: ((plot.isBySteps ? curve?.steps : curve?.epochs) ?? []).map(Double.init),
            ys: curve?.values ?? [])
        }
      }
      return curves.isEmpty ? nil : GradientCurves(title: choice.title, curves: curves)
    }
    guard networks.contains(where: { $0.curves.contains { !$0.ys.isEmpty } }) else {
      throw try noLayers(nil)
    }
    let title = title(cell, language(.titleGradients))
    let band = cell.look.band ?? .std
    return { style in
      Figure.gradients(
        networks, axis: plot.isBySteps ? .axisStep : .axisEpoch, title: title, band: band,
        style: style)
    }
  }
}
