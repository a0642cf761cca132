import Datasets
import Experiments
import FileLanguage
import Foundation
import Testing
import Tracking

/// Files that nobody would write by hand: read or refused, never a trap, never without end.
@Suite struct HostileFilesTests {
  private static let experiments = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("experiments")

  /// Vigna's SplitMix64: the same files in every run of the tests.
  private struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(max(1, bound)))
    }
  }

  private static let pieces = [
    "[", "]", "{", "}", ":", ": ", "- ", "\n", "  ", "&a ", "*a", "<<: *a", "!!int ", "|", ">", "'",
    "\"", "#", "null", "nan", "-inf", "1e999", "-1", "0", "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808", "1e-320", "\t", "\u{0}", "\u{202E}", "\u{FEFF}", "é", "👩‍👩‍👧",
    "seeds: 99999",
    "all", "none", "full", "over:", "train:", "models:", "data:", "(", ")", "best(", "not ", "/",
    "..",
  ]

  private func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> String {
    var bytes = bytes
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count)
      switch random.below(5) {
      case 0: if !bytes.isEmpty { bytes[place] = UInt8(random.below(256)) }
      case 1:
        let piece = Self.pieces[random.below(Self.pieces.count)]
        bytes.insert(contentsOf: Array(piece.utf8), at: place)
      case 2:
        let end = min(bytes.count, place + random.below(12))
        bytes.removeSubrange(min(place, end)..<end)
      case 3:
        let end = min(bytes.count, place + random.below(80))
        bytes.insert(contentsOf: Array(bytes[min(place, end)..<end]), at: random.below(bytes.count))
      default: bytes.removeLast(min(bytes.count, random.below(60)))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Mutations of the files that are shipped; what is right after all is small enough to be planned.
  @Test func mutationsOfTheShippedFilesAreReadOrRefused() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.experiments.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    try #require(names.count > 3)
    var random = SplitMix(state: 12)
    let library = DataLibrary()
    var refused = 0
    for name in names {
      let bytes = try Array(Data(contentsOf: Self.experiments.appendingPathComponent(name)))
      for _ in 0..<150 {
        do throws(Diagnostics) {
          _ = try Experiment.parse(mutated(bytes, &random), name: name, library: library)
        } catch {
          refused += 1
          #expect(!error.list.isEmpty && !error.list.contains { $0.description.isEmpty })
        }
      }
    }
    #expect(refused > 400)
  }

  private static let deep = 100_000

  @Test(arguments: [
    String(repeating: "[", count: deep), String(repeating: "{a: ", count: deep),
    String(repeating: "- ", count: deep), String(repeating: "? ", count: deep),
    "a: " + String(repeating: "[", count: deep) + String(repeating: "]", count: deep),
    String(repeating: "[ &a ", count: deep),
    (0..<2000).map { String(repeating: " ", count: $0) + "k:" }.joined(separator: "\n"),
  ])
  func deepNestingIsAnError(text: String) {
    #expect(!complaints(text).isEmpty)
  }

  @Test(arguments: [
    String(repeating: "(", count: deep), String(repeating: "-", count: deep) + "1",
    String(repeating: "not ", count: deep) + "lr = 1",
    "lr" + String(repeating: " + 1", count: deep),
    String(repeating: "best(", count: deep),
  ])
  func deepExpressionsAreErrors(condition: String) {
    let text = """
      data: {source: moons, points_per_class: 10}
      model: {mlp: {hidden: [2]}}
      over: {lr: [0.1, 0.2]}
      where: "\(condition)"
      """
    #expect(!complaints(text).isEmpty)
  }

  @Test func deepResidualsAreAnError() {
    let open = String(repeating: "{residual: [", count: 1000)
    let close = String(repeating: "]}", count: 1000)
    #expect(
      !complaints("data: {source: moons}\nmodel: [\(open)relu\(close), {linear: classes}]\n")
        .isEmpty)
  }
}
