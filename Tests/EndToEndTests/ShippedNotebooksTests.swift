import Foundation
import Testing

/// The notebooks of experiments/: each is right, and what the quick ones claim holds.
struct ShippedNotebooksTests {
  private static let folder = repositoryRoot + "/experiments/"

  private static func notebooks(_ within: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + within)) ?? [])
      .filter { $0.hasSuffix(".yaml") }.map { within + $0 }.sorted()
  }

  /// Those in other languages among them.
  private static let all = notebooks("") + notebooks("tr/")

  /// Seconds each; the others take up to a minute: `scripts/notebooks` runs all.
  private static let quick = [
    "folds.yaml", "gradient-descent.yaml", "models-and-losses.yaml", "regression.yaml",
    "softmax.yaml", "untrained.yaml",
  ]

  @Test(arguments: all)
  func everyOneIsRight(_ name: String) throws {
    let place = try Workplace()
    let outcome = try place.labbook("check", Self.folder + name)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!(outcome.output + outcome.errors).contains(": advice"), "\(outcome.output)")
    #expect(place.files() == [])
  }

  /// `scripts/swaps` runs them; here only that no claim goes without.
  @Test(arguments: all)
  func everyClaimNamesItsSwap(_ name: String) throws {
    let text = try String(contentsOfFile: Self.folder + name, encoding: .utf8)
    let parts = text.components(separatedBy: "\nx-swaps:\n")
    let mark = "  - claim: "
    let titles = parts[0].split(separator: "\n").filter { $0.hasPrefix(mark) }
      .map { $0.dropFirst(mark.count) }
    #expect(titles.isEmpty == (parts.count == 1))
    for title in titles { #expect(parts.last?.contains(title) == true, "\(title)") }
  }

  /// `scripts/handins` grades all of them.
  @Test(arguments: all)
  func everyOneHasThreeExercisesAndTheirHandIns(_ name: String) throws {
    let text = try String(contentsOfFile: Self.folder + name, encoding: .utf8)
    let cells = text.components(separatedBy: "\n  - ").filter { $0.hasPrefix("exercise: ") }
    #expect(cells.count == 3)
    for cell in cells {
      #expect(cell.contains("\n    hints:\n") && cell.contains("\n    answer: |\n"), "\(cell)")
    }
    for kind in ["right", "wrong"] {
      let handIn = Self.folder + "handins/\(name.dropLast(5))-\(kind).yaml"
      let answers = try String(contentsOfFile: handIn, encoding: .utf8)
      #expect(answers.hasPrefix("answers:\n"))
    }
  }

  @Test(arguments: quick)
  func quickHandInsAreGradedAsTheyAre(_ name: String) throws {
    let place = try Workplace()
    let handIns = ["right", "wrong"].map {
      Self.folder + "handins/\(name.dropLast(5))-\($0).yaml"
    }
    let outcome = try place.labbook(
      ["grade", Self.folder + name] + handIns + ["--format", "csv", "--limit", "none"])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let rows = outcome.output.components(separatedBy: "\r\n")
    #expect(rows[1] == handIns[0] + ",right,right,right,3,3")
    #expect(rows[2] == handIns[1] + ",wrong,wrong,wrong,0,3")
  }

  @Test func theQuickOnesHoldTheirClaims() throws {
    #expect(Self.all.count >= 11 && Self.quick.allSatisfy(Self.all.contains))
    let place = try Workplace()
    let outcome = try place.labbook(["run"] + Self.quick.map { Self.folder + $0 })
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.ranges(of: "claim held").count >= 17)
    for name in Self.quick {
      let page = try place.read("plots/\(name.dropLast(5))/index.html")
      #expect(!page.contains("class=\"missing\"") && !page.contains("value missing"), "\(name)")
    }
    #expect(try place.read("plots/index.html").ranges(of: "<li>").count == Self.quick.count)
  }

  /// The Turkish spirals: the names of models are other words, every number is the same bit by bit.
  ///
  /// Fewer updates than the notebook's are enough: each is made as the one before.
  @Test func theTurkishSpiralsHaveTheSameNumbers() throws {
    let place = try Workplace()
    for (file, store) in [("spiral.yaml", "en.sqlite"), ("tr/spiral.yaml", "tr.sqlite")] {
      let outcome = try place.labbook(
        "run", Self.folder + file, "--set", "train.steps=3", "--db", store, "--plots", "plots")
      // Claims of 1000 updates do not hold of three.
      #expect(outcome.status == 1 && outcome.errors.contains("claim"), "\(outcome.errors)")
    }
    func runs(_ store: String, _ models: [String: String]) throws -> [String] {
      let text = try place.labbook("export", "runs", "--db", store, "--format", "csv").output
      let lines = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let header = lines[0].map(String.init)
      let wanted = header.indices.filter { column in
        ["train.model", "train.optimizer", "train.lr", "train.seed"].contains(header[column])
          || header[column].contains("train/")
      }
      #expect(wanted.count >= 6, "\(header)")
      return lines.dropFirst().map { line in
        wanted.map { models[String(line[$0])] ?? String(line[$0]) }.joined(separator: ",")
      }.sorted()
    }
    let english = try runs("en.sqlite", [:])
    let turkish = try runs(
      "tr.sqlite", ["düz çizgiler": "straight lines", "gizli katman": "hidden layer"])
    #expect(english == turkish && english.count > 60)
    // As many cells of each kind, claims among them.
    func cells(_ file: String) throws -> [String] {
      let text = try String(contentsOfFile: Self.folder + file, encoding: .utf8)
      return text.components(separatedBy: "\nx-swaps:\n")[0].split(separator: "\n").compactMap {
        line in
        line.firstMatch(of: /^  - (?<kind>text|sweep|plot: \w+|table: \w+|claim|exercise):?/).map {
          String($0.output.kind)
        }
      }
    }
    #expect(try cells("spiral.yaml") == cells("tr/spiral.yaml"))
    #expect(try cells("spiral.yaml").count > 15)
  }
}
