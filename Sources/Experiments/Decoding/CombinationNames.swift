import FileLanguage
import NeuralNet
import Runs
import Tracking

/// What names mean in a `where`; remembers the path of each, and which of them had a value.
final class CombinationNames {
  private let reader: PathReader
  private var paths: [String: SettingPath?] = [:]
  /// The names that some combination had a value for.
  private(set) var found: Set<String> = []

  init(_ tree: FileTree) {
    reader = tree.paths(SpecProblems())
  }

  /// The value a name has in a combination: `.off` where another combination could have it, `nil`
  /// where none could.
  func value(
    of name: String, variant: String?, at value: (SettingPath) -> ParameterValue?
  ) -> ParameterValue? {
    if name == "variant" {
      if variant != nil { found.insert(name) }
      return variant.map(ParameterValue.text) ?? .off
    }
    guard let path = path(name) else { return nil }
    guard let value = value(path) else { return .off }
    found.insert(name)
    return value
  }

  /// The path a name stands for.
  func path(_ name: String) -> SettingPath? {
    if let known = paths[name] { return known }
    let place = Mark(SpecSource(name: "", folder: "", text: ""), line: 0, column: 0)
    let path = reader.path(name, at: place)
    paths[name] = .some(path)
    return path
  }

  /// The names an unknown one may have been meant to be.
  static var known: [String] {
    ["variant"] + TrainKeys.all.map(\.name) + SettingPath.modelKeys
  }
}
