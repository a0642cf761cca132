import FileLanguage
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
  let layerMarks: [LayerMark]

  /// Where a layer stands, and the layers within it.
  struct LayerMark {
    let mark: Mark
    let layers: [LayerMark]
  }

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
    var found = layerMarks.isEmpty ? mark : layerMarks[layerMarks.count - 1].mark
    var marks = layerMarks
    for index in layer where marks.indices.contains(index) {
      found = marks[index].mark
      marks = marks[index].layers
    }
    return found
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
    for (index, inner) in layer.layers.enumerated() {
      result += hyperparameters("\(path).\(layer.kind.name).\(index)", inner)
    }
    for (key, value) in layer.kind.values.sorted(by: { $0.key < $1.key }) {
      let name = key == main ? layer.kind.name : key
      result.append(Hyperparameter("\(path).\(name)", value))
    }
    if let name = layer.name { result.append(Hyperparameter("\(path).name", .text(name))) }
    if let inputs = layer.inputs {
      let names = inputs.map(ParameterValue.text)
      result.append(Hyperparameter("\(path).from", names.count == 1 ? names[0] : .list(names)))
    }
    if let share = layer.share { result.append(Hyperparameter("\(path).share", .text(share))) }
    return result
  }

  /// The network in a few words, for one that has no name: `mlp [100]`.
  var description: String {
    switch form {
    case .mlp(let chosen):
      let activation = chosen.text("activation")
      return "mlp " + (chosen.values["hidden"]?.display ?? "")
        + (activation == MultilayerPerceptron.standardActivation ? "" : " " + activation)
    case .layers(let specs):
      return Self.description(specs)
    }
  }

  private static func description(_ specs: [LayerSpec]) -> String {
    specs.map { spec in
      if !spec.layers.isEmpty { return "\(spec.kind.name) [\(description(spec.layers))]" }
      let main = Layers.all.first { $0.name == spec.kind.name }?.main
      let value = main.flatMap { spec.kind.values[$0] }
      return spec.kind.name + (value.map { " " + $0.display } ?? "")
    }.joined(separator: ", ")
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
