/// Several comparisons with one baseline: how sure each has to be so that all together are wrong with
/// a probability of at most 5 % (Holm 1979).
public enum Holm {
  /// The chances adjusted: (m - j + 1) times the j-th smallest of m, and never below one before it.
  public static func adjusted(_ chances: [Double]) -> [Double] {
    var adjusted = chances
    var greatest = 0.0
    for (place, index) in order(chances).enumerated() {
      greatest = max(greatest, min(1, Double(chances.count - place) * chances[index]))
      adjusted[index] = greatest
    }
    return adjusted
  }

  private static func order(_ chances: [Double]) -> [Int] {
    chances.indices.sorted { a, b in
      chances[a] == chances[b] ? a < b : chances[a] < chances[b]
    }
  }
}
