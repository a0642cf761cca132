import NeuralNet
import Tracking

/// A network as it was read: its settings are right one by one, whether layers fit is not known yet.
struct NetworkDraft {
  enum Form {
    case mlp(Chosen)
    case layers([LayerSpec])
  }

  let form: Form
  /// The place of the whole network.
  let mark: Mark
  /// The place of each layer of a list.
  let layerMarks: [Mark]

  /// The layers for data of these sizes.
  ///
  /// - Parameter outputs: what the loss needs; an `mlp` without a loss ends as wide as its input.
  func layers(classes: Int?, features: Int, outputs: Int?) -> [LayerSpec] {
    switch form {
    case .mlp(let chosen): MultilayerPerceptron.layers(chosen, outputs: outputs ?? features)
    case .layers(let specs): specs.map { $0.resolving(classes: classes, features: features) }
    }
  }

  /// The place of a layer of the built network.
  func mark(of layer: [Int]) -> Mark {
    guard let first = layer.first, layerMarks.indices.contains(first) else {
      return layerMarks.last ?? mark
    }
    return layerMarks[first]
  }

  /// The values below the model's path, sizes resolved.
  func hyperparameters(_ path: String, classes: Int?, features: Int?) -> [Hyperparameter] {
    switch form {
    case .mlp(let chosen):
      return chosen.values.sorted { $0.key < $1.key }.map {
        Hyperparameter("\(path).mlp.\($0.key)", $0.value)
      }
    case .layers(let specs):
      return specs.enumerated().flatMap { index, spec in
        Self.hyperparameters(
          "\(path).\(index)", spec.resolving(classes: classes, features: features))
      }
    }
  }

  private static func hyperparameters(_ path: String, _ layer: LayerSpec) -> [Hyperparameter] {
    let main = Layers.all.first { $0.name == layer.kind.name }?.main
    var result: [Hyperparameter] = []
    if main == nil { result.append(Hyperparameter(path, .text(layer.kind.name))) }
    for (key, value) in layer.kind.values.sorted(by: { $0.key < $1.key }) {
      let name = key == main ? layer.kind.name : key
      result.append(Hyperparameter("\(path).\(name)", value))
    }
    if let name = layer.name { result.append(Hyperparameter("\(path).name", .text(name))) }
    return result
  }

  /// The network in a few words, for one that has no name: `mlp [100]`.
  var description: String {
    switch form {
    case .mlp(let chosen):
      let activation = chosen.text("activation")
      return "mlp " + (chosen.values["hidden"]?.display ?? "")
        + (activation == "relu" ? "" : " " + activation)
    case .layers(let specs):
      return specs.map { spec in
        let main = Layers.all.first { $0.name == spec.kind.name }?.main
        let value = main.flatMap { spec.kind.values[$0] }
        return spec.kind.name + (value.map { " " + $0.display } ?? "")
      }.joined(separator: ", ")
    }
  }
}

extension LayerSpec {
  /// The layer with the words `classes` and `features` replaced by the data's own sizes; without
  /// classes the word stays, and the graph's check says so at the layer.
  func resolving(classes: Int?, features: Int?) -> LayerSpec {
    var copy = self
    copy.kind = Chosen(
      kind.name,
      kind.values.mapValues { value in
        switch value {
        case .text("classes"): classes.map(ParameterValue.integer) ?? value
        case .text("features"): features.map(ParameterValue.integer) ?? value
        default: value
        }
      })
    copy.layers = layers.map { $0.resolving(classes: classes, features: features) }
    return copy
  }
}
