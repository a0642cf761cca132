import Datasets
import Foundation
import Runs
import TestSupport
import Tracking
import Training

/// Trains one run for another process: the job comes as a line of its standard input, what happens goes
/// out as lines, and a word, or the end of the input, asks it to end.
@main
struct TrainingWorker {
  static func main() throws {
    signal(SIGINT, SIG_IGN)  // The one that has the store hears Ctrl-C and asks.
    signal(SIGPIPE, SIG_IGN)
    let order = try TrainingOrder(line: Data((readLine() ?? "").utf8))
    let control = RunControl()
    let sink = EventSink(order, control, to: EventWriter(descriptor: 1))
    Thread.detachNewThread {
      let word = readLine() ?? ""
      control.end(as: RunStatus(rawValue: word) == .stopped ? .stopped : .interrupted)
    }
    Thread.detachNewThread {
      while true {
        usleep(50_000)
        sink.tellProgress()
      }
    }
    let pause = CommandLine.arguments.dropFirst().first ?? "0"
    let trainers: [any Trainer] = [
      NetworkTrainer(library: DataLibrary()), ProgramTrainer(pause: pause),
    ]
    for trainer in trainers where trainer.trains(order.job.configuration) {
      trainer.carryOut(order.job, control, into: sink)
      return
    }
  }
}
