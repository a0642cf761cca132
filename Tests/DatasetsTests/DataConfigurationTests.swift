import Datasets
import Testing
import Tracking

@Suite struct DataConfigurationTests {
  @Test func itIsMadeOfCheckedValues() throws {
    let defaults = Dictionary(
      uniqueKeysWithValues: DataConfiguration.commonSettings.map { ($0.name, $0.standard ?? .off) })
    let plain = DataConfiguration(source: Chosen("moons"), common: defaults, split: [:])
    #expect(plain == DataConfiguration(source: Chosen("moons")))
    let values = defaults.merging([
      "scale": .list([.integer(2), .number(0.5)]), "shift": .integer(-1), "take": .integer(9),
      "normalize": .text("minmax"), "label_noise": .number(0.25), "seed": .integer(-5),
    ]) { $1 }
    let made = DataConfiguration(
      source: Chosen("moons"), common: values,
      split: ["val": .number(0.2), "test": .integer(500)])
    #expect(
      made
        == DataConfiguration(
          source: Chosen("moons"), seed: -5, scale: .columns([2, 0.5]), shift: .all(-1),
          labelNoise: 0.25, take: 9, split: .init(val: .share(0.2), test: .rows(500)),
          normalize: .minmax))
  }

  @Test func hyperparametersAreTheFilesPaths() throws {
    let made = try configuration("moons") { $0.split.val = .share(0.2) }.hyperparameters
    #expect(made.first == Hyperparameter("data.source", .text("moons")))
    #expect(made.contains(Hyperparameter("data.split.val", .number(0.2))))
    #expect(made.contains(Hyperparameter("data.noise", .number(0.1))))
    #expect(made.contains(Hyperparameter("data.normalize", .off)))
    #expect(Set(made.map(\.path)).count == made.count)
  }
}
