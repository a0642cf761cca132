import Tracking

/// A network of one or many combinations, with the layers it has on each data and loss.
final class NetworkEntry {
  let draft: NetworkDraft
  private var fits: [NetworkFit.Conditions: NetworkFit.Built] = [:]
  private var known: [String: [Hyperparameter]] = [:]
  private var names: [String: [Hyperparameter]] = [:]

  init(_ draft: NetworkDraft) { self.draft = draft }

  /// The values as they were written.
  func values(_ path: String) -> [Hyperparameter] {
    if let values = known[path] { return values }
    let values = draft.hyperparameters(path, classes: nil, features: nil)
    known[path] = values
    return values
  }

  /// The name by which runs have it as a value.
  func name(_ name: String) -> [Hyperparameter] {
    if let value = names[name] { return value }
    let value = [Hyperparameter("train.model", .text(name))]
    names[name] = value
    return value
  }

  /// The network on one data and loss.
  func built(_ fit: NetworkFit.Conditions) -> NetworkFit.Built {
    if let known = fits[fit] { return known }
    let built = NetworkFit.build(draft, fit)
    fits[fit] = built
    return built
  }
}
