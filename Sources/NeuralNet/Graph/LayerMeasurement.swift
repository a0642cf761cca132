import TensorKernels

/// What `log: layers` measures of a network at one moment.
public struct LayerMeasurement: Sendable {
  /// What one layer puts out.
  public struct Activation: Sendable {
    /// The layer's name, `0` or `2.1` or `a`.
    public let layer: String
    /// Mean over rows and numbers.
    public let mean: Double
    /// Deviation over rows and numbers, divisor n.
    public let deviation: Double
  }

  /// One trainable tensor.
  public struct Parameter: Sendable {
    /// The tensor's name, `0.weight`.
    public let name: String
    /// The norm of its gradient in the last update, before clipping.
    public let gradientNorm: Double
    /// The share of its numbers within `smallest` of 0.
    public let smallShare: Double
  }

  /// In the order of the layers.
  public let activations: [Activation]
  /// In the order of the parameters.
  public let parameters: [Parameter]

  /// Below this a number counts as small.
  public static let smallest = 1e-3
}

extension NetworkProgram {
  /// Measures every layer on the rows at these places, in inference mode, and every parameter with
  /// the gradient that the last update left.
  ///
  /// The plan must have been made with `measuresLayers`; otherwise nothing of this costs anything.
  /// To be called after an update and before any other pass over other data.
  public func measureLayers(_ places: Range<Int>) -> LayerMeasurement {
    precondition(plan.measuresLayers)
    let nodes = plan.graph.nodes
    var sums = [(sum: Double, squares: Double)](repeating: (0, 0), count: nodes.count)
    var first = places.lowerBound
    while first < places.upperBound {
      let rows = min(plan.rows(of: .measurement), places.upperBound - first)
      run(.measurement, first..<first + rows)
      for (index, node) in nodes.enumerated() {
        let values = measuredNumbers(index + 1, count: rows * node.outputShape.count)
        for value in values {
          sums[index].sum += Double(value)
          sums[index].squares += Double(value) * Double(value)
        }
      }
      first += rows
    }
    let activations = nodes.indices.sorted { nodes[$0].layer < nodes[$1].layer }.map { index in
      let count = Double(max(1, places.count * nodes[index].outputShape.count))
      let mean = sums[index].sum / count
      return LayerMeasurement.Activation(
        layer: plan.graph.layers[nodes[index].layer].name, mean: mean,
        deviation: max(0, sums[index].squares / count - mean * mean).squareRoot())
    }
    return LayerMeasurement(activations: activations, parameters: measureParameters())
  }

  private func measureParameters() -> [LayerMeasurement.Parameter] {
    plan.graph.parameters.enumerated().map { index, parameter in
      let values = self.values(at: index)
      let small = values.count { abs(Double($0)) < LayerMeasurement.smallest }
      let squares = gradient(at: index).reduce(0.0) { $0 + Double($1) * Double($1) }
      return LayerMeasurement.Parameter(
        name: parameter.name, gradientNorm: squares.squareRoot(),
        smallShare: Double(small) / Double(max(1, values.count)))
    }
  }
}
