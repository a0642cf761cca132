import Datasets
import Testing
import Tracking

@Suite struct BlobsSourceTests {
  @Test func pointsLieNormallyAroundCentres() throws {
    let settings: [String: ParameterValue] = [
      "points_per_class": .integer(3000), "classes": .integer(4), "features": .integer(3),
      "noise": .number(2),
    ]
    let data = try prepare("blobs", settings).train
    let centres = try prepare(
      "blobs", settings.merging(["noise": .number(0), "points_per_class": .integer(1)]) { $1 }
    ).train
    #expect(data.featureShape == [3])
    for group in 0..<4 {
      for column in 0..<3 {
        let values = Array(data.column(column)[group * 3000..<(group + 1) * 3000])
        let (mean, deviation) = moments(values)
        #expect(abs(mean - Double(centres.row(group)[column])) < 0.15)
        #expect(abs(deviation - 2) < 0.1)
        #expect(abs(centres.row(group)[column]) <= 10)
      }
    }
  }

  @Test func anotherColumnLeavesTheFirstOnesAlone() throws {
    let two = try prepare("blobs").train
    let three = try prepare("blobs", ["features": .integer(3)]).train
    #expect(two.column(1) == three.column(1))
  }
}
