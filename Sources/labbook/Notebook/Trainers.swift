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
  ///   - slots: what of the machine the runs of programs share.
  ///   - snapshots: the folder for copies of programs; `nil` where none are made.
  ///   - tracking: serves programs whose metrics come from MLflow's tracking API.
  ///   - keepsGoing: whether a program that fails again and again is started all the same.
  ///   - reports: after so many reports a program is ended, to see whether it works; `nil` for all.
  ///   - checksData: whether another machine planned the runs.
  static func all(
    _ library: DataLibrary, _ slots: ProgramSlots, snapshots: ProgramSnapshots? = nil,
    tracking: ServedTracking? = nil, keepsGoing: Bool = false, reports: Int? = nil,
    checksData: Bool = false
  ) -> [any Trainer] {
    [
      NetworkTrainer(library: library, checksData: checksData),
      program(
        slots, snapshots: snapshots, tracking: tracking, keepsGoing: keepsGoing, reports: reports),
    ]
  }

  /// The one for programs.
  static func program(
    _ slots: ProgramSlots, snapshots: ProgramSnapshots? = nil, tracking: ServedTracking? = nil,
    keepsGoing: Bool = false, reports: Int? = nil
  ) -> ProgramTrainer {
    // The file that this process was started from, also where another lies at its path now.
    ProgramTrainer(
      executable: OwnExecutable.path, slots: slots, snapshots: snapshots, tracking: tracking,
      keepsGoing: keepsGoing, reports: reports)
  }
}
