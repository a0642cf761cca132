/// Divides rows so that all of a group stand in one part.
///
/// Groups come in the order of their random numbers; a part takes each that brings it nearer to the size
/// that is asked for. Folds are filled as scikit-learn's GroupKFold does it: the largest group first,
/// each into the fold with the fewest rows.
struct GroupDraw {
  private let groups: RowGroups
  /// The rows of every group that has any, by its place among the groups.
  private let members: [Int32: [Int32]]
  private let order: [Int32]
  private let sizes: PartSizes
  private let split: DataConfiguration.Split

  init(
    _ rows: [Int32], _ groups: RowGroups, _ sizes: PartSizes, _ lottery: Lottery,
    _ split: DataConfiguration.Split
  ) throws(DataError) {
    self.groups = groups
    self.sizes = sizes
    self.split = split
    members = Dictionary(grouping: rows) { groups.codes[Int($0)] }
    order = lottery.shuffled(members.keys.sorted())
    let isDivided = sizes.val > 0 || sizes.test > 0
    if isDivided, order.count < 2, let only = order.first {
      throw DataError(
        setting: "split.groups",
        "all rows have the value '\(groups.names[Int(only)])' of '\(groups.column)', so that only one "
          + "part can be filled",
        hint: "Name a column with several values, or leave groups out.")
    }
  }

  func partition(fold: Int?) throws(DataError) -> Partition {
    var left = order
    let test: [Int32]
    if let folds = split.folds {
      test = try take(sizes.test, "test", &left)
      let judging = try self.fold(fold ?? 1, of: folds, left)
      return Partition(
        train: rows(left.filter { !judging.contains($0) }), val: rows(Array(judging)),
        test: rows(test))
    }
    let val = try take(sizes.val, "val", &left)
    test = try take(sizes.test, "test", &left)
    if left.isEmpty {
      throw DataError(
        setting: "split.groups",
        "the \(order.count) groups of '\(groups.column)' leave none to train on",
        hint: "Ask for smaller parts, or name a column with more values.")
    }
    return Partition(train: rows(left), val: rows(val), test: rows(test))
  }

  private func size(_ group: Int32) -> Int { members[group]?.count ?? 0 }

  private func rows(_ chosen: [Int32]) -> [Int32] {
    chosen.flatMap { members[$0] ?? [] }.sorted()
  }

  /// Takes groups for a part out of those that are left.
  private func take(
    _ target: Int, _ part: String, _ left: inout [Int32]
  ) throws(DataError) -> [Int32] {
    guard target > 0 else { return [] }
    var chosen: [Int32] = []
    var count = 0
    for group in left where size(group) < 2 * (target - count) {
      chosen.append(group)
      count += size(group)
    }
    guard !chosen.isEmpty else {
      let least = left.min { size($0) < size($1) }
      let found =
        least.map { "the smallest that is left, '\(groups.names[Int($0)])', has \(size($0))" }
        ?? "none is left"
      throw DataError(
        setting: "split.groups",
        "no group of '\(groups.column)' is small enough for the \(part) part of \(target) rows: "
          + found,
        hint: "Ask for a larger part, or name a column with more values.")
    }
    left.removeAll(where: chosen.contains)
    return chosen
  }

  /// The groups of one fold.
  private func fold(
    _ fold: Int, of folds: Int, _ left: [Int32]
  ) throws(DataError) -> Set<Int32> {
    if folds > left.count {
      throw DataError(
        setting: "split.folds", "folds: \(folds) asks for more parts than there are groups",
        hint: "'\(groups.column)' has \(left.count) value\(left.count == 1 ? "" : "s") to divide.")
    }
    var filled = [Int](repeating: 0, count: folds)
    var judging: Set<Int32> = []
    let largestFirst = left.enumerated().sorted {
      (-size($0.element), $0.offset) < (-size($1.element), $1.offset)
    }
    for (_, group) in largestFirst {
      let place = filled.indices.min { (filled[$0], $0) < (filled[$1], $1) } ?? 0
      filled[place] += size(group)
      if place == fold - 1 { judging.insert(group) }
    }
    return judging
  }
}
