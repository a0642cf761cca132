import ArgumentParser
import Results
import RunStorage
import Terminal

/// `--former`, and the line that says what is left out without it.
struct FormerOptions: ParsableArguments {
  @Flag(
    name: .customLong("former"),
    help: "Also runs that the sweep's file no longer asks for.")
  var isAsked = false

  /// Lets a query take former runs where they are asked for.
  func apply(to query: inout RunQuery) { query.includesFormer = isAsked }

  /// Says in one line how many former runs a query leaves out; nothing where it leaves out none.
  func report(_ query: RunQuery, where filter: RunFilter? = nil, in store: RunStore) throws {
    report(try store.formerCount(query, where: filter))
  }

  /// The same for what a view leaves out.
  func report(_ view: SweepView) { report(view.former) }

  private func report(_ count: Int) {
    if count == 0 { return }
    let runs = count == 1 ? "run is" : "runs are"
    StandardError.write(
      "\(Quantity.count(count)) former \(runs) left out: the file no longer asks for "
        + "\(count == 1 ? "it" : "them"); --former shows \(count == 1 ? "it" : "them")\n")
  }
}
