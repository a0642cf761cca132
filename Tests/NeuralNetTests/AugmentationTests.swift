import CAllocationCounter
import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// How images change in an update, against Fixtures/make_draws.py, which says where each pixel comes
/// from.
@Suite struct AugmentationTests {
  private struct Fixture: Decodable {
    let images: [Images]
  }

  private struct Images: Decodable {
    let seed: Int
    let flip: Bool
    let shift: Int
    let size: [Int]
    /// By update and row of the data.
    let places: [[[Int]]]
  }

  private func fixture() throws -> [Images] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/draws.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file)).images
  }

  private func program<Scalar: KernelScalar>(
    _ shape: [Int], _ augmentation: Augmentation?, seed: Int, rows: Int, isTraced: Bool = true,
    _: Scalar.Type
  ) throws -> NetworkProgram<Scalar> {
    let plan = NetworkPlan(
      graph: try Graph([layer("flatten"), linear(3)], input: Shape(shape)),
      loss: chosen(Losses.all, "cross-entropy"), optimizer: chosen(Optimizers.all, "sgd"),
      isTraced: isTraced, batchRows: rows, seed: seed, augmentation: augmentation)
    let program = NetworkProgram<Scalar>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 1)
    return program
  }

  @Test(.everyBody) func pixelsComeFromWhereTheDrawsSay() throws {
    let all = try fixture()
    #expect(all.count == 3)
    for wanted in all {
      try expectPlaces(wanted, Float.self)
      try expectPlaces(wanted, Double.self)
    }
  }

  private func expectPlaces<Scalar: KernelScalar>(
    _ wanted: Images, _ scalar: Scalar.Type
  ) throws {
    let (channels, pixels) = (2, wanted.size[0] * wanted.size[1])
    let program = try program(
      [channels] + wanted.size, Augmentation(flip: wanted.flip, shift: wanted.shift),
      seed: wanted.seed, rows: 4, scalar)
    let data = sampleData(rows: 7, features: channels * pixels, targets: .classes(3))
    let order = RowOrder(count: 7)
    order.shuffle(seed: 5, draw: 1)
    program.bind(data, order: order)
    var isChanged = false
    for update in 0..<3 {
      let step = program.traceStep(update..<update + 4, rate: 0.1)
      var expected: [Double] = []
      for place in update..<update + 4 {
        let row = order[place]
        for channel in 0..<channels {
          let first = row * channels * pixels + channel * pixels
          expected += wanted.places[update][row].map { Double(data.features[first + $0]) }
        }
      }
      #expect(step.values[0].numbers == expected, "update \(update)")
      isChanged = isChanged || wanted.places[update][0] != Array(0..<pixels)
    }
    #expect(isChanged)
  }

  /// What is measured is measured on the images as they are.
  @Test func onlyUpdatesSeeChangedImages() throws {
    let data = sampleData(rows: 9, features: 30, targets: .classes(3))
    let changed = try program(
      [1, 5, 6], Augmentation(flip: true, shift: 2), seed: 3, rows: 9, isTraced: false, Float.self)
    let plain = try program([1, 5, 6], nil, seed: 3, rows: 9, isTraced: false, Float.self)
    for program in [changed, plain] { program.bind(data) }
    #expect(changed.outputs(0..<9) == plain.outputs(0..<9))
    #expect(changed.evaluate(0..<9).lossSum == plain.evaluate(0..<9).lossSum)
    let losses = [changed, plain].map { $0.step(0..<9, rate: 0.1).lossSum }
    #expect(losses[0] != losses[1])
  }

  /// Blocks and batches of any size draw the same for a row of an update.
  @Test func aRowsDrawDoesNotDependOnItsNeighbours() throws {
    let data = sampleData(rows: 8, features: 30, targets: .classes(3))
    let augmentation = Augmentation(flip: true, shift: 2)
    let one = try program([1, 5, 6], augmentation, seed: 3, rows: 8, Double.self)
    let other = try program([1, 5, 6], augmentation, seed: 3, rows: 2, Double.self)
    for program in [one, other] { program.bind(data) }
    let all = one.traceStep(0..<8, rate: 0).values[0].numbers
    let some = other.traceStep(4..<6, rate: 0).values[0].numbers
    #expect(some == Array(all[4 * 30..<6 * 30]))
  }

  /// Half are turned, and every way from -shift to shift is as likely: five deviations of a binomial.
  @Test func turnsAndWaysAreAsLikelyAsTheyShouldBe() throws {
    let (rows, shift) = (4000, 2)
    // Images whose numbers say where they stand: 5 rows of 6 columns.
    let data = NetworkData(
      features: SharedArray((0..<rows).flatMap { _ in (0..<30).map { Float($0) } }),
      targets: .classes(SharedArray([Int32](repeating: 0, count: rows))), rows: rows)
    let program = try program(
      [1, 5, 6], Augmentation(flip: true, shift: shift), seed: 9, rows: rows, Float.self)
    program.bind(data)
    let numbers = program.traceStep(0..<rows, rate: 0).values[0].numbers
    var (turned, down, right) = (0, [Int: Int](), [Int: Int]())
    for row in 0..<rows {
      let image = numbers[row * 30..<(row + 1) * 30].map { Int($0) }
      // The middle keeps its neighbours whatever the way.
      let (here, next) = (image[2 * 6 + 2], image[2 * 6 + 3])
      let isTurned = next < here
      turned += isTurned ? 1 : 0
      down[2 - here / 6, default: 0] += 1
      right[(isTurned ? 3 : 2) - here % 6, default: 0] += 1
    }
    func expectLikely(_ count: Int, _ share: Double) {
      let deviation = (Double(rows) * share * (1 - share)).squareRoot()
      #expect(abs(Double(count) - Double(rows) * share) < 5 * deviation)
    }
    expectLikely(turned, 0.5)
    for way in -shift...shift {
      expectLikely(down[way] ?? 0, 0.2)
      expectLikely(right[way] ?? 0, 0.2)
    }
  }

  @Test func changedImagesTakeNothingFromTheHeap() throws {
    let data = sampleData(rows: 45, features: 36, targets: .classes(3))
    let program = try program(
      [1, 6, 6], Augmentation(flip: true, shift: 1), seed: 1, rows: 30, isTraced: false, Float.self)
    program.bind(data)
    func epoch() {
      _ = program.step(0..<30, rate: 1e-3)
      _ = program.step(30..<45, rate: 1e-3)
    }
    epoch()
    let before = allocation_count()
    for _ in 1...50 { epoch() }
    #expect(allocation_count() == before)
  }

  @Test func theKeyHasTwoEntries() {
    #expect(Augmentation(.off) == nil && Augmentation(nil) == nil)
    #expect(Augmentation(.mapping(["flip": .flag(false), "shift": .integer(0)])) == nil)
    #expect(
      Augmentation(.mapping(["flip": .flag(true), "shift": .integer(2)]))
        == Augmentation(flip: true, shift: 2))
    #expect(Augmentation(.mapping(["shift": .integer(2)])) == Augmentation(flip: false, shift: 2))
  }
}
