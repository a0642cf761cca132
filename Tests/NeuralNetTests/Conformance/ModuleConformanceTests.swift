import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What every kind of layer owes the house.
///
/// A kind that is registered is handed to this suite; it
/// needs nothing of its own here.
@Suite struct ModuleConformanceTests {
  static let names = Layers.all.map(\.name)
  private static let row = Shape(5)
  private static let image = Shape([2, 6, 5])

  /// A network that ends in a layer of a kind.
  struct Sample {
    let layers: [LayerSpec]
    let input: Shape
    let graph: Graph

    /// The node of the layer itself, the last.
    var node: Graph.Node { graph.nodes[graph.nodes.count - 1] }
  }

  /// The networks in which a layer with such settings fits, on rows and on images.
  private func samples(_ chosen: Chosen) throws -> [Sample] {
    let choice = try #require(Layers.all.first { $0.name == chosen.name })
    let holdsLayers = choice.settings.contains { $0.kind == .layers }
    return [Self.row, Self.image].compactMap { input in
      let inner = input == Self.row ? linear(5) : conv(2, 3, padding: 1)
      var layer = LayerSpec(chosen)
      var before: [LayerSpec] = []
      if holdsLayers { layer = LayerSpec(Chosen(chosen.name), layers: [inner]) }
      if choice.settings.contains(where: { $0.name == "inputs" }) {
        before = [inner.named("a").from("input"), inner.named("b").from("input")]
      }
      guard let graph = try? Graph(before + [layer], input: input) else { return nil }
      return Sample(layers: before + [layer], input: input, graph: graph)
    }
  }

  private func data(_ sample: Sample) -> NetworkData {
    sampleData(
      rows: 6, features: sample.input.count, targets: .values(sample.graph.output.count), seed: 3)
  }

  @Test(arguments: names) func shapesAreThoseOfWhatComesOut(name: String) throws {
    let choice = try #require(Layers.all.first { $0.name == name })
    let samples = try samples(SampleSettings.base(choice))
    #expect(!samples.isEmpty, "\(name) fits neither rows nor images")
    for sample in samples {
      #expect(sample.graph.output.sizes.allSatisfy { $0 > 0 })
      let program = NetworkProgram<Float>(
        NetworkPlan(graph: sample.graph, loss: nil, optimizer: nil, batchRows: 6, seed: 1))
      program.initialize(Initializers.standard.standard(), seed: 1)
      program.bind(data(sample))
      let outputs = program.outputs(0..<6)
      #expect(outputs.count == 6 * sample.graph.output.count)
      // Numbers that nothing writes are those of every other row.
      let rows = (0..<6).map {
        Array(outputs[$0 * outputs.count / 6..<($0 + 1) * outputs.count / 6])
      }
      for place in rows[0].indices {
        #expect(Set(rows.map { $0[place] }).count > 1, "\(name) never writes place \(place)")
      }
      #expect(outputs.allSatisfy { $0.isFinite })
    }
  }

  /// The tolerance is that of `labbook gradcheck`, which says why.
  @Test(arguments: names) func gradientsAreCentralDifferences(name: String) throws {
    let choice = try #require(Layers.all.first { $0.name == name })
    for (setting, chosen) in SampleSettings.all(choice) {
      for sample in try samples(chosen) {
        let check = GradientCheck(
          sample.graph, loss: MeanSquaredError.choice.standard(), data: data(sample),
          initializer: Initializers.standard.standard(), seed: 2)
        let whole = check.modules + (check.whole.map { [$0] } ?? [])
        #expect(check.isRight, "\(name) with another \(setting ?? "nothing"): \(whole)")
        let own = try #require(check.modules.last)
        #expect(own.compared > own.skipped && own.kind == name)
      }
    }
  }

  @Test(arguments: names) func pyTorchHasItOrThereIsAReason(name: String) throws {
    let choice = try #require(Layers.all.first { $0.name == name })
    for (_, chosen) in SampleSettings.all(choice) {
      for sample in try samples(chosen) {
        do throws(MissingForm) {
          switch try sample.node.module.torch(for: sample.node.inputShapes) {
          case .module(let call, _, let definition):
            #expect(call.function == definition?.name ?? call.function)
            #expect(definition != nil || call.function.hasPrefix("nn."))
            if let definition {
              #expect(definition.code.hasPrefix("class \(definition.name)("))
            }
          case .sequence(let definition):
            #expect(definition.code.hasPrefix("class \(definition.name)("))
          case .expression(let joined):
            let text = joined(["h0", "h1"])
            #expect(text.contains("h0") && text.contains("h1"))
          }
        } catch { #expect(!error.reason.isEmpty) }
      }
    }
  }

  @Test(arguments: names) func onnxHasItOrThereIsAReason(name: String) throws {
    let choice = try #require(Layers.all.first { $0.name == name })
    for sample in try samples(SampleSettings.base(choice)) {
      var graph = ONNXGraph()
      let node = sample.node
      let x = node.inputShapes.indices.map { "x\($0)" }
      let names = ONNXNode(
        inputs: x, inputShapes: node.inputShapes,
        parameters: node.parameters.map { sample.graph.parameters[$0].name },
        buffers: node.buffers.map { sample.graph.buffers[$0].name }, layer: node.layer)
      do throws(MissingForm) {
        let output = try node.module.onnx(names, &graph)
        // Only the identity may put out what it reads.
        #expect(!output.isEmpty)
        #expect(!x.contains(output) || type(of: node.module).role == .still)
      } catch { #expect(!error.reason.isEmpty) }
    }
  }

  @Test(arguments: names) func descriptionsComeBack(name: String) throws {
    let choice = try #require(Layers.all.first { $0.name == name })
    for (_, chosen) in SampleSettings.all(choice) {
      for sample in try samples(chosen) {
        let description = NetworkDescription(
          layers: sample.layers, loss: MeanSquaredError.choice.standard())
        #expect(try NetworkDescription(json: description.json) == description)
        let coded = try JSONEncoder().encode(sample.layers)
        #expect(try JSONDecoder().decode([LayerSpec].self, from: coded) == sample.layers)
      }
    }
  }

  /// Whatever a setting says changes what is computed, and what PyTorch is told.
  @Test(arguments: names) func everySettingIsUsed(name: String) throws {
    let choice = try #require(Layers.all.first { $0.name == name })
    let all = SampleSettings.all(choice)
    let base = try samples(all[0].chosen)
    for setting in choice.settings where setting.kind != .layers && setting.name != "inputs" {
      var used = false
      var told = false
      for (_, chosen) in all.filter({ $0.setting == setting.name }) {
        for (one, other) in zip(base, try samples(chosen)) where one.input == other.input {
          let same = one.graph.output == other.graph.output && numbers(one) == numbers(other)
          used = used || !same
          let calls = [one, other].map { try? call($0) }
          told = told || calls[0] != calls[1]
        }
      }
      #expect(used, "\(name) computes the same whatever \(setting.name) is")
      #expect(told, "PyTorch is not told \(setting.name) of \(name)")
    }
  }

  private func call(_ sample: Sample) throws -> TorchCall? {
    let form = try sample.node.module.torch(for: sample.node.inputShapes)
    if case .module(let call, _, _) = form { return call }
    return nil
  }

  /// What the network puts out after one update, in which dropout and running statistics act.
  private func numbers(_ sample: Sample) -> [Float] {
    let program = NetworkProgram<Float>(
      NetworkPlan(
        graph: sample.graph, loss: MeanSquaredError.choice.standard(),
        optimizer: SGD.choice.standard(), batchRows: 6, seed: 1))
    program.initialize(Initializers.standard.standard(), seed: 1)
    program.bind(data(sample))
    let loss = Float(program.step(0..<6, rate: 0.1).lossSum)
    return [loss] + program.outputs(0..<6)
  }
}
