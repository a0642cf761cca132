extension Graph {
  /// Why tensors cannot be this network's parameters.
  ///
  /// A line for each that is missing, of another shape, or not the network's; empty where they fit.
  /// `num_batches_tracked` is ignored.
  public func mismatches(with tensors: [NamedTensor]) -> [String] {
    var problems: [String] = []
    let found = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    for parameter in parameters + buffers {
      guard let tensor = found[parameter.name] else {
        problems.append("there is no tensor '\(parameter.name)' (\(parameter.shape))")
        continue
      }
      if tensor.shape != parameter.shape.sizes {
        problems.append(
          "the tensor '\(parameter.name)' is \(Shape(tensor.shape)), expected \(parameter.shape)")
      }
    }
    let wanted = Set((parameters + buffers).map(\.name))
    for tensor in tensors
    where !wanted.contains(tensor.name) && !tensor.name.hasSuffix("num_batches_tracked") {
      problems.append("the network has no parameter '\(tensor.name)'")
    }
    return problems
  }
}
