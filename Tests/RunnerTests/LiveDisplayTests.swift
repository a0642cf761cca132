import Runner
import Terminal
import Testing
import Tracking

@Suite struct LiveDisplayTests {
  private let plain = TextStyle(isColored: false)
  private let objective = Objective(.valAccuracy, .maximize)

  private func snapshot(total: Int, running: Int) -> ProgressSnapshot {
    var snapshot = ProgressSnapshot()
    snapshot.total = total
    snapshot.reused = 1
    snapshot.ended = [.completed: total / 3]
    snapshot.running = (1...running).map {
      ProgressSnapshot.Run(
        label: "model=hidden layer, lr=0.01, seed \($0)", updates: 500 * $0, totalUpdates: 2_000,
        objective: 0.5 + Double($0) / 100)
    }
    snapshot.best = ProgressSnapshot.Best(
      objective: objective, value: 0.98125, label: "model=hidden layer, lr=0.001, seed 2")
    snapshot.elapsedSeconds = 75
    snapshot.workDone = 0.4
    snapshot.updatesPerSecond = 41_234.5
    return snapshot
  }

  @Test func threeRuns() {
    let lines = LiveDisplay(width: 80, height: 24, style: plain)
      .lines(snapshot(total: 3, running: 1))
    #expect(
      lines == [
        "2 of 3 done (1 reused), 1 running, 0 left",
        "████████████░░░░░░░░░░░░░░░░░░  40 %  1 m 15 s, 1 m 53 s left, 0.8 runs/min",
        "best val/accuracy 0.9812: model=hidden layer, lr=0.001, seed 2",
        "████░░░░░░░░░░░░ 500/2,000  0.51  model=hidden layer, lr=0.01, seed 1",
      ])
  }

  @Test func threeThousandRuns() {
    var moment = snapshot(total: 3_000, running: 64)
    moment.ended[.diverged] = 12
    moment.ended[.failed] = 1
    moment.elsewhere = 5
    let lines = LiveDisplay(width: 120, height: 24, style: plain).lines(moment)
    #expect(
      lines[0]
        == "1,014 of 3,000 done (1 reused), 12 diverged, 1 failed, 64 running, "
        + "5 in another process, 1,917 left")
    #expect(lines.count == 3 + 16)
    #expect(lines.last == "and 49 more running")
  }

  @Test(arguments: [20, 33, 60, 79, 200], [4, 10, 50])
  func nothingIsWiderOrHigherThanTheTerminal(_ width: Int, _ height: Int) {
    var moment = snapshot(total: 123_456, running: 64)
    moment.best?.label = String(repeating: "網路 📓\u{1B}[31m\n", count: 20)
    moment.running[0].label = "\u{1B}[2J evil\r\n"
    let lines = LiveDisplay(width: width, height: height, style: plain).lines(moment)
    #expect(lines.count < height || height == 4)
    for line in lines {
      #expect(displayWidth(of: line) <= width)
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test func aProgramSaysItsStepItsLastValueAndItsMemory() {
    var moment = snapshot(total: 3, running: 2)
    moment.running[0].program = ProgressSnapshot.Program(
      last: ProgressSnapshot.Measured(.valLoss, 0.25), epoch: 3, memoryBytes: 1_340_000_000)
    moment.running[0].label = "lr=0.1"
    moment.running[1] = ProgressSnapshot.Run(
      label: "", updates: 0, totalUpdates: 0, objective: nil)
    moment.running[1].program = ProgressSnapshot.Program(last: nil, epoch: 0, memoryBytes: 0)
    let lines = LiveDisplay(width: 80, height: 24, style: plain).lines(moment)
    #expect(lines.suffix(2) == ["epoch 3  step 500  val/loss 0.25  1.3 GB  lr=0.1", "step 0"])
    // Steps of different programs make no sum.
    #expect(!lines[1].contains("updates/s"))
  }

  @Test func aNarrowTerminalShowsEveryCountAndTheTimeLeft() {
    var moment = snapshot(total: 3_000, running: 2)
    moment.ended = [.completed: 1_200, .stopped: 150, .diverged: 12, .failed: 1]
    let lines = LiveDisplay(width: 39, height: 15, style: plain).lines(moment)
    #expect(
      lines.prefix(4) == [
        "1,364 of 3,000 done (1 reused)", "150 stopped, 12 diverged, 1 failed",
        "2 running, 1,634 left", "██░░░░░  40 %  1 m 15 s, 1 m 53 s left",
      ])
    #expect(lines.count == 7)
  }

  @Test func coloursChangeNoText() {
    let moment = snapshot(total: 9, running: 2)
    let coloured = LiveDisplay(width: 90, height: 24, style: TextStyle(isColored: true))
      .lines(moment).map(withoutColours)
    #expect(coloured == LiveDisplay(width: 90, height: 24, style: plain).lines(moment))
  }

  @Test func stoppingIsSaid() {
    var moment = snapshot(total: 9, running: 2)
    moment.isStopping = true
    let lines = LiveDisplay(width: 90, height: 24, style: plain).lines(moment)
    #expect(lines[1] == "stopping: what was measured is kept")
  }

  @Test func timeLeftNeedsSomethingToGoBy() {
    var moment = ProgressSnapshot()
    #expect(moment.secondsLeft == nil)
    moment.elapsedSeconds = 10
    #expect(moment.secondsLeft == nil)
    moment.workDone = 0.25
    #expect(moment.secondsLeft == 30)
  }

  @Test func plainLinesComeSeldom() {
    var log = PlainLog()
    var moment = snapshot(total: 100, running: 2)
    moment.elapsedSeconds = 1
    #expect(log.line(moment) == nil)
    moment.elapsedSeconds = 6
    #expect(
      log.line(moment) == "34 of 100 done, 6 s, 9 s left, best val/accuracy 0.9812")
    moment.elapsedSeconds = 20
    #expect(log.line(moment) == nil)
    moment.ended[.failed] = 2
    #expect(log.line(moment)?.hasPrefix("36 of 100 done, 2 failed, 20 s") == true)
  }

  /// Where nothing ends, half a minute is the longest silence.
  @Test func plainLinesNeverStayAway() {
    var log = PlainLog()
    var moment = snapshot(total: 100, running: 2)
    moment.ended = [:]
    moment.reused = 0
    moment.running[0].updates = 1_234
    moment.running[0].totalUpdates = 5_000
    var said: [Double] = []
    for tenth in 0..<1_500 {
      moment.elapsedSeconds = Double(tenth) / 10
      if let line = log.line(moment) {
        said.append(moment.elapsedSeconds)
        #expect(line.hasPrefix("0 of 100 done, "))
        #expect(line.contains("1,234 of 5,000 updates of the first"))
      }
    }
    #expect(said == [30, 60, 90, 120])
    // What ends meanwhile begins the half minute anew.
    moment.elapsedSeconds = 151
    moment.ended[.completed] = 1
    #expect(log.line(moment)?.hasPrefix("1 of 100 done") == true)
    moment.elapsedSeconds = 180.9
    #expect(log.line(moment) == nil)
    moment.elapsedSeconds = 181
    #expect(log.line(moment) != nil)
  }

  private func withoutColours(_ line: String) -> String {
    var text = ""
    var isEscape = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { text.unicodeScalars.append(scalar) }
      if isEscape, scalar == "m" { isEscape = false }
    }
    return text
  }
}
