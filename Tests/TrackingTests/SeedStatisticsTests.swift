import Testing
import Tracking

@Suite struct SeedStatisticsTests {
  @Test func meanAndSampleDeviation() throws {
    let found = try #require(SeedStatistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(found.mean == 5)
    #expect(abs((found.deviation ?? 0) - 2.13808993529939) < 1e-12)
    #expect(found.count == 8)
    #expect(SeedStatistics([]) == nil)
  }

  private static let written: [([Double], String)] = [
    ([Double](repeating: 1.0 / 3, count: 6), "0.3333 ± 0 (6)"),
    ([-0.003, 0.0029, 0], "0.000 ± 0.003 (3)"),
    ([0.977, 0.981, 0.985], "0.981 ± 0.004 (3)"),
    ([0.981], "0.981"),
    ([1, 1], "1 ± 0 (2)"),
    ([0.4883333333333333, 0.4883333333333333, 0.4883333333333333], "0.4883 ± 0 (3)"),
    ([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], "0.1 ± 0 (7)"),
    ([10, 14, 12], "12 ± 2 (3)"),
    ([0.5, 0.51], "0.505 ± 0.007 (2)"),
    ([1.0, 1.2, 1.1], "1.10 ± 0.10 (3)"),
    ([0.777131, 0.777143], "0.777137 ± 0.000008 (2)"),
    ([1e-9, 3e-9], "(2.0 ± 1.4)e-09 (2)"),
    // Both parts stand before one power of ten, that of the greater.
    ([8.5e15, 8.9e15], "(8.7 ± 0.3)e+15 (2)"),
    ([8.763e15, 8.763e15], "8.763e+15 ± 0 (2)"),
    ([1e15, 3.2e16], "(2 ± 2)e+16 (2)"),
    ([-2.5e7, -2.4e7], "(-2.45 ± 0.07)e+07 (2)"),
    ([0, 1e200], "(5 ± 7)e+199 (2)"), ([0, 1e-200], "(5 ± 7)e-201 (2)"),
    ([1.7e308, 1.6e308], "(1.65 ± 0.07)e+308 (2)"),
    ([8.763e15, 8.763e15 + 8], "8763000000000004 ± 6 (2)"),
    ([.infinity, 1], "inf ± nan (2)"),
    ([.nan, 1], "nan ± nan (2)"),
    ([1234567, 1234569], "1234568.0 ± 1.4 (2)"),
  ]

  @Test(arguments: written)
  func peopleReadThem(_ values: [Double], _ text: String) {
    #expect(SeedStatistics(values)?.description == text)
  }
}
