import Datasets
import NeuralNet
import Tracking

// The key of a run: the SHA-256 of canonical JSON of all that decides its numbers.
//
// It is made of the data's settings without paths but with the fingerprint of the files' bytes, the
// layers of the used model with the model's name (what `train.model` holds), everything else under
// `train`, the contents of an initial-weights file, and the version of the core's numerics. What is
// measured (`log`) is in it, as a run without it lacks the points. The objective is in it where it is
// not the default one: it chooses the best weights and steers early stopping.
package enum RunKey {
  /// The key of a configuration with its seed.
  package static func run(_ configuration: RunConfiguration, _ files: FileFingerprints) -> String {
    SHA256Digest.hex(of: json(configuration, files, seed: configuration.seed).text)
  }

  /// The key that all seeds and folds of a configuration have in common.
  package static func configuration(
    _ configuration: RunConfiguration, _ files: FileFingerprints
  ) -> String {
    SHA256Digest.hex(of: json(configuration.with(fold: nil), files, seed: nil).text)
  }

  /// The key without how long the run trains and without seed and fold, which `lineage(of:seed:fold:)`
  /// adds.
  ///
  /// `nil` where a longer run is another computation from its first update on: the schedule looks at
  /// the whole length, or nothing is trained.
  package static func lineage(
    _ configuration: RunConfiguration, _ files: FileFingerprints
  ) -> String? {
    guard hasLineage(configuration) else { return nil }
    return SHA256Digest.hex(
      of: json(configuration.with(fold: nil), files, seed: nil, hasDuration: false).text)
  }

  static func hasLineage(_ configuration: RunConfiguration) -> Bool {
    guard let train = configuration.network?.train else { return false }
    return train.loss != nil && Schedules.isOpenEnded(train.schedule)
  }

  /// What a run has in common with those that train longer or shorter.
  package static func lineage(
    of configuration: String?, seed: Int, fold: Int? = nil
  ) -> String? {
    let part = fold.map { "/fold \($0)" } ?? ""
    return configuration.map { SHA256Digest.hex(of: "\($0)/\(seed)\(part)") }
  }

  /// The parts of a network's key that many runs share.
  struct NetworkParts {
    let data: CanonicalJSON
    let model: CanonicalJSON
  }

  static func model(_ network: NetworkRun) -> CanonicalJSON {
    .object(["name": .text(network.modelName), "layers": .list(network.layers.map(layer))])
  }

  /// What is hashed; `seed` is `nil` for a configuration.
  package static func json(
    _ configuration: RunConfiguration, _ files: FileFingerprints, seed: Int?,
    hasDuration: Bool = true
  ) -> CanonicalJSON {
    json(configuration, files, nil, seed: seed, hasDuration: hasDuration)
  }

  /// The same; `shared` is what is known of it.
  static func json(
    _ configuration: RunConfiguration, _ files: FileFingerprints, _ shared: NetworkParts?,
    seed: Int?,
    hasDuration: Bool = true
  ) -> CanonicalJSON {
    var parts: [String: CanonicalJSON]
    switch configuration.body {
    case .network(let network):
      parts = [
        "core": .integer(NumericsVersion.current),
        "data": shared?.data ?? data(network.data, files),
        "model": shared?.model ?? model(network),
        "train": train(
          network.train, files.initialWeights, seed: seed, hasDuration: hasDuration),
      ]
    case .program(let program):
      let told = program.withoutAbsent
      parts = [
        "command": .list(told.command.map(CanonicalJSON.text)),
        "params": .object(told.parameters.mapValues(CanonicalJSON.value)),
      ]
      if !program.environment.isEmpty {
        parts["env"] = .object(program.environment.mapValues(CanonicalJSON.text))
      }
      if var contents = files.program, !contents.isEmpty {
        // Nothing stands for a file that earlier runs did not have.
        for (path, meant) in files.accepted ?? [:] { contents[path] = meant.isEmpty ? nil : meant }
        parts["files"] = .object(contents.mapValues(CanonicalJSON.text))
      }
      parts["seed"] = seed.map(CanonicalJSON.integer)
    }
    // What a program computes does not depend on what it is judged by.
    if let standard = configuration.defaultObjective, configuration.objective != standard {
      parts["objective"] = .object([
        configuration.objective.direction.rawValue: .text(configuration.objective.metric.name)
      ])
    }
    return .object(parts)
  }
}

extension RunConfiguration {
  /// The objective of a file that names none: the least validation loss, else training loss; a program
  /// has none.
  var defaultObjective: Objective? {
    network.map { Objective($0.data.split.hasValidation ? .valLoss : .trainLoss, .minimize) }
  }
}
