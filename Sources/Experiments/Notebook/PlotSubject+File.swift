import Runs

extension PlotSubject {
  /// A sweep of a file.
  init(_ facts: SweepFacts, _ cell: CellReader) {
    name = facts.sweep.name
    axes = facts.sweep.spec.axes.map { .setting($0.path, written: $0.written) }
    metrics = facts.isStored || facts.hasPrograms ? nil : facts.metrics
    shapes = facts.shapes
    configurations = facts.sweep.members.map(\.configuration)
    hasFailed = facts.hasFailed
    isStored = facts.isStored
    runCount = facts.isStored ? nil : facts.sweep.members.reduce(0) { $0 + $1.seeds.count }
    hasVariants = !facts.sweep.spec.variants.isEmpty
    key = { text, mark, _ in cell.key(text, mark, facts) }
    grouped = { key in
      facts.sweep.members.compactMap { member in
        member.value(key).map { ($0, member.configuration) }
      }
    }
    values = { key in facts.sweep.members.compactMap { $0.value(key) } }
  }
}
