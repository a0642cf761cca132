public import Tracking

/// Every way to set the weights before the first update.
public enum Initializers {
  /// What `train.init` may name.
  public static let all: [Choice] = [
    Choice("default", "PyTorch's: uniform within 1 / sqrt(inputs), biases too"),
    Choice("kaiming-uniform", "uniform within gain sqrt(3 / inputs), biases zero"),
    Choice("kaiming-normal", "normal of deviation gain / sqrt(inputs), biases zero"),
    Choice("xavier-uniform", "uniform within sqrt(6 / (inputs + outputs)), biases zero"),
    Choice("xavier-normal", "normal of deviation sqrt(2 / (inputs + outputs)), biases zero"),
    Choice(
      "normal",
      settings: [
        Setting("std", .number(.notNegative), default: .number(1), "standard deviation")
      ],
      "normal of the given deviation, biases zero"),
    Choice(
      "uniform",
      settings: [
        Setting("bound", .number(.notNegative), default: .number(1), "values lie within +-bound")
      ],
      "uniform within the given bound, biases zero"),
    Choice("zeros", "every weight and bias zero"),
    Choice("identity", "ones on the diagonal of each weight, zero elsewhere"),
    Choice(
      "file",
      settings: [
        Setting("path", .path, default: nil, "a safetensors file with the network's parameters")
      ],
      "from a safetensors file"),
  ]
}
