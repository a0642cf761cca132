package import TensorKernels

/// Which rows of a source are in which part, each in the order the rows came in.
package struct Partition: Hashable, Sendable {
  package let train: [Int32]
  package let val: [Int32]
  package let test: [Int32]
}

/// How many rows each part gets.
package struct PartSizes: Hashable, Sendable {
  package let taken: Int
  package let train: Int
  package let val: Int
  package let test: Int

  /// The sizes that `take` and `split` ask of `rows` rows.
  package init(
    rows: Int, take: Int?, split: DataConfiguration.Split, hasOwnTest: Bool
  ) throws(DataError) {
    if let take, take > rows {
      throw DataError(
        setting: "take", "take: \(take) asks for more rows than there are",
        hint: "The source has \(rows) rows\(hasOwnTest ? " beside its own test part" : "").")
    }
    if hasOwnTest, split.test != nil {
      throw DataError(
        setting: "split.test", "the source brings its own test part",
        hint: "Leave split.test out: split divides the other rows into train and val.")
    }
    taken = take ?? rows
    let n = Double(taken)
    let quotas = [split.val, split.test].map { part in
      switch part {
      case .share(let share): share * n
      case .rows(let rows): Double(rows)
      case nil: 0.0
      }
    }
    if quotas[0] + quotas[1] > n - 0.5 {
      throw DataError(
        setting: "split", "split leaves no rows to train on",
        hint: "val and test ask for \(Self.words(quotas[0] + quotas[1])) of \(taken) rows.")
    }
    let sizes = Apportionment.largestRemainder(
      [n - quotas[0] - quotas[1], quotas[0], quotas[1]], total: taken)
    (train, val, test) = (sizes[0], sizes[1], sizes[2])
    try Self.checkFilled(val, asked: split.val, of: taken, "val")
    try Self.checkFilled(test, asked: split.test, of: taken, "test")
    if train == 0 {
      throw DataError(setting: "split", "split leaves no rows of \(taken) to train on")
    }
  }

  private static func checkFilled(
    _ size: Int, asked: DataConfiguration.PartSize?, of rows: Int, _ name: String
  ) throws(DataError) {
    if asked != nil, size == 0 {
      throw DataError(
        setting: "split.\(name)", "the \(name) part would be empty",
        hint: "So small a share of \(rows) rows is less than one row.")
    }
  }

  private static func words(_ rows: Double) -> String {
    rows == rows.rounded() && rows < 1e15 ? String(Int(rows)) : String(rows)
  }
}

extension Partition {
  /// Chooses rows at random by `seed`: `take` first, then val, then test; the rest trains.
  ///
  /// Every row has its own random number for each purpose, so that a row's place does not depend
  /// on how many others there are. Classes are stratified.
  ///
  /// - Parameter classes: the class of every row; `nil` where the target is no class.
  package init(rows: Int, classes: [Int32]?, sizes: PartSizes, seed: Int) {
    var strata = Self.strata(rows: rows, classes: classes)
    if sizes.taken < rows {
      let lottery = Lottery(CounterRandom(seed: seed, purpose: .take))
      strata = lottery.draw(sizes.taken, from: strata).chosen
    }
    let lottery = Lottery(CounterRandom(seed: seed, purpose: .split))
    let val = lottery.draw(sizes.val, from: strata)
    let test = lottery.draw(sizes.test, from: val.left)
    self.init(
      train: Self.merged(test.left), val: Self.merged(val.chosen), test: Self.merged(test.chosen))
  }

  private static func strata(rows: Int, classes: [Int32]?) -> [[Int32]] {
    guard let classes else { return [Array(0..<Int32(rows))] }
    var strata = Array(repeating: [Int32](), count: Int(classes.max() ?? 0) + 1)
    for (row, label) in classes.enumerated() { strata[Int(label)].append(Int32(row)) }
    return strata
  }

  private static func merged(_ strata: [[Int32]]) -> [Int32] {
    strata.count == 1 ? strata[0] : strata.flatMap { $0 }.sorted()
  }
}

/// Draws rows from strata by a random number of each row: the smallest are chosen.
package struct Lottery {
  private let random: CounterRandom

  package init(_ random: CounterRandom) { self.random = random }

  /// The `count` rows of `rows` with the smallest numbers, in the order of the rows.
  package func draw(_ count: Int, of rows: [Int32]) -> [Int32] {
    if count == 0 { return [] }
    let tickets = rows.map { row -> (UInt64, Int32) in
      let words = random.words(0, Int(row))
      return (UInt64(words[0]) << 32 | UInt64(words[1]), row)
    }
    return tickets.sorted { $0 < $1 }.prefix(count).map(\.1).sorted()
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
