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
    ([1e-9, 3e-9], "2e-09 ± 1.4e-09 (2)"),
    ([.infinity, 1], "inf ± nan (2)"),
    ([.nan, 1], "nan ± nan (2)"),
    ([1234567, 1234569], "1.235e+06 ± 1.4 (2)"),
  ]

  @Test(arguments: written)
  func peopleReadThem(_ values: [Double], _ text: String) {
    #expect(SeedStatistics(values)?.description == text)
  }
}
