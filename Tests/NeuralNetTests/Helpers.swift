import NeuralNet
import TensorKernels
import Testing
import Tracking

/// A choice with its settings at their defaults but for the given ones.
func chosen(
  _ choices: [Choice], _ name: String, _ values: [String: ParameterValue] = [:]
) -> Chosen {
  let settings = choices.first { $0.name == name }?.settings ?? []
  var all: [String: ParameterValue] = [:]
  for setting in settings { all[setting.name] = setting.standard ?? .off }
  return Chosen(name, all.merging(values) { $1 })
}

/// A layer with its settings at their defaults but for the given ones.
func layer(_ name: String, _ values: [String: ParameterValue] = [:]) -> LayerSpec {
  LayerSpec(chosen(Layers.all, name, values))
}

func linear(_ outputs: Int, bias: Bool = true) -> LayerSpec {
  layer("linear", ["outputs": .integer(outputs), "bias": .flag(bias)])
}

/// A layer that joins others.
func joining(_ kind: String, _ names: [String]) -> LayerSpec {
  layer(kind, ["inputs": .list(names.map(ParameterValue.text))])
}

func add(_ names: String...) -> LayerSpec { joining("add", names) }
func maximum(_ names: String...) -> LayerSpec { joining("max", names) }
func concat(_ names: String...) -> LayerSpec { joining("concat", names) }

func residual(_ layers: [LayerSpec]) -> LayerSpec {
  LayerSpec(Chosen("residual"), layers: layers)
}

extension LayerSpec {
  func named(_ name: String) -> LayerSpec {
    var copy = self
    copy.name = name
    return copy
  }

  func from(_ names: String...) -> LayerSpec {
    var copy = self
    copy.inputs = names
    return copy
  }

  func sharing(_ name: String) -> LayerSpec {
    var copy = self
    copy.share = name
    return copy
  }
}

/// Rows of numbers from N(0, 1), with classes or values drawn beside them.
func sampleData(
  rows: Int, features: Int, targets: TargetKind, seed: Int = 1
) -> NetworkData {
  let random = CounterRandom(seed: seed, purpose: .data)
  let numbers = SharedArray<Float>((0..<rows * features).map { Float(random.normal(0, $0)) })
  let kind: NetworkData.Targets =
    switch targets {
    case .classes(let count):
      .classes(
        SharedArray((0..<rows).map { Int32(random.integer(below: count, 1, $0)) }))
    case .values(let count):
      .values(SharedArray((0..<rows * count).map { Float(random.normal(2, $0)) }))
    }
  return NetworkData(features: numbers, targets: kind, rows: rows)
}

func prototypes(_ count: Int) -> LayerSpec { layer("prototypes", ["count": .integer(count)]) }

func conv(
  _ channels: Int, _ kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true
) -> LayerSpec {
  layer(
    "conv2d",
    [
      "channels": .integer(channels), "kernel": .integer(kernel), "stride": .integer(stride),
      "padding": .integer(padding), "bias": .flag(bias),
    ])
}

/// A pooling layer, `max` or `avg`.
func pool(_ kind: String, _ kernel: Int, stride: Int? = nil, padding: Int = 0) -> LayerSpec {
  layer(
    kind + "-pool2d",
    [
      "kernel": .integer(kernel), "stride": stride.map(ParameterValue.integer) ?? .off,
      "padding": .integer(padding),
    ])
}
