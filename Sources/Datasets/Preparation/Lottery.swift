package import TensorKernels

/// Draws rows from strata by a random number of each row: the smallest are chosen.
package struct Lottery {
  private let random: CounterRandom

  package init(_ random: CounterRandom) { self.random = random }

  /// The `count` rows of `rows` with the smallest numbers, in the order of the rows.
  package func draw(_ count: Int, of rows: [Int32]) -> [Int32] {
    count == 0 ? [] : shuffled(rows).prefix(count).sorted()
  }

  /// The rows in the order of their numbers.
  package func shuffled(_ rows: [Int32]) -> [Int32] {
    let tickets = rows.map { row -> (UInt64, Int32) in
      let words = random.words(0, Int(row))
      return (UInt64(words[0]) << 32 | UInt64(words[1]), row)
    }
    return tickets.sorted { $0 < $1 }.map(\.1)
  }

  /// `count` rows in proportion to the strata's sizes, and the rows that are left.
  package func draw(_ count: Int, from strata: [[Int32]]) -> (chosen: [[Int32]], left: [[Int32]]) {
    if count == 0 { return (strata.map { _ in [] }, strata) }
    var chosen: [[Int32]] = []
    var left: [[Int32]] = []
    for (rows, share) in zip(strata, Apportionment.share(count, among: strata.map(\.count))) {
      let drawn = draw(share, of: rows)
      chosen.append(drawn)
      left.append(Self.difference(rows, drawn))
    }
    return (chosen, left)
  }

  /// What of `rows` is not in `drawn`, both ascending.
  private static func difference(_ rows: [Int32], _ drawn: [Int32]) -> [Int32] {
    var left: [Int32] = []
    left.reserveCapacity(rows.count - drawn.count)
    var next = 0
    for row in rows {
      if next < drawn.count, drawn[next] == row { next += 1 } else { left.append(row) }
    }
    return left
  }
}
