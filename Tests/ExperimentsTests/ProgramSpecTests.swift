import Experiments
import FileLanguage
import Foundation
import Runs
import Testing
import Tracking

/// Files whose runs an outside program trains.
struct ProgramSpecTests {
  private func programs(_ text: String) throws -> [ProgramRun] {
    try configurations(text).compactMap {
      if case .program(let program) = $0.body { program } else { nil }
    }
  }

  private let file = """
    train:
      command: python train.py {args} --seed {seed}
      params: {lr: 0.1, hidden: 64, amp: true, name: "0x1", drop: none, dims: [1, 2], 'opt.beta': 0.9}
      env: {MODE: fast}
      timeout: 2h
      idle_timeout: 1.5 m
      grace: 5s
      resources: {cpus: 2}
    objective: {maximize: val/top5}

    """

  @Test func valuesAreWhatTheyLookLike() throws {
    let program = try #require(try programs(file).first)
    #expect(program.command == ["python", "train.py", "{args}", "--seed", "{seed}"])
    #expect(
      program.parameters == [
        "lr": .number(0.1), "hidden": .integer(64), "amp": .flag(true), "name": .text("0x1"),
        "drop": .off, "dims": .list([.integer(1), .integer(2)]), "opt.beta": .number(0.9),
      ])
    #expect(program.environment == ["MODE": "fast"])
    #expect(program.handling.timeoutSeconds == 7200 && program.handling.idleSeconds == 90)
    #expect(program.handling.graceSeconds == 5 && program.handling.cpus == 2)
  }

  @Test func whatLiesInAMappingHasADottedName() throws {
    let nested = file.replacing("'opt.beta': 0.9}", with: "opt: {beta: 0.9, adam: {eps: 1}}}")
    let program = try #require(try programs(nested).first)
    #expect(program.parameters["opt.beta"] == .number(0.9))
    #expect(program.parameters["opt.adam.eps"] == .integer(1) && program.parameters["opt"] == nil)
    let all = try configurations(
      nested + """
        over: {opt.beta: [1, 2], params.opt.adam.eps: [3]}
        with: {params.lr: 5}

        """, set: ["hidden=8"])
    #expect(all.map { $0.value(at: "train.params.opt.beta") } == [.integer(1), .integer(2)])
    #expect(all[0].value(at: "train.params.opt.adam.eps") == .integer(3))
    #expect(all[0].value(at: "train.params.lr") == .integer(5))
    #expect(all[0].value(at: "train.params.hidden") == .integer(8))
    let whole = try configurations(nested + "with: {train.params: {opt: {beta: 7}, lr: 5}}\n")
    #expect(whole.map { $0.value(at: "train.params.opt.beta") } == [.integer(7)])
    #expect(whole[0].value(at: "train.params.opt.adam.eps") == .integer(1))
    // The same parameters by either way of writing are the same run.
    let flat = try #require(
      try programs(file.replacing("'opt.beta': 0.9}", with: "'opt.beta': 0.9, opt.adam.eps: 1}"))
        .first)
    #expect(flat.parameters == program.parameters)
  }

  @Test func bareNamesOfASweepAreParameters() throws {
    let all = try configurations(
      file + """
        over: {lr: [1, 2], hidden: [8, 16], opt.beta: [0.5]}
        with: {params.name: y}
        where: "lr < 2 or hidden = 8"

        """)
    #expect(all.map { $0.value(at: "train.params.lr") } == [.integer(1), .integer(1), .integer(2)])
    #expect(
      all.map { $0.value(at: "train.params.hidden") } == [.integer(8), .integer(16), .integer(8)])
    // A name that networks have too is found as a bare key.
    #expect(all[1].value(at: .absolute(["train", "lr"])) == .integer(1))
    #expect(all[1].value(at: .ownModel(["mlp", "hidden"])) == .integer(16))
    #expect(all[0].value(at: "train.params.name") == .text("y"))
    #expect(all[0].value(at: "train.params.opt.beta") == .number(0.5))
    #expect(all[0].value(at: "train.lr") == nil)
  }

  @Test func settingALineOverTheFileReachesParameters() throws {
    let all = try configurations(file, set: ["lr=0.5", "params.amp=false", "train.seed=7"])
    #expect(all.first?.value(at: "train.params.lr") == .number(0.5))
    #expect(all.first?.value(at: "train.params.amp") == .flag(false))
    #expect(all.first?.seed == 7)
    #expect(
      complaints(file, set: ["width=3"]).first?.contains("there is no key 'width'") == true)
  }

  @Test func aSweepOfNetworksAndOneOfAProgramStandSideBySide() throws {
    let experiment = try read(
      smallest + """
        train: {lr: 0.01}
        objective: {minimize: loss}
        notebook:
          - sweep: program
            with: {command: "./a {lr}", params: {lr: 3}}
            over: {lr: [1, 2]}

        """)
    let members = experiment.members(of: try #require(experiment.sweeps.first))
    #expect(members.map { $0.configuration.network == nil } == [true, true])
    #expect(
      members.map { $0.configuration.value(at: "train.params.lr") } == [.integer(1), .integer(2)])
  }

  @Test func theKeyHoldsWhatIsComputedAndNothingElse() throws {
    func key(_ text: String) throws -> String {
      RunKey.run(
        try #require(try configurations(text).first), FileFingerprints(program: ["a": "1"]))
    }
    let first = try key(file)
    #expect(
      try key(file.replacing("2h", with: "3h").replacing("cpus: 2", with: "cpus: 1")) == first)
    #expect(try key(file.replacing("val/top5", with: "val/top1")) == first)
    #expect(try key(file.replacing("fast", with: "slow")) != first)
    #expect(try key(file.replacing("0.9", with: "0.8")) != first)
    #expect(try key(file.replacing("--seed", with: "--random")) != first)
    let configuration = try #require(try configurations(file).first)
    #expect(
      RunKey.run(configuration, FileFingerprints(program: ["a": "2"])) != first
        && RunKey.run(configuration.with(seed: 2), FileFingerprints(program: ["a": "1"])) != first)
    // What is hashed, by hand.
    #expect(
      RunKey.json(configuration, FileFingerprints(program: ["a": "1"]), seed: 1).text
        == #"{"command":["python","train.py","{args}","--seed","{seed}"],"env":{"MODE":"fast"},"#
        + #""files":{"a":"1"},"params":{"amp":true,"dims":[1,2],"drop":null,"hidden":64,"lr":0.1,"#
        + #""name":"0x1","opt.beta":0.9},"seed":1}"#)
  }
}
