import Experiments
import Runs
import Testing
import Tracking

/// `--set` of what is no setting of a run: axes, seeds, tags, the experiment's name.
struct FileOverridesTests {
  private let file = """
    data: {source: moons, points_per_class: 40, split: {val: 0.5}}
    model: {mlp: {hidden: [4]}}
    train: {epochs: 2}
    notebook:
      - sweep: rates
        over: {lr: [0.1, 0.2], train.batch_size: [8, 16]}
        seeds: 3
      - sweep: searched
        over: {lr: {log_uniform: [1e-3, 1]}}
        strategy: {name: random, runs: 5}
      - sweep: pairs
        over: {epochs: [1, 2, 3], lr: [0.3, 0.4, 0.5]}
        strategy: zip
      - sweep: plain
        over: {dropout: [0, 0.5]}

    """

  private func values(_ path: String, in sweep: Int, _ set: [String]) throws -> [ParameterValue?] {
    let experiment = try read(file, set: set)
    return experiment.members(of: experiment.sweeps[sweep]).map { $0.configuration.value(at: path) }
  }

  @Test func anAxisBecomesTheValue() throws {
    let set = ["train.lr=0.7"]
    let rates: [ParameterValue?] = [.number(0.7), .number(0.7)]
    #expect(try values("train.lr", in: 0, set) == rates)
    #expect(try values("train.batch_size", in: 0, set) == [.integer(8), .integer(16)])
    // A search that has nothing left to search is one run.
    #expect(try values("train.lr", in: 1, set) == [.number(0.7)])
    #expect(try values("train.epochs", in: 2, set) == [.integer(1), .integer(2), .integer(3)])
    #expect(try values("train.lr", in: 2, set) == rates + [.number(0.7)])
    // Where it is no axis it is set as before.
    #expect(try values("train.lr", in: 3, set) == rates)
    let experiment = try read(file, set: set)
    #expect(experiment.sweeps[0].axes.map(\.written) == ["lr", "train.batch_size"])
  }

  @Test func axesAreWrittenAnew() throws {
    #expect(
      try values("train.batch_size", in: 0, ["over.batch_size=[32]"]) == [
        .integer(32), .integer(32),
      ])
    let set = ["over.lr={linear: [1, 3], count: 3}"]
    #expect(try values("train.lr", in: 0, set).count == 6)
    #expect(try values("train.lr", in: 2, set) == [.number(1), .number(2), .number(3)])
    #expect(
      complaints(file, set: ["over.weight_decay=[1]"])
        == ["--set over.weight_decay=[1]: no sweep varies 'weight_decay'"])
    #expect(
      complaints(file, set: ["over={lr: [1]}"])
        == ["--set over={lr: [1]}: it is open for which sweep 'over' is set"])
    let one = smallest + "over: {lr: [1, 2]}\n"
    #expect(try configurations(one, set: ["over={dropout: [0, 0.5]}"]).count == 2)
    #expect(try configurations(one, set: ["over.dropout=[0, 0.5]"]).count == 4)
  }

  @Test func seedsTagsAndNameAreSet() throws {
    let set = ["seeds=[4, 9]", "tags=[a, b c]", "experiment=trial"]
    let experiment = try read(file, set: set)
    #expect(experiment.sweeps.map(\.seeds.count) == [2, 2, 2, 2])
    #expect(experiment.tags == ["a", "b c"])
    #expect(experiment.name == "trial")
    #expect(experiment.spec.overrides.isEmpty)
    #expect(try read(smallest, set: ["seeds=7"]).sweeps[0].seeds.count == 7)
    #expect(complaints(smallest, set: ["seeds=0"]) == ["--set seeds=0: seeds cannot be 0"])
    #expect(complaints(smallest, set: ["seeds="]) == ["--set seeds=: seeds has no value"])
    #expect(
      complaints(smallest, set: ["seeds=1", "seeds=2"]) == ["--set seeds=2: 'seeds' is set twice"])
    #expect(
      complaints(smallest, set: ["experiment=a/b"]).first?.hasPrefix("--set experiment=a/b: ")
        == true)
  }

  @Test(arguments: [
    "strategy=zip", "notebook=[]", "where=lr < 1", "title=x", "objective.minimize=lr", "with.lr=1",
    "variants={}", "base=f.yaml", "stop=asha", "figures.width=3", "lint.allow=[]", "from.best=1",
  ])
  func whatItCannotSetItSays(_ set: String) {
    let head = set.prefix { $0 != "=" && $0 != "." }
    #expect(complaints(smallest, set: [set]) == ["--set \(set): --set cannot set '\(head)'"])
  }

  /// A parameter of a program may be called as a key of the file.
  @Test func parametersOfProgramsKeepTheirNames() throws {
    let text = """
      train: {command: ["echo", "{seeds}", "{title}"], params: {seeds: 3, title: x}}
      objective: {minimize: loss}

      """
    let runs = try configurations(text, set: ["seeds=5", "title=y"])
    #expect(runs.map { $0.value(at: "train.params.seeds") } == [.integer(5)])
    #expect(runs.map { $0.value(at: "train.params.title") } == [.text("y")])
  }

  /// A width within a list of hidden layers is searched by itself.
  @Test func widthsWithinAListAreSearched() throws {
    let text =
      smallest + """
        over: {hidden: [{int_uniform: [4, 32]}, 16, {int_uniform: [2, 8]}], lr: {uniform: [0.1, 1]}}
        strategy: {name: random, runs: 20}

        """
    let experiment = try read(text)
    #expect(experiment.sweeps[0].axes.map(\.written) == ["hidden.0", "hidden.2", "lr"])
    let runs = try configurations(text)
    #expect(runs.count == 20)
    let widths = try runs.map { run -> [Int] in
      guard case .list(let items)? = run.value(at: "models.model.mlp.hidden") else {
        throw ParameterError.none
      }
      return items.compactMap(\.asNumber).map { Int($0) }
    }
    #expect(widths.allSatisfy { $0.count == 3 && $0[1] == 16 })
    #expect(widths.allSatisfy { (4...32).contains($0[0]) && (2...8).contains($0[2]) })
    #expect(Set(widths.map { $0[0] }).count > 5 && Set(widths.map { $0[2] }).count > 3)
    // Each width can be read as an axis of a figure is.
    for (run, widths) in zip(runs, widths) {
      #expect(run.value(at: try #require(SettingPath(bare: "hidden.2"))) == .integer(widths[2]))
      #expect(run.value(at: try #require(SettingPath(bare: "hidden.3"))) == nil)
    }
    #expect(
      complaints(
        smallest + "over: {hidden: [{int_uniform: [9, 4]}]}\nstrategy: {name: random, runs: 2}\n")
        == ["test.yaml:3:31: the range ends before it begins"])
  }

  private enum ParameterError: Error { case none }
}
