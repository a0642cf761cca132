package import TensorKernels
package import Tracking

/// Log-softmax and negative log-likelihood in one: `torch.nn.CrossEntropyLoss`.
///
/// For scores x (1, K) of a row of class c: loss = log sum_j exp(x_j) - x_c, the mean over rows.
/// Gradient: dloss/dx = (softmax(x) - onehot(c)) / B, (1, K).
///
/// With label smoothing ε and weights w of the classes, l = log softmax(x): loss of a row
/// -(1 - ε) w_c l_c - ε/K sum_k w_k l_k, and the mean divides by the sum of the w_c of the batch's rows
/// instead of by B. Balanced weights are scikit-learn's: w_c = n / (K n_c) for n training rows of K
/// classes, n_c of them of class c.
package struct CrossEntropy: Loss {
  package static let choice = Choice(
    "cross-entropy",
    settings: [
      Setting(
        "label_smoothing", .number(.share), default: .number(0),
        "share of each target spread over all classes"),
      Setting(
        "class_weights",
        .orOff(
          .either([.list(.number(.notNegative), count: 1...Shape.mostUnits), .word([balanced])])),
        default: .off, "weight of every class, in their order, or balanced by the training rows"),
    ], otherNames: ["crossentropyloss"],
    "log-softmax and negative log-likelihood in one, on the last layer's scores")

  private static let balanced = "balanced"

  package let smoothing: Double
  package let weights: [Double]?

  package init(_ chosen: Chosen) {
    smoothing = chosen.values["label_smoothing"]?.asNumber ?? 0
    weights = chosen.list("class_weights")?.compactMap(\.asNumber)
  }

  package static func outputs(for targets: TargetKind) -> Int? {
    if case .classes(let count) = targets { count } else { nil }
  }

  package static func conflict(in chosen: Chosen, for targets: TargetKind)
    -> (setting: String, message: String)?
  {
    guard let weights = chosen.list("class_weights"), case .classes(let count) = targets,
      weights.count != count
    else { return nil }
    return ("class_weights", "there are \(weights.count) weights for \(count) classes")
  }

  package static func resolved(_ chosen: Chosen, classCounts: [Int]) -> Chosen {
    guard chosen.values["class_weights"] == .text(balanced) else { return chosen }
    let rows = Double(classCounts.reduce(0, +))
    let weights = classCounts.map { count in
      count == 0 ? 0 : rows / (Double(classCounts.count) * Double(count))
    }
    return Chosen(
      chosen.name,
      chosen.values.merging(["class_weights": .list(weights.map(ParameterValue.number))]) { $1 })
  }

  private var isPlain: Bool { smoothing == 0 && weights == nil }

  package var kernel: Kernel { isPlain ? .crossEntropy : .weightedCrossEntropy }
  package var scalars: [Double] { isPlain ? [] : [smoothing] }
  package var constants: [Double] { weights ?? [] }
}

// What others make of it.
extension CrossEntropy {
  package static var takesClassIndices: Bool { true }
  package static func reading(ofOutputs count: Int) -> OutputKind { .softmax }

  package func torch() throws(MissingForm) -> TorchCall {
    let listed = weights.map { PythonText.value(.list($0.map(ParameterValue.number))) }
    return TorchCall(
      "nn.CrossEntropyLoss",
      [
        listed.map { .code("torch.tensor(\($0), dtype=torch.float32)", named: "weight") },
        .number(smoothing, named: "label_smoothing", unless: 0),
      ])
  }
}
