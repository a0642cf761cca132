import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What every loss owes the house.
///
/// A loss that is registered is handed to this suite.
@Suite struct LossConformanceTests {
  static let names = Losses.all.map(\.name)
  static let targets: [TargetKind] = [.classes(3), .classes(2), .values(1), .values(2)]

  private func type(_ name: String) throws -> any Loss.Type {
    try #require(Losses.types.first { $0.choice.name == name })
  }

  /// Numbers of outputs that a loss takes for some targets.
  private func outputCounts(_ chosen: Chosen, _ targets: TargetKind) -> [Int] {
    (1...4).filter { Losses.accepts($0, chosen, for: targets) }
  }

  @Test(arguments: names) func someTargetsAreTaken(name: String) throws {
    let type = try type(name)
    let taken = Self.targets.filter { type.outputs(for: $0) != nil }
    #expect(!taken.isEmpty)
    for targets in Self.targets {
      let standard = type.outputs(for: targets)
      // What a network ends in by itself is among what is accepted.
      #expect(standard.map { type.accepts($0, for: targets) } ?? true)
      if standard == nil { #expect(!(1...4).contains { type.accepts($0, for: targets) }) }
    }
    // Class indices cannot be read off numbers.
    if type.takesClassIndices { #expect(type.outputs(for: .values(2)) == nil) }
  }

  /// A sigmoid keeps outputs between 0 and 1, which every loss takes; tolerance of `gradcheck`.
  @Test(arguments: names) func gradientsAreCentralDifferences(name: String) throws {
    let choice = try type(name).choice
    for (setting, chosen) in SampleSettings.all(choice) {
      for targets in Self.targets where Losses.conflict(in: chosen, for: targets) == nil {
        for outputs in outputCounts(chosen, targets) {
          let graph = try Graph([linear(outputs), layer("sigmoid")], input: Shape(4))
          var data = sampleData(rows: 7, features: 4, targets: targets, seed: 5)
          if case .values(let values) = data.targets {
            let shares = values.elements.map { 1 / (1 + exp(-$0)) }
            data = NetworkData(
              features: data.features, targets: .values(SharedArray(shares)), rows: 7)
          }
          let check = GradientCheck(
            graph, loss: chosen, data: data, initializer: Initializers.standard.standard(), seed: 2)
          let whole = try #require(check.whole)
          #expect(
            whole.isRight && whole.compared > 0,
            "\(name), another \(setting ?? "nothing"), \(targets), \(outputs): \(whole.difference)")
        }
      }
    }
  }

  /// The class a row speaks for is the one whose loss is least, and the one the kernel counts as
  /// right; probabilities are shares, and lie in the order of the losses.
  @Test(arguments: names) func outputsAreReadAsTheLossMeansThem(name: String) throws {
    let chosen = try type(name).choice.standard()
    let random = CounterRandom(seed: 11, purpose: .data)
    for classes in [2, 3] {
      for width in outputCounts(chosen, .classes(classes)) {
        let reading = OutputReading(loss: chosen, classes: classes, outputs: width)
        #expect((reading.kind.threshold != nil) == (width == 1))
        let graph = try Graph([layer("flatten")], input: Shape(width))
        let program = NetworkProgram<Float>(
          NetworkPlan(graph: graph, loss: chosen, optimizer: nil, batchRows: 1, seed: 0))
        for trial in 0..<20 {
          let row = (0..<width).map { Float(random.uniform(trial, $0)) }
          let found = (0..<classes).map { kind -> (loss: Double, isRight: Bool) in
            program.bind(
              NetworkData(
                features: SharedArray(row), targets: .classes(SharedArray([Int32(kind)])), rows: 1))
            let (loss, correct) = program.evaluate(0..<1)
            return (loss, correct == 1)
          }
          let least = found.indices.min { found[$0].loss < found[$1].loss }
          #expect(reading.decision(row[...]) == least)
          #expect(found.map(\.isRight) == found.indices.map { $0 == least })
          check(reading, row, found.map(\.loss))
        }
      }
    }
  }

  private func check(_ reading: OutputReading, _ row: [Float], _ losses: [Double]) {
    let numbers = reading.classNumbers(row[...])
    #expect(numbers.count == losses.count)
    guard reading.isProbability else { return }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 <= exp(1) })
    let byNumber = numbers.indices.sorted { numbers[$0] > numbers[$1] }
    #expect(byNumber == losses.indices.sorted { losses[$0] < losses[$1] })
    // Where the outputs share 1, minus the logarithm of the share is the loss, to single precision.
    if reading.confidence(row[...]) != nil, abs(numbers.reduce(0, +) - 1) < 1e-6 {
      for (number, loss) in zip(numbers, losses) { #expect(abs(-log(number) - loss) < 1e-5) }
    }
  }

  @Test(arguments: names) func pyTorchHasItOrThereIsAReason(name: String) throws {
    let choice = try type(name).choice
    var calls: [String: Set<String>] = [:]
    for (setting, chosen) in SampleSettings.all(choice) {
      let loss = try #require(Losses.loss(chosen))
      do throws(MissingForm) {
        let call = try loss.torch()
        #expect(call.function.hasPrefix("nn."))
        calls[setting ?? "", default: []].insert(call.text)
      } catch { #expect(!error.reason.isEmpty) }
    }
    // PyTorch is told every setting.
    for setting in choice.settings where calls[""] != nil {
      #expect(calls[setting.name] != calls[""], "\(name) keeps \(setting.name) to itself")
    }
  }

  @Test(arguments: names) func descriptionsComeBack(name: String) throws {
    for (_, chosen) in SampleSettings.all(try type(name).choice) {
      let description = NetworkDescription(layers: [linear(3)], loss: chosen)
      #expect(try NetworkDescription(json: description.json) == description)
    }
  }
}
