import Foundation
import Interchange
import Pages
import Pictures
import Results
import Testing

@Suite struct PrincipalAxesTests {
  @Test func pointsOnAnEllipseHaveItsAxes() {
    // An ellipse of half axes 3 and 1, turned by 30 degrees around (5, -2).
    let turn = Double.pi / 6
    let rows = (0..<360).map { index -> [Double] in
      let angle = Double(index) * .pi / 180
      let (x, y) = (3 * cos(angle), sin(angle))
      return [5 + x * cos(turn) - y * sin(turn), -2 + x * sin(turn) + y * cos(turn)]
    }
    let axes = PrincipalAxes(rows, count: 2)
    #expect(abs(axes.origin[0] - 5) < 1e-9 && abs(axes.origin[1] + 2) < 1e-9)
    #expect(abs(axes.axes[0][0] - cos(turn)) < 1e-9 && abs(axes.axes[0][1] - sin(turn)) < 1e-9)
    #expect(abs(axes.shares[0] - 0.9) < 1e-9 && abs(axes.shares[1] - 0.1) < 1e-9)
    let place = axes.places(of: [5 + cos(turn), -2 + sin(turn)])
    #expect(abs(place[0] - 1) < 1e-9 && abs(place[1]) < 1e-9)
  }

  @Test func directionsWithoutSpreadAreStillOrthogonalUnits() {
    let axes = PrincipalAxes([[1, 1, 1], [1, 1, 1]], count: 2)
    let product = zip(axes.axes[0], axes.axes[1]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(axes.shares == [0, 0] && abs(product) < 1e-12)
    for axis in axes.axes { #expect(abs(axis.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12) }
  }

  @Test func twoByTwoMatricesComeApartAndTogether() {
    let matrices: [[Double]] = [
      [1, 2, 3, 4], [0, -1, 1, 0], [2, 0, 0, -3], [1, 1, 1, 1], [0, 0, 0, 0], [-0.3, 2, 0.1, 0.7],
    ]
    for matrix in matrices {
      let parts = PlaneDecomposition(matrix)
      let whole = product(product(parts.left, parts.scaling), parts.right)
      #expect(zip(whole, matrix).allSatisfy { abs($0 - $1) < 1e-12 }, "\(matrix)")
      for part in [parts.left, parts.right] {
        let square = product(part, [part[0], part[2], part[1], part[3]])
        #expect(zip(square, [1, 0, 0, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
      }
      #expect(parts.scaling[0] >= parts.scaling[3] && parts.scaling[3] >= 0)
    }
  }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] {
    [
      a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2],
      a[2] * b[1] + a[3] * b[3],
    ]
  }
}
