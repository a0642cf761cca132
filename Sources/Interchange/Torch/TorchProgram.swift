public import Datasets
import Experiments
public import Foundation
import NeuralNet
public import Runs
import TensorKernels
public import Tracking

/// A run as a PyTorch program: the same data, network and training loop, as a person writes them.
///
/// Random numbers are NumPy's and PyTorch's own. Given Labbook's rows and first weights, as
/// `start` writes them, and without dropout and shuffling, its numbers are Labbook's up to rounding.
public struct TorchProgram {
  /// The program.
  public let text: String
  private let configuration: NetworkRun
  private let data: PreparedData

  /// Writes the program of one run.
  ///
  /// - Throws: `LabbookError` where the data cannot be had, or where PyTorch has nothing like a part
  ///   of the run.
  public init(
    _ configuration: NetworkRun, objective: Objective, library: DataLibrary
  ) throws(LabbookError) {
    do throws(DataError) { data = try library.prepare(configuration.data) } catch {
      throw .input(error.text, hint: error.hint)
    }
    let configuration = configuration.resolved(on: data)
    self.configuration = configuration
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph(configuration.layers, input: Shape(data.shape.featureShape))
    } catch { throw .input("The network does not fit its data: \(error)") }
    let training = TorchTraining(
      configuration: configuration, objective: objective, shape: data.shape, graph: graph)
    text = try TorchText(
      configuration: configuration, objective: objective, data: data, training: training
    ).text()
  }

  /// Labbook's own rows and first weights as safetensors, for the program's `--data` and `--init`.
  ///
  /// - Throws: `LabbookError` where an init file cannot be read.
  public func start() throws(LabbookError) -> (data: Data, weights: Data) {
    var tensors: [NamedTensor] = []
    let parts: [(String, Dataset?)] = [
      ("train", data.train), ("val", data.val), ("test", data.test),
    ]
    for (name, part) in parts {
      guard let part else { continue }
      tensors += part.tensors(name)
    }
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph(configuration.layers, input: Shape(data.shape.featureShape))
    } catch { throw .input("The network does not fit its data: \(error)") }
    let program = NetworkProgram<Float>(
      NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: 0))
    let settings = configuration.train
    if let path = Initializers.path(settings.initializer) {
      try program.initialize(from: Safetensors.read(path: path))
    } else {
      program.initialize(settings.initializer, seed: settings.seed)
    }
    return (Safetensors.encode(tensors), Safetensors.encode(program.namedTensors))
  }
}

extension Dataset {
  /// The rows as tensors `NAME.x` and, where there are targets, `NAME.y`.
  fileprivate func tensors(_ name: String) -> [NamedTensor] {
    let x = NamedTensor(
      name: name + ".x", shape: [rows] + featureShape, values: Array(features.elements))
    let targets: [Float]
    var shape = [rows]
    switch self.targets {
    case .classes(let labels, _): targets = labels.elements.map { Float($0) }
    case .values(let values, let columns):
      targets = Array(values.elements)
      if columns > 1 { shape.append(columns) }
    case .none: return [x]
    }
    return [x, NamedTensor(name: name + ".y", shape: shape, values: targets)]
  }
}
