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
  Forward, 2 rows; each value is (rows, numbers)
  input (2, 2)
    1  2
    3  4
  0 linear (2, 2)
    1  2
    3  4
  1 linear (2, 1)
    1
    3
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
  0.weight (2, 2)
   before
    1  0
    0  1
   gradient
    -13  -20
      0    0
   after
    2.3    2
      0    1
  0.bias (2)
   before
    0  0
   gradient
    -7   0
   after
    0.7    0
  1.weight (1, 2)
   before
    1  0
   gradient
    -13  -20
   after
    2.3    2
  1.bias (1)
   before
    0
   gradient
    -7
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
