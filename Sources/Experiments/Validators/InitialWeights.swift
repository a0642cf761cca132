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
      problems.report(
        mark, error.message, error.hint.split(separator: "\n").map(String.init))
    case .success(let tensors):
      if let (name, place, value) = Self.firstNotFinite(tensors) {
        problems.report(
          mark,
          "the weights of '\(path)' are not finite: number \(place + 1) of '\(name)' is \(value)",
          [
            "numbers beyond 3.4e38 have no place in single precision; take weights of an earlier "
              + "checkpoint"
          ])
      }
      let mismatches = graph.mismatches(with: tensors)
      if mismatches.isEmpty { return }
      let rest = mismatches.count - Self.most
      problems.report(
        mark, "the weights of '\(path)' do not fit \(draft.modelTitle)",
        Array(mismatches.prefix(Self.most)) + (rest > 0 ? ["and \(rest) more"] : []))
    }
  }

  private static func firstNotFinite(
    _ tensors: [NamedTensor]
  ) -> (name: String, place: Int, value: Float)? {
    for tensor in tensors {
      if let place = tensor.values.firstIndex(where: { !$0.isFinite }) {
        return (tensor.name, place, tensor.values[place])
      }
    }
    return nil
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
