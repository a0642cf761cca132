import Datasets
import Experiments
import FileLanguage
import Runs
import Testing
import Tracking

/// What a hand-in may say, and that nothing else of the teacher's file can be said in it.
struct HandInTests {
  /// A notebook that opens a rate, the width of one network and an optimizer.
  static let teacher = """
    data: {source: spiral, points_per_class: 100, split: {val: 0.2}}
    models:
      net: {mlp: {hidden: [16]}}
      other: [{linear: classes}]
    train: {model: net, optimizer: sgd, steps: 100, lr: 1e-3}
    open: [train.lr, hidden, train.optimizer, train.init]
    notebook:
      - sweep: rates
        over: {lr: [1e-4, 1e-3], optimizer: [sgd, adam]}
        seeds: [11, 7]
      - sweep: widths
        with: {optimizer: adam}
        over: {hidden: [[2], [4]]}
        seeds: 3
      - sweep: after
        from: {best: 1, of: widths}
      - {exercise: Which rate?, id: rate, of: rates, that: mean(train/loss) < 0.7}
      - {exercise: How wide?, id: width, of: widths, that: mean(train/loss) < 0.7}
      - {exercise: And then?, id: then, of: after, that: mean(train/loss) < 0.7}
      - {sweep: plain, seeds: 2}
      - {exercise: And plain?, id: plain, of: plain, that: mean(train/loss) < 0.7}
      - {exercise: How much?, id: much, ask: number, is: 0.5}
      - {exercise: Which one?, id: which, ask: [relu, two words], is: relu}
    """

  private func teacher() throws -> Experiment { try read(Self.teacher) }

  private func handIn(_ text: String) throws -> HandIn {
    try teacher().handIn(text, path: "ada.yaml")
  }

  /// What a hand-in is refused for, one message a line without snippets; empty where it is right.
  private func complaints(_ text: String) throws -> [String] {
    let teacher = try teacher()
    do throws(Diagnostics) {
      let handIn = try teacher.handIn(text, path: "ada.yaml")
      for exercise in teacher.exercises where exercise.sweep != nil {
        _ = try teacher.answered(exercise, by: handIn)
      }
      return []
    } catch { return error.list.map { "\($0.mark.place): \($0.message)" } }
  }

  @Test(arguments: [
    "train: {lr: 0.1}", "train.lr: 0.1", "lr: 0.1",
    "train: {optimizer: {name: sgd, momentum: 0.9}}",
    "optimizer.momentum: 0.5", "train: {optimizer: {momentum: 0.5}}", "hidden: [3]",
    "models: {net: {mlp: {hidden: [3]}}}", "models.net.mlp: {hidden: [3]}",
    "x-mine: &r 0.1\nlr: *r", "x-mine: &r {lr: 0.1}\ntrain: {<<: *r}", "train: {init: zeros}",
    "answers: {rate: {over: {lr: [0.1]}}}", "answers: {rate: {over: {train.lr: [0.1]}, seeds: 4}}",
    "answers: {rate: {seeds: 9}, much: 0.5, which: RELU}", "answers: {which: two  Words}",
    "answers: {width: {over: {hidden: [[3], [5]]}}}", "answers: {much: -1e-3}",
    "answers: {rate: {over: {lr: {log: [1e-3, 0.1], count: 3}}}}",
  ])
  func whatIsOpenMayBeSet(_ text: String) throws {
    #expect(try complaints(text) == [])
    let handIn = try handIn(text)
    #expect(!handIn.values.isEmpty || !handIn.answers.isEmpty)
  }

  /// A wrong hand-in each, with the place and the beginning of what is said.
  @Test(arguments: [
    (
      "train: {command: rm -rf /}",
      "1:9: a hand-in cannot set 'train.command': a hand-in says nothing"
    ),
    (
      "command: x", "1:1: a hand-in cannot set 'command': a hand-in says nothing of what is started"
    ),
    ("train.command: x", "1:1: a hand-in cannot set 'train.command': a hand-in says nothing"),
    ("train: {lr: 0.1, env: {A: b}}", "1:18: a hand-in cannot set 'train.env'"),
    ("train: {files: [a]}", "1:9: a hand-in cannot set 'train.files'"),
    ("inputs: [a]", "1:1: a hand-in cannot set 'inputs'"),
    ("base: other.yaml", "1:1: a hand-in cannot set 'base': it is the teacher's"),
    ("include: other.yaml", "1:1: a hand-in cannot set 'include': there is no such key"),
    ("lr: !include other.yaml", "1:5: the tag '!include' means nothing here"),
    ("x-a: &a {command: x}\ntrain: {<<: *a, lr: 1}", "1:10: a hand-in cannot set 'train.command'"),
    (
      "x-a: &a {seed: 3}\ntrain: *a", "1:10: a hand-in cannot set 'train.seed': it is the teacher's"
    ),
    (
      "train: {seed: 3}",
      "1:9: a hand-in cannot set 'train.seed': it is the teacher's, and not open"
    ),
    ("data: {seed: 3}", "1:8: a hand-in cannot set 'data.seed': it is the teacher's, and not open"),
    ("data.noise: 0", "1:1: a hand-in cannot set 'data.noise': it is the teacher's, and not open"),
    ("data: {path: /etc/passwd}", "1:8: a hand-in cannot set 'data.path': a hand-in names no file"),
    ("train: {init: {name: file, path: w}}", "1:22: init cannot be 'file' here: a hand-in names"),
    ("train: {steps: 9}", "1:9: a hand-in cannot set 'train.steps': it is the teacher's"),
    ("model: {mlp: {hidden: [3], activation: tanh}}", "1:28: a hand-in cannot set 'model.mlp.act"),
    ("models: {net: [{linear: classes}]}", "1:10: a hand-in cannot set 'models.net': it is the t"),
    ("models: {new: [{linear: classes}]}", "1:10: a hand-in cannot set 'models.new'"),
    ("notebook: [{claim: x, that: 1 < 2}]", "1:1: a hand-in cannot set 'notebook': it is the"),
    ("claim: x", "1:1: a hand-in cannot set 'claim': there is no such key that is open"),
    ("open: [data.seed]", "1:1: a hand-in cannot set 'open': it is the teacher's"),
    ("experiment: x", "1:1: a hand-in cannot set 'experiment': it is the teacher's"),
    ("seeds: 3", "1:1: a hand-in cannot set 'seeds': it is the teacher's"),
    ("lr: 1\nlr: 2", "2:1: the key 'lr' stands here a second time"),
    ("lr: 1\ntrain: {lr: 2}", "2:9: 'train.lr' is set twice"),
    ("train: {optimizer: sgd, optimizer.momentum: 1}", "1:25: 'train.optimizer.momentum' is set"),
    ("train: {optimizer: {name: adam, command: x}}", "1:33: adam has no setting 'command'"),
    ("train: {lr: null}", "1:13: train.lr cannot be null"), ("train: {lr: }", "1:13: train.lr has"),
    ("train: {lr: fast}", "1:13: lr cannot be 'fast'"), ("train: 3", "1:1: a hand-in cannot set"),
    ("data: {split: 3}", "1:8: a hand-in cannot set 'data.split'"),
    ("- a", "1:1: a hand-in is a mapping"), ("", "1:1: the hand-in is empty"),
    ("{}", "1:1: the hand-in is empty"), ("answers: 3", "1:10: answers cannot be 3"),
    ("answers: {rats: {seeds: 3}}", "1:11: there is no exercise 'rats'"),
    ("answers: {rate: 3}", "1:17: rate cannot be 3"),
    ("answers: {rate: {}}", "1:17: the answer to"),
    ("answers: {rate: {that: 1 < 2, seeds: 3}}", "1:18: an answer cannot set 'that'"),
    ("answers: {rate: {with: {lr: 1}}}", "1:18: an answer cannot set 'with': it is the teacher's"),
    (
      "answers: {rate: {over: {lr: [1]}, decide_by: mean}}",
      "1:35: an answer cannot set 'decide_by'"
    ),
    (
      "answers: {rate: {seeds: [1, 2]}}", "1:25: an answer says how many seeds there are, not which"
    ),
    ("answers: {rate: {seeds: 0}}", "1:25: seeds cannot be 0"),
    ("answers: {rate: {over: {seed: [1]}}}", "1:25: a hand-in cannot set 'seed'"),
    ("answers: {rate: {over: {data.seed: [1]}}}", "1:25: a hand-in cannot set 'data.seed'"),
    ("answers: {rate: {over: {hidden: [[1]]}}}", "1:25: the answer to 'rate' cannot vary 'hidden'"),
    ("answers: {width: {over: {lr: [1]}}}", "1:26: the answer to 'width' cannot vary 'lr'"),
    (
      "answers: {width: {over: {optimizer: [sgd]}}}", "1:26: the answer to 'width' cannot vary 'opt"
    ),
    ("answers: {rate: {over: {lr: [1], train.lr: [2]}}}", "1:34: train.lr is set twice by over"),
    ("answers: {rate: {over: {lr: []}}}", "1:29: lr is an empty list"),
    ("answers: {rate: {over: {lr: [-1]}}}", "1:30: lr cannot be -1"),
    (
      "answers: {then: {over: {init: [{name: file, path: w}]}}}", "1:39: init cannot be 'file' here"
    ),
    ("answers: {rate: {seeds: 900}}", "1:11: the answer asks for 3600 runs"),
    ("answers: {much: half}", "1:17: much cannot be 'half'"),
    ("answers: {much: [1]}", "1:17: much cannot be a list"),
    ("answers: {which: tanh}", "1:18: which cannot be 'tanh'"),
  ])
  func everythingElseIsRefusedAtItsLine(_ text: String, _ message: String) throws {
    let found = try complaints(text)
    #expect(found.contains { $0.hasPrefix("ada.yaml:" + message) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("ada.yaml:") }, "\(found)")
  }

  @Test func anAnswerChangesItsSweepAlone() throws {
    let teacher = try teacher()
    let handIn = try handIn("answers: {rate: {over: {train.lr: [0.5]}, seeds: 4}}")
    let exercise = try #require(teacher.exercises.first)
    let sweep = try #require(try teacher.answered(exercise, by: handIn).experiment.sweeps.first)
    #expect(sweep.axes.map(\.written) == ["lr", "optimizer"])
    // The teacher's own seeds come first.
    #expect(sweep.seeds.values(from: 1) == [11, 7, 12, 13])
    let fewer = try self.handIn("answers: {rate: {seeds: 1}}")
    let first = try teacher.answered(exercise, by: fewer).experiment.sweeps[0]
    #expect(first.seeds.values(from: 1) == [11])
    #expect(first.axes[0].values.map(\.text) == ["1e-4", "1e-3"])
  }

  @Test func whatIsSetHoldsForTheSweepsThatLeaveIt() throws {
    let teacher = try teacher()
    let handIn = try handIn("train: {lr: 0.25}")
    func rates(_ place: Int) throws -> Set<Double> {
      let made = try teacher.answered(teacher.exercises[place], by: handIn).experiment
      let members = made.sweeps.last.map { made.members(of: $0) } ?? []
      return Set(
        members.compactMap { $0.configuration.value(at: .absolute(["train", "lr"]))?.asNumber })
    }
    #expect(try rates(0) == [1e-4, 1e-3])
    #expect(try rates(1) == [0.25])
    #expect(try rates(2) == [0.25])
    #expect(
      try teacher.answered(teacher.exercises[2], by: handIn).experiment.sweeps.map(\.name)
        == ["widths", "after"])
  }

  @Test func whatEverySweepSetsItselfIsNoAnswer() throws {
    let text = Self.teacher.split(separator: "\n").filter { !$0.contains("of: plain") }
      .filter { !$0.contains("of: widths,") && !$0.contains("of: after,") }.joined(separator: "\n")
    let teacher = try read(text)
    do throws(Diagnostics) {
      _ = try teacher.handIn("lr: 0.5\n", path: "ada.yaml")
      Issue.record("it changes nothing")
    } catch {
      #expect(error.list.map(\.mark.place) == ["ada.yaml:1:1"])
      #expect(error.description.contains("the sweeps of all exercises set it themselves"))
    }
  }

  /// Exercises and what they open decide no number.
  @Test func exercisesChangeNoRun() throws {
    let bare = Self.teacher.split(separator: "\n").filter {
      !$0.contains("exercise:") && !$0.hasPrefix("open:")
    }.joined(separator: "\n")
    let (with, without) = (try teacher(), try read(bare))
    #expect(with.exercises.count == 6 && without.exercises.isEmpty)
    for (a, b) in zip(with.sweeps, without.sweeps) {
      #expect(
        with.members(of: a).map(\.configuration) == without.members(of: b).map(\.configuration))
    }
  }
}
