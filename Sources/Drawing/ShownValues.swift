/// Which values have a place on an axis: those that are finite, and on a logarithmic one above 0.
package struct ShownValues: Sendable {
  private let isLogarithmic: Bool

  package init(isLogarithmic: Bool) { self.isLogarithmic = isLogarithmic }

  package func shows(_ value: Double) -> Bool {
    value.isFinite && (!isLogarithmic || value > 0)
  }

  /// The least and the greatest of them; infinity and its opposite where there is none.
  package func ends(of values: [Double]) -> (least: Double, greatest: Double) {
    var least = Double.infinity
    var greatest = -Double.infinity
    for value in values where shows(value) {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    return (least, greatest)
  }

  /// The x of points whose y is shown.
  package func xs(_ xs: [Double], _ ys: [Double]) -> [Double] {
    zip(xs, ys).filter { shows($0.1) }.map(\.0)
  }
}
