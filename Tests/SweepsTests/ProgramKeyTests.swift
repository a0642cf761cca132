import Runs
import Testing
import Tracking

/// What stands in the key of a program's run, and what does not.
@Suite struct ProgramKeyTests {
  private func key(
    _ command: [String], _ parameters: [String: ParameterValue],
    absent: [String: ParameterValue]? = nil, files: [String: String] = ["train.py": "a"],
    accepted: [String: String]? = nil, cpus: Int? = nil, gpus: Double? = nil
  ) -> String {
    var handling = ProgramHandling()
    (handling.cpus, handling.gpus) = (cpus, gpus)
    let program = ProgramRun(
      command: command, parameters: parameters, seed: 1, files: files.keys.sorted(),
      absent: absent, handling: handling)
    return RunKey.run(
      RunConfiguration(
        .program(program), objective: Objective(.valLoss, .minimize), hyperparameters: []),
      FileFingerprints(program: files, accepted: accepted))
  }

  private let plain: [String: ParameterValue] = ["lr": .number(0.1)]
  private let command = ["python", "train.py", "--lr={lr}"]

  @Test func whatIsHashedIsTheCanonicalText() {
    // Written by hand, as Docs/programs.md names the parts.
    let text =
      #"{"command":["python","train.py","--lr={lr}"],"files":{"train.py":"a"},"#
      + #""params":{"lr":0.1},"seed":1}"#
    #expect(key(command, plain) == SHA256Digest.hex(of: text))
  }

  @Test func anAbsentParameterIsAsIfItWereNotThere() {
    let ema = plain.merging(["ema_rate": .integer(0)]) { $1 }
    let absent: [String: ParameterValue] = ["ema_rate": .number(0)]
    #expect(key(command, ema, absent: absent) == key(command, plain))
    // A word that hands it over alone goes with it, also with a hyphen.
    #expect(key(command + ["{--ema-rate}"], ema, absent: absent) == key(command, plain))
    #expect(key(command + ["--e={ema_rate}"], ema, absent: absent) != key(command, plain))
    let on = plain.merging(["ema_rate": .number(0.9)]) { $1 }
    #expect(key(command, on, absent: absent) != key(command, plain))
    #expect(key(command, on, absent: absent) == key(command, on))
  }

  @Test func anAcceptedEditStandsForWhatItWas() {
    let before = key(command, plain)
    let edited = ["train.py": "b"]
    #expect(key(command, plain, files: edited) != before)
    #expect(key(command, plain, files: edited, accepted: ["train.py": "a"]) == before)
    // A file that was not there before stands for nothing.
    let more = ["train.py": "a", "new.py": "c"]
    #expect(key(command, plain, files: more, accepted: ["new.py": ""]) == before)
    let edits = AcceptedEdits([
      AcceptedEdits.Edit(path: "train.py", contents: "b", countsAs: "a")
    ])
    #expect(edits.meanings(of: edited) == ["train.py": "a"])
    #expect(edits.meanings(of: ["other.py": "b", "train.py": "c"]) == nil)
  }

  @Test func resourcesAreInNoKey() {
    #expect(key(command, plain, cpus: 4, gpus: 0.5) == key(command, plain))
  }
}
