import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

struct PlanFactsTests {
  private final class Asked {
    var questions: [String] = []
  }

  private func facts(_ asked: Asked) -> PlanFacts {
    PlanFacts(
      fingerprint: {
        asked.questions.append("bytes of \($0.source.name)")
        return $0.source.name == "csv" ? "f00" : ""
      },
      trainRows: {
        asked.questions.append("rows of \($0.source.name)")
        return 90
      },
      fileHash: {
        asked.questions.append("hash of \($0)")
        return "beef"
      })
  }

  @Test func eachFileIsAskedForOnceAndGoesIntoTheKey() throws {
    let asked = Asked()
    let facts = facts(asked)
    var run = Sample.base()
    run.data.source = Chosen("csv", ["path": .text("a.csv"), "target": .text("y")])
    run.train.initializer = Chosen("file", ["path": .text("start.safetensors")])
    for _ in 0..<2 {
      #expect(
        try facts.key(of: run)
          == RunKey.run(run, FileFingerprints(data: "f00", initialWeights: "beef")))
      #expect(try facts.length(of: run)?.updatesPerEpoch == 90 / run.train.batchSize.count(of: 90))
    }
    #expect(asked.questions == ["bytes of csv", "hash of start.safetensors", "rows of csv"])
    #expect(
      try facts.key(of: Sample.base())
        == RunKey.run(Sample.base(), FileFingerprints(data: "", initialWeights: nil)))
    #expect(asked.questions.last == "bytes of spiral")
  }

  @Test func aFilesHashIsOfItsBytes() throws {
    let path = FileManager.default.temporaryDirectory.path + "/labbook-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
    // FIPS 180-2, appendix B.1.
    #expect(
      try PlanFacts.hash(path)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let error = try #require(throws: LabbookError.self) { try PlanFacts.hash(path + "x") }
    #expect(error == .input("the file '\(path)x' cannot be read"))
  }

  @Test func rowsAreThoseToTrainOn() throws {
    let facts = PlanFacts(library: DataLibrary())
    // 3000 points, a fifth of them for validation.
    let length = try #require(try facts.length(of: Sample.base()))
    #expect(length.updatesPerEpoch == (2400 - 1) / length.batchRows + 1)
    #expect(
      try facts.key(of: Sample.base())
        == "9c61884cb4d0c4579545435cd1a5147c1623455b5002a6d8b5cd670ac13ade85")
  }

  /// Two files with the same settings are two runs, one file at two places is one.
  @Test func contentsTellRunsApart() throws {
    let sweep = Sample.sweep([Sample.axis("lr", ["0.1"])])
    func keys(_ fingerprint: String) throws -> [String] {
      try RunPlan(
        experiment: "sample", sweeps: [sweep],
        facts: PlanFacts(
          fingerprint: { _ in fingerprint }, trainRows: { _ in 1 }, fileHash: { $0 }),
        decode: Sample.decode
      ).runs.map(\.run.key)
    }
    #expect(try keys("a") == keys("a") && keys("a") != keys("b"))
  }
}
