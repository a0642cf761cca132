import ArgumentParser
import Foundation
import Tracking

/// A shell that can complete the words of `labbook`.
enum CompletedShell: String, CaseIterable, ExpressibleByArgument {
  case bash, zsh, fish

  var shell: CompletionShell {
    switch self {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}

struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print the script by which a shell completes what you type.",
    discussion: """
      Commands, options, files, runs, sweeps, experiments, metrics and keys are offered; what is in the \
      store is asked when you press Tab. scripts/install puts the scripts where the shells look.

      EXAMPLES:
        source <(labbook completion bash)
        labbook completion zsh > ~/.zfunc/_labbook
        labbook completion fish > ~/.config/fish/completions/labbook.fish
      """)

  @Argument(help: "The shell.") var shell: CompletedShell

  func run() { print(Labbook.completionScript(for: shell.shell), terminator: "") }
}
