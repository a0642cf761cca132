package import Datasets
import Experiments
package import Figures
import Foundation
package import Languages
package import NeuralNet
package import Runs
import TensorKernels
package import Tracking
import Training

/// A plane through the space of a network's weights, with the loss on it.
///
/// A network of two parameters has them for its axes. Otherwise the plane goes through the end of
/// the first training, along the two principal axes of all the trainings' weights (Lorch 2016; Li,
/// Xu, Taylor, Studer and Goldstein 2018), or along two parameters named by the file, all others as
/// they are at that end.
package final class LossPlane {
  /// What the axes are.
  package let names: (x: String, y: String)
  private let program: NetworkProgram<Float>
  private let rows: Int
  private let origin: [Double]
  private let axes: [[Double]]
  /// What is added to places on the plane: a parameter's own value at the origin.
  private let shift: (Double, Double)

  /// Rows of data the loss is measured on, at most.
  package static let mostRows = 1000
  /// Points along each side where the loss is measured; between them it is interpolated.
  package static let size = 49
  /// The most vectors the principal axes are taken of.
  private static let mostVectors = 240

  /// Lays a plane.
  ///
  /// - Parameter directions: two parameters as `0.weight[1, 0]`; empty for the usual ones.
  /// - Throws: `LabbookError` where a named parameter is not there.
  package init(
    _ configuration: NetworkRun, _ data: PreparedData, _ traces: [DescentTrace],
    directions: [String], _ language: Language = .english
  ) throws(LabbookError) {
    let graph = try configuration.graph(data.shape)
    program = NetworkProgram(
      NetworkPlan(
        graph: graph, loss: configuration.resolved(on: data).train.loss, optimizer: nil,
        batchRows: Self.mostRows,
        seed: configuration.train.seed))
    let sample = data.train.networkData.sample(Self.mostRows)
    rows = sample.rows
    program.bind(sample)
    let width = program.plan.weightCount
    let origin =
      traces.first?.weights.last.map { $0.map(Double.init) }
      ?? [Double](repeating: 0, count: width)
    self.origin = origin
    let named = try Self.named(directions, program)
    if named.count == 2 {
      axes = named.map { Self.unit($0.place, width) }
      names = (named[0].name, named[1].name)
      shift = (origin[named[0].place], origin[named[1].place])
    } else {
      let found = PrincipalAxes(Self.thinned(traces), count: 2, origin: origin)
      axes = found.axes
      func name(_ index: Int) -> String {
        let share = found.shares.count > index ? found.shares[index] : 0
        let percent = Int(saturating: (100 * share).rounded())
        return language(.axisOfWeights, index + 1, percent)
      }
      names = (name(0), name(1))
      shift = (0, 0)
    }
  }

  private static func unit(_ place: Int, _ width: Int) -> [Double] {
    var axis = [Double](repeating: 0, count: width)
    axis[place] = 1
    return axis
  }

  private static func thinned(_ traces: [DescentTrace]) -> [[Double]] {
    let each = max(1, mostVectors / max(1, traces.count))
    return traces.flatMap { trace -> [[Double]] in
      let all = trace.weights
      let kept = all.count <= each ? Array(all.indices) : (0..<each).map { $0 * all.count / each }
      return kept.map { all[$0].map(Double.init) }
    }
  }

  /// The parameters that are named, or the only two there are.
  private static func named(_ directions: [String], _ program: NetworkProgram<Float>)
    throws(LabbookError) -> [(name: String, place: Int)]
  {
    let all = program.plan.graph.parameters.enumerated().flatMap { index, tensor in
      zip(ParameterEntry.names(of: tensor), program.places(of: index)).map { ($0, $1) }
    }
    if directions.isEmpty { return all.count == 2 ? all.map { (name: $0.0, place: $0.1) } : [] }
    var found: [(name: String, place: Int)] = []
    for direction in directions {
      let wanted = direction.filter { $0 != " " }
      guard let entry = all.first(where: { $0.0.filter { $0 != " " } == wanted }) else {
        let near = nearestName(to: direction, among: all.prefix(5000).map(\.0))
        throw .failure(
          "the network has no parameter '\(direction)'",
          hint: near.map { "did you mean '\($0)'?" } ?? "write it as 0.weight[1, 0]")
      }
      found.append((name: entry.0, place: entry.1))
    }
    return found
  }

  /// Where a vector of weights lies on the plane.
  package func place(of weights: [Float]) -> (x: Double, y: Double) {
    func along(_ axis: [Double]) -> Double {
      var sum = 0.0
      for index in axis.indices { sum += axis[index] * (Double(weights[index]) - origin[index]) }
      return sum
    }
    return (
      shift.0 + (axes.first.map(along) ?? 0), shift.1 + (axes.count > 1 ? along(axes[1]) : 0)
    )
  }

  /// The loss at a place of the plane: the mean over the rows, without penalties.
  package func loss(x: Double, y: Double) -> Double {
    let (a, b) = (x - shift.0, y - shift.1)
    let first = axes.first ?? []
    let second = axes.count > 1 ? axes[1] : []
    program.parameterVector = origin.indices.map { index in
      Float(
        origin[index] + a * (first.isEmpty ? 0 : first[index])
          + b * (second.isEmpty ? 0 : second[index]))
    }
    return program.evaluate(0..<rows).lossSum / Double(rows)
  }

  /// The loss over a part of the plane, with four points drawn for each that is measured.
  package func grid(_ xRange: ClosedRange<Double>, _ yRange: ClosedRange<Double>) -> LossGrid {
    let size = Self.size
    func place(_ range: ClosedRange<Double>, _ index: Int) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(size - 1)
    }
    var losses: [Double] = []
    for row in 0..<size {
      for column in 0..<size {
        losses.append(loss(x: place(xRange, column), y: place(yRange, row)))
      }
    }
    let fine = 4 * (size - 1) + 1
    return LossGrid(
      xRange: xRange, yRange: yRange, width: fine, height: fine,
      losses: Interpolation.refined(losses, size: size, times: 4))
  }
}

/// What the numbers of a tensor are called: `0.weight[1, 0]`.
package enum ParameterEntry {
  package static func names(of tensor: ParameterTensor) -> [String] {
    let sizes = tensor.shape.sizes
    return (0..<tensor.shape.count).map { index in
      var rest = index
      var places: [Int] = []
      for size in sizes.reversed() {
        places.append(rest % size)
        rest /= size
      }
      return tensor.name + "[" + places.reversed().map(String.init).joined(separator: ", ") + "]"
    }
  }
}

/// Numbers between those of a square grid.
package enum Interpolation {
  /// Bilinear, along logarithms where all numbers are positive, so that steep valleys stay smooth.
  package static func refined(_ values: [Double], size: Int, times: Int) -> [Double] {
    let isPositive = values.allSatisfy { !$0.isFinite || $0 > 0 }
    let known = isPositive ? values.map { Foundation.log($0) } : values
    let fine = times * (size - 1) + 1
    var result: [Double] = []
    result.reserveCapacity(fine * fine)
    for row in 0..<fine {
      let (y, dy) = (min(size - 2, row / times), Double(row) / Double(times))
      let v = dy - Double(y)
      for column in 0..<fine {
        let x = min(size - 2, column / times)
        let u = Double(column) / Double(times) - Double(x)
        func at(_ a: Int, _ b: Int) -> Double { known[(y + b) * size + x + a] }
        let low = at(0, 0) * (1 - u) + at(1, 0) * u
        let high = at(0, 1) * (1 - u) + at(1, 1) * u
        let value = low * (1 - v) + high * v
        result.append(isPositive ? Foundation.exp(value) : value)
      }
    }
    return result
  }
}
