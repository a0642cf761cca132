import RunStorage
import Testing
import Tracking

/// `--threads` and `--kernels`, from the command line to what a store has.
@Suite struct ThreadsTests {
  private static let file = """
    data: {source: spiral, points_per_class: 60, split: {val: 0.2}}
    model: [{linear: 130}, relu, batch-norm, {linear: 70}, {dropout: 0.2}, layer-norm, {linear: classes}]
    train:
      batch_size: 50
      epochs: 3
      clip_norm: 1
      log: {every: 2, layers: true, grad_norm: true, metrics: [f1, balanced_accuracy]}
    over: {optimizer: [adam, {name: sgd, momentum: 0.9}]}
    """

  /// Scored by what the training part was as it was trained: a batch of one block, of several, and the
  /// smaller one at an epoch's end.
  private static let regression = """
    data: {source: cubic, points: 700, split: {val: 0.2}}
    models:
      thin: {mlp: {hidden: [100]}}
      wide: {mlp: {hidden: [300, 200]}}
    train: {loss: mse, optimizer: adam, batch_size: 300, epochs: 3}
    over: {model: all}
    """

  private func run(_ place: Workplace, _ options: [String]) throws -> RunStore {
    let store = "s\(options.joined()).sqlite"
    let outcome = try place.labbook(
      ["run", "e.yaml", "--db", store, "--plots", "p" + store] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try RunStore(at: place.path + "/" + store, .existing)
  }

  @Test(arguments: [file, regression])
  func everyNumberOfThreadsLeavesTheSameStore(file: String) throws {
    let place = try Workplace()
    try place.write("e.yaml", file)
    let one = try contents(run(place, ["--threads", "1", "--jobs", "1"]))
    #expect(one.count > 10)
    #expect(one.contains { $0.hasPrefix(file == Self.regression ? "train/rmse" : "train/f1") })
    for options in [
      ["--threads", "2"], ["--threads", "5", "--jobs", "2"], ["--threads", "16", "--jobs", "1"],
      ["--jobs", "4"],
    ] {
      #expect(try contents(run(place, options)) == one, "\(options)")
    }
  }

  @Test func whatWasAskedForIsRecordedAndVerified() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file)
    let store = try run(place, ["--threads", "3", "--kernels", "baseline"])
    let read = try StoreReader(store.path)
    let asked = "select distinct value from run_environment where key = "
    #expect(try read.texts(asked + "'threads'") == ["3"])
    #expect(try read.texts(asked + "'kernels'") == ["baseline"])
    let id = try #require(try store.runs().first).id
    for threads in ["1", "2", "auto"] {
      let outcome = try place.labbook(
        "verify", id.description, "--db", store.path, "--threads", threads, "--kernels", "baseline")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("is identical"))
    }
  }

  @Test func whatCannotBeIsRefused() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file)
    for wrong in [
      ["--threads", "0"], ["--threads", "257"], ["--threads", "many"], ["--kernels", "sse9"],
    ] {
      let outcome = try place.labbook(["run", "e.yaml"] + wrong)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("'\(wrong[1])'"), "\(outcome.errors)")
    }
    #expect(place.files() == ["e.yaml"])
  }
}
