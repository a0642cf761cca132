import FileLanguage
import NeuralNet
import Tracking

/// Layers fit onto the data and onto each other, and the last has as many outputs as the loss needs.
enum NetworkFit {
  /// What decides whether a network fits.
  struct Conditions: Hashable {
    let path: String
    let features: [Int]
    let target: TargetKind?
    let loss: Chosen?
  }

  /// The network on one data and loss, or what does not fit.
  struct Built {
    let layers: [LayerSpec]
    /// `nil` where layers do not fit.
    let graph: Graph?
    let hyperparameters: [Hyperparameter]
    let diagnostics: [Diagnostic]
  }

  /// Builds a network for data and a loss.
  static func build(_ draft: NetworkDraft, _ fit: Conditions) -> Built {
    let features = fit.features.reduce(1, *)
    var classes: Int?
    if case .classes(let count) = fit.target { classes = count }
    let outputs = fit.loss.flatMap { loss in
      fit.target.flatMap { Losses.outputs(loss, for: $0) }
    }
    let layers = draft.layers(classes: classes, features: features, outputs: outputs)
    let problems = SpecProblems()
    var built: Graph?
    do throws(GraphErrors) {
      let graph = try Graph(layers, input: Shape(fit.features))
      built = graph
      if let outputs, let loss = fit.loss, let target = fit.target,
        !Losses.accepts(graph.output.count, loss, for: target)
      {
        reportLastLayer(draft, layers, graph.output, outputs, loss, target, problems)
      }
    } catch {
      for error in error.errors {
        problems.report(
          draft.mark(of: error.layer), error.message, error.hint.isEmpty ? [] : [error.hint])
      }
    }
    return Built(
      layers: layers, graph: built,
      hyperparameters: draft.hyperparameters(fit.path, classes: classes, features: features),
      diagnostics: problems.list)
  }

  private static func reportLastLayer(
    _ draft: NetworkDraft, _ layers: [LayerSpec], _ found: Shape, _ outputs: Int, _ loss: Chosen,
    _ target: TargetKind, _ problems: SpecProblems
  ) {
    let linear = Linear.choice.name
    let of: String
    let cure: String
    switch target {
    case .classes(let count):
      of = "\(count) classes"
      cure = outputs == count ? "\(linear): classes" : "\(linear): \(outputs)"
    case .values(let count):
      of = count == 1 ? "one number a row" : "\(count) numbers a row"
      cure = "\(linear): \(outputs)"
    }
    // What decides the width is the last linear layer; activations after it keep it.
    let last = layers.lastIndex { $0.kind.name == linear } ?? layers.count - 1
    let width = found.count == 1 ? "1 output" : "\(found.count) outputs"
    problems.report(
      draft.mark(of: [last]),
      "the network ends with \(width), but \(loss.name) on \(of) needs \(outputs)",
      [
        last == layers.count - 1 || layers[last].kind.name == linear
          ? "expected {\(cure)}" : "end the list with {\(cure)}"
      ])
  }
}
