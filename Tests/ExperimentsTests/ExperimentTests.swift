import Datasets
import Experiments
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking

/// What a file is called and holds, and paths that lead deep into it.
struct ExperimentTests {
  @Test func namesTagsAndUnusedModels() throws {
    let text = """
      title: A title
      tags: [week-2, 7]
      data: {source: moons}
      models: {a: [{linear: 2}], b: {mlp: {hidden: [4]}}, c: [{linear: classes}]}
      train: {model: b}
      """
    let plain = try Experiment.parse(text, name: "some/My file.v2.yaml", library: DataLibrary())
    #expect(plain.name == "My file.v2" && plain.file == "some/My file.v2.yaml")
    #expect(plain.title == "A title" && plain.tags == ["week-2", "7"])
    #expect(plain.unusedModels == ["a", "c"])
    let named = try read(
      text.replacing("train: {model: b}", with: "experiment: other\nover: {model: [a, c]}"))
    #expect(named.name == "other" && named.unusedModels == ["b"])
    let none = try read(smallest)
    #expect(none.title == nil && none.tags == [] && none.unusedModels == [])
    #expect(none.sweeps[0].seeds == .own && none.sweeps[0].strategy == .grid)
  }

  @Test func membersKnowTheirVariantAndSeeds() throws {
    let experiment = try read(
      smallest + "variants: {a: {}, b: {lr: 1}}\nover: {l1: [0, 1]}\nseeds: [3, 5]\n")
    let members = experiment.members(of: experiment.sweeps[0])
    #expect(members.map(\.variant) == ["a", "a", "b", "b"])
    #expect(members.map(\.configuration.train.l1) == [0, 1, 0, 1])
    #expect(members.map(\.configuration.train.learningRate) == [0.001, 0.001, 1, 1])
    #expect(members.allSatisfy { $0.seeds == [3, 5] && $0.configuration.train.seed == 3 })
    #expect(members[2].value(.variant) == .text("b"))
    #expect(
      members[3].value(.setting(.absolute(["train", "l1"]), written: "l1")) == .number(1))
  }

  private let nested = """
    data: {source: blobs, features: 8, split: {val: 0.2}}
    models:
      net: [{linear: 8}, relu, {residual: [{linear: 8}, tanh]}, {linear: classes}]

    """

  @Test func pathsLeadIntoLayersOfLayers() throws {
    let runs = try configurations(
      nested
        + "over: {models.net.2.residual.0.bias: [true, false], models.net.1: [relu, {elu: 2}]}\n")
    #expect(
      runs.map { $0.layers[2].layers[0].kind.values["bias"] }
        == [.flag(true), .flag(true), .flag(false), .flag(false)])
    #expect(runs.map { $0.layers[1].kind.name } == ["relu", "elu", "relu", "elu"])
    #expect(runs[1].layers[1].kind.values["alpha"] == .number(2))
    #expect(runs[0].layers[2].layers[0].kind.values["outputs"] == .integer(8))
  }

  /// Shorter paths are written first, in whatever order they stand.
  @Test func aSettingIsWrittenOverItsChoice() throws {
    let runs = try configurations(
      nested + "train: {optimizer: adam}\nover: {optimizer.momentum: [0.5], optimizer: [sgd]}\n")
    #expect(runs.map { $0.train.optimizer.number("momentum") } == [0.5])
    let data = try configurations(
      nested + "over: {data.noise: [0.25], data.source: [moons, blobs]}\n")
    #expect(data.map { $0.data.source.name } == ["moons", "blobs"])
    #expect(data.allSatisfy { $0.data.source.number("noise") == 0.25 })
    // What every source has is kept, what the old one had alone is not.
    #expect(data.allSatisfy { $0.data.split.val == .share(0.2) })
    #expect(data[1].data.source.integer("features") == 8)
  }

  @Test func ownKeysReachEveryMLP() throws {
    let runs = try configurations(
      """
      data: {source: moons}
      models: {a: {mlp: {hidden: [4]}}, b: {mlp: {hidden: [5, 6], activation: tanh}}}
      over: {model: all, activation: [relu, elu], models.b.mlp.dropout: [0.5]}
      """)
    #expect(
      runs.map { $0.layers.map(\.kind.name).joined(separator: " ") } == [
        "linear relu linear", "linear elu linear", "linear relu dropout linear relu dropout linear",
        "linear elu dropout linear elu dropout linear",
      ])
  }

  @Test func limitsOfBottlenecksAndDepth() throws {
    func rules(_ model: String) throws -> [String] {
      try advice(
        "data: {source: blobs, features: 8, classes: 6, split: {val: 9}}\nmodel: \(model)\n"
      )
      .map(\.rule)
    }
    #expect(try rules("[{linear: 5}, {linear: classes}]") == [])
    #expect(try rules("[{linear: 6}, {linear: classes}]") == ["linear-after-linear"])
    #expect(try rules("[{linear: 9}, flatten, {linear: classes}]") == ["linear-after-linear"])
    #expect(try rules("[{linear: 9}, tanh, {linear: classes}]") == [])
    // What puts out the scores does not count among those in between.
    let two = "{linear: 8}, sigmoid, {linear: 8}, sigmoid, {linear: classes}, sigmoid"
    #expect(try rules("[\(two)]") == [])
    #expect(try rules("[\(two), {linear: classes}]") == ["deep-sigmoid"])
    #expect(try rules("[layer-norm, \(two), {linear: classes}]") == [])
  }
}
