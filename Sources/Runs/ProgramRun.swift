public import Tracking

/// An outside program with its parameters: the body of a run that Labbook only starts and listens to.
///
/// What it measures and how long it takes is known when it has said so.
public struct ProgramRun: Hashable, Codable, Sendable {
  /// The words of the command, with placeholders such as `{lr}`.
  public var command: [String]
  /// The parameters by name.
  public var parameters: [String: ParameterValue]
  /// What `{seed}` stands for.
  public var seed: Int

  /// Makes a program of its command and parameters.
  public init(command: [String], parameters: [String: ParameterValue], seed: Int) {
    self.command = command
    self.parameters = parameters
    self.seed = seed
  }

  /// What people call it: its command.
  public var name: String { command.joined(separator: " ") }
}
