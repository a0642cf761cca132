import TensorKernels

/// Gives a share of the training rows another class.
package enum LabelNoise {
  /// The classes of all rows after round(share x rows) of `train` got one of the other classes.
  ///
  /// A greater share changes the rows of a smaller one too, and in the same way.
  package static func apply(
    _ share: Double, to labels: [Int32], train: [Int32], classes: Int, seed: Int
  ) -> [Int32] {
    let random = CounterRandom(seed: seed, purpose: .labelNoise)
    let count = Int((share * Double(train.count)).rounded())
    var result = labels
    for row in Lottery(random).draw(count, of: train) {
      let other = Int32(random.integer(below: classes - 1, 1, Int(row)))
      result[Int(row)] = other < labels[Int(row)] ? other : other + 1
    }
    return result
  }
}
