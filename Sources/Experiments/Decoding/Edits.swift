import FileLanguage
import NeuralNet
import Runs
import Tracking

/// A file's nodes with some of them changed.
struct Edits {
  private(set) var data: SpecNode?
  private(set) var train: [String: SpecNode]
  /// The keys of `train` that are not as the file has them.
  private(set) var changed: Set<String> = []
  /// Whether an outside program trains with them.
  let isProgram: Bool

  init(_ tree: FileTree, isProgram: Bool = false) {
    self.isProgram = isProgram
    data = tree.data
    train = tree.train
  }

  /// Writes one value; `false` where there is no such key here.
  mutating func apply(_ substitution: SweepSpec.Substitution) -> Bool {
    if isProgram {
      let path = Array(substitution.path.inProgram.dropFirst())
      guard let key = path.first, substitution.path.inProgram[0] == "train",
        let changed = Substituting.program(
          substitution.value, at: path, over: train[key])
      else { return false }
      train[key] = changed
      return true
    }
    guard case .absolute(let parts) = substitution.path else { return false }
    let rest = Array(parts.dropFirst(parts[0] == "data" ? 1 : 2))
    if parts[0] == "data" {
      guard let data, let changed = Substituting.data(substitution.value, at: rest, over: data)
      else { return false }
      self.data = changed
      return true
    }
    guard let key = TrainKeys.key(parts[1]),
      let changed = Substituting.train(key, substitution.value, at: rest, over: train[parts[1]])
    else { return false }
    for rival in ChoiceRule.rivals(of: parts[1], at: ["train"]) {
      train[rival] = nil
      self.changed.insert(rival)
    }
    train[parts[1]] = changed
    self.changed.insert(parts[1])
    return true
  }
}
