/// Whole numbers that add up to a total and are as near as can be to given quotas.
package enum Apportionment {
  /// Largest remainder: every quota rounded down, what is left one each to the largest fractions.
  ///
  /// Equal fractions are served in the order they stand in. The quotas add up to `total`.
  package static func largestRemainder(_ quotas: [Double], total: Int) -> [Int] {
    // A quota that is whole but for rounding counts as whole.
    let wholes = quotas.map { quota in
      let near = quota.rounded()
      return abs(quota - near) < 1e-9 * max(1, near) ? near : quota.rounded(.down)
    }
    var sizes = wholes.map { Int($0) }
    let left = total - sizes.reduce(0, +)
    let order = quotas.indices.sorted { a, b in
      let fractions = (quotas[a] - wholes[a], quotas[b] - wholes[b])
      return abs(fractions.0 - fractions.1) < 1e-9 ? a < b : fractions.0 > fractions.1
    }
    if left > 0 {
      for index in order.prefix(left) { sizes[index] += 1 }
    }
    return sizes
  }

  /// `total` things divided among groups in proportion to what each has, never more than it has.
  package static func share(_ total: Int, among counts: [Int]) -> [Int] {
    let all = counts.reduce(0, +)
    if all == 0 { return counts }
    return largestRemainder(
      counts.map { Double(total) * Double($0) / Double(all) }, total: total)
  }
}
