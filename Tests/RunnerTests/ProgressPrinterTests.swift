import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Testing
import Tracking

/// The block that changes in place, on a pseudo-terminal that the test reads.
@Suite struct ProgressPrinterTests {
  /// Everything that was written to a terminal of 60 columns.
  private final class Screen: Sendable {
    let descriptor: Int32
    private let master: Int32
    private let text = Mutex("")

    init?() {
      // What unlockpt and ptsname do on Linux, which Swift does not see: TIOCSPTLCK and TIOCGPTN.
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (lock, number): (Int32, Int32) = (0, 0)
      guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0,
        ioctl(master, 0x8004_5430, &number) == 0
      else { return nil }
      descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      var size = winsize(ws_row: 20, ws_col: 60, ws_xpixel: 0, ws_ypixel: 0)
      guard descriptor >= 0, ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0 else { return nil }
      Thread.detachNewThread { [self] in
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
          let count = read(master, &bytes, bytes.count)
          guard count > 0 else { return }
          text.withLock { $0 += String(decoding: bytes.prefix(count), as: UTF8.self) }
        }
      }
    }

    func shows(_ part: String) -> Bool { text.withLock { $0.contains(part) } }

    /// Waits until it shows something; gives up after a minute.
    func wait(for part: String) {
      let deadline = Date(timeIntervalSinceNow: 60)
      while !shows(part), Date() < deadline { sched_yield() }
    }

    var all: String { text.withLock { $0 } }
  }

  @Test func theBlockIsShownAndTakenAway() throws {
    let screen = try #require(Screen())
    let place = Workplace()
    // It goes on when its line has been seen, and again when its best value has.
    let jobs = [
      TrainingJob(
        FakeTraining(seed: 2).job("a").request, label: "a, seed 2", updates: 1, cost: 20
      ) { _ in throw LabbookError.failure("no data") },
      FakeTraining(
        seed: 1,
        before: { update in
          if update == 1 { screen.wait(for: "a, seed 1\r\n") }
          if update == 20 { screen.wait(for: "best val/loss ") }
        }
      ).job("a"),
    ]
    let options = SweepRunner.Options()
    let cores = 1
    let report = try SweepRunner(place.store(), options, cores: cores).run(
      [SweepJobs("main", jobs)], experiment: "e",
      printer: ProgressPrinter(descriptor: screen.descriptor, environment: ["NO_COLOR": "1"]))
    let end = report.summary + "\r\n"
    screen.wait(for: end)
    let text = screen.all
    #expect(text.hasSuffix("\u{1B}[J" + end))
    #expect(text.contains("a, seed 2: failed: no data\r\n"))
    #expect(text.contains("1 of 2 done, 1 failed, 1 running, 0 left\r\n"))
    #expect(text.contains(" 0/20  a, seed 1\r\n"))
    // Three lines without a best value, four with one, are gone back over.
    #expect(text.contains("\u{1B}[3A\r\u{1B}[J"))
    #expect(text.contains("\u{1B}[4A\r\u{1B}[J"))
    let label = "best val/loss " + SeedStatistics.text((1...19).map { value($0) }.min() ?? 0)
    #expect(text.contains(label + ": a, seed 1\r\n"))
  }

  private func value(_ update: Int) -> Double { FakeTraining(seed: 1).value(update) }

  /// The best value so far is none of a run that diverged, however good it was before.
  @Test func theBestOfARunThatDivergesIsTakenBack() throws {
    let screen = try #require(Screen())
    let place = Workplace()
    func job(_ name: String, _ value: Double, _ ending: RunStatus) -> TrainingJob {
      let request = RunRequest(
        key: name, configuration: name, seed: 1, objective: Objective(.valAccuracy, .maximize),
        parameters: [])
      return TrainingJob(request, label: name, updates: 1, cost: 1) { context in
        context.record([
          MetricPoint(.valAccuracy, step: 1, epoch: 1, value: value, timeMilliseconds: 0)
        ])
        context.choose(step: 1, epoch: 1, value: value)
        screen.wait(for: "best val/accuracy \(SeedStatistics.text(value)): \(name)")
        return TrainingOutcome(ending, durationSeconds: 1)
      }
    }
    let jobs = [job("high", 0.75, .diverged), job("low", 0.5, .completed)]
    let report = try SweepRunner(place.store(), cores: 1).run(
      [SweepJobs("main", jobs)], experiment: "e",
      printer: ProgressPrinter(descriptor: screen.descriptor, environment: ["NO_COLOR": "1"]))
    #expect(report.ended == [.diverged: 1, .completed: 1])
    #expect(screen.shows("best val/accuracy 0.75: high"))
    #expect(screen.shows("best val/accuracy 0.5: low"))
  }

  /// What was reused counts for the best value too, in the objective's direction.
  @Test func theBestOfWhatIsReusedIsShown() throws {
    let screen = try #require(Screen())
    let place = Workplace()
    let store = try place.store()
    func job(_ name: String, _ value: Double, waits: Bool = false) -> TrainingJob {
      let request = RunRequest(
        key: name, configuration: name, seed: 1, objective: Objective(.valAccuracy, .maximize),
        parameters: [])
      return TrainingJob(request, label: name, updates: 1, cost: 1) { context in
        if waits { screen.wait(for: "running") }
        context.record([
          MetricPoint(.valAccuracy, step: 1, epoch: 1, value: value, timeMilliseconds: 0)
        ])
        context.choose(step: 1, epoch: 1, value: value)
        return TrainingOutcome(.completed, durationSeconds: 1)
      }
    }
    let first = [job("low", 0.25), job("high", 0.75), job("middle", 0.5)]
    _ = try SweepRunner(store).run(
      [SweepJobs("main", first)], experiment: "e", stop: StopSignal())
    let report = try SweepRunner(store).run(
      [SweepJobs("main", first + [job("new", 0.1, waits: true)])], experiment: "e",
      printer: ProgressPrinter(descriptor: screen.descriptor, environment: ["NO_COLOR": "1"]))
    screen.wait(for: report.summary)
    #expect(report.reused == 3 && report.trained == 1)
    #expect(screen.shows("3 of 4 done (3 reused), 1 running, 0 left\r\n"))
    #expect(screen.shows("best val/accuracy 0.75: high\r\n"))
    #expect(!screen.shows("best val/accuracy 0.25"))
  }
}
