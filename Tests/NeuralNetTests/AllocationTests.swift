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
  @Test(arguments: ["sgd", "adam", "adamw"])
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
}
