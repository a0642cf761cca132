/// What Labbook itself puts into a command, by the name of its placeholder.
public enum ContextWord: String, Hashable, Sendable, CaseIterable {
  /// The folder for the files of the run.
  case runDirectory = "run_dir"
  /// The path of the run's own checkpoint.
  case checkpoint
  /// The seed of the run.
  case seed
  /// The cards of the run, as `CUDA_VISIBLE_DEVICES` names them; nothing where it has none.
  case gpu
  /// How many cores the run has.
  case cpus
  /// Which attempt it is, from 1.
  case attempt
  /// The path of a JSON file of all parameters.
  case parameters = "params"
}

/// What stands for the placeholders that are no parameters, at one start of one run.
public struct CommandContext: Hashable, Sendable {
  /// What `{run_dir}` stands for.
  public var runDirectory: String
  /// What `{checkpoint}` stands for.
  public var checkpoint: String
  /// What `{params}` stands for: the path of the file that holds `ParameterFile.text`.
  public var parametersPath: String
  /// What `{seed}` stands for.
  public var seed: Int
  /// What `{gpu}` stands for; empty where the run has no card.
  public var gpu: String
  /// What `{cpus}` stands for.
  public var cpus: Int
  /// What `{attempt}` stands for.
  public var attempt: Int

  /// Makes a context.
  public init(
    runDirectory: String, checkpoint: String, parametersPath: String, seed: Int, gpu: String = "",
    cpus: Int, attempt: Int
  ) {
    self.runDirectory = runDirectory
    self.checkpoint = checkpoint
    self.parametersPath = parametersPath
    self.seed = seed
    self.gpu = gpu
    self.cpus = cpus
    self.attempt = attempt
  }

  /// The text of a placeholder.
  public subscript(word: ContextWord) -> String {
    switch word {
    case .runDirectory: runDirectory
    case .checkpoint: checkpoint
    case .seed: String(seed)
    case .gpu: gpu
    case .cpus: String(cpus)
    case .attempt: String(attempt)
    case .parameters: parametersPath
    }
  }
}
