package import NeuralNet
package import Tracking

/// One layer as PyTorch has it: a case a kind.
package struct TorchLayer {
  package let spec: LayerSpec
  /// The shape of what it reads.
  package let input: Shape

  private var kind: Chosen { spec.kind }

  /// Whether its input has to be made a row first.
  package var needsFlattening: Bool {
    ["linear", "prototypes"].contains(kind.name) && input.sizes.count > 1
  }

  /// The module as Python makes it; `nil` for layers that join others.
  package var module: String? {
    switch kind.name {
    case "linear":
      return call("Linear", [String(input.count), width("outputs")] + noBias)
    case "relu": return "nn.ReLU()"
    case "leaky-relu": return call("LeakyReLU", number("slope", unless: 0.01, positional: true))
    case "elu": return call("ELU", number("alpha", unless: 1, positional: true))
    case "gelu":
      return call("GELU", kind.text("approximate") == "tanh" ? ["approximate=\"tanh\""] : [])
    case "silu": return "nn.SiLU()"
    case "softplus":
      return call("Softplus", number("beta", unless: 1) + number("threshold", unless: 20))
    case "sigmoid": return "nn.Sigmoid()"
    case "tanh": return "nn.Tanh()"
    case "softmax": return "nn.Softmax(dim=1)"
    case "log-softmax": return "nn.LogSoftmax(dim=1)"
    case "dropout": return call("Dropout", [PythonText.number(kind.number("p"))])
    case "flatten": return "nn.Flatten()"
    case "batch-norm":
      let name = input.sizes.count == 3 ? "BatchNorm2d" : "BatchNorm1d"
      return call(
        name,
        [String(input.sizes[0])] + number("eps", unless: 1e-5) + number("momentum", unless: 0.1))
    case "layer-norm":
      let sizes = input.sizes.map(String.init).joined(separator: ", ")
      return call("LayerNorm", ["[\(sizes)]"] + number("eps", unless: 1e-5))
    case "prototypes": return "Prototypes(\(width("count")), \(input.count))"
    case "conv2d", "max-pool2d", "avg-pool2d": return windows
    default: return nil
    }
  }

  private var windows: String {
    let kernel = String(kind.integer("kernel"))
    var arguments: [String] = []
    if case .integer(let stride) = kind.values["stride"],
      kind.name != "conv2d" || stride != 1
    {
      arguments.append("stride=\(stride)")
    }
    if kind.integer("padding") != 0 { arguments.append("padding=\(kind.integer("padding"))") }
    switch kind.name {
    case "max-pool2d": return call("MaxPool2d", [kernel] + arguments)
    case "avg-pool2d": return call("AvgPool2d", [kernel] + arguments)
    default:
      let channels = [String(input.sizes[0]), String(kind.integer("channels")), kernel]
      return call("Conv2d", channels + arguments + noBias)
    }
  }

  private var noBias: [String] { kind.flag("bias") ? [] : ["bias=False"] }

  private func width(_ key: String) -> String { kind.values[key]?.display ?? "" }

  private func call(_ name: String, _ arguments: [String]) -> String {
    PythonText.call("nn." + name, arguments)
  }

  private func number(_ key: String, unless standard: Double, positional: Bool = false) -> [String]
  {
    let value = kind.number(key)
    if value == standard { return [] }
    return [(positional ? "" : "\(key)=") + PythonText.number(value)]
  }

  /// What the layer makes of the values it joins.
  package static func joined(_ kind: String, _ values: [String]) -> String? {
    switch kind {
    case "add": values.joined(separator: " + ")
    case "max":
      values.dropFirst().reduce(values[0]) { "torch.maximum(\($0), \($1))" }
    case "concat": "torch.cat([\(values.joined(separator: ", "))], dim=1)"
    default: nil
    }
  }
}
