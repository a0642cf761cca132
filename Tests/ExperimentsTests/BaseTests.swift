import Datasets
import Experiments
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking

/// Every sentence of the contract on bases and on what replaces what.
struct BaseTests {
  private func merged(_ base: String, _ file: String) throws -> RunConfiguration {
    try withFiles(["base.yaml": base, "file.yaml": "base: base.yaml\n" + file]) { folder in
      let experiment = try Experiment.read(folder + "/file.yaml", library: DataLibrary())
      let members = experiment.members(of: experiment.sweeps[0])
      return try #require(members.first).configuration
    }
  }

  @Test func mappingsMerge() throws {
    let run = try merged(
      smallest + "train: {lr: 0.5, l1: 0.1}", "train: {lr: 0.25, epochs: 3}")
    #expect(run.train.learningRate == 0.25)
    #expect(run.train.l1 == 0.1)
    #expect(run.train.duration == .epochs(3))
  }

  @Test func listsReplace() throws {
    let run = try merged(smallest, "model: {mlp: {hidden: [8, 8]}}")
    #expect(run.value(at: "models.model.mlp.hidden")?.json == "[8,8]")
  }

  @Test func nullRemoves() throws {
    let run = try merged(smallest + "train: {lr: 0.5}", "train: {lr: null}")
    #expect(run.train.learningRate == 0.001)
  }

  @Test func anotherNameReplacesTheChoiceWhole() throws {
    let base = smallest + "train: {optimizer: {name: sgd, momentum: 0.9, nesterov: true}}"
    let other = try merged(base, "train: {optimizer: {name: adam, beta1: 0.8}}")
    #expect(other.train.optimizer.name == "adam")
    #expect(other.train.optimizer.number("beta1") == 0.8)
  }

  @Test func aBareNameReplacesTheChoiceWhole() throws {
    let base = smallest + "train: {optimizer: {name: sgd, momentum: 0.9}}"
    #expect(try merged(base, "train: {optimizer: sgd}").train.optimizer.number("momentum") == 0)
  }

  @Test func theSameNameInAMappingMerges() throws {
    let base = smallest + "train: {optimizer: {name: sgd, momentum: 0.9}}"
    let run = try merged(base, "train: {optimizer: {name: sgd, nesterov: true}}")
    #expect(run.train.optimizer.number("momentum") == 0.9)
    #expect(run.train.optimizer.flag("nesterov"))
  }

  @Test func anotherSourceReplacesTheDataWhole() throws {
    let run = try merged(smallest, "data: {source: moons}")
    #expect(run.data.source.name == "moons")
    #expect(run.data.source.integer("points_per_class") == 500)
    #expect(run.data.split.val == nil)
  }

  @Test func theSameSourceMerges() throws {
    let run = try merged(smallest, "data: {noise: 0.5}")
    #expect(run.data.source.number("noise") == 0.5)
    #expect(run.data.source.integer("points_per_class") == 100)
    #expect(run.data.split.val == .share(0.2))
  }

  @Test func anotherNetworkReplacesTheOldOne() throws {
    let run = try merged(smallest, "model: [{linear: 4}, tanh, {linear: classes}]")
    #expect(run.layers.map(\.kind.name) == ["linear", "tanh", "linear"])
  }

  @Test func epochsAndStepsReplaceEachOther() throws {
    let steps = try merged(smallest + "train: {epochs: 5}", "train: {steps: 100}")
    #expect(steps.train.duration == .steps(100))
    let epochs = try merged(smallest + "train: {steps: 5}", "train: {epochs: 100}")
    #expect(epochs.train.duration == .epochs(100))
  }

  @Test func minimizeAndMaximizeReplaceEachOther() throws {
    let run = try merged(
      smallest + "objective: {minimize: val/loss}", "objective: {maximize: val/accuracy}")
    #expect(run.objective == Objective(.valAccuracy, .maximize))
  }

  @Test func pathsAreRelativeToTheFileThatSaysThem() throws {
    let table = "x,y,kind\n1,2,a\n2,1,b\n3,4,a\n4,3,b\n"
    let base = """
      data: {source: csv, path: table.csv, target: kind}
      model: {mlp: {hidden: [4]}}
      """
    try withFiles([
      "below/table.csv": table, "below/base.yaml": base, "file.yaml": "base: below/base.yaml\n",
    ]) { folder in
      let experiment = try Experiment.read(folder + "/file.yaml", library: DataLibrary())
      let run = try #require(experiment.members(of: experiment.sweeps[0]).first).configuration
      #expect(run.data.source.text("path") == folder + "/below/table.csv")
    }
  }

  @Test func basesHaveBases() throws {
    try withFiles([
      "a.yaml": "base: b.yaml\ntrain: {lr: 3}\n", "b.yaml": "base: c.yaml\ntrain: {lr: 2, l1: 2}\n",
      "c.yaml": smallest + "train: {lr: 1, l1: 1, epochs: 1}\n",
    ]) { folder in
      let experiment = try Experiment.read(folder + "/a.yaml", library: DataLibrary())
      let train = try #require(experiment.members(of: experiment.sweeps[0]).first)
        .configuration.train
      #expect(train.learningRate == 3)
      #expect(train.l1 == 2)
      #expect(train.duration == .epochs(1))
    }
  }
}
