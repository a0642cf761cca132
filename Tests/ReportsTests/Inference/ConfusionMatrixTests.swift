import Pages
import Results
import Terminal
import Testing

struct ConfusionMatrixTests {
  private let matrix = ConfusionMatrix(
    names: ["a", "b, \"c\"", "d"], truth: [0, 0, 0, 1, 2, 2], predicted: [0, 1, 1, 1, 0, 2])

  @Test func aRowIsATrueClassAColumnAPredictedOne() {
    #expect(matrix.counts == [[1, 2, 0], [0, 1, 0], [1, 0, 1]])
    #expect(matrix.accuracy == 0.5)
    #expect(
      matrix.table.text(.table) == #"""
        true \ predicted  a  b, "c"  d
        a                 1       2  0
        b, "c"            0       1  0
        d                 1       0  1

        """#)
  }

  @Test func withoutRowsThereIsNoAccuracy() {
    #expect(ConfusionMatrix(names: ["a"], truth: [], predicted: []).accuracy.isNaN)
  }
}
