import TensorKernels

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

  /// The sizes that `take` and `split` ask of `rows` rows; where groups are kept together what is asked
  /// for, which they come near to.
  ///
  /// - Parameter fold: which fold judges, from 1; the first where it is not said.
  package init(
    rows: Int, take: Int?, split: DataConfiguration.Split, hasOwnTest: Bool, fold: Int? = nil
  ) throws(DataError) {
    try Self.checkManner(split)
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
    if let folds = split.folds {
      let judging = try Self.fold(fold ?? 1, of: folds, rows: sizes[0])
      (train, val, test) = (sizes[0] - judging, judging, sizes[2])
    } else {
      (train, val, test) = (sizes[0], sizes[1], sizes[2])
    }
    try Self.checkFilled(val, asked: split.val, of: taken, "val")
    try Self.checkFilled(test, asked: split.test, of: taken, "test")
    if train == 0 {
      throw DataError(setting: "split", "split leaves no rows of \(taken) to train on")
    }
  }

  /// Manners of dividing that exclude each other.
  private static func checkManner(_ split: DataConfiguration.Split) throws(DataError) {
    if split.isOrdered, split.groups != nil {
      throw DataError(
        setting: "split.groups", "order and groups exclude each other",
        hint: "Keep one of them: order takes the last rows, groups takes whole groups.")
    }
    guard split.folds != nil else { return }
    if split.val != nil {
      throw DataError(
        setting: "split.val", "folds take the place of val",
        hint: "Leave val out: each fold in turn is the validation part.")
    }
    if split.isOrdered {
      throw DataError(
        setting: "split.order", "folds of rows in order would train on what comes later",
        hint: "Leave order out, or leave folds out and set the last rows aside with val.")
    }
  }

  /// How many rows a fold has: they are dealt one by one, so that sizes differ by one at most.
  private static func fold(_ fold: Int, of folds: Int, rows: Int) throws(DataError) -> Int {
    if folds > rows {
      throw DataError(
        setting: "split.folds", "folds: \(folds) asks for more parts than there are rows",
        hint: "There are \(rows) rows to divide.")
    }
    return rows / folds + (fold <= rows % folds ? 1 : 0)
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
  /// Divides the rows of a source as its configuration asks.
  ///
  /// - Throws: an error where sizes or groups leave a part empty.
  package init(_ raw: RawData, _ configuration: DataConfiguration) throws(DataError) {
    let split = configuration.split
    let sizes = try PartSizes(
      rows: raw.rows, take: configuration.take, split: split, hasOwnTest: raw.ownTest != nil,
      fold: configuration.fold)
    var classes: [Int32]?
    if case .classes(let labels) = raw.targets { classes = labels }
    let drawn = RowDraw(
      rows: raw.rows, classes: classes, sizes: sizes, seed: configuration.seed, split: split)
    if let groups = raw.groups {
      self = try GroupDraw(drawn.taken, groups, sizes, drawn.lottery, split)
        .partition(fold: configuration.fold)
    } else {
      self = drawn.partition(fold: configuration.fold)
    }
  }

  /// Chooses rows at random by `seed`: `take` first, then val, then test; the rest trains.
  ///
  /// Every row has its own random number for each purpose, so that a row's place does not depend
  /// on how many others there are. Classes are stratified.
  ///
  /// - Parameter classes: the class of every row; `nil` where the target is no class.
  package init(rows: Int, classes: [Int32]?, sizes: PartSizes, seed: Int) {
    self = RowDraw(
      rows: rows, classes: classes, sizes: sizes, seed: seed, split: DataConfiguration.Split()
    ).partition(fold: nil)
  }
}

/// Divides rows that stand for themselves.
private struct RowDraw {
  /// The rows that are used, class by class where classes are stratified.
  let strata: [[Int32]]
  let lottery: Lottery
  private let sizes: PartSizes
  private let split: DataConfiguration.Split

  init(
    rows: Int, classes: [Int32]?, sizes: PartSizes, seed: Int, split: DataConfiguration.Split
  ) {
    self.sizes = sizes
    self.split = split
    lottery = Lottery(CounterRandom(seed: seed, purpose: .split))
    let isStratified = split.isStratified && split.groups == nil && !split.isOrdered
    let all = Self.strata(rows: rows, classes: classes)
    if sizes.taken < rows {
      let chosen = Lottery(CounterRandom(seed: seed, purpose: .take))
        .draw(sizes.taken, from: split.isStratified ? all : [Array(0..<Int32(rows))]).chosen
      strata = isStratified ? chosen : [chosen.merged]
    } else {
      strata = isStratified ? all : [Array(0..<Int32(rows))]
    }
  }

  /// The rows that are used, in their order.
  var taken: [Int32] { strata.merged }

  func partition(fold: Int?) -> Partition {
    if split.isOrdered {
      let rows = taken
      let val = sizes.train + sizes.val
      return Partition(
        train: Array(rows[..<sizes.train]), val: Array(rows[sizes.train..<val]),
        test: Array(rows[val...]))
    }
    guard let folds = split.folds else {
      let val = lottery.draw(sizes.val, from: strata)
      let test = lottery.draw(sizes.test, from: val.left)
      return Partition(
        train: test.left.merged, val: val.chosen.merged, test: test.chosen.merged)
    }
    let test = lottery.draw(sizes.test, from: strata)
    // Dealt class by class, so that neither sizes nor the rows of a class differ by more than one.
    let dealt = test.left.flatMap(lottery.shuffled)
    let place = (fold ?? 1) - 1
    return Partition(
      train: dealt.indices.filter { $0 % folds != place }.map { dealt[$0] }.sorted(),
      val: dealt.indices.filter { $0 % folds == place }.map { dealt[$0] }.sorted(),
      test: test.chosen.merged)
  }

  private static func strata(rows: Int, classes: [Int32]?) -> [[Int32]] {
    guard let classes else { return [Array(0..<Int32(rows))] }
    var strata = Array(repeating: [Int32](), count: Int(classes.max() ?? 0) + 1)
    for (row, label) in classes.enumerated() { strata[Int(label)].append(Int32(row)) }
    return strata
  }
}

extension [[Int32]] {
  /// All rows in their order.
  fileprivate var merged: [Int32] { count == 1 ? self[0] : flatMap { $0 }.sorted() }
}
