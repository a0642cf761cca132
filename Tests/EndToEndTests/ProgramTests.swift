import Foundation
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// The tool on a store whose runs are a program's, trained by the tests' own kind of trainer.
@Suite struct ProgramTests {
  private static func made() throws -> Workplace {
    let place = try Workplace()
    let store = try RunStore(at: place.store, .create)
    let executor = ThreadExecutor([ProgramTrainer()], cores: 3)
    _ = try SweepRunner(store, executor).run(
      ProgramSweep(in: place.path).jobs(), experiment: "outside")
    store.close()
    return place
  }

  private static let shared = Result { try made() }

  private static func run(_ place: Workplace) throws -> String {
    let store = try RunStore(at: place.store, .existing)
    defer { store.close() }
    return try #require(try store.runs().first).id.description
  }

  @Test func listingsAndComparisonsNeedNothingOfNetworks() throws {
    let place = try Self.shared.get()
    let runs = try place.labbook("runs", "--sort", "score/top5", "--format", "csv")
    #expect(runs.status == 0)
    let lines = runs.output.split(whereSeparator: \.isNewline)
    // The greatest last score first: the smaller rate, the shortest program.
    let header = lines[0].split(separator: ",").map(String.init)
    let first = lines[1].split(separator: ",").map(String.init)
    #expect(first[try #require(header.firstIndex(of: "train.params.rate"))] == "0.125")
    #expect(first[try #require(header.firstIndex(of: "score/top5"))] == "0.5")
    #expect(try place.labbook("show", Self.run(place)).output.contains("score/top5"))
    let compared = try place.labbook("compare", "--sweep", "programs", "--by", "params.rate")
    #expect(compared.status == 0 && compared.output.contains("no difference measured"))
    let drawn = try place.labbook("plot", "curves", "--sweep", "programs", "--out", "c.svg")
    #expect(drawn.status == 0, "\(drawn.errors)")
    #expect(try place.read("c.svg").contains("score/top5"))
    #expect(
      try place.labbook(
        "plot", "final", "--sweep", "programs", "--metric", "energy", "--x", "params.rate", "--out",
        "f.pdf"
      ).status == 0)
    let exported = try place.labbook("export", "metrics", "--metric", "tokens")
    #expect(exported.output.split(whereSeparator: \.isNewline).count == 7)
  }

  @Test func rankingByAMetricWithoutADirectionIsAnError() throws {
    let place = try Self.shared.get()
    let outcome = try place.labbook("runs", "--sort", "energy")
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.contains("nobody has said whether a greater or a smaller energy is better"))
    #expect(outcome.errors.contains("directions: {maximize: [energy]}"))
  }

  @Test func whatNeedsANetworkRefusesWithASentence() throws {
    let place = try Self.shared.get()
    let run = try Self.run(place)
    try place.write("rows.csv", "x\n1\n")
    for arguments in [
      ["predict", run, "--input", "rows.csv"],
      ["predict", "--sweep", "programs", "--input", "rows.csv"], ["weights", run, "--out", "w"],
      ["export", "model", run, "--out", "m.onnx"],
      ["plot", "boundary", "--sweep", "programs", "--out", "b.svg"],
    ] {
      let outcome = try place.labbook(arguments)
      #expect(outcome.status == 2, "\(arguments)")
      #expect(outcome.errors.contains("is a program's"), "\(arguments): \(outcome.errors)")
      #expect(!place.exists("w") && !place.exists("m.onnx") && !place.exists("b.svg"))
    }
  }
}
