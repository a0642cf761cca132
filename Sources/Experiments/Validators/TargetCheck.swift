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
    let kind = shape.targetKind
    target = Target(kind: kind)
    loss = chosen ?? outline.ownLoss.chosen
    if let chosen, let mark = part?.node?.mark {
      let fits = Self.check(chosen, mark, kind, data.draft.source.name, problems)
      if fits { Self.checkRange(chosen, mark, outline.configuration, library, problems) }
    }
  }

  /// Some losses take numbers of a range alone.
  private static func checkRange(
    _ chosen: Chosen, _ mark: Mark, _ data: DataConfiguration, _ library: DataLibrary,
    _ problems: SpecProblems
  ) {
    guard let range = Losses.targetRange(chosen),
      let wrong = try? library.firstTarget(of: data, outside: range)
    else { return }
    let bounds = [range.lowerBound, range.upperBound].map { ParameterValue.number($0).json }
    problems.report(
      mark,
      "\(chosen.name) takes targets from \(bounds[0]) to \(bounds[1]), but row \(wrong.row) of the "
        + "data has \(ParameterValue.number(wrong.value).json)",
      [
        "for numbers of any size write loss: mse, or target_transform: minmax under data; for "
          + "classes task: classification"
      ])
  }

  /// Whether a loss takes the data's targets; where not, it is reported.
  private static func check(
    _ chosen: Chosen, _ mark: Mark, _ kind: TargetKind?, _ source: String,
    _ problems: SpecProblems
  ) -> Bool {
    guard let kind else {
      problems.report(
        mark, "the data of '\(source)' has no target, so there is no loss", ["remove the line"])
      return false
    }
    guard Losses.outputs(chosen, for: kind) == nil else { return true }
    let fitting = Losses.all.map(\.name).filter { name in
      Losses.all.first { $0.name == name }.map { Chosen($0.name) }
        .flatMap { Losses.outputs($0, for: kind) } != nil
    }
    let found = if case .classes = kind { "classes" } else { "numbers" }
    problems.report(
      mark, "\(chosen.name) cannot be used where the target is \(found)",
      ["expected one of: " + fitting.joined(separator: ", ")])
    return false
  }
}
