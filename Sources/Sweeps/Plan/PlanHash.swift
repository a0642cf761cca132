import Experiments
import FileLanguage
import Runs
import Search
import Tracking

/// What tells one plan of a sweep from the plan of a changed file: a hash of the sweep as it was checked.
///
/// It is made of what the sweep says and of the keys of the runs that follow from the file alone, in
/// which everything else of the file is that decides numbers; where a comment stands is not in it.
enum PlanHash {
  /// The hash of a sweep.
  ///
  /// - Parameters:
  ///   - keys: those of its first runs.
  ///   - source: the hash of the sweep whose best configurations it takes.
  ///   - overrides: what `--set` says.
  static func of(
    _ sweep: SweepSpec, keys: [String], source: String?, overrides: [SweepSpec.Substitution]
  ) -> String {
    var parts: [String: CanonicalJSON] = [
      "name": .text(sweep.name), "seeds": .text("\(sweep.seeds)"),
      "with": substitutions(sweep.with), "set": substitutions(overrides),
      "variants": .list(
        sweep.variants.map { .list([.text($0.name), substitutions($0.substitutions)]) }),
      "over": .list(
        sweep.axes.map { axis in
          .list(
            [.text(axis.written), .text(axis.range.map { "\($0)" } ?? "")]
              + axis.values.map(node))
        }),
      "strategy": chosen(sweep.strategy.chosen.withoutNewSettings),
      "runs": .list(keys.map(CanonicalJSON.text)),
    ]
    parts["where"] = sweep.condition.map { .text($0.text) }
    parts["stop"] = sweep.stop.map { chosen($0.chosen.withoutNewSettings) }
    parts["from"] = sweep.from.map { .list([.integer($0.best), .text($0.sweep)]) }
    parts["source"] = source.map(CanonicalJSON.text)
    return SHA256Digest.hex(of: CanonicalJSON.object(parts).text)
  }

  private static func substitutions(_ list: [SweepSpec.Substitution]) -> CanonicalJSON {
    .list(list.map { .list([.text($0.written), node($0.value)]) })
  }

  private static func chosen(_ chosen: Chosen) -> CanonicalJSON {
    .list([.text(chosen.name), .object(chosen.values.mapValues(CanonicalJSON.value))])
  }

  private static func node(_ node: SpecNode) -> CanonicalJSON {
    switch node.content {
    case .scalar(let text, let isPlain): .list([.text(text), .value(.flag(isPlain))])
    case .number(let value): .value(.number(value))
    case .list(let items): .list(items.map(Self.node))
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, Self.node($0.value)) }) { $1 })
    }
  }
}
