public import Foundation
public import Tracking

/// Where one run's trainer tells what happens, in the order in which it happens.
///
/// Nothing here waits for a disk.
public protocol RunSink: AnyObject, Sendable {
  /// Seconds of training between two checkpoints; `nil` where none are kept.
  var checkpointSeconds: Double? { get }

  /// A state from which the run may go on; `nil` where there is none of this origin.
  ///
  /// - Throws: why it cannot be used.
  func savedState(_ origin: StateOrigin) throws -> Checkpoint?

  /// Says from where the run is trained, once, before anything else is told; a trainer calls
  /// `begin(maker:restore:)`, which finds out.
  ///
  /// - Parameters:
  ///   - origin: whose state it goes on from; `nil` where it begins anew.
  ///   - refused: why states that are there were not used.
  /// - Throws: where there is no such state any more.
  func begin(from origin: StateOrigin?, refused: [String]) throws

  /// Takes what was measured; those of one step that come together are stored together.
  func record(_ points: [MetricPoint])

  /// Says that the objective is best so far at this epoch, and what it is there.
  func choose(step: Int, epoch: Int, value: Double)

  /// Keeps a checkpoint, which may be made on another thread; training goes on where it cannot be
  /// written.
  func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint)

  /// Keeps the last state for runs that train longer.
  ///
  /// - Throws: what keeps it from being written.
  func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws

  /// Keeps a file of the run.
  ///
  /// - Throws: what keeps it from being written.
  func writeArtifact(_ name: String, _ data: Data) throws

  /// The folder of the run's own files, made where it is not there: an outside program writes into it,
  /// and what lies in it stays from one attempt to the next.
  ///
  /// - Throws: what keeps it from being made.
  func ownFolder() throws -> RunFolderPlace

  /// Takes a file that lies in the run's own folder as one of the run's.
  ///
  /// - Parameters:
  ///   - name: what the run calls it, with `/` between its folders.
  ///   - path: where it lies; it is moved from there.
  /// - Throws: what keeps it from being taken.
  func takeFile(_ name: String, at path: String) throws

  /// Says something of the run to people, once.
  func note(_ text: String)

  /// Ends the run, after all that was told before.
  ///
  /// - Parameter durationSeconds: of training and evaluation; `nil` where it failed.
  func finish(_ status: RunStatus, durationSeconds: Double?, message: String?)
}

/// Where the own files of a run lie.
public struct RunFolderPlace: Hashable, Sendable {
  /// What the run is called.
  public let run: String
  /// The absolute path of the folder.
  public let path: String

  /// Makes a place.
  public init(run: String, path: String) {
    self.run = run
    self.path = path
  }
}

extension RunSink {
  /// None, unless a sink says otherwise.
  public func ownFolder() throws -> RunFolderPlace {
    throw LabbookError.failure("this run has no folder, and a program needs one")
  }

  /// Nobody hears it, unless a sink says otherwise.
  public func note(_ text: String) {}

  /// None, unless a sink says otherwise.
  public func takeFile(_ name: String, at path: String) throws {
    throw LabbookError.failure("this run has no folder to keep '\(name)' in")
  }
}

/// Whose state a run goes on from, in the order in which they are tried.
public enum StateOrigin: String, Hashable, Codable, Sendable, CaseIterable {
  /// The run's own checkpoint.
  case own
  /// The last state of a run that is alike but shorter.
  case shorter
}

extension RunSink {
  /// Goes on from where the run, or a shorter one, was left; otherwise it begins anew.
  ///
  /// It is called once, before anything is told.
  ///
  /// - Parameters:
  ///   - maker: what computes, such as kernels; a state of another maker is not used.
  ///   - restore: takes the state; where it throws the next one is tried.
  /// - Throws: what keeps the run from beginning at all.
  public func begin(maker: String, restore: (Data) throws -> Void) throws {
    var refused: [String] = []
    for origin in StateOrigin.allCases {
      do {
        guard let saved = try savedState(origin) else { continue }
        guard saved.maker == maker else {
          throw LabbookError.failure(
            "the saved state was computed with \(saved.maker), here it is \(maker)")
        }
        try restore(saved.state)
      } catch {
        refused.append(String(describing: error))
        continue
      }
      return try begin(from: origin, refused: refused)
    }
    try begin(from: nil, refused: refused)
  }
}
