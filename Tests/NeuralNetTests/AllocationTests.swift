import CAllocationCounter
import NeuralNet
import TensorKernels
import Testing
import Tracking

@Suite struct AllocationTests {
  @Test func theCounterCounts() {
    let before = allocation_count()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 8)
    memory.deallocate()
    #expect(allocation_count() > before)
  }

  /// A thousand updates and evaluations, full and partial blocks among them, take nothing from the
  /// heap once each kind of block has been seen.
  @Test(arguments: ["sgd", "adam", "adamw", "rmsprop", "adagrad"])
  func updatesAllocateNothing(optimizer: String) throws {
    let layers = [
      linear(100), layer("relu"), layer("dropout"), linear(40), layer("tanh"), linear(3),
    ]
    let plan = NetworkPlan(
      graph: try Graph(layers, input: Shape(2)), loss: chosen(Losses.all, "cross-entropy"),
      optimizer: chosen(Optimizers.all, optimizer), weightDecay: 1e-4, l1: 1e-5, clipNorm: 1,
      measuresNorm: true, batchRows: 300, seed: 1)
    let program = NetworkProgram<Float>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 1)
    let data = sampleData(rows: 450, features: 2, targets: .classes(3))
    let order = RowOrder(count: 450)
    program.bind(data, order: order)
    func epoch(_ number: Int) {
      order.shuffle(seed: 1, draw: number)
      _ = program.step(0..<300, rate: 1e-3)
      _ = program.step(300..<450, rate: 1e-3)
      _ = program.evaluate(0..<450)
    }
    epoch(0)
    let before = allocation_count()
    for number in 1...500 { epoch(number) }
    #expect(allocation_count() == before)
    #expect(program.updates == 1002)
  }

  /// The same for images, branches, shared layers and normalisations, under a loss with weights and a
  /// schedule that sets the momentum.
  @Test func updatesOfEveryModuleAllocateNothing() throws {
    let layers = [
      conv(3, 3, padding: 1).named("c"), layer("batch-norm"), layer("relu").named("r"),
      concat("r", "input"), residual([conv(4, 3, padding: 1), layer("gelu")]), pool("max", 2),
      pool("avg", 2), layer("flatten"), linear(6).named("a"), layer("layer-norm"),
      linear(6).sharing("a").from("x"), layer("softplus"), prototypes(3),
    ]
    var wired = layers
    wired.insert(linear(6), at: 8)
    wired[9] = linear(6).named("a")
    wired[10] = layer("layer-norm").named("x")
    let plan = NetworkPlan(
      graph: try Graph(wired, input: Shape([1, 6, 6])),
      loss: chosen(
        Losses.all, "cross-entropy",
        [
          "label_smoothing": .number(0.1),
          "class_weights": .list([.number(1), .number(2), .number(3)]),
        ]),
      optimizer: chosen(Optimizers.all, "sgd"), cyclesMomentum: true, batchRows: 30, seed: 1)
    let program = NetworkProgram<Float>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 1)
    let data = sampleData(rows: 45, features: 36, targets: .classes(3))
    program.bind(data)
    func epoch() {
      _ = program.step(0..<30, rate: 1e-3, momentum: 0.9)
      _ = program.step(30..<45, rate: 1e-3, momentum: 0.8)
      _ = program.evaluate(0..<45)
    }
    epoch()
    let before = allocation_count()
    for _ in 1...50 { epoch() }
    #expect(allocation_count() == before)
  }
}
