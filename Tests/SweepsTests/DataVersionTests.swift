import Datasets
import Runs
import TestSupport
import Testing
import Tracking

/// What tables of the second round put into a run's key, and what they leave as it was.
struct DataVersionTests {
  private func key(
    _ changes: [String: ParameterValue] = [:], version: Int? = nil,
    _ edit: (inout DataConfiguration) -> Void = { _ in }
  ) throws -> String {
    let choice = try #require(Sources.all.first { $0.name == "csv" })
    var values: [String: ParameterValue] = [:]
    for setting in choice.settings { values[setting.name] = setting.standard ?? .off }
    values["path"] = .text("d.csv")
    values["target"] = .text("y")
    var configuration = Sample.base()
    var network = configuration.own
    network.data = DataConfiguration(source: Chosen("csv", values.merging(changes) { $1 }))
    edit(&network.data)
    configuration.own = network
    return RunKey.json(
      configuration, FileFingerprints(data: "bytes", dataVersion: version), seed: 1
    ).text
  }

  /// The data's part of the key is letter by letter what 0.1.0 hashed.
  @Test func aPlainTableHasTheKeyOfTheFirstVersion() throws {
    #expect(
      try key().contains(
        #""data":{"fingerprint":"bytes","seed":1,"source":{"csv":{"target":"y"}}}"#))
  }

  @Test func whatIsSaidOfATableIsInTheKey() throws {
    let plain = try key()
    #expect(try key(["header": .flag(false)]).contains(#""header":false"#))
    #expect(
      try key(["fill": .mapping(["b": .text("mean"), "a": .integer(0)])])
        .contains(#""fill":{"a":0,"b":"mean"}"#))
    #expect(try key(["skip": .integer(0), "indicator": .flag(false)]) == plain)
    #expect(try key { $0.targetTransform = .log }.contains(#""target_transform":"log""#))
    #expect(try key(version: 2).contains(#""version":2"#) && !plain.contains("version\":2"))
  }

  /// How rows are divided is in the key only where it is said; a fold's number is in the run's key.
  @Test func howRowsAreDividedIsInTheKeyWhereItIsSaid() throws {
    let plain = try key()
    #expect(try key { $0.split = .init() } == plain)
    #expect(try key { $0.split.isOrdered = true }.contains(#""split":{"order":true}"#))
    #expect(try key { $0.split.groups = "site" }.contains(#""split":{"groups":"site"}"#))
    #expect(try key { $0.split.isStratified = false }.contains(#""split":{"stratify":false}"#))
    let folds = try key {
      $0.split.folds = 5
      $0.fold = 2
    }
    #expect(folds.contains(#""fold":2,"#) && folds.contains(#""split":{"folds":5}"#))
    // A path is in no key, the bytes of both tables are.
    #expect(try key(["test_path": .text("other.csv")]) == plain)
  }
}
