import Foundation
import Runner
import Runs
import Testing
import Tracking

/// Events on their way through lines: every bit comes through, half a line is none.
@Suite struct RunEventTests {
  private static let values: [Double] = [
    -0.0, 0, 0.1, 1 / 3, .pi, .leastNonzeroMagnitude, -1.7976931348623157e308, .infinity,
    -.infinity, 1e22, 123,
  ]

  private static let events: [RunEvent] = [
    .began(from: nil, refused: ["a \"word\"\n", ""]), .began(from: .shorter, refused: []),
    .progress(RunProgress(updates: 3, plannedUpdates: 0, epochs: 1)),
    .points(
      values.map {
        MetricPoint(
          Metric("ä/\u{1F600}"), step: .max, epoch: -1, value: $0, timeMilliseconds: 17)
      }),
    .chosen(step: 1, epoch: 2, value: -.infinity), .checkpoint(Data([0, 10, 255])),
    .noCheckpoint("no room"), .lastState(Data()), .artifact(name: "a/b", Data([10])),
    .ended(.failed, durationSeconds: nil, message: "why"),
    .ended(.completed, durationSeconds: 0.1, message: nil),
  ]

  @Test(arguments: events)
  func anEventComesThroughALine(_ event: RunEvent) throws {
    let line = try KeyedEvent(key: "k\n", event).line()
    #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    let read = try KeyedEvent(line: line.dropLast())
    #expect(read.key == "k\n")
    #expect(read.event == event)
    guard case .points(let points) = read.event else { return }
    #expect(points.map(\.value.bitPattern) == Self.values.map(\.bitPattern))
  }

  @Test func notANumberComesThrough() throws {
    let point = MetricPoint(.valLoss, step: 1, epoch: 1, value: .nan, timeMilliseconds: 0)
    let line = try KeyedEvent(key: "k", .points([point])).line()
    guard case .points(let read) = try KeyedEvent(line: line).event else {
      Issue.record("no points")
      return
    }
    #expect(read[0].value.isNaN)
  }

  /// A process that was killed leaves half a line at most; all lines before it count.
  @Test func halfALineIsLeftOut() throws {
    let first = try KeyedEvent(key: "a", .noCheckpoint("x")).line()
    let second = try KeyedEvent(key: "b", .noCheckpoint("y")).line()
    var reader = EventReader()
    #expect(try reader.take(first + second.dropLast(3)).map(\.key) == ["a"])
    #expect(reader.isWithinLine)
    #expect(try reader.take(second.suffix(3)).map(\.key) == ["b"])
    #expect(!reader.isWithinLine)
  }

  @Test func whatIsNoEventIsShown() throws {
    var reader = EventReader()
    #expect(throws: LabbookError.failure("this is no event of a run: \"Segmentation fault\"")) {
      try reader.take(Data("Segmentation fault\n".utf8))
    }
  }

  /// Several runs share a pipe from several threads: lines stay whole, each run's in order.
  @Test func runsShareAPipe() throws {
    let pipe = Pipe()
    let writer = EventWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    let counts = 200
    Thread.detachNewThread {
      DispatchQueue.concurrentPerform(iterations: 4) { run in
        let job = FakeTraining(seed: run).job("a")
        let sink = EventSink(TrainingOrder(job, for: MemorySink()), RunControl(), to: writer)
        for step in 1...counts {
          sink.record([
            MetricPoint(.valLoss, step: step, epoch: 0, value: 0.5, timeMilliseconds: 0)
          ])
        }
      }
      try? pipe.fileHandleForWriting.close()
    }
    var reader = EventReader()
    var steps: [String: [Int]] = [:]
    while let bytes = try pipe.fileHandleForReading.read(upToCount: 1_000), !bytes.isEmpty {
      for told in try reader.take(bytes) {
        guard case .points(let points) = told.event else { continue }
        steps[told.key, default: []] += points.map(\.step)
      }
    }
    #expect(steps.count == 4)
    #expect(steps.values.allSatisfy { $0 == Array(1...counts) })
    #expect(!writer.isBroken)
  }

  /// Where nobody reads any more, the run is asked to end.
  @Test func aBrokenPipeEndsTheRun() throws {
    let control = RunControl()
    let job = FakeTraining(seed: 1).job("a")
    let sink = EventSink(
      TrainingOrder(job, for: MemorySink()), control, to: EventWriter(descriptor: -1))
    #expect(control.requestedEnding == nil)
    sink.record([MetricPoint(.valLoss, step: 1, epoch: 0, value: 1, timeMilliseconds: 0)])
    #expect(control.requestedEnding == .interrupted)
  }

  @Test func afterTheEndNothingIsTold() throws {
    let memory = MemorySink()
    let replay = RunReplay(into: memory, RunControl())
    let point = MetricPoint(.valLoss, step: 1, epoch: 0, value: 1, timeMilliseconds: 0)
    try replay.take(.points([point]))
    replay.end(as: .failed, message: "killed")
    replay.end(as: .completed, message: nil)
    try replay.take(.points([point]))
    try replay.take(.ended(.completed, durationSeconds: 1, message: nil))
    #expect(memory.ending == .failed)
    #expect(memory.points == [point])
  }

  @Test func aSignalReachesAControlAtOnce() {
    let signal = StopSignal()
    let control = RunControl(signal)
    let stopped = RunControl(signal)
    stopped.end(as: .stopped)
    #expect(control.requestedEnding == nil)
    signal.raise()
    #expect(control.requestedEnding == .interrupted)
    #expect(stopped.requestedEnding == .stopped)
  }
}
