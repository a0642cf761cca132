public import FileLanguage
import Languages
import Tracking

/// The sweep of an exercise as a hand-in has it: an experiment of that sweep, and of those it begins with.
public struct AnsweredSweep: Sendable {
  /// The experiment, which has no cells.
  public let experiment: Experiment
  /// The places of what the hand-in sets that some run uses.
  public let used: Set<Mark>
}

extension Experiment {
  /// The most runs of an answer, unless the sweep has more of its own.
  private static let mostRuns = 1000

  /// The sweep of an exercise with what a hand-in sets: the rest of the file is the teacher's.
  ///
  /// - Throws: everything that is wrong then, at the lines of the hand-in.
  public func answered(
    _ exercise: ExerciseCell, by handIn: HandIn
  ) throws(Diagnostics) -> AnsweredSweep {
    let problems = SpecProblems()
    let spec = ExperimentSpec(
      file: file, root: spec.root, overrides: spec.overrides + handIn.values)
    let tree = FileTree(spec.root)
    let reader = ConfigurationReader(spec, library: library)
    let sweeps = SweepReader(problems: problems, tree: tree, overrides: [])
    let check = SweepCheck(problems: problems, reader: reader)
    var facts: [SweepFacts] = []
    let place = handIn.place(of: exercise)
    for own in lineage(of: exercise.sweep ?? "") {
      guard let node = cellNode(of: own) else { continue }
      let answer = own.name == exercise.sweep ? handIn.answers[exercise.id] : nil
      let sweep = sweeps.sweep(
        answer.map { Self.node(node, own, $0, tree) } ?? node, name: own.name, mark: own.mark)
      let runs = sweep.size.multipliedSaturating(by: sweep.seeds.count)
      let most = max(Self.mostRuns, own.size.multipliedSaturating(by: own.seeds.count))
      guard problems.list.isEmpty, runs <= most else {
        if problems.list.isEmpty {
          problems.report(
            place, "the answer asks for \(runs == .max ? "too many" : "\(runs)") runs",
            ["the most is \(most)"])
        }
        break
      }
      facts.append(check.check(sweep, below: facts))
    }
    let made = Experiment(
      name: name, title: title, tags: [], language: language, file: file,
      sweeps: facts.map(\.sweep.spec), stored: [], cells: [],
      open: open, spec: spec, unusedModels: [],
      members: Dictionary(
        facts.map { ($0.sweep.name, $0.sweep.members) }, uniquingKeysWith: { first, _ in first }),
      decoded: reader.decoded, library: library)
    do throws(Diagnostics) {
      return try problems.finish(AnsweredSweep(experiment: made, used: reader.used))
    } catch { throw handIn.atItsLines(error, place) }
  }

  private func cellNode(of sweep: SweepSpec) -> SpecNode? {
    spec.root["notebook"]?.items?.first { $0["sweep"]?.text == sweep.name }
  }

  /// The cell of a sweep with the axes and the number of seeds of an answer.
  private static func node(
    _ node: SpecNode, _ sweep: SweepSpec, _ answer: HandIn.Answer, _ tree: FileTree
  ) -> SpecNode {
    guard case .runs(let axes, let seeds) = answer.content, var entries = node.entries else {
      return node
    }
    func set(_ key: String, _ value: SpecNode) {
      let entry = SpecNode.Entry(key, answer.mark, value)
      if let place = entries.firstIndex(where: { $0.key == key }) {
        entries[place] = entry
      } else {
        entries.append(entry)
      }
    }
    if !axes.isEmpty { set("over", over(node["over"], axes, tree)) }
    if let seeds { set("seeds", SpecNode.seeds(seeds, of: sweep, at: answer.mark)) }
    return SpecNode(.mapping(entries), node.mark)
  }

  /// The teacher's axes with an answer's in their places, then those that only the answer has.
  private static func over(
    _ node: SpecNode?, _ axes: [SpecNode.Entry], _ tree: FileTree
  ) -> SpecNode {
    let paths = tree.paths(SpecProblems())
    var rest = axes
    var entries: [SpecNode.Entry] = []
    for entry in node?.entries ?? [] {
      let path = paths.path(entry.key, at: entry.keyMark)
      guard let place = rest.firstIndex(where: { paths.path($0.key, at: $0.keyMark) == path })
      else {
        entries.append(entry)
        continue
      }
      // As the teacher writes it, so that figures and expressions find it by its name.
      let own = rest.remove(at: place)
      entries.append(SpecNode.Entry(entry.key, own.keyMark, own.value))
    }
    return SpecNode(.mapping(entries + rest), node?.mark ?? axes[0].keyMark)
  }
}

extension SpecNode {
  /// So many seeds of a sweep: the teacher's own first, then the numbers after them.
  fileprivate static func seeds(_ count: Int, of sweep: SweepSpec, at mark: Mark) -> SpecNode {
    guard case .list(let own) = sweep.seeds else {
      return SpecNode(.scalar(String(count), isPlain: true), mark)
    }
    let last = own.max() ?? 0
    let further = (0..<max(0, count - own.count)).map { last &+ 1 &+ $0 }
    return SpecNode(
      .list(
        (own.prefix(count) + further).map { SpecNode(.scalar(String($0), isPlain: true), mark) }),
      mark)
  }
}

extension HandIn {
  /// Where it answers an exercise: at the answer, else where it sets what changes the runs.
  func place(of exercise: ExerciseCell) -> Mark {
    answers[exercise.id]?.mark ?? values.first?.keyMark ?? start
  }

  /// Errors at the lines of the hand-in, also those of the teacher's file that its values make wrong.
  fileprivate func atItsLines(_ errors: Diagnostics, _ place: Mark) -> Diagnostics {
    Diagnostics(
      errors.list.map { error in
        guard error.mark.source != source else { return error }
        return Diagnostic(
          place, "this does not fit the exercise: \(error.message)",
          notes: ["at \(error.mark.place)"] + error.notes)
      })
  }
}
