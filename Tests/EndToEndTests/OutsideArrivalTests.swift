import Foundation
import Glibc
import Testing

/// Rules and searches of programs that decide when a run arrives, and rungs of steps.
@Suite struct OutsideArrivalTests {
  /// Counts to `$2` steps of 0.03 s; the loss is `$1` at every step.
  private static let program = """
    step=0
    [ -s "$LABBOOK_CHECKPOINT" ] && step=$(cat "$LABBOOK_CHECKPOINT")
    while [ $step -lt $2 ]; do
      step=$((step + 1))
      echo "{\\"step\\": $step, \\"loss\\": $1}"
      echo $step > "$LABBOOK_CHECKPOINT"
      sleep 0.03
    done

    """

  private static func file(_ train: String, _ rest: String) -> String {
    """
    train: {command: "sh learn.sh {x} 20", params: {x: 1}, grace: 0.3s\(train)}
    objective: {minimize: loss}
    \(rest)

    """
  }

  @Test func rungsMayBeSteps() throws {
    let place = try OutsideTrainingTests.place(
      Self.program,
      Self.file(
        ", resume: true",
        "over: {x: [4, 1, 3, 2]}\nstop: {name: asha, min_steps: 5, reduction: 2}"))
    let outcome = try place.labbook("run", "outside.yaml", "--jobs", "2")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    // Of four two go on at step 5, of these one at step 10, which goes on to 20.
    let found = try store.texts(
      """
      SELECT run_params.value || ' ' || status || ' ' || (last_step >= 20) FROM run_table
      JOIN run_params USING (run) WHERE run_params.key = 'train.params.x' ORDER BY 1
      """)
    #expect(
      found == ["1 completed 1", "2 stopped 0", "3 stopped 0", "4 stopped 0"], "\(found)")
    let steps = try store.texts(
      """
      SELECT last_step >= 10 FROM run_table JOIN run_params USING (run)
      WHERE run_params.key = 'train.params.x' ORDER BY run_params.value
      """)
    #expect(steps == ["1", "1", "0", "0"])
    let again = try place.labbook("run", "outside.yaml")
    #expect(again.output.contains("all 4 runs are in"), "\(again.output)")
  }

  @Test func onArrivalARunIsComparedWithThoseBefore() throws {
    let place = try OutsideTrainingTests.place(
      Self.program,
      Self.file(
        "",
        "over: {x: [1, 2, 3, 0.5]}\nstop: {name: asha, min_steps: 5, reduction: 2, asynchronous: true}"
      ))
    let check = try place.labbook("check", "outside.yaml")
    #expect(check.output.contains("not the same at every --jobs"), "\(check.output)\(check.errors)")
    let outcome = try place.labbook("run", "outside.yaml", "--jobs", "1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("stops on arrival"))
    let store = try StoreReader(place.store)
    // One after the other: the first has nobody to lose to, 2 and 3 are worse, 0.5 is better.
    let found = try store.texts(
      """
      SELECT run_params.value || ' ' || status FROM run_table JOIN run_params USING (run)
      WHERE run_params.key = 'train.params.x' ORDER BY 1
      """)
    #expect(found == ["0.5 completed", "1 completed", "2 stopped", "3 stopped"], "\(found)")
    let again = try place.labbook("run", "outside.yaml", "--jobs", "1")
    #expect(again.output.contains("all 4 runs are in"), "\(again.output)")
    #expect(try store.number("SELECT COUNT(*) FROM run_table") == 4)
    // Where nothing may end it, a run is trained whole.
    try place.write("outside.yaml", Self.file("", "over: {x: [1, 2]}"))
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    #expect(
      try store.number("SELECT COUNT(*) FROM run_table WHERE status = 'completed'") == 3)
  }

  @Test func withoutRoundsASearchMakesItsRunsAndGoesOnAfterAKill() throws {
    let place = try OutsideTrainingTests.place(
      "sleep 0.1\necho \"{\\\"loss\\\": $1}\"\n",
      Self.file(
        "",
        """
        over: {x: {uniform: [0, 1]}}
        strategy: {name: tpe, runs: 9, startup: 3, asynchronous: true}
        """))
    let tool = try place.start(["run", "outside.yaml", "--jobs", "2"])
    let isReached = try tool.reaches {
      guard place.exists("labbook.sqlite") else { return false }
      let count = try? StoreReader(place.store).number(
        "SELECT COUNT(*) FROM run_table WHERE status = 'completed'")
      return count ?? 0 >= 5
    }
    #expect(isReached)
    kill(tool.id, SIGKILL)
    _ = try tool.wait()
    let store = try StoreReader(place.store)
    let before = try store.texts("SELECT key FROM run_table ORDER BY key")
    #expect(before.count >= 5 && before.count < 9)
    let outcome = try place.labbook("run", "outside.yaml", "--jobs", "2")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let after = try store.texts("SELECT key FROM run_table ORDER BY key")
    #expect(after.count == 9 && Set(before).isSubset(of: after), "\(before) \(after)")
    #expect(
      try store.number("SELECT COUNT(*) FROM run_table WHERE status = 'completed'") == 9)
    let again = try place.labbook("run", "outside.yaml")
    #expect(again.output.contains("all 9 runs are in"), "\(again.output)\(again.errors)")
  }

  @Test func networksAreNeverDecidedOnArrival() throws {
    let place = try Workplace()
    try place.write(
      "net.yaml",
      """
      data: {source: moons, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 2}
      over: {lr: {log_uniform: [1e-3, 1e-1]}}
      strategy: {name: tpe, runs: 4, asynchronous: true}
      stop: {name: asha, min_steps: 2, asynchronous: true}

      """)
    let outcome = try place.labbook("check", "net.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("'min_steps' is for programs"), "\(outcome.errors)")
    #expect(outcome.errors.contains("'asynchronous' is for programs"))
  }
}
