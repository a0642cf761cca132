import FileLanguage
import Foundation
import NeuralNet
import Tracking

/// A file of initial weights can be read, and has exactly the network's parameters.
final class InitialWeights {
  private var files: [String: Result<[NamedTensor], LabbookError>] = [:]

  /// After so many tensors that do not fit the others are only counted.
  private static let most = 3

  func check(_ draft: RunDraft, _ graph: Graph, _ problems: SpecProblems) {
    guard let part = draft.train["init"], let node = part.node,
      let path = part.chosen.flatMap(Initializers.path)
    else { return }
    let mark = node["path"]?.mark ?? node.mark
    guard FileManager.default.fileExists(atPath: path) else {
      return problems.report(mark, "\(path) does not exist")
    }
    switch tensors(path) {
    case .failure(let error):
      problems.report(mark, error.message, error.hint.isEmpty ? [] : [error.hint])
    case .success(let tensors):
      let mismatches = graph.mismatches(with: tensors)
      if mismatches.isEmpty { return }
      let rest = mismatches.count - Self.most
      problems.report(
        mark, "the weights of '\(path)' do not fit \(draft.modelTitle)",
        Array(mismatches.prefix(Self.most)) + (rest > 0 ? ["and \(rest) more"] : []))
    }
  }

  private func tensors(_ path: String) -> Result<[NamedTensor], LabbookError> {
    if let known = files[path] { return known }
    let result: Result<[NamedTensor], LabbookError>
    do throws(LabbookError) {
      result = .success(try Safetensors.read(path: path))
    } catch {
      result = .failure(error)
    }
    files[path] = result
    return result
  }
}
