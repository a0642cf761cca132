import Foundation
package import Machine
import Tracking

/// With whom a store's file system is shared.
package struct StoreSharing: Sendable {
  /// The network file system in which the store lies; `nil` for a disk of this machine alone.
  package let fileSystem: String?
  /// The machine that uses it.
  package let host: HostIdentity
  /// Seconds between two signs of life of whoever uses the store.
  package var renewalSeconds = 3.0
  /// After so many seconds without one the user is asked whether that machine is off.
  package var silenceSeconds = 15.0

  /// Makes a sharing; a test says what the system would not.
  package init(fileSystem: String?, host: HostIdentity = .current) {
    self.fileSystem = fileSystem
    self.host = host
  }

  /// What the system says of the folder in which a store lies, or would lie.
  init(of path: String) {
    let folder = PathText(StorePlace.real(path)).folder
    self.init(fileSystem: NetworkFileSystem(of: folder.isEmpty ? "/" : folder)?.name)
  }
}
