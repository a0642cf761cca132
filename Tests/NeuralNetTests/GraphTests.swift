import NeuralNet
import Testing
import Tracking

@Suite struct GraphTests {
  @Test func namesAndShapesAreThoseOfSequential() throws {
    var named = linear(8)
    named.name = "a"
    let graph = try Graph(
      [linear(16), layer("relu"), named, layer("tanh"), linear(3, bias: false)],
      input: Shape([1, 4, 5]))
    #expect(
      graph.parameters.map(\.name) == ["0.weight", "0.bias", "a.weight", "a.bias", "4.weight"])
    #expect(
      graph.parameters.map(\.shape.sizes) == [[16, 20], [16], [8, 16], [8], [3, 8]])
    #expect(graph.parameterCount == 16 * 21 + 8 * 17 + 24)
    #expect(graph.layers.map(\.kind) == ["linear", "relu", "linear", "tanh", "linear"])
    #expect(graph.layers.map(\.parameterCount) == [336, 0, 136, 0, 24])
    #expect(graph.output == Shape(3))
  }

  @Test func anMLPIsTheListItStandsFor() {
    let mlp = chosen(
      [MultilayerPerceptron.choice], "mlp",
      [
        "hidden": .list([.integer(5), .integer(4)]), "activation": .text("leaky-relu"),
        "dropout": .number(0.2),
      ])
    let drop = layer("dropout", ["p": .number(0.2)])
    let leaky = layer("leaky-relu")
    #expect(
      MultilayerPerceptron.layers(mlp, outputs: 3)
        == [linear(5), leaky, drop, linear(4), leaky, drop, linear(3)])
  }

  @Test func errorsStandAtTheirLayer() {
    expect(
      [linear(3), layer("softmax"), LayerSpec(Chosen("conv4d"))], [2],
      "there is no layer 'conv4d'")
    expect([layer("softmax")], [0], "takes a row of scores", input: Shape([1, 2, 2]))
    expect([linear(1_000_000), linear(1_000_000)], [1], "more than 268435456 parameters")
    expect(
      [layer("linear", ["outputs": .text("classes")])], [0], "the data have no classes")
    expect([LayerSpec(linear(2).kind, name: "3")], [0], "cannot be the name")
    let twice = LayerSpec(linear(2).kind, name: "b")
    expect([twice, twice], [1], "two layers have the name 'b'")
  }

  private func expect(
    _ layers: [LayerSpec], _ place: [Int], _ message: String, input: Shape = Shape(4),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let errors = #expect(throws: GraphErrors.self, sourceLocation: sourceLocation) {
      _ = try Graph(layers, input: input)
    }
    #expect(errors?.errors.first?.layer == place, sourceLocation: sourceLocation)
    #expect(
      errors?.errors.first?.message.contains(message) == true, "\(errors?.description ?? "")",
      sourceLocation: sourceLocation)
  }

  @Test func everyChoiceHasOneName() {
    for choices in [
      Layers.all, Losses.all, Optimizers.all, Schedules.all, Initializers.all,
    ] {
      #expect(Set(choices.map(\.name)).count == choices.count)
    }
  }
}
