import TensorKernels
import Testing

/// What joins and parts the values of a graph, against what each line says; all of it is exact but
/// the division by the number of ties.
@Suite(.everyBody) struct JoiningTests {
  static let counts = [1, 5, 16, 35]

  @Test(arguments: counts) func numbersAreFilledCopiedAndAdded(count: Int) {
    let (x, z, old) = (draws(count, 1), draws(count, 2), draws(count, 3))
    let filled = KernelCall.run(
      .fill, [old], sizes: [count], scalars: [-2.5], as: Float.self)
    #expect(filled[0] == Array(repeating: -2.5, count: count))
    #expect(KernelCall.run(.copy, [x, old], sizes: [count], as: Float.self)[1] == x)
    let sum = KernelCall.run(.plus, [x, z, old], sizes: [count], as: Double.self)
    #expect(sum[2] == zip(x, z).map { $0 + $1 })
    #expect(sum[0] == x && sum[1] == z)
  }

  /// Small whole numbers, so that many are equal.
  @Test(arguments: counts) func theGreatestTakesTheGradient(count: Int) {
    let inputs = (1...3).map { draws(count, $0).map { $0.rounded() } }
    let dy = draws(count, 4)
    let zero = Array(repeating: 0.0, count: count)
    var steps = [KernelCall.Step(.copy, [0, 3], sizes: [count])]
    steps += (1...2).map { KernelCall.Step(.maximum, [$0, 3], sizes: [count]) }
    steps += (0...2).map { KernelCall.Step(.ties, [$0, 3, 4], sizes: [count]) }
    steps += (0...2).map { KernelCall.Step(.maximumBack, [$0, 3, 4, 5, 6 + $0], sizes: [count]) }
    let found = KernelCall.run(
      steps, inputs + [zero, zero, dy, zero, zero, zero], as: Double.self
    ) { _ in }.operands
    for place in 0..<count {
      let values = inputs.map { $0[place] }
      let most = values.max() ?? 0
      let ties = Double(values.count { $0 == most })
      #expect(found[3][place] == most && found[4][place] == ties)
      for (index, value) in values.enumerated() {
        #expect(found[6 + index][place] == (value == most ? dy[place] / ties : 0))
      }
    }
  }

  @Test func noNumberIsTheGreatest() {
    let found = KernelCall.run(
      .maximum, [[.nan, 1, 2], [0, .nan, 3]], sizes: [3], as: Float.self)[1]
    #expect(found[0].isNaN && found[1].isNaN && found[2] == 3)
  }

  /// Numbers 1 and 2 of rows of four become numbers 2 and 3 of rows of five.
  @Test func aPartOfEachRowGoesToItsPlace() {
    let x = (0..<12).map(Double.init)
    let y = Array(repeating: -1.0, count: 15)
    let found = KernelCall.run(.part, [x, y], sizes: [3, 2, 4, 5, 1, 2], as: Float.self)[1]
    #expect(found == [-1, -1, 1, 2, -1, -1, -1, 5, 6, -1, -1, -1, 9, 10, -1])
  }
}
