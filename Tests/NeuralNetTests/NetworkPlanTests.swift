import NeuralNet
import TensorKernels
import Testing
import Tracking

/// How many rows go through together, and where the parameters lie: what a run's last bits depend on.
@Suite struct NetworkPlanTests {
  private func plan(_ layers: [LayerSpec], _ input: Shape, batch: Int) throws -> NetworkPlan {
    NetworkPlan(
      graph: try Graph(layers, input: input), loss: nil, optimizer: nil, batchRows: batch, seed: 1)
  }

  /// Thin products: 8192 numbers over those of a row, in whole sixteens, at least 16; others 131072,
  /// at least 256 rows; images at least 8; never more than the batch.
  @Test func blocksFitTheCaches() throws {
    let thin = [linear(100), layer("relu"), linear(3)]  // 2 + 100 + 100 + 3 = 205 a row
    #expect(try plan(thin, Shape(2), batch: 1000).blockRows == 32)  // 39
    #expect(try plan(thin, Shape(2), batch: 20).blockRows == 20)
    #expect(try plan([linear(2000), linear(1)], Shape(2), batch: 1000).blockRows == 16)
    let dense = [linear(50), linear(40)]  // 30 + 50 + 40 = 120 a row
    #expect(try plan(dense, Shape(30), batch: 5000).blockRows == 1088)  // 1092
    #expect(try plan(dense, Shape(30), batch: 300).blockRows == 300)
    #expect(try plan([linear(3000), linear(9)], Shape(30), batch: 999).blockRows == 256)
    let images = [conv(4, 3), layer("relu"), linear(3)]  // 100 + 256 + 256 + 3 = 615 a row
    #expect(try plan(images, Shape([1, 10, 10]), batch: 100).blockRows == 8)  // 13
    // Whoever needs the whole batch gets it.
    #expect(
      try plan([linear(100), layer("batch-norm"), linear(3)], Shape(2), batch: 777).blockRows == 777
    )
    #expect(try plan(thin, Shape(2), batch: 0).batchRows == 1)
    #expect(try plan(thin, Shape(2), batch: 7).inferenceRows == 32)
  }

  /// Every tensor begins at a multiple of 16 numbers; buffers lie behind the parameters.
  @Test func tensorsBeginAtWholeLines() throws {
    let plan = try plan(
      [linear(3), layer("batch-norm"), linear(20)], Shape(7), batch: 4)
    // 21, 3, 3, 3, 60 and 20 numbers; then the running mean and variance, 3 each.
    #expect(plan.offsets == [0, 32, 48, 64, 80, 144])
    #expect(plan.parameterCount == 176)
    #expect(plan.bufferOffsets == [176, 192] && plan.weightCount == 208)
  }

  /// A weight lies transposed from 16 outputs on, and where its few inputs are fewer than its outputs.
  @Test func weightsLieAsTheKernelsReadThem() {
    let shapes = [
      [16, 40], [15, 40], [15, 8], [9, 8], [8, 8], [9, 9], [3, 2], [2, 3], [40, 1],
    ]
    #expect(
      shapes.map { Linear.isTransposed(Shape($0)) } == [
        true, false, true, true, false, false, true, false, true,
      ])
    #expect(Linear.isThin(8, 100) && Linear.isThin(100, 8) && !Linear.isThin(9, 9))
    #expect(!Linear.isTransposed(Shape([16, 4, 3, 3])))
  }
}
