import NeuralNet
import TensorKernels
import Tracking

/// A small network drawn by a seed: any modules, branches, residuals, shared layers.
struct RandomGraph {
  private(set) var layers: [LayerSpec] = []
  let input: Shape
  private(set) var loss = "cross-entropy"
  private let random: CounterRandom
  private var draws = 0
  /// The shape behind the last layer, and named layers with theirs.
  private var shape: Shape
  private var named: [(name: String, shape: Shape)] = []

  init(seed: Int) {
    random = CounterRandom(seed: seed, purpose: .search)
    input = seed % 3 == 0 ? Shape([1 + seed % 2, 5, 4]) : Shape([1, 2, 3, 9, 18][seed % 5])
    shape = input
    for _ in 0..<(2 + draw(5)) { addSomething() }
    layers.append(linear(2 + draw(3)))
    let endings: [(String, String?)] = [
      ("cross-entropy", nil), ("nll", "log-softmax"), ("mse", nil), ("bce-with-logits", nil),
      ("bce", "sigmoid"), ("huber", nil), ("mse", "softmax"),
    ]
    let ending = endings[draw(endings.count)]
    loss = ending.0
    if let last = ending.1 { layers.append(layer(last)) }
  }

  private mutating func draw(_ bound: Int) -> Int {
    draws += 1
    return random.integer(below: bound, 0, draws)
  }

  private mutating func addSomething() {
    if shape.sizes.count == 3 && draw(3) > 0 { return addImageLayer() }
    switch draw(8) {
    case 0, 1: add(linear(sizes), Shape(sizes))
    case 2: add(prototypes(3), Shape(3))
    case 3: addResidual()
    case 4: addBranches()
    case 5: addShared()
    default: addActivation()
    }
    if shape.sizes.count == 3 && draw(3) == 0 { add(layer("flatten"), Shape(shape.count)) }
  }

  private var sizes: Int { [3, 4, 10][layers.count % 3] }

  private mutating func add(_ layer: LayerSpec, _ output: Shape) {
    layers.append(layer)
    shape = output
  }

  private mutating func activation() -> LayerSpec {
    let gentle: [LayerSpec] = [
      layer("relu"), layer("leaky-relu"), layer("elu"), layer("gelu"), layer("silu"),
      layer("gelu", ["approximate": .text("tanh")]), layer("softplus"), layer("sigmoid"),
      layer("tanh"), layer("dropout", ["p": .number(0.3)]),
      layer("batch-norm", ["eps": .number(0.1)]), layer("layer-norm", ["eps": .number(0.1)]),
    ]
    return gentle[draw(gentle.count)]
  }

  private mutating func addActivation() {
    if shape.sizes.count == 1, draw(6) == 0 {
      return add(layer(draw(2) == 0 ? "softmax" : "log-softmax"), shape)
    }
    add(activation(), shape)
  }

  private mutating func addImageLayer() {
    let (height, width) = (shape.sizes[1], shape.sizes[2])
    guard min(height, width) >= 3 else { return add(layer("flatten"), Shape(shape.count)) }
    switch draw(5) {
    case 0: add(conv(2, 3, padding: 1), Shape([2, height, width]))
    case 1: add(conv(3, 2), Shape([3, height - 1, width - 1]))
    case 2:
      add(pool("max", 2, stride: 1), Shape([shape.sizes[0], height - 1, width - 1]))
    case 3: add(pool("avg", 2), Shape([shape.sizes[0], height / 2, width / 2]))
    default: addActivation()
    }
  }

  private mutating func addResidual() {
    let width = shape.count
    guard shape.sizes.count == 1, width < 40 else { return addActivation() }
    var inner = [linear(width), activation()]
    if draw(2) == 0 { inner.append(linear(width)) }
    add(residual(inner), shape)
  }

  /// Two or three layers that read the same value, joined.
  private mutating func addBranches() {
    let base = "v\(layers.count)"
    if layers.isEmpty { add(linear(4), Shape(4)) }
    layers[layers.count - 1].name = base
    let names = (0..<(2 + draw(2))).map { "\(base)b\($0)" }
    for name in names { layers.append(linear(5).named(name).from(base)) }
    switch draw(3) {
    case 0: add(joining("add", names), Shape(5))
    case 1: add(joining("max", names), Shape(5))
    default: add(joining("concat", names + [names[0]]), Shape(5 * (names.count + 1)))
    }
  }

  /// A layer, something between, and the layer again.
  private mutating func addShared() {
    let name = "s\(layers.count)"
    add(linear(4), Shape(4))
    add(linear(4).named(name), shape)
    add(activation(), shape)
    add(linear(4).sharing(name), shape)
  }
}
