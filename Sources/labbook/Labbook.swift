import ArgumentParser
import Foundation
import Machine
import Runner
import TensorKernels
import Tracking

struct Labbook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labbook",
    abstract: "Run the experiments of a YAML file and read them as a notebook.",
    discussion: """
      A first experiment:
        labbook init
        labbook check first.yaml
        labbook run first.yaml

      And with a table:
        labbook init flowers.csv
        labbook run flowers.yaml

      RUN is any unambiguous beginning of a run's id. Exit status: 0 done, 1 the work failed, \
      2 the input is wrong, 130 interrupted.
      """,
    version: labbookVersion,
    subcommands: [
      InitCommand.self, KeysCommand.self, SchemaCommand.self, DataCommand.self, CheckCommand.self,
      GradcheckCommand.self, StepCommand.self,
      RunCommand.self, StopCommand.self, WorkCommand.self, ImportCommand.self,
      ServeCommand.self,
      ExperimentsCommand.self, RunsCommand.self, ShowCommand.self, PlotCommand.self,
      ReportCommand.self, GradeCommand.self, CompareCommand.self, PredictCommand.self,
      ExportCommand.self,
      TorchCommand.self, WeightsCommand.self, VerifyCommand.self,
      FindRateCommand.self, TagCommand.self, NoteCommand.self, RemoveCommand.self,
      RenameCommand.self,
      DoctorCommand.self, CompletionCommand.self, ManualCommand.self,
    ])
}

@main
enum Main {
  static func main() {
    KeptProgram.keepIfAsked()
    // A reader that closes early (`labbook runs | head`) ends the program quietly.
    signal(SIGPIPE, SIG_DFL)
    // Swift's runtime would print a backtrace.
    signal(SIGQUIT, SIG_DFL)
    // A limit on the size of files is an error like a full disk, not the end.
    signal(SIGXFSZ, SIG_IGN)
    StandardOutput.openClosedStreams()
    MemoryRoom.spareAddresses()
    do throws(LabbookError) { try RoomyStack.run(run) } catch {
      StandardError.write("error: \(error)\n")
      exit(error.status)
    }
  }

  /// Runs the command that the arguments name.
  private static func run() {
    do {
      var command = try Labbook.parseAsRoot(Array(OwnExecutable.words.dropFirst()))
      if isOwn(command) { try RunSurroundings.check() }
      // Where one network is asked or trained by itself, it has the cores that pay.
      let team = ThreadTeam()
      team.allow(ThreadAllowance(Parallel.cores))
      try ThreadTeam.$current.withValue(team) { try command.run() }
      try StandardOutput.finish()
    } catch let error as LabbookError {
      StandardError.write("error: \(error)\n")
      exit(error.status)
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      end(with: error)
    }
  }

  /// Whether it is a command of ours, and not the parser's own help.
  private static func isOwn(_ command: any ParsableCommand) -> Bool {
    Labbook.configuration.subcommands.contains { $0 == type(of: command) }
  }

  /// Prints what the argument parser says: help to standard output, errors to standard error.
  private static func end(with error: any Error) -> Never {
    let message = Labbook.fullMessage(for: error)
    if Labbook.exitCode(for: error) == .success {
      print(message)
      do throws(LabbookError) { try StandardOutput.finish() } catch {
        StandardError.write("error: \(error)\n")
        exit(error.status)
      }
      exit(0)
    }
    let complaint = ParserComplaint(
      root: Labbook.self, arguments: Array(OwnExecutable.words.dropFirst()),
      message: Labbook.message(for: error))
    StandardError.write(complaint.text + "\n")
    exit(Labbook.exitCode(for: error) == .validationFailure ? 2 : 1)
  }
}
