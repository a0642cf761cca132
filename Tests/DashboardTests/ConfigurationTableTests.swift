import Foundation
import TestSupport
import Testing

@Suite struct ConfigurationTableTests {
  /// Mean and sample deviation by their definitions.
  private func statistics(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  private func fields(_ text: String) -> [[String]] {
    text.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func meansAreOverTheSeedsThatCount() async throws {
    let site = try Site(runs: 500)
    let file = try await site.get("/runs.csv?by=config")
    let rows = fields(file.text)
    try #require(rows.count == 101)
    let head = rows[0]
    let mean = try #require(head.firstIndex(of: "val/accuracy_mean"))
    #expect(
      Array(head[mean...(mean + 2)]) == ["val/accuracy_mean", "val/accuracy_std", "val/accuracy_n"])
    for (place, row) in rows.dropFirst().enumerated() {
      let seeds = (1...5).map { place * 5 + $0 }
        .filter { !["diverged", "failed"].contains(LargeStore.status($0)) }
      let expected = statistics(seeds.map(LargeStore.quality))
      #expect(Int(row[mean + 2]) == seeds.count)
      #expect(abs((Double(row[mean]) ?? .nan) - expected.mean) < 1e-12)
      #expect(abs((Double(row[mean + 1]) ?? .nan) - expected.deviation) < 1e-12)
    }
  }

  @Test func configurationsAreRankedByTheirMeanWithBadOnesLast() async throws {
    let site = try Site(runs: 500)
    let names = try site.rows(
      "SELECT configuration FROM runs GROUP BY configuration ORDER BY MIN(id)"
    )
    .map { $0[0] }
    func isBad(_ place: Int) -> Bool {
      (1...5).contains { ["diverged", "failed"].contains(LargeStore.status(place * 5 + $0)) }
    }
    func mean(_ place: Int) -> Double {
      let values = (1...5).map { place * 5 + $0 }
        .filter { !["diverged", "failed"].contains(LargeStore.status($0)) }
        .map(LargeStore.quality)
      return values.reduce(0, +) / Double(values.count)
    }
    let order = names.indices.sorted { a, b in
      isBad(a) != isBad(b) ? !isBad(a) : mean(a) > mean(b)
    }
    for value in ["last", "max"] {
      let table = try await site.window("by=config&sort=-val/accuracy&value=\(value)", 0, 200)
      let found = table.rows.joined().rowNames
      #expect(found == order.map { String(names[$0].prefix(12)) }, "\(value)")
    }
  }

  @Test func aRowLeadsToItsRunsAndSelectionsToTheirComparison() async throws {
    let site = try Site(runs: 100)
    let table = try await site.window("by=config", 0, 5)
    let link = table.rows[0].between("href=\"", "\"")[0].plain
    let runs = try await site.get(link)
    #expect(runs.status == 200 && runs.text.contains("data-total=\"5\""))
    let name = table.rows.joined().rowNames[1]
    let compare = try await site.get("/runs?by=config&select=\(name)&go=compare")
    #expect(compare.status == 303)
    let names = (compare.headers["Location"] ?? "").replacing("/compare?runs=", with: "")
      .split(separator: ",")
    #expect(names.count == 5)
    #expect(names.enumerated().allSatisfy { LargeStore.run(6 + $0.offset).hasPrefix($0.element) })
  }
}
