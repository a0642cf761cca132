import FileLanguage
import NeuralNet
import Tracking

/// One key of `train`, read: its values below the key's path, and where they stand.
struct TrainPart {
  /// Values by their path below the key; `""` is the key itself (a choice's name, a plain value).
  let values: [String: ParameterValue]
  /// The choice, where the key holds one.
  let chosen: Chosen?
  /// The place of the value; `nil` where the file says nothing.
  let node: SpecNode?

  /// The values in the order of their paths.
  let hyperparameters: [Hyperparameter]

  init(key: String, _ values: [String: ParameterValue], chosen: Chosen? = nil, node: SpecNode?) {
    self.values = values
    self.chosen = chosen
    self.node = node
    hyperparameters = values.sorted { $0.key < $1.key }.map {
      Hyperparameter($0.key.isEmpty ? "train.\(key)" : "train.\(key).\($0.key)", $0.value)
    }
  }

  /// A choice with its settings.
  init(key: String, _ chosen: Chosen, node: SpecNode?) {
    var values = chosen.values
    values[""] = .text(chosen.name)
    self.init(key: key, values, chosen: chosen, node: node)
  }

  /// The key's own value.
  var value: ParameterValue { values[""] ?? .off }
}

/// Reads the keys of `train` one by one, all but `model`.
struct TrainReader {
  let problems: SpecProblems
  private var sections: SectionReader { SectionReader(problems: problems) }

  /// The values of keys the file does not write.
  static let standards: [String: ParameterValue] = [
    "seed": .integer(1), "lr": .number(1e-3), "weight_decay": .number(0), "l1": .number(0),
    "clip_norm": .off, "batch_size": .integer(32), "epochs": .integer(20), "shuffle": .flag(true),
  ]

  /// Reads one key; `nil` where its value is wrong, or where nothing holds without it.
  func part(_ key: Key, _ node: SpecNode?) -> TrainPart? {
    switch key.shape {
    case .value(let kind): return plain(key.name, kind, node)
    case .choice(let set): return choice(key.name, set, node)
    case .orOff(.section(let keys)):
      guard let node, !node.isNone else {
        return TrainPart(key: key.name, ["": .off], node: node)
      }
      return section(key.name, keys, node)
    case .section(let keys): return section(key.name, keys, node)
    default: return nil
    }
  }

  private func plain(_ name: String, _ kind: Setting.Kind, _ node: SpecNode?) -> TrainPart? {
    guard let node else {
      return Self.standards[name].map { TrainPart(key: name, ["": $0], node: nil) }
    }
    return sections.values.value(node, as: kind, of: name).map {
      TrainPart(key: name, ["": $0], node: node)
    }
  }

  private func choice(_ name: String, _ set: ChoiceSet, _ node: SpecNode?) -> TrainPart? {
    if let node {
      return sections.choice(node, set, of: name).map { TrainPart(key: name, $0, node: node) }
    }
    // The loss depends on the data, so nothing holds for it here.
    guard name != "loss", let standard = TrainKeys.key(name)?.standard,
      let choice = set.choice(standard)
    else { return nil }
    let mark = Mark(SpecSource(name: "", folder: "", text: ""), line: 0, column: 0)
    return sections.resolve(choice, [], at: mark).map { TrainPart(key: name, $0, node: nil) }
  }

  private func section(_ name: String, _ keys: [Key], _ node: SpecNode?) -> TrainPart? {
    var values: [String: ParameterValue] = [:]
    if let node {
      let before = problems.list.count
      guard let found = sections.section(node, keys, of: name) else { return nil }
      guard problems.list.count == before else { return nil }
      values = found
    }
    for key in keys where values[key.name] == nil {
      // What has no default is not there unless it is written.
      guard case .value(let kind) = key.shape, !key.standard.isEmpty else { continue }
      let mark = Mark(SpecSource(name: "", folder: "", text: ""), line: 0, column: 0)
      let standard = SpecNode(.scalar(key.standard, isPlain: true), mark)
      values[key.name] = ValueReader.fitting(standard, kind)
    }
    return TrainPart(key: name, values, node: node)
  }
}
