import Tracking

/// Square windows that slide over an image with a stride, zeros or nothing around it.
package struct Windows: Sendable {
  package let side: Int
  package let stride: Int
  package let padding: Int
  /// The stride that was written, where one was.
  private let ownStride: Int?

  /// The most numbers a window's side, stride or padding may have.
  static let most = 10_000

  /// Reads `kernel`, `stride` (the kernel where it is off) and `padding`.
  init(_ chosen: Chosen) {
    side = chosen.integer("kernel")
    if case .integer(let stride) = chosen.values["stride"] {
      self.stride = stride
      ownStride = stride
    } else {
      stride = side
      ownStride = nil
    }
    padding = chosen.integer("padding")
  }

  static let kernel = Setting(
    "kernel", .integer(1...most), default: nil, "height and width of the window")
  static let padding = Setting(
    "padding", .integer(0...most), default: .integer(0), "zeros put around the image")
  static let poolStride = Setting(
    "stride", .orOff(.integer(1...most)), default: .off,
    "numbers from one window to the next; the kernel's size by itself")
  static let poolPadding = Setting(
    "padding", .integer(0...most), default: .integer(0),
    "numbers put around the image, at most half the kernel")

  /// The number of windows down and across.
  func counts(over shape: Shape, _ name: String) throws(ShapeMismatch) -> (Int, Int) {
    guard shape.sizes.count == 3 else {
      throw ShapeMismatch(
        "\(name) takes images of channels x height x width, but gets \(shape)",
        hint: "put it before the first linear layer, on data of images")
    }
    let sizes = shape.sizes[1...].map { $0 + 2 * padding }
    guard let least = sizes.min(), least >= side else {
      throw ShapeMismatch(
        "\(name) has a window of \(side), but its input is \(shape)",
        hint: "use a smaller kernel, more padding, or fewer layers that make images smaller")
    }
    return ((sizes[0] - side) / stride + 1, (sizes[1] - side) / stride + 1)
  }

  /// The same for pooling, whose padding must leave something in every window.
  func poolCounts(over shape: Shape, _ name: String) throws(ShapeMismatch) -> (Int, Int) {
    guard padding <= side / 2 else {
      throw ShapeMismatch(
        "\(name) has a padding of \(padding), more than half its kernel of \(side)")
    }
    return try counts(over: shape, name)
  }
}

extension Windows {
  /// A pooling layer of PyTorch's, which has the kernel's size for a stride by itself.
  func torchPool(_ function: String) -> TorchCall {
    TorchCall(
      function,
      [
        .integer(side), ownStride.flatMap { .integer($0, named: "stride") },
        .integer(padding, named: "padding", unless: 0),
      ])
  }

  /// The attributes of ONNX.
  var onnx: [(String, ONNXGraph.Attribute)] {
    [
      ("kernel_shape", .integers([side, side])), ("strides", .integers([stride, stride])),
      ("pads", .integers(Array(repeating: padding, count: 4))),
    ]
  }
}
