import Experiments
import FileLanguage
import Testing

@Test("Ends are exact, values between have 6 significant digits")
func countedRanges() {
  #expect(CountedRange(.log, from: 1e-4, to: 1e-2, count: 3).values == [1e-4, 1e-3, 1e-2])
  #expect(CountedRange(.log, from: 1e-4, to: 1e-3, count: 3).values == [1e-4, 3.16228e-4, 1e-3])
  #expect(CountedRange(.log, from: 1, to: 1000, count: 4).values == [1, 10, 100, 1000])
  #expect(CountedRange(.linear, from: 0, to: 1, count: 4).values == [0, 0.333333, 0.666667, 1])
  #expect(CountedRange(.linear, from: 10, to: 100, count: 4).values == [10, 40, 70, 100])
  #expect(CountedRange(.linear, from: 0.1234567, to: 5, count: 2).values == [0.1234567, 5])
  #expect(CountedRange(.linear, from: 3, to: 1, count: 3).values == [3, 2, 1])
  #expect(CountedRange(.linear, from: 0.7, to: 9, count: 1).values == [0.7])
  #expect(CountedRange(.linear, from: -1e308, to: 1e308, count: 3).values == [-1e308, 0, 1e308])
}

@Test("An expression's error points into its line")
func formulaPlace() throws {
  let source = SpecSource(
    name: "a.yaml", folder: "", text: "where: \"lr << 1\"\nwhere: lr << 1\nwhere: >\n  lr << 1")
  let error = try #require(throws: FormulaError.self) { try Formula("lr << 1") }
  func place(_ line: Int) -> String {
    error.diagnostic(in: "lr << 1", at: Mark(source, line: line, column: 8)).mark.place
  }
  #expect(place(1) == "a.yaml:1:13")
  #expect(place(2) == "a.yaml:2:12")
  #expect(place(3) == "a.yaml:3:8")
}
