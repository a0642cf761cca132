import Testing
import Tracking

/// Names that differ stay different, whatever room there is.
struct ShortNamesTests {
  private let cutter = ShortNames { Double($0.count) }

  private func fitted(_ names: [String], _ limit: Double) -> [String] {
    cutter.fitted(names, to: limit)
  }

  @Test func whatFitsStays() {
    #expect(fitted(["a", "bc", "a"], 2) == ["a", "bc", "a"])
    #expect(fitted(["abcdefghij", "klmnopqrst"], 7) == ["abc…hij", "klm…rst"])
  }

  @Test func theWordsThatDifferAreKept() {
    let names = ["one", "two"].flatMap { word in
      ["0.1", "0.2"].map { "a network with a long name, variant \(word) of the family, lr=\($0)" }
    }
    #expect(
      fitted(names, 30) == [
        "a network with … one … lr=0.1", "a network with … one … lr=0.2",
        "a network with … two … lr=0.1", "a network with … two … lr=0.2",
      ])
  }

  @Test func withoutWordsTheyGoOnFromWhereTheyDiffer() {
    let (head, tail) = (String(repeating: "x", count: 30), String(repeating: "y", count: 30))
    let names = ["1", "2"].map { head + $0 + tail }
    let short = fitted(names, 15)
    #expect(Set(short).count == 2 && short.allSatisfy { $0.count <= 15 })
    #expect(short[0].contains("1") && short[1].contains("2"))
  }

  @Test func equalNamesAreEqualTexts() {
    let long = String(repeating: "ab", count: 40)
    #expect(Set(fitted([long, long], 9)).count == 1)
  }

  /// Every pair of 200 names made at random differs where the names do.
  @Test(arguments: [1.0, 3, 6, 12, 25])
  func differentNamesNeverMeet(limit: Double) {
    var state: UInt64 = 7
    func next(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % count
    }
    let names = (0..<200).map { _ in
      String((0..<20 + next(40)).map { _ in Array("ab  漢é")[Int(next(6))] })
    }
    let short = fitted(names + names, limit)
    #expect(Set(short).count == Set(names).count)
    #expect(Array(short[..<200]) == Array(short[200...]))
  }
}
