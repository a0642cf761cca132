public import ArgumentParser
import Machine
public import TensorKernels
import Tracking

/// How a command computes, which changes no number but, for kernels, the last bits.
struct ComputingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads that a run computes with, to the same bits: auto takes the cores that no other run needs, "
        + "as far as they pay.", valueName: "auto or N"))
  var threads = Threads.auto
  @Option(
    help: ArgumentHelp(
      "The kernels that compute: baseline, x86-64-v3 or x86-64-v4. Levels differ in the last bits. "
        + "(default: the processor's best)", valueName: "level"))
  var kernels: KernelBody?

  /// As many as pay, or a number.
  enum Threads: Equatable, ExpressibleByArgument {
    case auto
    case exactly(Int)

    init?(argument: String) {
      if argument == "auto" {
        self = .auto
      } else if let count = Int(argument), (1...ThreadTeam.most).contains(count) {
        self = .exactly(count)
      } else {
        return nil
      }
    }

    var defaultValueDescription: String { word }

    /// As it is typed.
    var word: String {
      switch self {
      case .auto: "auto"
      case .exactly(let count): String(count)
      }
    }

    /// The number, where there is one.
    var count: Int? { if case .exactly(let count) = self { count } else { nil } }
  }

  /// Lets the process compute as it is asked to, before anything is planned.
  func apply() throws {
    if let kernels { try KernelBody.use(kernels) }
    ThreadTeam.current?.allow(allowance)
  }

  /// How many threads one run by itself may have.
  var allowance: ThreadAllowance {
    ThreadAllowance(threads.count ?? Parallel.cores, exactly: threads.count != nil)
  }
}

extension KernelBody: ExpressibleByArgument {}
