import TensorKernels
import Tracking

/// Draws a parameter's first values by key and counter: each number by its own index, so that no
/// other parameter changes it.
struct Initializer {
  private let chosen: Chosen

  init(_ chosen: Chosen) { self.chosen = chosen }

  /// The values of one parameter in PyTorch's order, by the formulas of `torch.nn.init`.
  func values(of parameter: ParameterTensor, _ random: CounterRandom) -> [Double] {
    let count = parameter.shape.count
    let inputs = Double(parameter.fanIn)
    let outputs = Double(parameter.fanOut)
    if parameter.isBias && chosen.name != "default" { return zeros(count) }
    return switch chosen.name {
    case "default": uniform(count, within: 1 / inputs.squareRoot(), random)
    case "kaiming-uniform":
      uniform(count, within: parameter.gain * (3 / inputs).squareRoot(), random)
    case "kaiming-normal": normal(count, parameter.gain / inputs.squareRoot(), random)
    case "xavier-uniform": uniform(count, within: (6 / (inputs + outputs)).squareRoot(), random)
    case "xavier-normal": normal(count, (2 / (inputs + outputs)).squareRoot(), random)
    case "normal": normal(count, chosen.number("std"), random)
    case "uniform": uniform(count, within: chosen.number("bound"), random)
    case "identity": identity(parameter.shape)
    default: zeros(count)
    }
  }

  private func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }

  private func uniform(_ count: Int, within bound: Double, _ random: CounterRandom) -> [Double] {
    (0..<count).map { bound * (2 * random.uniform(0, $0) - 1) }
  }

  private func normal(_ count: Int, _ deviation: Double, _ random: CounterRandom) -> [Double] {
    (0..<count).map { deviation * random.normal(0, $0) }
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
