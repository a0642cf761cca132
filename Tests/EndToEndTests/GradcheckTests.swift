import Foundation
import Testing

@Suite struct GradcheckTests {
  private static let file = """
    data: {source: spiral, points_per_class: 20}
    models:
      graph:
        - {linear: 4, name: a}
        - {linear: 4, name: b, from: input}
        - {max: [a, b]}
        - residual: [{linear: 4}, batch-norm, tanh]
        - {linear: classes}
      line: [{linear: classes}]
    train: {steps: 1, optimizer: {name: sgd}, lr: 0.5}
    over: {model: all}
    """

  @Test func everyModuleOfEveryNetworkIsListed() throws {
    let place = try Workplace()
    try place.write("g.yaml", Self.file)
    let outcome = try place.labbook("gradcheck", "g.yaml", "--jacobian")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      lines.contains { $0.hasPrefix("2 ") && $0.contains(" max ") && $0.contains("(4, 4), (4, 4)") }
    )
    #expect(lines.contains { $0.hasPrefix("3.1 ") && $0.contains("(20, 20)") })
    #expect(lines.filter { $0.hasPrefix("loss") }.count == 2)
    #expect(lines.filter { $0.hasPrefix("All gradients are right") }.count == 2)
    #expect(!outcome.output.contains("WRONG"))
    #expect(outcome.output.contains("Jacobian of 0, with respect to the weights, (3, 9)"))
    #expect(place.files() == ["g.yaml"])
  }

  /// Two names of one network are one network, and so is one at two rates, whatever order a dictionary has.
  @Test func equalNetworksAreOne() throws {
    let place = try Workplace()
    try place.write(
      "equal.yaml",
      """
      data: {source: moons, points_per_class: 10}
      models:
        a: [{linear: 3, bias: false, name: first}, relu, {linear: classes}]
        b: [{linear: 3, bias: false, name: first}, relu, {linear: classes}]
        c: [{linear: 4, bias: false, name: first}, relu, {linear: classes}]
      train: {epochs: 1}
      over: {model: all, lr: [0.1, 0.2]}
      """)
    for _ in 0..<3 {
      let lines = try place.labbook("gradcheck", "equal.yaml").output.split(separator: "\n")
      #expect(
        lines.filter { $0.hasPrefix("Model") } == [
          "Model a, moons, cross-entropy", "Model c, moons, cross-entropy",
        ])
    }
  }

  @Test func severalNetworksAreOneTableForPrograms() throws {
    let place = try Workplace()
    try place.write("g.yaml", Self.file)
    try place.write("h.yaml", Self.file)
    for arguments in [["gradcheck", "g.yaml"], ["check", "g.yaml", "h.yaml"]] {
      let outcome = try place.labbook(arguments + ["--format", "json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let rows = try #require(parsed as? [[String: Any]])
      #expect(rows.allSatisfy { ($0["network"] ?? $0["experiment"]) is String })
      #expect(rows.count > 1)
    }
  }

  @Test func aStepShowsValuesGradientsAndWeights() throws {
    let place = try Workplace()
    try place.write("g.yaml", Self.file)
    let outcome = try place.labbook("step", "g.yaml", "--rows", "3", "--nothing")
    #expect(outcome.status == 2)
    let step = try place.labbook("step", "g.yaml", "--rows", "1,2,3")
    #expect(step.status == 0, "\(step.errors)")
    for text in [
      "3.1 batch-norm (3, 4), dy/dx (12, 12)", "dL/d(2 max) (3, 4)", "mean loss", "a.weight (4, 2)",
      "probabilities of 0, 1, 2", "3.0.bias (4)",
    ] {
      #expect(step.output.contains(text), "\(text)")
    }
  }

  @Test func wrongInputIsSaidAsElsewhere() throws {
    let place = try Workplace()
    #expect(try place.labbook("gradcheck", "none.yaml").status == 2)
    #expect(try place.labbook("step", "none.yaml").status == 2)
    try place.write("c.yaml", "data: {source: cloud}\nmodel: [{linear: 3}]\ntrain: {epochs: 0}\n")
    #expect(try place.labbook("gradcheck", "c.yaml").status == 0)
    #expect(try place.labbook("step", "c.yaml").status == 2)
  }
}
