public import NeuralNet

extension Dataset {
  /// The same rows as a network reads them; nothing is copied.
  public var networkData: NetworkData {
    let targets: NetworkData.Targets =
      switch self.targets {
      case .classes(let classes, _): .classes(classes)
      case .values(let values, _): .values(values)
      case .none: .none
      }
    return NetworkData(features: features, targets: targets, rows: rows)
  }
}
