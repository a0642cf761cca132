import Foundation
import Testing

/// `labbook step` and `gradcheck` of networks that can be reckoned by hand.
@Suite struct StepTests {
  /// Two rows, x = (1, 2) and (3, 4) with the targets 5 and 6, through two layers that begin as the
  /// identity: the first keeps x, the second, (1 0), takes its first number, so that 1 and 3 come out.
  ///
  /// Loss ((1 - 5)^2 + (3 - 6)^2) / 2 = 12.5; its gradient by the outputs is (1 - 5), (3 - 6) = -4,
  /// -3; by the last weights -4 (1, 2) - 3 (3, 4) = (-13, -20), by its bias -7; by the first layer's
  /// outputs (-4, 0), (-3, 0), so by its weights (-4 (1, 2) - 3 (3, 4); 0 0) and its bias (-7, 0).
  /// The norm is sqrt(2 (169 + 400 + 49)) = 35.16; sgd goes 0.1 against it.
  private static let file = """
    data: {source: csv, path: rows.csv, target: t}
    model: [{linear: 2}, {linear: 1}]
    train: {epochs: 1, optimizer: sgd, lr: 0.1, init: identity, batch_size: full}

    """

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("s.yaml", Self.file)
    try place.write("rows.csv", "a,b,t\n1,2,5\n3,4,6\n")
    return place
  }

  @Test func oneUpdateIsThatOfTheHand() throws {
    let text = try KnownStore.output(["step", "s.yaml"], in: place())
    #expect(text == stepText)
  }

  /// The numbers of `labbook step --format json`.
  private struct Walk: Decodable {
    struct Step: Decodable {
      let rate, loss, penalty: Double
      let row_losses: [Double]
      let probabilities: [[Double]]
      let layers: [Layer]
      let parameters: [Parameter]
    }
    struct Layer: Decodable { let values: [[Double]] }
    struct Parameter: Decodable {
      let name: String
      let before, gradient, g, after: [Double]
      let terms: [String: [Double]]
    }
    let model: String
    let rows: [Int]
    let targets: [[String]]
    let steps: [Step]
  }

  private func walk(_ file: String, _ arguments: [String]) throws -> Walk {
    let place = try Workplace()
    try place.write("s.yaml", file)
    let text = try KnownStore.output(["step", "s.yaml", "--format", "json"] + arguments, in: place)
    return try JSONDecoder().decode(Walk.self, from: Data(text.utf8))
  }

  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
  }

  /// Weight decay is a term: before - rate (gradient + 0.01 before) is after, update by update; the
  /// probabilities are the softmax of what comes out, a row's loss their logarithm at its class.
  @Test func termsAddUpAndRowsHaveTheirLosses() throws {
    let walk = try walk(
      """
      data: {source: spiral, points_per_class: 20, seed: 1}
      models: {wide: [{linear: 5}, relu, {linear: classes}], small: [{linear: 3}, relu, {linear: classes}]}
      train: {optimizer: sgd, lr: 0.1, batch_size: 4, epochs: 1, weight_decay: 0.01}
      over: {model: all}

      """, ["--model", "small", "--rows", "3,30,7", "--steps", "2"])
    #expect(walk.model == "small" && walk.rows == [3, 30, 7] && walk.steps.count == 2)
    #expect(walk.targets == [["0"], ["1"], ["0"]])
    for step in walk.steps {
      #expect(step.rate == 0.1)
      var squares = 0.0
      for parameter in step.parameters {
        let decay = parameter.before.map { 0.01 * $0 }
        #expect(close(parameter.terms["weight decay"] ?? [], decay, 0))
        #expect(close(parameter.terms["gradient"] ?? [], parameter.gradient, 0))
        #expect(close(parameter.g, zip(parameter.gradient, decay).map { $0 + $1 }, 1e-15))
        #expect(close(parameter.after, zip(parameter.before, parameter.g).map { $0 - 0.1 * $1 }))
        squares += parameter.before.reduce(0) { $0 + $1 * $1 }
      }
      #expect(abs(step.penalty - 0.005 * squares) < 1e-9)
      for (row, label) in zip(0..<3, [0, 1, 0]) {
        let out = step.layers.last?.values[row] ?? []
        let sum = out.reduce(0) { $0 + exp($1) }
        #expect(close(step.probabilities[row], out.map { exp($0) / sum }, 1e-6))
        #expect(abs(step.row_losses[row] + log(exp(out[label]) / sum)) < 1e-6)
      }
      #expect(abs(step.loss - step.row_losses.reduce(0, +) / 3) < 1e-6)
    }
    #expect(walk.steps[1].parameters[0].before == walk.steps[0].parameters[0].after)
  }

  /// 40 rows by 8 are 5 updates an epoch, so that the warm-up of 2 epochs is 10: 0.1/10, 0.2/10, 0.3/10.
  ///
  /// The rows that are taken where none is named are not the origin.
  @Test func theRateIsThatOfTheRun() throws {
    let walk = try walk(
      """
      data: {source: moons, points_per_class: 20, seed: 1}
      model: {mlp: {hidden: [2]}}
      train:
        optimizer: {name: sgd, momentum: 0.9}
        lr: 0.1
        batch_size: 8
        epochs: 6
        schedule: {name: cosine, warmup: 2}

      """, ["--steps", "3"])
    #expect(close(walk.steps.map(\.rate), [0.01, 0.02, 0.03], 1e-15))
    #expect(walk.rows == [11, 31])
    #expect(walk.steps[0].layers[0].values.allSatisfy { row in row.contains { $0 != 0 } })
  }

  @Test func whatCannotBeSteppedIsSaid() throws {
    let place = try place()
    for (arguments, words) in [
      (["--rows", "3"], "there is no row 3\nthe training part has rows 1 to 2"),
      (["--rows", "0"], "there is no row 0"), (["--model", "modl"], "Did you mean 'model'?"),
      (["--rows", "1,,2"], "--rows takes numbers of rows with commas between, such as 3,7"),
      (["--steps", "0"], "--steps is a number from 1 to 1000"),
    ] {
      let outcome = try place.labbook(["step", "s.yaml"] + arguments)
      #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  /// A notebook shows an update, before anything is trained too.
  @Test func aNotebookHasAnUpdate() throws {
    let place = try place()
    try place.write(
      "s.yaml",
      Self.file + "notebook:\n  - {sweep: s}\n  - {table: step, model: model, rows: [2, 1]}\n")
    let outcome = try place.labbook("run", "s.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("s: the first update of model"))
    #expect(
      lines.contains {
        $0.split(separator: " ") == ["weight", "before", "gradient", "step", "after"]
      })
    #expect(
      lines.contains {
        $0.split(separator: " ") == ["0.weight[0,", "1]", "0", "-20", "2", "2"]
      }, "\(lines)")
    #expect(
      lines.contains(
        "Row 2 (target 6), loss 9; row 1 (target 5), loss 16; mean loss 12.5. Rate 0.1, norm of the "
          + "gradient 35.16. sgd: w - rate g."), "\(lines)")
  }

  @Test func modulesAndJacobiansAreListed() throws {
    let text = try KnownStore.output(["gradcheck", "s.yaml", "--jacobian"], in: place())
      .replacing(/[0-9]\.[0-9]e-[0-9]{2}/) { _ in "small  " }
    #expect(text == gradcheckText)
    let csv = try KnownStore.output(
      ["gradcheck", "s.yaml", "--rows", "1", "--format", "csv"], in: place()
    ).replacing(/[0-9.]+e-[0-9]{2}/) { _ in "small" }
    #expect(csv == gradcheckCSV)
  }

  @Test func aWrongGradientIsNamed() throws {
    let place = try Workplace()
    try place.write(
      "steep.yaml",
      """
      data: {source: csv, path: steep.csv, target: y}
      models: {steep: [{linear: 1}, tanh], flat: [{linear: 1}]}
      train: {epochs: 1, loss: l1, init: zeros}
      notebook:
        - {sweep: s, over: {model: [steep, flat]}}
        - {table: gradcheck}

      """)
    try place.write("steep.csv", "x,y\n1000000,2\n2000000,3\n")
    let outcome = try place.labbook("gradcheck", "steep.yaml")
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.hasSuffix("WRONG") }.count == 1)
    #expect(lines.contains { $0.hasPrefix("loss ") && $0.hasSuffix(" WRONG") })
    #expect(lines.contains("Wrong by more than 1e-05: the whole graph"))
    #expect(lines.contains("All gradients are right: no difference is above 1e-05."))
    // As a cell of a notebook it is what keeps the notebook from being right.
    let run = try place.labbook("run", "steep.yaml")
    #expect(run.status == 1, "\(run.output)")
    #expect(run.errors.contains("error: wrong gradients: steep\n"), "\(run.errors)")
  }
}

private let stepText = """
  Model model, csv, mse, sgd
  Rows 1, 2 of the training part
  Forward, 2 rows; each value is (rows, numbers)
  input (2, 2)
    1  2
    3  4
  0 linear (2, 2), dy/dx (2, 2), dy/dw (2, 6)
    1  2
    3  4
  1 linear (2, 1), dy/dx (1, 2), dy/dw (1, 3)
    1
    3
  targets  5  6
  loss of each row  16  9
  mean loss 12.5

  Backward: the gradient of the mean loss
  dL/d(1 linear) (2, 1)
    -4
    -3
  dL/d(0 linear) (2, 2)
    -4   0
    -3   0
  dL/d(input) (2, 2)
    -4   0
    -3   0

  Update with the rate 0.1, norm of the gradient 35.16
  w - rate g
  0.weight (2, 2)
   before
    1  0
    0  1
   gradient
    -13  -20
      0    0
   step
    1.3    2
      0    0
   after
    2.3    2
      0    1
  0.bias (2)
   before
    0  0
   gradient
    -7   0
   step
    0.7    0
   after
    0.7    0
  1.weight (1, 2)
   before
    1  0
   gradient
    -13  -20
   step
    1.3    2
   after
    2.3    2
  1.bias (1)
   before
    0
   gradient
    -7
   step
    0.7
   after
    0.7

  """

private let gradcheckText = """
  Model model, csv, mse
  layer  kind         dy/dx   dy/dw   difference  compared  skipped  gradients
  0      linear       (2, 2)  (2, 6)     small          10        0  right
  1      linear       (1, 2)  (1, 3)     small           7        0  right
  loss   whole graph  (1, 2)  (1, 9)     small           9        0  right

  Jacobian of 0, with respect to the state, (2, 2)
    1  0
    0  1

  Jacobian of 0, with respect to the weights, (2, 6)
    1  2  0  0  1  0
    0  0  1  2  0  1

  Jacobian of 1, with respect to the state, (1, 2)
    1  0

  Jacobian of 1, with respect to the weights, (1, 3)
    1  2  1
  All gradients are right: no difference is above 1e-05.

  """

private let gradcheckCSV = """
  network,layer,kind,dy/dx,dy/dw,difference,compared,skipped,gradients
  "Model model, csv, mse",0,linear,"(2, 2)","(2, 6)",small,8,0,right
  "Model model, csv, mse",1,linear,"(1, 2)","(1, 3)",small,5,0,right
  "Model model, csv, mse",loss,whole graph,"(1, 2)","(1, 9)",small,9,0,right

  """
