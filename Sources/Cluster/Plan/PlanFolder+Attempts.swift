import Foundation
import Runs
import Tracking

/// What attempts at runs leave in a plan's folder for those that come after them.
extension PlanFolder {
  /// Where an attempt leaves the state of a run, from which later ones go on.
  func state(of key: String, _ attempt: Int) -> String {
    path + "/states/\(key).\(attempt).checkpoint"
  }

  /// The state of a run that earlier attempts have brought furthest, and which of them.
  ///
  /// One that is damaged is passed over; an attempt that was thought dead may still write its own.
  ///
  /// - Parameter isUsable: whether the points before a state of an attempt are there.
  func furthestState(
    of key: String, before attempt: Int, where isUsable: (Checkpoint, Int) -> Bool
  ) -> (checkpoint: Checkpoint, attempt: Int)? {
    var best: (checkpoint: Checkpoint, attempt: Int)?
    for number in 1..<max(1, attempt) {
      guard let file = try? PlanFile.read(state(of: key, number)),
        let checkpoint = try? Checkpoint(file), checkpoint.step >= best?.checkpoint.step ?? 0,
        isUsable(checkpoint, number)
      else { continue }
      best = (checkpoint, number)
    }
    return best
  }

  /// Removes the states of a run that has ended, as far as attempts up to one left them.
  func removeStates(of key: String, through attempt: Int) {
    for number in 1...max(1, attempt) { unlink(state(of: key, number)) }
  }

  /// The folder into which an outside program writes in one attempt: another that was thought dead may
  /// still write into its own.
  func ownFolder(of key: String, _ attempt: Int) -> String {
    path + "/folders/\(key).\(attempt)"
  }

  /// Makes the folder of a program's attempt, with a copy of what the last one before it has left where
  /// the program goes on from that.
  ///
  /// - Throws: `LabbookError` where it cannot be made.
  func makeOwnFolder(of key: String, _ attempt: Int, goesOn: Bool) throws(LabbookError) -> String {
    let folder = ownFolder(of: key, attempt)
    let files = FileManager.default
    let left = (1..<max(1, attempt)).last { files.fileExists(atPath: ownFolder(of: key, $0)) }
    guard goesOn, let left else {
      try Self.makeFolder(folder)
      return folder
    }
    let aside = folder + ".new"
    try? files.removeItem(atPath: aside)
    do { try files.copyItem(atPath: ownFolder(of: key, left), toPath: aside) } catch {
      try? files.removeItem(atPath: aside)
      throw LabbookError.failure("the folder '\(folder)' cannot be made: \(error)")
    }
    guard rename(aside, folder) == 0 else {
      throw LabbookError.failure("the folder '\(folder)' cannot be made: \(systemReason(errno))")
    }
    return folder
  }
}
