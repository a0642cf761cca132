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
  let diagnostics: [Diagnostic]

  init(_ data: DataEntry, _ part: TrainPart?, _ library: DataLibrary) {
    let chosen = part?.chosen
    outline = data.outline(
      chosen.flatMap(DataConfiguration.Task.init(askedBy:)), library)
    guard let shape = outline.shape else {
      target = nil
      loss = nil
      features = []
      diagnostics = outline.diagnostics
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
    let problems = Self.check(chosen, part, kind, data)
    diagnostics =
      problems.isEmpty ? Self.checkRange(chosen, part, outline.configuration, library) : problems
  }

  /// Some losses take numbers of a range alone.
  private static func checkRange(
    _ chosen: Chosen?, _ part: TrainPart?, _ data: DataConfiguration, _ library: DataLibrary
  ) -> [Diagnostic] {
    guard let chosen, let mark = part?.node?.mark, let range = Losses.targetRange(chosen),
      let wrong = try? library.firstTarget(of: data, outside: range)
    else { return [] }
    let bounds = [range.lowerBound, range.upperBound].map { ParameterValue.number($0).json }
    return [
      Diagnostic(
        mark,
        "\(chosen.name) takes targets from \(bounds[0]) to \(bounds[1]), but row \(wrong.row) of the "
          + "data has \(ParameterValue.number(wrong.value).json)",
        notes: [
          "for numbers of any size write loss: mse, or target_transform: minmax under data; for "
            + "classes task: classification"
        ])
    ]
  }

  private static func check(
    _ chosen: Chosen?, _ part: TrainPart?, _ kind: TargetKind?, _ data: DataEntry
  ) -> [Diagnostic] {
    guard let chosen, let mark = part?.node?.mark else { return [] }
    guard let kind else {
      return [
        Diagnostic(
          mark, "the data of '\(data.draft.source.name)' has no target, so there is no loss",
          notes: ["remove the line"])
      ]
    }
    guard Losses.outputs(chosen, for: kind) == nil else { return [] }
    let fitting = Losses.all.map(\.name).filter { name in
      Losses.all.first { $0.name == name }.map { Chosen($0.name) }
        .flatMap { Losses.outputs($0, for: kind) } != nil
    }
    let found = if case .classes = kind { "classes" } else { "numbers" }
    return [
      Diagnostic(
        mark, "\(chosen.name) cannot be used where the target is \(found)",
        notes: ["expected one of: " + fitting.joined(separator: ", ")])
    ]
  }
}
