import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// The loss and the data's target go together; without a loss the target decides it.
struct TargetCheck {
  /// What the data has to be predicted.
  struct Target {
    /// `nil` where there is nothing to predict.
    let kind: TargetKind?
  }

  let outline: DataEntry.Outline
  /// `nil` where the sizes of the data are not known.
  let target: Target?
  /// The loss that holds; `nil` where there is no target, or where it does not fit.
  let loss: Chosen?
  let features: [Int]

  /// Reports a loss that does not fit, and data whose sizes are not known.
  init(_ data: DataEntry, _ part: TrainPart?, _ library: DataLibrary, _ problems: SpecProblems) {
    let chosen = part?.chosen
    outline = data.outline(
      chosen.flatMap(DataConfiguration.Task.init(askedBy:)), library)
    guard let shape = outline.shape else {
      target = nil
      loss = nil
      features = []
      problems.report(outline.diagnostics)
      return
    }
    features = shape.featureShape
    let kind: TargetKind? =
      switch shape.target {
      case .classes(let names): .classes(names.count)
      case .values(let names): .values(names.count)
      case .none: nil
      }
    target = Target(kind: kind)
    loss = chosen ?? kind.map(Losses.standard(for:))
    if let chosen, let mark = part?.node?.mark {
      Self.check(chosen, mark, kind, data.draft.source.name, problems)
    }
  }

  private static func check(
    _ chosen: Chosen, _ mark: Mark, _ kind: TargetKind?, _ source: String,
    _ problems: SpecProblems
  ) {
    guard let kind else {
      return problems.report(
        mark, "the data of '\(source)' has no target, so there is no loss", ["remove the line"])
    }
    guard Losses.outputs(chosen, for: kind) == nil else { return }
    let fitting = Losses.all.map(\.name).filter { name in
      Losses.all.first { $0.name == name }.map { Chosen($0.name) }
        .flatMap { Losses.outputs($0, for: kind) } != nil
    }
    let found = if case .classes = kind { "classes" } else { "numbers" }
    problems.report(
      mark, "\(chosen.name) cannot be used where the target is \(found)",
      ["expected one of: " + fitting.joined(separator: ", ")])
  }
}
