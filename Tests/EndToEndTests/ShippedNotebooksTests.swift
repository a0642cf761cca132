import Foundation
import Testing

/// The notebooks of experiments/: each is right, and what the quick ones claim holds.
struct ShippedNotebooksTests {
  private static let folder = repositoryRoot + "/experiments/"

  private static let all = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  /// Seconds each; the others take up to two minutes: `scripts/notebooks` runs all.
  private static let quick = [
    "depth-and-width.yaml", "folds.yaml", "gradient-descent.yaml", "gradients.yaml", "models-and-losses.yaml",
    "regression.yaml", "softmax.yaml", "untrained.yaml",
  ]

  @Test(arguments: all)
  func everyOneIsRight(_ name: String) throws {
    let place = try Workplace()
    let outcome = try place.labbook("check", Self.folder + name)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!(outcome.output + outcome.errors).contains(": advice"), "\(outcome.output)")
    #expect(place.files() == [])
  }

  @Test func theQuickOnesHoldTheirClaims() throws {
    #expect(Self.all.count >= 11 && Self.quick.allSatisfy(Self.all.contains))
    let place = try Workplace()
    let outcome = try place.labbook(["run"] + Self.quick.map { Self.folder + $0 })
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.ranges(of: "claim held").count >= 20)
    for name in Self.quick {
      let page = try place.read("plots/\(name.dropLast(5))/index.html")
      #expect(!page.contains("class=\"missing\"") && !page.contains("value missing"), "\(name)")
    }
    #expect(try place.read("plots/index.html").ranges(of: "<li>").count == Self.quick.count)
  }
}
