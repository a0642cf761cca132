import FileLanguage
import Runs
import Tracking

/// The parts of a merged file that runs are made of, found once.
struct FileTree {
  let root: SpecNode
  let data: SpecNode?
  /// The keys of `train` with their values.
  let train: [String: SpecNode]
  /// Networks by name in the order of the file; that of a `model:` at the top is called `model`.
  let models: [(name: String, node: SpecNode)]
  let modelNames: [String]

  /// The names of the parameters of outside programs, wherever the file has them.
  let parameters: [String]
  /// Whether `train` names a program, so that every sweep is one's.
  let isProgram: Bool
  /// Whether some sweep may be a program's.
  let hasProgram: Bool

  /// The name of the network that stands at the top.
  static let single = "model"

  init(_ root: SpecNode) {
    self.root = root
    data = root["data"]
    train = Dictionary(
      (root["train"]?.entries ?? []).map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
    var models = (root["models"]?.entries ?? []).map { (name: $0.key, node: $0.value) }
    if let model = root["model"] { models.append((Self.single, model)) }
    self.models = models
    modelNames = models.map(\.name)
    isProgram = train["command"].map { !$0.isNone } ?? false
    let sweeps = [root] + (root["notebook"]?.items ?? [])
    let changes = sweeps.flatMap { sweep in
      [sweep["with"], sweep["over"]].compactMap { $0 }
        + (sweep["variants"]?.entries ?? []).map(\.value)
    }
    let commands = ["command", "train.command"]
    hasProgram =
      isProgram || changes.contains { change in commands.contains { change[$0] != nil } }
    let sections = [root["train"]].compactMap { $0 } + changes
    let names = sections.flatMap { section in
      ["params", "train.params"].flatMap {
        SpecNode.flattened(section[$0]?.entries ?? []).map(\.key)
      }
    }
    var seen: Set<String> = []
    parameters = names.filter { seen.insert($0).inserted }
  }

  /// The network a run uses.
  struct ModelChoice {
    let name: String
    let node: SpecNode
    /// Whether it is written at `train.model`.
    let isInline: Bool

    var path: String { isInline ? "train.model" : "models.\(name)" }
    var title: String { isInline || name == FileTree.single ? "model" : "model '\(name)'" }
  }

  /// The network that the value of `train.model` means; `nil` where there is none, which is
  /// reported.
  func model(_ node: SpecNode?, _ problems: SpecProblems) -> ModelChoice? {
    guard let node else { return onlyModel(problems) }
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      if node.entries == nil, node.items == nil {
        problems.report(node.mark, ValueReader.sentence(node, "model"), expectedModel)
        return nil
      }
      return ModelChoice(name: "", node: node, isInline: true)
    }
    if let model = models.first(where: { $0.name == text }) {
      return ModelChoice(name: text, node: model.node, isInline: false)
    }
    let names = modelNames
    problems.report(
      node.mark, "there is no model \(Words.quoted(text))",
      names.isEmpty ? expectedModel : alternatives(text, among: names))
    return nil
  }

  private func onlyModel(_ problems: SpecProblems) -> ModelChoice? {
    if models.count == 1, let only = models.first {
      return ModelChoice(name: only.name, node: only.node, isInline: false)
    }
    let place = root.entry("models") ?? root.entry("train")
    if models.isEmpty {
      if root["models"] == nil && !isMisspelt("model") && !isMisspelt("models")
        || root["models"]?.entries?.isEmpty == true
      {
        problems.report(
          place?.keyMark ?? root.mark, "the file has no model to train", expectedModel)
      }
    } else if root["model"] == nil || root["models"] == nil {
      problems.report(
        place?.keyMark ?? root.mark, "it is open which of the \(models.count) models is trained",
        [
          "write train: {model: NAME}, or over: {model: all}; NAME is one of: "
            + modelNames.joined(separator: ", ")
        ])
    }
    return nil
  }

  /// Whether a key of the top seems to be there under a wrong name, which is reported as such.
  func isMisspelt(_ name: String) -> Bool {
    (root.entries ?? []).contains {
      !TopKey.names.contains($0.key) && meantName($0.key, among: TopKey.names) == name
    }
  }

  private var expectedModel: [String] {
    let names = modelNames
    return names.isEmpty
      ? ["expected a network, such as model: {mlp: {hidden: [100]}}"]
      : ["expected one of: " + names.joined(separator: ", ")]
  }
}

extension SettingPath {
  /// How many keys it goes down; a source's name counts as one above the settings beside it.
  var depth: Int {
    switch self {
    case .absolute(["data", "source"]): 1
    case .absolute(let parts): parts.count
    case .ownModel(let parts): parts.count + 2
    }
  }

  /// Whether it leads into a network.
  var isModel: Bool {
    switch self {
    case .absolute(let parts): parts[0] == "models"
    case .ownModel: true
    }
  }

  /// The path below a run's own model; `nil` where it leads into another.
  func withinModel(_ name: String, isInline: Bool) -> [String]? {
    switch self {
    case .ownModel(let rest): rest
    case .absolute(let parts):
      !isInline && parts.count > 1 && parts[1] == name ? Array(parts.dropFirst(2)) : nil
    }
  }
}

extension SpecNode {
  /// Entries with what lies in mappings by dotted names; of two of one name the later one.
  static func flattened(_ entries: [Entry], _ prefix: String = "") -> [Entry] {
    var found: [Entry] = []
    for entry in entries {
      let name = prefix + entry.key
      let inner = entry.value.entries ?? []
      let flat =
        inner.isEmpty
        ? [Entry(name, entry.keyMark, entry.value)] : flattened(inner, name + ".")
      for one in flat {
        if let place = found.firstIndex(where: { $0.key == one.key }) {
          found[place] = one
        } else {
          found.append(one)
        }
      }
    }
    return found
  }
}
