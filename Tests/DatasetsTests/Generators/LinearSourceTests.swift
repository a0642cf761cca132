import Datasets
import Testing
import Tracking

@Suite struct LinearSourceTests {
  @Test func withoutNoiseThreePointsLieOnOneLine() throws {
    let data = try prepare("linear", ["points": .integer(50), "noise": .number(0)]).train
    let (x, y) = (data.column(0), data.values.map(Double.init))
    let slope = (y[1] - y[0]) / (x[1] - x[0])
    for place in 2..<50 { #expect(abs(y[0] + slope * (x[place] - x[0]) - y[place]) < 1e-5) }
  }

  @Test func noiseHasItsDeviation() throws {
    let size: [String: ParameterValue] = ["points": .integer(5000), "features": .integer(2)]
    let clean = try prepare("linear", size.merging(["noise": .number(0)]) { $1 }).train
    let noisy = try prepare("linear", size.merging(["noise": .number(0.5)]) { $1 }).train
    #expect(clean.table == noisy.table)
    let (mean, deviation) = moments(zip(noisy.values, clean.values).map { Double($0 - $1) })
    #expect(abs(mean) < 0.03)
    #expect(abs(deviation - 0.5) < 0.02)
  }
}
