import NeuralNet
import TensorKernels
import Testing
import Tracking

@Suite struct NetworkDataTests {
  private func data(_ targets: NetworkData.Targets) -> NetworkData {
    NetworkData(features: SharedArray((0..<20).map(Float.init)), targets: targets, rows: 10)
  }

  /// Four of ten rows at equal distances: 0, 2, 5, 7.
  @Test func samplesLieAtEqualDistances() {
    let classes = data(.classes(SharedArray((0..<10).map { Int32($0) }))).sample(4)
    #expect(classes.rows == 4)
    #expect(Array(classes.features.elements) == [0, 1, 4, 5, 10, 11, 14, 15])
    guard case .classes(let taken) = classes.targets else {
      Issue.record("no classes")
      return
    }
    #expect(Array(taken.elements) == [0, 2, 5, 7])
    let values = data(.values(SharedArray((0..<30).map(Float.init)))).sample(2)
    guard case .values(let numbers) = values.targets else {
      Issue.record("no values")
      return
    }
    #expect(Array(numbers.elements) == [0, 1, 2, 15, 16, 17])
  }

  @Test func aSampleHasAtMostWhatThereIs() {
    let all = data(.none).sample(25)
    #expect(all.rows == 10)
    #expect(Array(all.features.elements) == (0..<20).map(Float.init))
    guard case .none = all.targets else {
      Issue.record("targets out of nowhere")
      return
    }
    #expect(data(.none).sample(0).rows == 0)
  }
}
