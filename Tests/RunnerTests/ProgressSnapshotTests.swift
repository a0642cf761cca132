import Runner
import Terminal
import Testing
import Tracking

/// Counts, paces and lines of a moment that is known whole.
@Suite struct ProgressSnapshotTests {
  @Test func countsAddUp() {
    var moment = ProgressSnapshot()
    moment.total = 20
    moment.reused = 3
    moment.ended = [.completed: 4, .diverged: 1, .stopped: 2]
    moment.elsewhere = 2
    moment.running = [
      ProgressSnapshot.Run(label: "a", updates: 25, totalUpdates: 100, objective: nil)
    ]
    moment.elapsedSeconds = 14
    #expect(moment.done == 10)
    #expect(moment.left == 7)
    #expect(moment.runsPerSecond == 0.5)
    #expect(moment.running[0].share == 0.25)
    moment.total = 5
    #expect(moment.left == 0)
    moment.elapsedSeconds = 0
    #expect(moment.runsPerSecond == 0)
    #expect(
      ProgressSnapshot.Run(label: "", updates: 5, totalUpdates: 0, objective: nil).share == 0)
    #expect(
      ProgressSnapshot.Run(label: "", updates: 9, totalUpdates: 4, objective: nil).share == 1)
  }

  @Test func theTimeLeftFollowsFromTheShareDone() {
    for (seconds, share, expected) in [
      (0.4, 0.5, nil), (0.5, 0.5, 0.5), (30, 0.75, 10), (100, 0.002, nil), (1, 0.0025, 399),
      (10, 1, nil),
    ] as [(Double, Double, Double?)] {
      var moment = ProgressSnapshot()
      moment.elapsedSeconds = seconds
      moment.workDone = share
      if let expected {
        #expect(abs((moment.secondsLeft ?? .nan) - expected) < 1e-9)
      } else {
        #expect(moment.secondsLeft == nil)
      }
    }
  }

  private func lines(_ change: (inout ProgressSnapshot) -> Void) -> [String] {
    var moment = ProgressSnapshot()
    moment.total = 12
    moment.elapsedSeconds = 4
    moment.workDone = 0.5
    change(&moment)
    return LiveDisplay(width: 100, height: 24, style: TextStyle(isColored: false)).lines(moment)
  }

  @Test func pacesAreSaidInTheUnitThatFits() {
    let bar = "███████████████░░░░░░░░░░░░░░░  50 %  4 s, 4 s left"
    #expect(lines { $0.ended = [.completed: 6] }[1] == bar + ", 1.5 runs/s")
    #expect(
      lines {
        $0.ended = [.completed: 1]
        $0.updatesPerSecond = 1234.5
      }[1] == bar + ", 15 runs/min, 1,234 updates/s")
    #expect(lines { $0.updatesPerSecond = 0.9 }[1] == bar)
    #expect(
      lines { $0.workDone = 1 }[1]
        == "██████████████████████████████ 100 %  4 s")
  }

  @Test func mishapsAreNamedInTheirOrder() {
    #expect(
      lines {
        $0.ended = [.interrupted: 1, .failed: 2, .diverged: 3]
      }[0] == "6 of 12 done, 3 diverged, 2 failed, 1 interrupted, 0 running, 6 left")
  }

  @Test func theBestAndTheRunsAreShownWithTheirValues() {
    let shown = lines {
      $0.best = ProgressSnapshot.Best(
        objective: Objective(.valLoss, .minimize), value: 0.012345, label: "")
      $0.running = [
        ProgressSnapshot.Run(label: "one", updates: 50, totalUpdates: 200, objective: nil),
        ProgressSnapshot.Run(label: "", updates: 1_500, totalUpdates: 2_000, objective: 3),
      ]
    }
    #expect(
      Array(shown.suffix(3)) == [
        "best val/loss 0.01235", "████░░░░░░░░░░░░ 50/200  one", "████████████░░░░ 1,500/2,000  3",
      ])
  }

  /// Five seconds after the beginning at the earliest, and after each line.
  @Test func plainLinesAreFiveSecondsApart() {
    var log = PlainLog()
    var moment = ProgressSnapshot()
    moment.total = 9
    for (seconds, done, isSaid) in [
      (4.9, 1, false), (5, 1, true), (9.9, 2, false), (10, 2, true), (30, 2, false), (31, 3, true),
    ] {
      moment.elapsedSeconds = seconds
      moment.ended = [.completed: done]
      #expect((log.line(moment) != nil) == isSaid, "\(seconds)")
    }
  }

  /// Colours say what is good, bad and beside the point.
  @Test func mishapsAndStoppingAreWarnings() {
    func first(_ change: (inout ProgressSnapshot) -> Void) -> String {
      var moment = ProgressSnapshot()
      change(&moment)
      return LiveDisplay(width: 80, height: 24, style: TextStyle(isColored: true)).lines(moment)[0]
    }
    let style = TextStyle(isColored: true)
    let quiet = "0 of 0 done, 0 running, 0 left"
    #expect(first { _ in } == style.strong(quiet))
    #expect(first { $0.isStopping = true } == style.warning(quiet))
    #expect(
      first { $0.ended = [.stopped: 1] }
        == style.strong("1 of 0 done, 1 stopped, 0 running, 0 left"))
    for status in [RunStatus.diverged, .failed, .interrupted] {
      #expect(
        first { $0.ended = [status: 1] }
          == style.warning("1 of 0 done, 1 \(status.rawValue), 0 running, 0 left"))
    }
  }
}
