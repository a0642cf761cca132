import Datasets
import Experiments
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking

/// Axes, paths, variants and what they make of a file.
struct SweepTests {
  @Test func countedRangesHaveExactEnds() throws {
    let runs = try configurations(smallest + "over: {lr: {log: [1e-4, 1e-2], count: 4}}\n")
    #expect(runs.map(\.train.learningRate) == [1e-4, 4.64159e-4, 2.15443e-3, 1e-2])
    let widths = try configurations(smallest + "over: {batch_size: {linear: [16, 64], count: 4}}\n")
    #expect(widths.map(\.train.batchSize) == [.rows(16), .rows(32), .rows(48), .rows(64)])
  }

  @Test func allMeansEveryModel() throws {
    let runs = try configurations(
      """
      data: {source: spiral}
      models: {a: {mlp: {hidden: [4]}}, b: [{linear: classes}]}
      over: {model: all, lr: [1, 2]}
      """)
    #expect(runs.map(\.modelName) == ["a", "a", "b", "b"])
    #expect(runs.map(\.train.learningRate) == [1, 2, 1, 2])
  }

  @Test func networksStandInLists() throws {
    let runs = try configurations(
      """
      data: {source: spiral}
      over: {model: [{mlp: {hidden: [4]}}, [{linear: 8}, tanh, {linear: classes}]]}
      """)
    #expect(runs.map(\.modelName) == ["mlp [4]", "linear 8, tanh, linear classes"])
    #expect(runs[0].value(at: "train.model.mlp.hidden")?.json == "[4]")
  }

  @Test func settingsOfAChoiceAreReachedWhicheverWayItIsWritten() throws {
    for optimizer in ["sgd", "{name: sgd}", "{name: sgd, momentum: 0.5}"] {
      let runs = try configurations(
        smallest + "train: {optimizer: \(optimizer)}\nover: {optimizer.momentum: [0, 0.9]}\n")
      #expect(runs.map { $0.train.optimizer.number("momentum") } == [0, 0.9])
    }
  }

  @Test func aPathIsLeftOutWhereACombinationDoesNotHaveIt() throws {
    let runs = try configurations(
      smallest + "over: {optimizer: [sgd, adam], optimizer.momentum: [0, 0.9]}\n")
    #expect(runs.map(\.train.optimizer.name) == ["sgd", "sgd", "adam", "adam"])
    #expect(runs[2] == runs[3])
    #expect(runs[1].train.optimizer.number("momentum") == 0.9)
  }

  @Test func keysOfTheOwnModelAndOfLayers() throws {
    let text = """
      data: {source: spiral}
      models:
        wide: {mlp: {hidden: [64]}}
        list: [{linear: 8}, leaky-relu, {linear: classes}]

      """
    let own = try configurations(
      text + "over: {model: all, hidden: [[4], [5]], models.list.1.leaky-relu: [0.1]}\n")
    #expect(
      own.map { $0.value(at: .ownModel(["mlp", "hidden"]))?.json } == ["[4]", "[5]", nil, nil])
    #expect(own[2].value(at: "models.list.1.leaky-relu") == .number(0.1))
    let layers = try configurations(
      text + "train: {model: list}\nover: {models.list.0.linear: [3, 4]}\n")
    #expect(layers.map { $0.layers[0].kind.integer("outputs") } == [3, 4])
  }

  @Test func dataPathsReachEverything() throws {
    let runs = try configurations(
      smallest + "over: {data.source: [spiral, moons], data.noise: [0, 1], data.split.val: [0.5]}\n"
    )
    #expect(runs.map(\.data.source.name) == ["spiral", "spiral", "moons", "moons"])
    #expect(runs.map { $0.data.source.number("noise") } == [0, 1, 0, 1])
    #expect(runs.map { $0.data.source.integer("points_per_class") } == [100, 100, 500, 500])
    #expect(runs.allSatisfy { $0.data.split.val == .share(0.5) })
  }

  @Test func orderOfLayers() throws {
    let runs = try configurations(
      smallest + """
        train: {lr: 1, l1: 1, weight_decay: 1, clip_norm: 1}
        with: {l1: 2}
        variants: {plain: {}, other: {weight_decay: 3}}
        over: {clip_norm: [4, none]}
        """, set: ["lr=5"])
    #expect(runs.map(\.train.learningRate) == [5, 5, 5, 5])
    #expect(runs.map(\.train.l1) == [2, 2, 2, 2])
    #expect(runs.map(\.train.weightDecay) == [1, 1, 3, 3])
    #expect(runs.map(\.train.clipNorm) == [4, nil, 4, nil])
  }

  @Test func overridesHaveAPlaceOfTheirOwn() {
    #expect(
      complaints(smallest, set: ["train.lr=fast"]) == ["--set train.lr=fast: lr cannot be 'fast'"])
    #expect(complaints(smallest, set: ["lr"]) == ["--set lr: a '=' is missing"])
    #expect(complaints(smallest, set: ["lr="]) == ["--set lr=: lr has no value"])
    #expect(complaints(smallest, set: ["learnrate=1"]).count == 1)
    #expect(
      complaints(smallest + "with: {lr: 1}\n", set: ["lr=3"])
        == ["test.yaml:3:8: lr is set twice: by --set and by with"])
    #expect(
      complaints(smallest, set: ["optimizer.momentum=0.9"])
        == ["--set optimizer.momentum=0.9: no run of the file can use 'optimizer.momentum'"])
  }

  @Test func overridesReachChoicesOfTheSweep() throws {
    let runs = try configurations(
      smallest + "over: {optimizer: [sgd, adam]}\n", set: ["optimizer.momentum=0.9", "hidden=[3]"])
    #expect(runs[0].train.optimizer.number("momentum") == 0.9)
    #expect(runs.allSatisfy { $0.layers[0].kind.integer("outputs") == 3 })
  }

  @Test func whereLooksAtValuesBeforeTheyAreCheckedTogether() throws {
    let runs = try configurations(
      smallest + """
        over: {optimizer: [{name: sgd, nesterov: true}, adam], optimizer.momentum: [0, 0.9]}
        where: "optimizer = 'adam' or optimizer.momentum > 0"
        """)
    #expect(runs.map(\.train.optimizer.name) == ["sgd", "adam", "adam"])
  }

  @Test func seedsCountFromTheRunsOwn() throws {
    let experiment = try read(smallest + "train: {seed: 7}\nseeds: 3\n")
    #expect(experiment.members(of: experiment.sweeps[0]).map(\.seeds) == [[7, 8, 9]])
    let listed = try read(smallest + "seeds: [4, 2]\n")
    let member = listed.members(of: listed.sweeps[0])[0]
    #expect(member.seeds == [4, 2])
    #expect(member.configuration.train.seed == 4)
    #expect(member.configuration.value(at: "train.seed") == .integer(4))
  }

  @Test func epochsAndStepsOfVariants() throws {
    let runs = try configurations(
      smallest + "train: {epochs: 5}\nvariants: {a: {}, b: {steps: 9}}\n")
    #expect(runs.map(\.train.duration) == [.epochs(5), .steps(9)])
    #expect(runs[1].value(at: "train.epochs") == nil)
  }

  @Test(.timeLimit(.minutes(1))) func tenThousandCombinations() throws {
    let runs = try configurations(
      smallest + """
        train: {optimizer: sgd}
        over:
          lr: {log: [1e-4, 1], count: 100}
          optimizer.momentum: {linear: [0, 0.9], count: 10}
          weight_decay: {linear: [0, 0.1], count: 10}
        """)
    #expect(runs.count == 10_000)
  }
}
