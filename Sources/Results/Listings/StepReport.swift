import Datasets
package import Languages
package import NeuralNet
import Runs
public import Terminal
public import Tracking

/// Updates of a network in numbers: `labbook step`.
public struct StepReport {
  private let walk: StepWalk

  /// Makes the report of a walk.
  public init(_ walk: StepWalk) { self.walk = walk }

  /// `Model wide, spiral, cross-entropy, sgd`.
  public var title: String {
    let run = walk.configuration
    return "Model \(run.modelName), \(run.data.source.name), "
      + "\(run.train.loss?.name ?? "no loss"), \(run.train.optimizer.name)"
  }

  /// Every update forward, backward, and what becomes of the weights.
  public func text(_ style: TextStyle) -> String {
    let numbers = walk.rows.map(String.init).joined(separator: ", ")
    let head =
      style.strong(title) + "\n"
      + (walk.rows.count == 1 ? "Row" : "Rows") + " \(numbers) of the training part\n"
    return head
      + walk.steps.indices.map { index in
        (walk.steps.count > 1 ? "\n" + style.strong("Update \(index + 1)") + "\n" : "")
          + text(walk.steps[index], style)
      }.joined()
  }

  private func text(_ step: StepWalk.Step, _ style: TextStyle) -> String {
    let trace = step.trace
    let rows = trace.rows == 1 ? "1 row" : "\(trace.rows) rows"
    return style.strong("Forward") + ", \(rows); each value is (rows, numbers)\n"
      + trace.values.map { forward($0, trace.rows) }.joined() + ends(step)
      + "mean loss \(NumberMatrix.number(trace.loss))"
      + (trace.penalty == 0
        ? "\n\n" : ", with its penalties \(NumberMatrix.number(trace.loss + trace.penalty))\n\n")
      + style.strong("Backward") + ": the gradient of the mean loss\n"
      + trace.values.reversed().map { backward($0, trace.rows) }.joined() + "\n"
      + style.strong("Update") + update(trace)
      + trace.tensors.map(tensor).joined()
  }

  /// What the rows are, what they were taken for, what each of them loses.
  private func ends(_ step: StepWalk.Step) -> String {
    var text = ""
    if !step.probabilities.isEmpty {
      text += "probabilities of \(walk.classes.joined(separator: ", "))\n"
      text += NumberMatrix.text(step.probabilities)
    }
    if !walk.targets.isEmpty {
      let targets = walk.targets.map { target in
        target.map(\.shown).joined(separator: " ")
      }
      text += "targets  " + targets.joined(separator: "  ") + "\n"
    }
    let losses = step.rowLosses.map(NumberMatrix.number).joined(separator: "  ")
    return text + "loss of each row  \(losses)\n"
  }

  private func update(_ trace: StepTrace) -> String {
    var text = " with the rate \(NumberMatrix.number(trace.rate))"
    if let momentum = trace.momentum { text += ", momentum \(NumberMatrix.number(momentum))" }
    text += ", norm of the gradient \(NumberMatrix.number(trace.gradientNorm))"
    if walk.configuration.train.clipNorm != nil {
      text += ", clipped by \(NumberMatrix.number(trace.clipFactor))"
    }
    return text + "\n" + trace.rule + "\n"
  }

  private func title(_ value: StepTrace.Value) -> String {
    value.kind.isEmpty ? value.name : "\(value.name) \(value.kind)"
  }

  private func forward(_ value: StepTrace.Value, _ rows: Int) -> String {
    let sizes =
      value.stateJacobians.map { ", dy/dx (\($0.rows), \($0.columns))" }.joined()
      + (value.weightJacobian.map { ", dy/dw (\($0.rows), \($0.columns))" } ?? "")
    return "\(title(value)) (\(rows), \(value.shape.count))\(sizes)\n"
      + NumberMatrix.text(lines(value.numbers, value.shape.count))
  }

  private func backward(_ value: StepTrace.Value, _ rows: Int) -> String {
    if value.gradient.isEmpty { return "" }
    return "dL/d(\(title(value))) (\(rows), \(value.shape.count))\n"
      + NumberMatrix.text(lines(value.gradient, value.shape.count))
  }

  private func tensor(_ tensor: StepTrace.Tensor) -> String {
    let columns = tensor.shape.sizes.count > 1 ? tensor.shape.count / tensor.shape.sizes[0] : 0
    let width = columns > 0 ? columns : tensor.shape.count
    let size = tensor.shape.sizes.map(String.init).joined(separator: ", ")
    return "\(tensor.name) (\(size))\n"
      + tensor.shownParts.map { " \($0.name)\n" + NumberMatrix.text(lines($0.numbers, width)) }
      .joined()
  }

  private func lines(_ numbers: [Double], _ width: Int) -> [[Double]] {
    stride(from: 0, to: numbers.count, by: max(1, width)).map {
      Array(numbers[$0..<min($0 + width, numbers.count)])
    }
  }
}

extension StepTrace.Tensor {
  /// Everything that becomes of the tensor, in order; what is off, or the same as what stands before, is
  /// left out.
  package var shownParts: [StepTrace.Part] {
    var parts = [
      StepTrace.Part(name: "before", numbers: before),
      StepTrace.Part(name: "gradient", numbers: gradient),
    ]
    parts += terms.filter { $0.name != "gradient" }
    if terms.count > 1 { parts.append(StepTrace.Part(name: "g, their sum", numbers: total)) }
    parts += memoryBefore.map { StepTrace.Part(name: $0.name + " before", numbers: $0.numbers) }
    parts += memoryAfter
    parts += changes.map { change in
      StepTrace.Part(
        name: changes.count > 1 && change.name != "step" ? change.name + " apart" : change.name,
        numbers: change.numbers)
    }
    return parts + [StepTrace.Part(name: "after", numbers: after)]
  }
}

extension StepReport {
  /// The same as JSON: every number in full.
  public var json: JSONValue {
    let run = walk.configuration
    return .object([
      ("model", .text(run.modelName)), ("data", .text(run.data.source.name)),
      ("loss", .text(of: run.train.loss?.name)), ("optimizer", .text(run.train.optimizer.name)),
      ("rows", .list(walk.rows.map(JSONValue.whole))),
      ("classes", .texts(walk.classes)), ("targets", .list(walk.targets.map(JSONValue.list))),
      ("steps", .list(walk.steps.indices.map { json(walk.steps[$0], number: $0 + 1) })),
    ])
  }

  private func json(_ step: StepWalk.Step, number: Int) -> JSONValue {
    let trace = step.trace
    return .object([
      ("update", .whole(number)), ("rate", .number(trace.rate)),
      ("momentum", .number(of: trace.momentum)), ("rule", .text(trace.rule)),
      ("loss", .number(trace.loss)), ("penalty", .number(trace.penalty)),
      ("row_losses", .numbers(step.rowLosses)),
      ("probabilities", .list(step.probabilities.map(JSONValue.numbers))),
      ("gradient_norm", .number(trace.gradientNorm)), ("clip_factor", .number(trace.clipFactor)),
      ("layers", .list(trace.values.map { json($0) })),
      ("parameters", .list(trace.tensors.map(json))),
    ])
  }

  private func json(_ value: StepTrace.Value) -> JSONValue {
    let width = value.shape.count
    func matrix(_ size: StepTrace.Size) -> JSONValue {
      .list([.whole(size.rows), .whole(size.columns)])
    }
    return .object([
      ("name", .text(value.name)), ("kind", .text(value.kind)),
      ("shape", .list(value.shape.sizes.map(JSONValue.whole))),
      ("values", .list(lines(value.numbers, width).map(JSONValue.numbers))),
      ("gradients", .list(lines(value.gradient, width).map(JSONValue.numbers))),
      ("dy_dx", .list(value.stateJacobians.map(matrix))),
      ("dy_dw", value.weightJacobian.map(matrix) ?? .null),
    ])
  }

  private func json(_ tensor: StepTrace.Tensor) -> JSONValue {
    func parts(_ parts: [StepTrace.Part]) -> JSONValue {
      .object(parts.map { ($0.name, .numbers($0.numbers)) })
    }
    return .object([
      ("name", .text(tensor.name)), ("shape", .list(tensor.shape.sizes.map(JSONValue.whole))),
      ("before", .numbers(tensor.before)), ("gradient", .numbers(tensor.gradient)),
      ("terms", parts(tensor.terms)), ("g", .numbers(tensor.total)),
      ("memory_before", parts(tensor.memoryBefore)), ("memory", parts(tensor.memoryAfter)),
      ("changes", parts(tensor.changes)), ("after", .numbers(tensor.after)),
    ])
  }
}

extension StepWalk {
  /// The rows with their targets and losses, in a sentence.
  package func rowNote(_ language: Language) -> String {
    guard let step = steps.first else { return "" }
    let each = rows.indices.map { place in
      var words = language(.rowNumber, rows[place])
      if targets.indices.contains(place) {
        let target = targets[place].map(\.shown).joined(separator: " ")
        words += " (\(language(.targetIs, target)))"
      }
      if step.probabilities.indices.contains(place) {
        let shown = zip(classes, step.probabilities[place]).map {
          "\($0) \(NumberMatrix.number($1))"
        }
        words += ", " + language(.probabilitiesAre, shown.joined(separator: ", "))
      }
      return words + ", " + language(.lossIs, NumberMatrix.number(step.rowLosses[place]))
    }
    let mean = language(.meanLossIs, NumberMatrix.number(step.trace.loss))
    return language.capitalized((each + [mean]).joined(separator: "; ")) + "."
  }

  /// The update's rate, norm and rule, in a sentence.
  package func updateNote(_ language: Language) -> String {
    guard let trace = steps.first?.trace else { return "" }
    func told(_ phrase: Phrase, _ number: Double) -> String {
      language(phrase, NumberMatrix.number(number))
    }
    var words = [told(.rateIs, Double(trace.rate))]
    if let momentum = trace.momentum { words.append(told(.momentumIs, Double(momentum))) }
    words.append(told(.normIs, Double(trace.gradientNorm)))
    if configuration.train.clipNorm != nil {
      words.append(told(.clippedBy, Double(trace.clipFactor)))
    }
    return language.capitalized(words.joined(separator: ", "))
      + ". \(configuration.train.optimizer.name): \(language.rule(trace.rule))."
  }
}

extension JSONValue {
  /// A number with 4 digits, or a text.
  var shown: String {
    switch self {
    case .number(let number): NumberMatrix.number(number)
    case .text(let text): printable(text)
    default: ""
    }
  }
}
