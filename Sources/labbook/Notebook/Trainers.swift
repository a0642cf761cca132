import Datasets
import Machine
import Programs
import Runs
import Training

/// Who trains the runs of this process, whatever kind they are.
enum Trainers {
  /// A trainer a kind of run.
  ///
  /// - Parameters:
  ///   - keepsGoing: whether a program that fails again and again is started all the same.
  ///   - reports: after so many reports a program is ended, to see whether it works; `nil` for all.
  static func all(
    _ library: DataLibrary, keepsGoing: Bool = false, reports: Int? = nil
  ) -> [any Trainer] {
    [
      NetworkTrainer(library: library),
      // The file that this process was started from, also where another lies at its path now.
      ProgramTrainer(executable: OwnExecutable.path, keepsGoing: keepsGoing, reports: reports),
    ]
  }
}
