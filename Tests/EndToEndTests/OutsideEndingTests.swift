import Foundation
import Glibc
import Testing

/// What is left of outside programs after every kind of end, and how they go on.
@Suite struct OutsideEndingTests {
  /// A program that ignores SIGTERM and starts another in a session of its own that does too.
  private static let stubborn = """
    trap '' TERM
    setsid sh -c 'trap "" TERM; while :; do sleep 1; done' "$1" &
    step=0
    while :; do step=$((step + 1)); echo "{\\"step\\": $step, \\"loss\\": 1}"; sleep 0.05; done

    """

  /// The living processes with a text among their arguments.
  private static func processes(_ mark: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { Int($0) != nil }.count { name in
      guard let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        return false
      }
      return String(decoding: data, as: UTF8.self).contains(mark)
    }
  }

  /// The keepers of programs with a text among their arguments: the parents that are forks of one process.
  private static func keepers(_ mark: String) -> Set<pid_t> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let parents = names.compactMap { name -> pid_t? in
      guard let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"),
        String(decoding: data, as: UTF8.self).contains(mark)
      else { return nil }
      return parent(name)
    }
    return Set(
      parents.filter { parent in
        let data = FileManager.default.contents(atPath: "/proc/\(parent)/cmdline") ?? Data()
        return String(decoding: data, as: UTF8.self).contains("__keep")
      })
  }

  private static func parent(_ name: String) -> pid_t? {
    let data = FileManager.default.contents(atPath: "/proc/\(name)/stat") ?? Data()
    let words =
      String(decoding: data, as: UTF8.self).split(separator: ")").last?
      .split(separator: " ") ?? []
    return words.count > 1 ? pid_t(words[1]) : nil
  }

  private static func waitUntilGone(_ mark: String, within seconds: Double) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline {
      if processes(mark) == 0 { return true }
      usleep(20_000)
    }
    return processes(mark) == 0
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGHUP, SIGINT])
  func nothingIsLeft(after signal: Int32) throws {
    let mark = "mark-" + UUID().uuidString
    let place = try OutsideTrainingTests.place(
      Self.stubborn,
      """
      train: {command: "sh learn.sh \(mark) {x}", params: {x: 1}, grace: 0.3s}
      objective: {minimize: loss}
      over: {x: [1, 2]}

      """)
    let tool = try place.start(["run", "outside.yaml", "--jobs", "2"])
    #expect(try tool.reaches { Self.processes(mark) >= 4 })
    kill(tool.id, signal)
    _ = try tool.wait()
    // grace and two seconds; a busy machine gets more.
    #expect(Self.waitUntilGone(mark, within: 10))
    let statuses = try place.labbook("runs", "--format", "csv").output
    // A run that was killed before its first points were stored is planned still.
    #expect(!statuses.contains("running"))
    #expect(statuses.contains("interrupted") || signal == SIGKILL)
  }

  @Test func whatALostKeeperKeptIsEnded() throws {
    let mark = "mark-" + UUID().uuidString
    let place = try OutsideTrainingTests.place(
      Self.stubborn,
      """
      train: {command: "sh learn.sh \(mark)", grace: 0.3s}
      objective: {minimize: loss}

      """)
    let tool = try place.start(["run", "outside.yaml"])
    #expect(try tool.reaches { Self.processes(mark) >= 2 })
    for keeper in Self.keepers(mark) { kill(keeper, SIGKILL) }
    let outcome = try tool.wait()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("its keeper was killed"))
    #expect(Self.processes(mark) == 0)
  }

  /// Keepers outlive the process that they are forks of, and another takes its place.
  @Test func theProcessAboveTheKeepersMayBeKilled() throws {
    let mark = "mark-" + UUID().uuidString
    let place = try OutsideTrainingTests.place(
      "echo '{\"loss\": 1}'; while [ ! -e go ]; do sleep 0.02; done; echo '{\"loss\": 2}'\n",
      """
      train: {command: "sh learn.sh \(mark) {x}", params: {x: 1}, grace: 0.3s}
      objective: {minimize: loss}
      over: {x: [1, 2, 3, 4]}

      """)
    let tool = try place.start(["run", "outside.yaml", "--jobs", "2"])
    #expect(try tool.reaches { Self.keepers(mark).count == 2 })
    let above = Set(Self.keepers(mark).compactMap { Self.parent(String($0)) })
    #expect(above.count == 1)
    for process in above { kill(process, SIGKILL) }
    try place.write("go", "")
    let outcome = try tool.wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try StoreReader(place.store).text("SELECT COUNT(*) FROM run_table WHERE status = 'completed'")
        == "4")
    #expect(Self.waitUntilGone(mark, within: 5))
  }

  /// Labbook and keepers are killed together; the next labbook ends what is left, also of a run that it
  /// does not start.
  @Test func whatNobodyKeepsIsEndedByTheNextLabbook() throws {
    let mark = "mark-" + UUID().uuidString
    let file = """
      train: {command: "sh learn.sh \(mark) {x}", params: {x: 1}, grace: 9s}
      objective: {minimize: loss}

      """
    let place = try OutsideTrainingTests.place(Self.stubborn, file)
    let tool = try place.start(["run", "outside.yaml"])
    #expect(try tool.reaches { Self.processes(mark) >= 2 })
    let keepers = Self.keepers(mark)
    // Within the grace both are gone, also on a busy machine.
    kill(tool.id, SIGKILL)
    for keeper in keepers { kill(keeper, SIGKILL) }
    _ = try tool.wait()
    #expect(Self.processes(mark) >= 2)
    try place.write("other.sh", "echo '{\"loss\": 1}'\n")
    try place.write(
      "other.yaml", "train: {command: sh other.sh, grace: 0.3s}\nobjective: {minimize: loss}\n")
    #expect(try place.labbook("run", "other.yaml").status == 0)
    #expect(Self.waitUntilGone(mark, within: 5))
  }

  /// Counts to 40 in steps of 0.02 s, keeps its place, and tells 3 times the step.
  private static let counter = """
    step=0
    [ -s "$LABBOOK_CHECKPOINT" ] && step=$(cat "$LABBOOK_CHECKPOINT")
    echo "{\\"step\\": $step, \\"attempt\\": $LABBOOK_ATTEMPT}" >> $LABBOOK_METRICS
    while [ $step -lt 40 ]; do
      step=$((step + 1))
      echo "{\\"step\\": $step, \\"loss\\": $((step * 3))}"
      # Two steps are measured again after a kill.
      [ $((step % 3)) = 0 ] && echo $step > "$LABBOOK_CHECKPOINT"
      sleep 0.02
    done

    """

  @Test func aKilledRunGoesOnFromTheProgramsOwnCheckpoint() throws {
    let place = try OutsideTrainingTests.place(
      Self.counter,
      """
      train: {command: sh learn.sh, resume: true, grace: 0.2s}
      objective: {minimize: loss}

      """)
    var kills = 0
    while kills < 2 {
      let tool = try place.start(["run", "outside.yaml"])
      let isReached = try tool.reaches {
        place.files().contains { file in
          file.hasSuffix("program/output.\(kills + 1)")
            && ((try? place.read(file)) ?? "").split(separator: "\n").count > 8
        }
      }
      #expect(isReached)
      kill(tool.id, SIGKILL)
      _ = try tool.wait()
      kills += 1
    }
    let outcome = try place.labbook("run", "outside.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    #expect(
      try store.texts(
        "SELECT value FROM metric_points WHERE metric = 'loss' ORDER BY step")
        == (1...40).map { "\(Double($0 * 3))" })
    #expect(
      try store.text("SELECT value FROM metric_points WHERE metric = 'attempt' ORDER BY step DESC")
        == "3.0")
    #expect(!place.exists("labbook.sqlite.runs"))
  }

  @Test func aRunWithoutResumeBeginsAnew() throws {
    let place = try OutsideTrainingTests.place(
      Self.counter,
      """
      train: {command: sh learn.sh, grace: 0.2s}
      objective: {minimize: loss}

      """)
    let tool = try place.start(["run", "outside.yaml"])
    #expect(
      try tool.reaches {
        place.files().contains { $0.hasSuffix("program/checkpoint") }
      })
    kill(tool.id, SIGKILL)
    _ = try tool.wait()
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let store = try StoreReader(place.store)
    #expect(
      try store.text("SELECT value FROM metric_points WHERE metric = 'attempt'") == "1.0")
    #expect(try store.number("SELECT COUNT(*) FROM metric_points WHERE metric = 'loss'") == 40)
  }

  /// Accuracy x e / 10 at epoch e of 4, kept from rung to rung.
  private static let stepwise = """
    epoch=0
    [ -s "$LABBOOK_CHECKPOINT" ] && epoch=$(cat "$LABBOOK_CHECKPOINT")
    while [ $epoch -lt 4 ]; do
      epoch=$((epoch + 1))
      echo $epoch > "$LABBOOK_CHECKPOINT"
      echo "{\\"epoch\\": $epoch, \\"accuracy\\": 0.$(($1 * epoch))}"
      sleep 0.3
    done

    """

  @Test func aRuleEndsProgramsAtTheirRungs() throws {
    let place = try OutsideTrainingTests.place(
      Self.stepwise,
      """
      train: {command: "sh learn.sh {x}", params: {x: 1}, resume: true, grace: 0.2s}
      objective: {maximize: accuracy}
      over: {x: [1, 2]}
      stop: {name: asha, min_epochs: 1, reduction: 2}

      """)
    let outcome = try place.labbook("run", "outside.yaml", "--jobs", "1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    let ends = try store.texts(
      """
      SELECT run_params.value || ' ' || status FROM run_table JOIN run_params USING (run)
      WHERE run_params.key = 'train.params.x' ORDER BY run_params.value
      """)
    #expect(ends == ["1 stopped", "2 completed"])
    #expect(
      try store.texts(
        """
        SELECT metric_points.epoch || ' ' || metric_points.value FROM metric_points JOIN run_params USING (run)
        WHERE run_params.key = 'train.params.x' AND run_params.value = 2 AND metric = 'accuracy' ORDER BY step
        """) == ["1 0.2", "2 0.4", "3 0.6", "4 0.8"])
  }
}
