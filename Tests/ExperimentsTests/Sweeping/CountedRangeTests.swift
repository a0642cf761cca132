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

/// Where 6 digits would leave the ends or make two values one, a value has as many as it needs; the
/// others keep theirs, and with them the keys of their runs.
@Test func valuesOfNarrowRangesStayWithinThem() {
  let narrow = CountedRange(.linear, from: 1.0000001, to: 1.0000002, count: 5)
  #expect(narrow.values == [1.0000001, 1.000000125, 1.00000015, 1.000000175, 1.0000002])
  let turned = CountedRange(.linear, from: 1.0000002, to: 1.0000001, count: 5)
  #expect(turned.values == narrow.values.reversed())
  let log = CountedRange(.log, from: 1.0000001, to: 1.0000004, count: 3)
  // The geometric mean of 1 + 1e-7 and 1 + 4e-7 is 1 + 2.5e-7 - 1.1e-14.
  #expect(log.values == [1.0000001, 1.00000025, 1.0000004])
  // Two thirds of the way, 1.0000056, 6 digits are 1.00001, beyond the end; a third, 1.0000026, is 1.
  let mixed = CountedRange(.linear, from: 0.9999996, to: 1.0000086, count: 4)
  #expect(mixed.values == [0.9999996, 1, 1.0000056, 1.0000086])
  let equal = CountedRange(.linear, from: 1.0000001, to: 1.0000001, count: 3)
  #expect(equal.values == [1.0000001, 1.0000001, 1.0000001])
}

@Test(arguments: [CountedRange.Spacing.linear, .log])
func valuesAreDistinctAndBetweenTheEnds(_ spacing: CountedRange.Spacing) {
  for (first, last) in [
    (1e-7, 1.0000001e-7), (123456.7, 123456.9), (1e300, 1.00000001e300),
    (.leastNonzeroMagnitude, 20 * .leastNonzeroMagnitude),
    (2, 2.0000001), (0.1, 0.1000000001),
  ] {
    let values = CountedRange(spacing, from: first, to: last, count: 7).values
    #expect(values.first == first && values.last == last)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 }, "\(values)")
  }
  // Four doubles cannot be five numbers.
  let tiny = CountedRange(spacing, from: 1, to: 1.0.nextUp.nextUp.nextUp, count: 5).values
  #expect(tiny.first == 1 && tiny.allSatisfy { 1 <= $0 && $0 <= 1.0.nextUp.nextUp.nextUp })
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
