import Datasets
import Testing
import Tracking

@Suite struct CloudSourceTests {
  @Test func itIsStandardNormalWithoutTarget() throws {
    let data = try prepare("cloud", ["points": .integer(10000)])
    #expect(data.shape.target == .none)
    #expect(data.shape.classes == nil && data.shape.values == nil)
    for column in 0..<2 {
      let (mean, deviation) = moments(data.train.column(column))
      #expect(abs(mean) < 0.04)
      #expect(abs(deviation - 1) < 0.03)
    }
  }

  @Test func labelNoiseNeedsClasses() throws {
    let error = try refusal("cloud") { $0.labelNoise = 0.1 }
    #expect(error.setting == "label_noise")
    #expect(error.message == "label_noise needs classes, the target has none")
  }
}
