import FileLanguage
import NeuralNet
import Tracking

/// The lines of `labbook keys` about networks: `mlp`, then every layer.
enum NetworkRows {
  static func rows(below path: String) -> [KeyRow] {
    let mlp = MultilayerPerceptron.choice
    let head = KeyRow(
      path: "\(path).mlp", type: "a mapping of " + mlp.settings.map(\.name).joined(separator: ", "),
      standard: "", summary: mlp.summary)
    return [head] + KeyRowWriter.rows(mlp.settings.map(Key.init), below: "\(path).mlp.")
      + Layers.all.flatMap { layer($0, "\(path).0") } + common(path)
  }

  private static func layer(_ choice: Choice, _ path: String) -> [KeyRow] {
    let main = choice.settings.first { $0.name == choice.main }
    let head = KeyRow(
      path: "\(path).\(choice.name)", type: main.map { Words.expected($0.kind) } ?? "no value",
      standard: main.map { $0.standard?.display ?? "required" } ?? "", summary: choice.summary)
    let others = choice.settings.filter { $0.name != choice.main }
    return [head]
      + KeyRowWriter.rows(others.map(Key.init), below: path + ".", of: choice.name)
  }

  private static func common(_ path: String) -> [KeyRow] {
    [
      KeyRow(
        path: "\(path).0.name", type: "text", standard: "its place in the list",
        summary: "what its parameters' names begin with, and what 'from' can say"),
      KeyRow(
        path: "\(path).0.from", type: "the name of a layer, or input",
        standard: "the layer before", summary: "what it reads"),
      KeyRow(
        path: "\(path).0.share", type: "the name of a layer", standard: "none",
        summary: "the layer whose parameters it uses"),
    ]
  }
}
