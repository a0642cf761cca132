package import Datasets
package import Experiments
import Foundation
package import Languages
package import NeuralNet
import Results
import RunStorage
package import Runs
package import Tracking

/// The networks that a picture asks: of each group the best configuration's, loaded from the store.
package struct AskedNetworks {
  /// What stands above the picture.
  package var title: String
  /// The name of its group.
  package let group: String
  package let configuration: NetworkRun
  package let data: PreparedData
  /// When they are asked.
  package private(set) var moment = TrainingMoment.end
  /// A network a run, in the order of the seeds.
  package let networks: [Predictor]
  /// Runs of the configuration that are not asked.
  package let left: LeftRuns

  /// Says in the title when the networks are asked.
  package mutating func addMoment(
    _ moment: TrainingMoment, isOnlyGroup: Bool, _ language: Language
  ) {
    self.moment = moment
    let when = moment.title(language)
    title = isOnlyGroup ? when : "\(group), \(when)"
  }
}

extension FigureMaker {
  /// The best configuration of every group, or of every model, with the networks of its runs.
  ///
  /// - Parameters:
  ///   - key: a group a value of this key; `nil` means a group a model.
  ///   - metric: chooses the best configuration; `nil` means the objective.
  ///   - firstOnly: whether its first run alone is asked.
  ///   - moments: when they are asked, one after the other for each group.
  package func networks(
    by key: SweepKey?, best metric: Metric?, firstOnly: Bool, moments: [TrainingMoment] = [.end]
  ) throws -> [AskedNetworks] {
    let groups = key.map { sweep.groups(by: $0) } ?? sweep.modelGroups
    let metric = metric ?? sweep.objective.metric
    let asked = try groups.flatMap { group in
      try moments.compactMap { moment in
        var asked = try network(
          of: group, by: key, best: metric, firstOnly: firstOnly, at: moment)
        if moments != [.end] { asked?.addMoment(moment, isOnlyGroup: groups.count == 1, language) }
        return asked
      }
    }
    guard !asked.isEmpty else { throw noWeights("to draw from") }
    return asked
  }

  private func network(
    of group: SweepView.Group, by key: SweepKey?, best metric: Metric, firstOnly: Bool,
    at moment: TrainingMoment
  ) throws -> AskedNetworks? {
    let ranked = try sweep.ranked(group.points.filter { !$0.runs.isEmpty }, by: metric, .best)
    guard let best = ranked.first else { return nil }
    let configuration = try best.configuration.network()
    let data = try prepare(configuration)
    let (chosen, bad) = best.askedRuns(firstOnly: firstOnly)
    let networks = try chosen.compactMap { run in
      try predictor(run, configuration.with(seed: run.seed), data, at: moment)
    }
    guard !networks.isEmpty else { return nil }
    return AskedNetworks(
      title: title(of: best, in: group, by: key), group: group.told(language),
      configuration: configuration, data: data,
      networks: networks, left: LeftRuns(bad: bad, weightless: chosen.count - networks.count))
  }

  /// A run's network at a moment of its training; `nil` where it kept no weights of it or its numbers
  /// are not finite.
  private func predictor(
    _ run: RunRecord, _ configuration: NetworkRun, _ data: PreparedData,
    at moment: TrainingMoment
  ) throws -> Predictor? {
    var name = RunFile.weights
    switch moment {
    case .end: break
    case .epoch(0):
      let graph = try configuration.graph(data.shape)
      return try Predictor(
        configuration.layers, input: graph.input, weights: configuration.initialWeights(graph))
    case .epoch(let number):
      if run.epoch != number { name = RunFile.weights(ofEpoch: number) }
    }
    guard try store.artifacts(of: run.id).contains(where: { $0.name == name }) else { return nil }
    let weights = try Safetensors.decode(try store.artifact(name, of: run.id))
    guard weights.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else { return nil }
    return try Predictor(
      configuration.layers, input: Shape(data.shape.featureShape), weights: weights)
  }
}
