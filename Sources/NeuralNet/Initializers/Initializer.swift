import TensorKernels
import Tracking

/// Draws a parameter's first values by key and counter: each number by its own index, so that no
/// other parameter changes it.
struct Initializer {
  private let origin: WeightOrigin

  /// Prepares a checked choice other than a file, which is not drawn.
  init(_ chosen: Chosen) {
    origin = (Initializers.kind(chosen) ?? StandardInitializer(chosen)).origin
  }

  /// The values of one parameter in PyTorch's order.
  func values(of parameter: ParameterTensor, _ random: CounterRandom) -> [Double] {
    let count = parameter.shape.count
    return switch Self.first(parameter, origin) {
    case .uniform(let bound): (0..<count).map { bound * (2 * random.uniform(0, $0) - 1) }
    case .normal(let deviation): (0..<count).map { deviation * random.normal(0, $0) }
    case .zeros: Array(repeating: 0, count: count)
    case .identity: identity(parameter.shape)
    }
  }

  private static func first(_ parameter: ParameterTensor, _ origin: WeightOrigin) -> FirstValues {
    switch origin {
    case .layers(let values): values(parameter)
    case .weights(let values): parameter.isBias ? .zeros : values(parameter)
    case .file: .zeros
    }
  }

  /// Ones on the diagonal; for the windows of a convolution one at the middle of the diagonal
  /// channels', as `torch.nn.init.dirac_`.
  private func identity(_ shape: Shape) -> [Double] {
    if shape.sizes.count == 4 {
      let (channels, area) = (shape.sizes[1], shape.sizes[2] * shape.sizes[3])
      let middle = shape.sizes[2] / 2 * shape.sizes[3] + shape.sizes[3] / 2
      return (0..<shape.count).map {
        $0 % area == middle && $0 / (channels * area) == $0 / area % channels ? 1 : 0
      }
    }
    let width = shape.count / max(1, shape.sizes.first ?? 1)
    return (0..<shape.count).map { $0 / width == $0 % width ? 1 : 0 }
  }
}
