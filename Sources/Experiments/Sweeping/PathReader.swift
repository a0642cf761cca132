import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// Reads the dotted paths of `over`, `with`, `variants`, `by`, `x`, `y`, `where` and `--set`.
struct PathReader {
  let problems: SpecProblems
  /// The names under `models`.
  let models: [String]
  /// The names of the parameters of outside programs.
  var parameters: [String] = []
  /// Whether keys of programs are known at all.
  var hasProgram = false

  /// The path a text stands for; `nil` where there is no such key, which is reported.
  func path(_ text: String, at mark: Mark) -> SettingPath? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains("") else {
      problems.report(
        mark, "\(Words.quoted(text)) is no path",
        ["expected keys with single dots between them, such as optimizer.momentum"])
      return nil
    }
    switch parts[0] {
    case "data": return data(parts, mark)
    case "models": return model(parts, mark)
    case "train": return train(Array(parts.dropFirst()), mark)
    default:
      if SettingPath.isOfOwnModel(parts) {
        return .ownModel([MultilayerPerceptron.choice.name] + parts)
      }
      return train(parts, mark)
    }
  }

  private func data(_ parts: [String], _ mark: Mark) -> SettingPath? {
    let names =
      ["source"] + DataKeys.all.common.map(\.name)
      + Set(
        Sources.all.flatMap(\.settings).map(\.name)
      ).subtracting(DataKeys.all.common.map(\.name)).sorted()
    guard parts.count > 1 else { return .absolute(parts) }
    guard names.contains(parts[1]) else {
      return unknown(parts[1], in: "data", mark, names, prefix: "data.")
    }
    if parts[1] == "split", parts.count == 3 {
      let keys = DataConfiguration.splitSettings.map(\.name)
      guard keys.contains(parts[2]) else {
        return unknown(parts[2], in: "split", mark, keys, prefix: "data.split.")
      }
      return .absolute(parts)
    }
    return parts.count == 2 ? .absolute(parts) : tooDeep(parts, 2, mark)
  }

  private func train(_ parts: [String], _ mark: Mark) -> SettingPath? {
    guard let first = parts.first else {
      problems.report(
        mark, "train is not one key", ["expected one of its keys, such as lr or optimizer"])
      return nil
    }
    if let path = program(parts) { return path }
    guard let key = TrainKeys.key(first) else { return unknownBare(first, mark) }
    let path = ["train"] + parts
    guard parts.count > 1 else { return .absolute(path) }
    let known: [String]
    switch key.shape {
    case .choice(let set):
      known = Set(set.choices.flatMap(\.settings).map(\.name)).sorted()
      if parts[1] == "name", parts.count == 2 {
        problems.report(
          mark, "\(first).name is written \(first)", ["did you mean '\(first)'?"])
        return nil
      }
    case .section(let keys), .orOff(.section(let keys)): known = keys.map(\.name)
    default:
      if first == "model" { return .ownModel(Array(parts.dropFirst())) }
      return tooDeep(path, 2, mark)
    }
    guard known.contains(parts[1]) else {
      return unknown(parts[1], in: first, mark, known, prefix: "\(first).")
    }
    return parts.count == 2 ? .absolute(path) : tooDeep(path, 3, mark)
  }

  /// A path into what a program has; `nil` for any other.
  ///
  /// A name that networks have too is left as it is: what it means depends on the run.
  private func program(_ parts: [String]) -> SettingPath? {
    guard hasProgram else { return nil }
    if ProgramKeys.key(parts[0]) != nil { return .absolute(["train"] + parts) }
    guard TrainKeys.key(parts[0]) == nil, parameters.contains(parts.joined(separator: ".")) else {
      return nil
    }
    return .absolute(["train", "params"] + parts)
  }

  private func model(_ parts: [String], _ mark: Mark) -> SettingPath? {
    guard parts.count > 1 else {
      problems.report(
        mark, "models is not one key", ["to vary the network write model: [NAME, NAME]"])
      return nil
    }
    guard models.contains(parts[1]) else {
      problems.report(
        mark, "there is no model \(Words.quoted(parts[1]))", alternatives(parts[1], among: models))
      return nil
    }
    return .absolute(parts)
  }

  private func unknown(
    _ word: String, in owner: String, _ mark: Mark, _ known: [String], prefix: String
  ) -> SettingPath? {
    var notes = ["expected one of: " + known.joined(separator: ", ")]
    if let near = meantName(word, among: known) {
      notes.append("did you mean '\(prefix)\(near)'?")
    }
    problems.report(mark, "there is no key \(Words.quoted(word)) in \(owner)", notes)
    return nil
  }

  private func unknownBare(_ word: String, _ mark: Mark) -> SettingPath? {
    let known = parameters + TrainKeys.all.map(\.name) + SettingPath.modelKeys
    var notes =
      hasProgram && !parameters.isEmpty
      ? ["expected a parameter of the program: " + parameters.joined(separator: ", ")]
      : [
        "expected a key of train or of the model: " + known.joined(separator: ", "),
        "or a path that begins with data., models. or train.",
      ]
    let dataKeys = DataKeys.all.common.map(\.name) + Sources.all.flatMap(\.settings).map(\.name)
    if dataKeys.contains(word) || word == "source" {
      notes.append("did you mean 'data.\(word)'?")
    } else if models.contains(word) {
      notes.append("a model is chosen by model: [\(word), ...]")
    } else if let choice = TrainKeys.all.first(where: { Self.has($0, setting: word) }) {
      notes.append("did you mean '\(choice.name).\(word)'?")
    } else if let near = meantName(word, among: known) {
      notes.append("did you mean '\(near)'?")
    }
    problems.report(mark, "there is no key \(Words.quoted(word))", notes)
    return nil
  }

  /// Whether a key of `train` holds settings, one of this name among them.
  private static func has(_ key: Key, setting: String) -> Bool {
    switch key.shape {
    case .choice(let set):
      set.choices.contains { $0.settings.contains { $0.name == setting } }
    case .section(let keys), .orOff(.section(let keys)): keys.contains { $0.name == setting }
    default: false
    }
  }

  private func tooDeep(_ parts: [String], _ depth: Int, _ mark: Mark) -> SettingPath? {
    problems.report(
      mark, "'\(parts[..<depth].joined(separator: "."))' has no keys below it")
    return nil
  }
}

extension FileTree {
  /// A reader of paths into this file.
  func paths(_ problems: SpecProblems) -> PathReader {
    PathReader(
      problems: problems, models: modelNames, parameters: parameters,
      hasProgram: hasProgram)
  }
}
