import Tracking

/// One layer as operators of ONNX: a case a kind of module.
struct ONNXLayer {
  let node: Graph.Node
  /// The names of the values it reads.
  let inputs: [String]
  /// The names of its constants, as the module orders them.
  let parameters: [String]
  let buffers: [String]

  private var x: String { inputs[0] }

  /// Adds the layer's operators; the name of its output.
  func write(to graph: inout ONNXGraph) -> String {
    switch node.module {
    case is Linear:
      return graph.add("Gemm", [row(&graph)] + parameters, [("transB", .integer(1))])
    case is Residual, is Add:
      return inputs.count == 1 ? graph.add("Identity", inputs) : graph.add("Sum", inputs)
    case is Max: return graph.add("Max", inputs)
    case is Concat: return graph.add("Concat", inputs, [("axis", .integer(1))])
    case is Flatten: return row(&graph)
    case is Dropout: return graph.add("Identity", inputs)
    case is Prototypes: return prototypes(&graph)
    case is BatchNorm, is LayerNorm: return normalization(&graph)
    case is Conv2d, is MaxPool2d, is AvgPool2d: return windows(&graph)
    default: return activation(&graph)
    }
  }

  /// The input as rows of numbers.
  private func row(_ graph: inout ONNXGraph) -> String {
    node.inputShapes[0].sizes.count == 1 ? x : graph.add("Flatten", [x], [("axis", .integer(1))])
  }

  private func activation(_ graph: inout ONNXGraph) -> String {
    switch node.module {
    case is ReLU: return graph.add("Relu", [x])
    case let module as LeakyReLU:
      return graph.add("LeakyRelu", [x], [("alpha", .float(module.slope))])
    case let module as Elu: return graph.add("Elu", [x], [("alpha", .float(module.alpha))])
    case let module as Gelu: return gelu(module, &graph)
    case is Silu: return graph.add("Mul", [x, graph.add("Sigmoid", [x])])
    case let module as Softplus: return softplus(module, &graph)
    case is Sigmoid: return graph.add("Sigmoid", [x])
    case is Tanh: return graph.add("Tanh", [x])
    case is Softmax: return graph.add("Softmax", [x], [("axis", .integer(-1))])
    case is LogSoftmax: return graph.add("LogSoftmax", [x], [("axis", .integer(-1))])
    default: preconditionFailure("\(type(of: node.module)) has no operators of ONNX")
    }
  }

  /// x Φ(x), which operator set 17 has to be told in parts.
  private func gelu(_ module: Gelu, _ graph: inout ONNXGraph) -> String {
    let half = graph.constant("half", [1], [0.5])
    let one = graph.constant("one", [1], [1])
    var inner: String
    if module.throughTanh {
      let cubic = graph.constant("gelu.cubic", [1], [0.044715])
      let root = graph.constant("gelu.root", [1], [Float((2 / Double.pi).squareRoot())])
      let cube = graph.add("Mul", [graph.add("Mul", [x, x]), x])
      let sum = graph.add("Add", [x, graph.add("Mul", [cube, cubic])])
      inner = graph.add("Tanh", [graph.add("Mul", [sum, root])])
    } else {
      let root = graph.constant("gelu.half-root", [1], [Float(0.5.squareRoot())])
      inner = graph.add("Erf", [graph.add("Mul", [x, root])])
    }
    inner = graph.add("Add", [inner, one])
    return graph.add("Mul", [graph.add("Mul", [x, half]), inner])
  }

  private func softplus(_ module: Softplus, _ graph: inout ONNXGraph) -> String {
    let beta = graph.constant("softplus.beta.\(node.layer)", [1], [Float(module.beta)])
    let threshold = graph.constant(
      "softplus.threshold.\(node.layer)", [1], [Float(module.threshold)])
    let scaled = graph.add("Mul", [x, beta])
    let smooth = graph.add("Div", [graph.add("Softplus", [scaled]), beta])
    return graph.add("Where", [graph.add("Greater", [scaled, threshold]), x, smooth])
  }

  /// Minus the squared distance of each row to each point, from their differences.
  private func prototypes(_ graph: inout ONNXGraph) -> String {
    let axis = graph.constant("prototypes.point-axis", integers: [1])
    let last = graph.constant("prototypes.last-axis", integers: [2])
    let rows = graph.add("Unsqueeze", [row(&graph), axis])
    let difference = graph.add("Sub", [rows, parameters[0]])
    let square = graph.add("Mul", [difference, difference])
    let sum = graph.add("ReduceSum", [square, last], [("keepdims", .integer(0))])
    return graph.add("Neg", [sum])
  }

  private func normalization(_ graph: inout ONNXGraph) -> String {
    switch node.module {
    case let module as BatchNorm:
      return graph.add(
        "BatchNormalization", [x] + parameters + buffers, [("epsilon", .float(module.epsilon))])
    case let module as LayerNorm:
      return graph.add(
        "LayerNormalization", [x] + parameters,
        [("axis", .integer(1)), ("epsilon", .float(module.epsilon))])
    default: preconditionFailure("\(type(of: node.module)) normalises nothing")
    }
  }

  private func windows(_ graph: inout ONNXGraph) -> String {
    func attributes(_ windows: Windows) -> [(String, ONNXGraph.Attribute)] {
      [
        ("kernel_shape", .integers([windows.side, windows.side])),
        ("strides", .integers([windows.stride, windows.stride])),
        ("pads", .integers(Array(repeating: windows.padding, count: 4))),
      ]
    }
    switch node.module {
    case let module as Conv2d:
      return graph.add("Conv", [x] + parameters, attributes(module.windows))
    case let module as MaxPool2d: return graph.add("MaxPool", [x], attributes(module.windows))
    case let module as AvgPool2d:
      return graph.add(
        "AveragePool", [x], attributes(module.windows) + [("count_include_pad", .integer(1))])
    default: preconditionFailure("\(type(of: node.module)) has no windows")
    }
  }
}
