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
    let made = try configuration("moons", ["noise": .number(0.25)]) {
      ($0.seed, $0.labelNoise, $0.take, $0.normalize) = (7, 0.125, 30, .standard)
      ($0.scale, $0.shift) = (.columns([2, 3]), .all(-1))
      $0.split = .init(val: .share(0.2), test: .rows(5))
    }
    #expect(
      made.hyperparameters.map { "\($0.path) \($0.value.json)" } == [
        "data.source \"moons\"", "data.label_noise 0.125", "data.noise 0.25",
        "data.normalize \"standard\"", "data.points_per_class 500", "data.scale [2,3]",
        "data.seed 7", "data.shift -1", "data.split.test 5", "data.split.val 0.2", "data.take 30",
      ])
    #expect(
      try configuration("cubic").hyperparameters.map { "\($0.path) \($0.value.json)" } == [
        "data.source \"cubic\"", "data.label_noise 0", "data.noise 0.3", "data.normalize null",
        "data.points 100", "data.scale 1", "data.seed 1", "data.shift 0", "data.split.test null",
        "data.split.val null", "data.take null",
      ])
  }
}
