import NeuralNet
import Testing
import Tracking

/// What every schedule and every way to first weights owes the house.
///
///
@Suite struct ScheduleConformanceTests {
  static let names = Schedules.all.map(\.name)

  private func schedule(_ chosen: Chosen, total: Int) -> Schedule {
    Schedule(chosen, rate: 0.5, updatesPerEpoch: 4, totalUpdates: total)
  }

  private func rates(_ schedule: Schedule, _ count: Int) -> [Double] {
    (0..<count).map { schedule.rate(update: $0, epoch: $0 / 4 + 1, plateau: schedule.start) }
  }

  @Test(arguments: names) func ratesAreNumbersThatRunsCanTake(name: String) throws {
    let choice = try #require(Schedules.all.first { $0.name == name })
    for (_, chosen) in SampleSettings.all(choice) {
      let rates = rates(schedule(chosen, total: 24), 24)
      // Settings may ask for a rate above `train.lr`, at an end: 0.5 / 0.3 and 0.6 here.
      #expect(rates.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1.7 }, "\(chosen): \(rates)")
      #expect(rates.contains { $0 > 0 })
    }
  }

  /// A run of more updates has the same rates as far as a shorter one goes, exactly where it is said.
  @Test(arguments: names) func openEndsAreOpen(name: String) throws {
    let choice = try #require(Schedules.all.first { $0.name == name })
    let chosen = SampleSettings.base(choice)
    let (short, long) = (schedule(chosen, total: 12), schedule(chosen, total: 24))
    #expect((rates(short, 12) == rates(long, 12)) == Schedules.isOpenEnded(chosen))
    #expect(short.isOpenEnded == Schedules.isOpenEnded(chosen))
  }

  @Test(arguments: names) func pyTorchHasItOrThereIsAReason(name: String) throws {
    let choice = try #require(Schedules.all.first { $0.name == name })
    var forms: [String: Set<String>] = [:]
    for (setting, chosen) in SampleSettings.all(choice) {
      let schedule = try #require(Schedules.schedule(chosen))
      let request = TorchScheduleRequest(
        rate: 0.5, totalUpdates: 24, hasMomentum: true, minimizes: true)
      do throws(MissingForm) {
        switch try schedule.torch(request) {
        case .constant: #expect(Schedules.isConstant(chosen))
        case .formula(let text, let usesProgress):
          #expect(text.contains("progress") == usesProgress)
          #expect(usesProgress || text.contains("epoch") || text.contains("update"))
          forms[setting ?? "", default: []].insert(text)
        case .scheduler(let call, _):
          #expect(call.function.hasPrefix("torch.optim.lr_scheduler."))
          forms[setting ?? "", default: []].insert(call.text)
        }
      } catch { #expect(!error.reason.isEmpty) }
    }
    for setting in choice.settings where setting.name != "warmup" && forms[""] != nil {
      #expect(forms[setting.name] != forms[""], "\(name) keeps \(setting.name) to itself")
    }
  }

  @Test(arguments: Initializers.all.map(\.name)) func firstWeightsAreWhatTheySay(name: String)
    throws
  {
    let choice = try #require(Initializers.all.first { $0.name == name })
    let graph = try Graph([linear(300), layer("relu"), linear(3)], input: Shape(200))
    for (_, chosen) in SampleSettings.all(choice) {
      if choice.settings.contains(where: { $0.kind == .path }) {
        #expect(Initializers.path(Chosen(name, ["path": .text("start")])) == "start")
        continue
      }
      #expect(Initializers.path(chosen) == nil)
      let program = NetworkProgram<Float>(
        NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: 1))
      program.initialize(chosen, seed: 4)
      let values = program.values(at: 0).map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      let origin = try #require(Initializers.kind(chosen)).origin
      let biases = program.values(at: 1)
      let first: FirstValues
      switch origin {
      case .layers(let values): first = values(graph.parameters[0])
      case .weights(let values):
        first = values(graph.parameters[0])
        #expect(biases.allSatisfy { $0 == 0 })
      case .file: continue
      }
      // 60,000 numbers: the deviation is known to 0.3 %, ten of which are let pass.
      let deviation = squares.squareRoot()
      switch first {
      case .uniform(let bound):
        #expect(values.allSatisfy { abs($0) <= bound * (1 + 1e-6) })
        #expect(abs(deviation / (bound / 3.0.squareRoot()) - 1) < 0.03 && abs(mean) < 0.05 * bound)
      case .normal(let wanted): #expect(abs(deviation / wanted - 1) < 0.03)
      case .zeros: #expect(squares == 0)
      case .identity: #expect(values.reduce(0, +) == 200 && values[201] == 1)
      }
      #expect(first.torch("w", isMatrix: true).function.hasPrefix("nn.init."))
    }
  }
}
