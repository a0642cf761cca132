import Datasets
import FileLanguage
import Languages
import Runs
import Tracking

/// Reads `open`: what a hand-in may set of the file.
struct OpenKeyReader {
  let problems: SpecProblems
  let tree: FileTree

  /// The keys that may be open; the others are reported.
  func keys(_ node: SpecNode?) -> OpenKeys {
    guard let node else { return OpenKeys() }
    let values = ValueReader(problems: problems)
    guard values.value(node, as: .list(.text, count: 0...1000), of: "open") != nil else {
      return OpenKeys()
    }
    var keys: [OpenKeys.Key] = []
    for item in node.items ?? [] {
      guard let key = key(item.text ?? "", item.mark) else { continue }
      if keys.contains(where: { $0.path == key.path }) {
        problems.report(item.mark, "'\(key.written)' is open already")
      } else {
        keys.append(key)
      }
    }
    return OpenKeys(keys)
  }

  private func key(_ text: String, _ mark: Mark) -> OpenKeys.Key? {
    if let why = Self.closed(text) {
      problems.report(
        mark, "\(Words.quoted(text)) cannot be open: \(why)",
        ["open are single values below data, models and train, such as train.lr"])
      return nil
    }
    guard let path = tree.paths(problems).path(text, at: mark) else { return nil }
    return OpenKeys.Key(path: path, written: text, mark: mark)
  }

  /// Why a path can never be open; `nil` where it may.
  static func closed(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let ofTrain = parts.first == "train" ? parts.dropFirst().first : parts.first
    if let key = ofTrain, TrainKeys.key(key) == nil, ProgramKeys.key(key) != nil {
      return "a hand-in says nothing of what is started, and 'labbook grade' starts no program"
    }
    if parts == ["data"] { return "the data has files among its keys, and a hand-in names no file" }
    if ["models", "train"].contains(text) { return "that is all of '\(text)'" }
    if parts.count == 1, TrainKeys.key(text) == nil, TopKey.names.contains(text) {
      return "it is the teacher's"
    }
    return namesFile(parts) ? "a hand-in names no file" : nil
  }

  /// Whether a path may hold that of a file.
  private static func namesFile(_ parts: [String]) -> Bool {
    if parts.first == "data", parts.count > 1 {
      return Sources.all.flatMap(\.settings).contains {
        $0.name == parts[1] && $0.kind.mayHoldPath
      }
    }
    let path = parts.first == "train" ? Array(parts.dropFirst()) : parts
    guard path.count > 1, case .choice(let set)? = TrainKeys.key(path[0])?.shape else {
      return false
    }
    return set.choices.flatMap(\.settings).contains { $0.name == path[1] && $0.kind.mayHoldPath }
  }
}

extension Setting.Kind {
  /// Whether a value of the kind may be, or hold, the path of a file.
  var mayHoldPath: Bool {
    switch self {
    case .path: true
    case .list(let inner, _), .mapping(let inner), .orOff(let inner): inner.mayHoldPath
    case .either(let kinds): kinds.contains(where: \.mayHoldPath)
    case .number, .integer, .flag, .text, .word, .layers: false
    }
  }
}
