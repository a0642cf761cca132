/// What the drawing of a part's rows alone does to an accuracy over them.
public enum PartSampling {
  /// Below so many rows of a part it is said.
  static let fewRows = 1000

  /// Half of the 95 % interval of a share of so many rows, by Wilson's formula, which holds near 0 and 1
  /// too: z/(1 + z^2/n) sqrt(p (1 - p)/n + z^2/(4 n^2)).
  package static func halfWidth(of share: Double, rows: Int) -> Double {
    let n = Double(rows)
    let z = 1.959963984540054
    let inner = share * (1 - share) / n + z * z / (4 * n * n)
    return z / (1 + z * z / n) * inner.squareRoot()
  }
}
