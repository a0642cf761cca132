import RunStorage
import Tracking

/// Whose artifacts an address of `mlflow-artifacts` means, and which.
struct ArtifactAddress: Hashable {
  /// Whose they are.
  enum Owner: Hashable {
    case run(RunID)
    case model(String)
  }

  let owner: Owner
  let name: ArtifactName

  /// A file of a run by the path that it has there.
  init(run: RunID, _ name: ArtifactName) { (owner, self.name) = (.run(run), name) }

  /// A file of a model by the path that it has there.
  init(model: String, _ name: ArtifactName) { (owner, self.name) = (.model(model), name) }

  /// Takes `EXPERIMENT/RUN/artifacts/...` or `EXPERIMENT/models/MODEL/artifacts/...`.
  ///
  /// - Throws: `TrackingError` where it is neither, or leads out of the artifacts.
  init(_ parts: [String]) throws {
    if parts.count >= 3, let run = Self.run(parts[1]), parts[2] == "artifacts" {
      owner = .run(run)
      name = try ArtifactName(parts: Array(parts.dropFirst(3)))
    } else if parts.count >= 4, parts[1] == "models", parts[3] == "artifacts" {
      owner = .model(parts[2])
      name = try ArtifactName(parts: Array(parts.dropFirst(4)))
    } else {
      // Whatever is wrong with its parts is said first.
      _ = try ArtifactName(parts: parts)
      throw TrackingError(
        .invalid,
        "Artifacts lie at EXPERIMENT/RUN/artifacts/PATH or EXPERIMENT/models/MODEL/artifacts/PATH, not at '"
          + parts.joined(separator: "/").prefix(200) + "'")
    }
  }

  /// A run by the 32 hexadecimal digits that its address has, nothing shorter.
  private static func run(_ text: String) -> RunID? {
    text.utf8.count == 32 ? RunID(text) : nil
  }
}
