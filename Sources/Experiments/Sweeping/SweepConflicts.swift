import FileLanguage
import Runs

/// Of `--set`, `with`, a variant and `over`, no two may set the same path.
struct SweepConflicts {
  let problems: SpecProblems
  let overrides: [SweepSpec.Substitution]

  /// Something that sets a path.
  private struct Setter {
    let path: SettingPath
    let owner: String
    let written: String
    let mark: Mark
  }

  /// Reports every path of a sweep that is set twice, at the later of the two.
  func check(_ sweep: SweepSpec) {
    let outer =
      overrides.flatMap { setters($0, "--set") } + sweep.with.flatMap { setters($0, "with") }
    // An axis that --set has given its value is no second setting.
    let axes = sweep.axes.filter { axis in !overrides.contains { $0.keyMark == axis.mark } }
    let over = axes.flatMap { axis in
      axis.substitutions.prefix(1).flatMap { setters($0, "over") }
    }
    report(outer)
    report(outer + over, from: outer.count)
    for variant in sweep.variants {
      let inner = variant.substitutions.flatMap { setters($0, "variant '\(variant.name)'") }
      report(outer + inner, from: outer.count)
      report(inner + over, from: inner.count)
    }
  }

  /// Reports what setters from an index on set again.
  private func report(_ setters: [Setter], from start: Int = 0) {
    var seen: [SettingPath: Setter] = [:]
    for (index, setter) in setters.enumerated() {
      if let first = seen[setter.path] ?? Self.inModel(setter.path, seen) {
        guard index >= start, first.mark != setter.mark else { continue }
        problems.report(
          setter.mark,
          "\(setter.written) is set twice"
            + (first.owner == setter.owner
              ? " by \(setter.owner)" : ": by \(first.owner) and by \(setter.owner)"),
          ["remove one of the two; the other stands at \(first.mark.place)"])
      } else {
        seen[setter.path] = setter
      }
    }
  }

  /// What sets the same key of a model by the other of its two paths: `hidden`, and
  /// `models.wide.mlp.hidden`.
  private static func inModel(_ path: SettingPath, _ seen: [SettingPath: Setter]) -> Setter? {
    switch path {
    case .ownModel(let rest):
      return seen.first { key, _ in
        if case .absolute(let parts) = key, parts[0] == "models" {
          return Array(parts.dropFirst(2)) == rest
        }
        return false
      }?.value
    case .absolute(let parts):
      return parts[0] == "models" ? seen[.ownModel(Array(parts.dropFirst(2)))] : nil
    }
  }

  /// Every path that a substitution sets: the keys of a mapping one by one.
  private func setters(_ substitution: SweepSpec.Substitution, _ owner: String) -> [Setter] {
    Self.leaves(substitution.path, substitution.value).map {
      Setter(
        path: $0, owner: owner, written: substitution.written, mark: substitution.keyMark)
    }
  }

  private static func leaves(_ path: SettingPath, _ value: SpecNode) -> [SettingPath] {
    guard case .absolute(let parts) = path, let entries = value.entries, parts[0] != "models",
      parts != ["train", "model"]
    else { return [canonical(path)] }
    let nameKey = ChoiceRule.nameKey(at: parts)
    let own = nameKey != nil && value[nameKey ?? ""] != nil && parts[0] == "train" ? [path] : []
    return own
      + entries.filter { parts[0] != "train" || $0.key != nameKey }
      .flatMap { leaves(.absolute(parts + [$0.key]), $0.value) }
  }

  /// `steps` and `epochs` are two words for one thing.
  private static func canonical(_ path: SettingPath) -> SettingPath {
    path == .absolute(["train", "steps"]) ? .absolute(["train", "epochs"]) : path
  }
}
