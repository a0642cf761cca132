import Datasets
import Foundation
import Testing
import Tracking

@Suite struct SpiralSourceTests {
  @Test func withoutNoiseItIsTheNotebooksFormula() throws {
    let wanted = try Fixture.json("formulas.json", as: [String: [[Double]]].self)["spiral"]
    let data = try prepare("spiral", ["points_per_class": .integer(7), "noise": .number(0)])
    expectEqual(data.train.table, try #require(wanted))
    #expect(data.train.labels == (0..<21).map { Int32($0 / 7) })
  }

  @Test func noiseTurnsThePointsByANormalAngle() throws {
    let data = try prepare("spiral", ["points_per_class": .integer(4000)])
    var angles: [Double] = []
    for (place, row) in data.train.table.enumerated() where place % 4000 > 400 {
      let t = Double(place % 4000) / 3999
      let radius = hypot(Double(row[0]), Double(row[1]))
      #expect(abs(radius - t) < 1e-6)
      let angle = 2 * Double.pi / 3 * (2 * t + Double(place / 4000))
      angles.append(remainder(atan2(Double(row[0]), Double(row[1])) - angle, 2 * .pi))
    }
    let (mean, deviation) = moments(angles)
    #expect(abs(mean) < 0.01)
    #expect(abs(deviation - 0.2) < 0.006)
  }

  @Test func anotherSeedDrawsOtherPoints() throws {
    let one = try prepare("spiral", ["points_per_class": .integer(50)])
    let again = try prepare("spiral", ["points_per_class": .integer(50)])
    let other = try prepare("spiral", ["points_per_class": .integer(50)]) { $0.seed = 2 }
    #expect(one.train.table == again.train.table)
    #expect(one.train.table != other.train.table)
  }
}
