import Datasets
import Experiments
import NeuralNet
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

private func key(
  _ configuration: RunConfiguration, fingerprint: String = "", weights: String? = nil
) -> String {
  RunKey.run(configuration, FileFingerprints(data: fingerprint, initialWeights: weights))
}

/// Each line is hashed by `printf '%s' '<line>' | sha256sum`.
private let smallest =
  #"{"core":2,"data":{"seed":1,"source":{"spiral":{"classes":3,"noise":0.2,"#
  + #""points_per_class":1000}},"split":{"val":0.2}},"model":{"layers":[{"kind":{"linear":"#
  + #"{"bias":true,"outputs":100}}},{"kind":"relu"},{"kind":{"linear":{"bias":true,"outputs":3}}}],"#
  + #""name":"hidden layer"},"train":{"batch_size":"full","init":"default","loss":"cross-entropy","#
  + #""lr":0.001,"optimizer":{"adam":{"beta1":0.9,"beta2":0.999,"eps":1e-08}},"#
  + #""schedule":"constant","seed":1,"shuffle":true,"steps":1000}}"#

@Test("The canonical form, letter by letter, and its hash by another program")
func canonicalForm() {
  let json = RunKey.json(Sample.base(), FileFingerprints(data: "", initialWeights: nil), seed: 1)
    .text
  #expect(json == smallest)
  #expect(key(Sample.base()) == "9c61884cb4d0c4579545435cd1a5147c1623455b5002a6d8b5cd670ac13ade85")
  var other = Sample.base()
  other.data.source = Chosen(
    "csv", ["path": .text("a/b.csv"), "target": .text("y \"é\"\n"), "features": .off])
  other.data.scale = .columns([1, 2.5])
  other.train.initializer = Chosen("file", ["path": .text("start.safetensors")])
  other.train.clipNorm = 5
  other.objective = Objective(.valAccuracy, .maximize)
  let hash = RunKey.json(other, FileFingerprints(data: "f00", initialWeights: "beef"), seed: nil)
    .text
  #expect(
    hash
      == #"{"core":2,"data":{"fingerprint":"f00","scale":[1,2.5],"seed":1,"source":"#
      + #"{"csv":{"target":"y \"é\"\n"}},"split":{"val":0.2}},"model":{"layers":[{"kind":{"linear":"#
      + #"{"bias":true,"outputs":100}}},{"kind":"relu"},{"kind":{"linear":{"bias":true,"#
      + #""outputs":3}}}],"name":"hidden layer"},"objective":{"maximize":"val/accuracy"},"train":"#
      + #"{"batch_size":"full","clip_norm":5,"init":{"file":{"contents":"beef"}},"#
      + #""loss":"cross-entropy","lr":0.001,"optimizer":{"adam":{"beta1":0.9,"beta2":0.999,"#
      + #""eps":1e-08}},"schedule":"constant","shuffle":true,"steps":1000}}"#)
  #expect(
    RunKey.configuration(other, FileFingerprints(data: "f00", initialWeights: "beef"))
      == "6254d2a8967c2465924b7485d293b6774691ecde2cad08bc4ae5e2e55f3720a9")
}

@Test("Doubles are the shortest that read back the same")
func doubles() {
  for (value, text) in [
    (0.1, "0.1"), (1.0, "1"), (-0.0, "0"), (1e-3, "0.001"), (1e-8, "1e-08"), (1e300, "1e+300"),
    (0.30000000000000004, "0.30000000000000004"), (123456789.5, "123456789.5"),
  ] {
    #expect(CanonicalJSON.value(.number(value)).text == text)
  }
}

@Test("Whatever decides a number changes the key, each in its own way")
func everySettingCounts() {
  let changes: [(inout RunConfiguration) -> Void] = [
    { $0.train.seed = 2 }, { $0.train.learningRate = 2e-3 }, { $0.train.weightDecay = 1e-5 },
    { $0.train.l1 = 1e-5 }, { $0.train.clipNorm = 1 }, { $0.train.batchSize = .rows(32) },
    { $0.train.batchSize = .rows(3000) }, { $0.train.duration = .epochs(1000) },
    { $0.train.duration = .steps(1001) }, { $0.train.shuffle = .once },
    { $0.train.shuffle = .never }, { $0.train.loss = Chosen("mse") }, { $0.train.loss = nil },
    { $0.train.loss = Chosen("cross-entropy", ["label_smoothing": .number(0.1)]) },
    { $0.train.optimizer = Chosen("sgd") },
    { $0.train.optimizer = Chosen("sgd", ["momentum": .number(0.9)]) },
    { $0.train.schedule = Chosen("constant", ["warmup": .number(5)]) },
    { $0.train.schedule = Chosen("cosine") }, { $0.train.initializer = Chosen("zeros") },
    { $0.train.earlyStopping = TrainConfiguration.EarlyStopping(patience: 10) },
    { $0.train.log = TrainConfiguration.Log(gradNorm: true) },
    { $0.train.log = TrainConfiguration.Log(everyUpdates: 10) }, { $0.data.seed = 2 },
    { $0.data.scale = .all(2) }, { $0.data.shift = .all(2) }, { $0.data.labelNoise = 0.1 },
    { $0.data.take = 100 }, { $0.data.split.val = .share(0.3) }, { $0.data.split.test = .rows(5) },
    { $0.data.split.val = nil }, { $0.data.normalize = .standard },
    { $0.data.source = Chosen("spiral", ["noise": .number(0.3)]) }, { $0.own.modelName = "wide" },
    { $0.layers[0].kind = Chosen("linear", ["outputs": .integer(64)]) },
    { $0.layers[1].kind = Chosen("tanh") }, { $0.layers[0].name = "a" },
    { $0.layers.append($0.layers[1]) }, { $0.objective = Objective(.valAccuracy, .maximize) },
    { $0.objective = Objective(.valLoss, .maximize) },
  ]
  var keys: Set<String> = [key(Sample.base())]
  for change in changes {
    var configuration = Sample.base()
    change(&configuration)
    keys.insert(key(configuration))
  }
  #expect(keys.count == changes.count + 1)
  #expect(key(Sample.base(), fingerprint: "a") != key(Sample.base()))
  #expect(key(Sample.base(), weights: "a") != key(Sample.base()))
}

@Test("Paths, resolved values for display and options at off leave the key alone")
func whatDoesNotCount() {
  let wanted = key(Sample.base())
  var configuration = Sample.base()
  configuration.hyperparameters = [Hyperparameter("train.lr", .number(7))]
  #expect(key(configuration) == wanted)
  configuration.train.optimizer = Chosen(
    "adam",
    configuration.train.optimizer.values.merging([
      "amsgrad": .flag(false), "new_option": .off, "another": .number(0), "third": .integer(0),
    ]) { a, _ in a })
  #expect(key(configuration) == wanted)
  func reading(_ path: String) -> String {
    var configuration = Sample.base()
    configuration.train.initializer = Chosen("file", ["path": .text(path)])
    return key(configuration, weights: "contents")
  }
  #expect(reading("a.safetensors") == reading("elsewhere/b.safetensors"))
}

@Test("A configuration's key is that of all its seeds")
func configurationKey() {
  func configurationKey(_ configuration: RunConfiguration) -> String {
    RunKey.configuration(configuration, FileFingerprints(data: "", initialWeights: nil))
  }
  #expect(configurationKey(Sample.base()) == configurationKey(Sample.base().with(seed: 9)))
  #expect(configurationKey(Sample.base()) != key(Sample.base()))
}

/// What is written once for many runs changes no letter of their keys.
@Test func keysOfManyRunsAreThoseOfEach() throws {
  var maker = RunKeyMaker()
  let network = try #require(Sample.base().network)
  var other = Sample.base()
  other.body = .network(
    NetworkRun(
      data: network.data, modelName: "another", layers: network.layers, train: network.train))
  for fingerprint in ["", "f00"] {
    let files = FileFingerprints(data: fingerprint, initialWeights: nil)
    for configuration in [Sample.base(), other, Sample.base()] {
      #expect(
        maker.run(configuration, seed: 3, files)
          == RunKey.run(configuration.with(seed: 3), files))
      #expect(
        maker.configuration(configuration, files) == RunKey.configuration(configuration, files))
      #expect(maker.lineage(configuration, files) == RunKey.lineage(configuration, files))
    }
  }
}
