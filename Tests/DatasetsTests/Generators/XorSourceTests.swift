import Datasets
import Testing
import Tracking

@Suite struct XorSourceTests {
  @Test func theClassIsWhetherTheSignsDiffer() throws {
    let data = try prepare("xor", ["points_per_class": .integer(2000), "noise": .number(0)]).train
    for (row, label) in zip(data.table, data.labels) {
      #expect((row[0] * row[1] < 0) == (label == 1))
      #expect(abs(row[0]) < 1 && abs(row[1]) < 1)
    }
    // Uniform on [-1, 1]: deviation 1/sqrt(3).
    for column in 0..<2 {
      #expect(abs(moments(data.column(column)).mean) < 0.03)
      #expect(abs(moments(data.column(column)).deviation - 0.5774) < 0.01)
    }
  }
}
