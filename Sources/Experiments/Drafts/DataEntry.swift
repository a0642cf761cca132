import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// `data` of one or many combinations, with what is known of it under each loss.
final class DataEntry {
  let draft: DataDraft
  /// Values by their path below `data`.
  let values: [String: ParameterValue]
  private var outlines: [DataConfiguration.Task?: Outline] = [:]

  /// The configuration and its sizes, or what is wrong with it.
  struct Outline {
    let configuration: DataConfiguration
    let shape: DataShape?
    let diagnostics: [Diagnostic]
    let hyperparameters: [Hyperparameter]
    /// The loss where none is written, with what it is stored as.
    let ownLoss: OwnLoss
  }

  /// The loss that the data decides; `nil` where it has no target.
  struct OwnLoss {
    let chosen: Chosen?
    let hyperparameters: [Hyperparameter]

    init(_ target: TargetKind?) {
      chosen = target.map(Losses.standard(for:))
      hyperparameters =
        chosen.map { TrainPart(key: "loss", $0, node: nil).hyperparameters }
        ?? [Hyperparameter("train.loss", .off)]
    }
  }

  init(_ draft: DataDraft) {
    self.draft = draft
    let all = draft.configuration(nil).hyperparameters
    let own = Set(draft.source.values.keys).union(["target_transform"]).union(
      DataConfiguration.splitSettings.map { "split." + $0.name })
    values = Dictionary(
      all.map { (String($0.path.dropFirst("data.".count)), $0.value) }, uniquingKeysWith: { $1 }
    ).merging(DataConfiguration.quiet.filter { own.contains($0.key) }) { own, _ in own }
  }

  /// What is known of the data under a loss that asks for this kind of target.
  func outline(_ task: DataConfiguration.Task?, _ library: DataLibrary) -> Outline {
    if let known = outlines[task] { return known }
    let configuration = draft.configuration(task)
    var shape: DataShape?
    let problems = SpecProblems()
    do throws(DataError) { shape = try library.shape(of: configuration) } catch {
      problems.report(
        draft.mark(of: error.setting), error.text,
        error.hint.split(separator: "\n").map(String.init))
    }
    let outline = Outline(
      configuration: configuration, shape: shape, diagnostics: problems.list,
      hyperparameters: configuration.hyperparameters, ownLoss: OwnLoss(shape?.targetKind))
    outlines[task] = outline
    return outline
  }
}
