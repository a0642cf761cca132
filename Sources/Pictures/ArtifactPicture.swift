package import Experiments
import Figures
import Foundation
import Languages
import Results
import RunStorage
import Runs
import Terminal
import Tracking

extension ArtifactPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    let runs = try maker.chosenRuns(by, best: metric)
    var bytes = 0
    var items: [Sheet.Item] = []
    var found = 0
    for (label, run) in runs.prefix(Sheet.most.pictures) {
      let picture = try maker.picture(artifact, of: run, room: Sheet.most.bytes - bytes)
      bytes += picture.picture?.bytes.count ?? 0
      if picture.picture != nil { found += 1 }
      items.append(Sheet.Item(label: label, picture: picture.picture, missing: picture.missing))
    }
    guard found > 0 else { throw maker.noPicture(artifact, runs.map(\.run), items) }
    var notes: [String] = []
    if found < items.count {
      let missing = items.count - found
      notes.append(
        maker.language(.withoutPicture, missing, items.count))
    }
    if runs.count > items.count {
      notes.append(maker.language(.firstShown, items.count, runs.count))
    }
    let title = maker.title(cell, artifact)
    let subtitle = by.map { maker.language(.bestOfEach, maker.language.key($0.label)) } ?? ""
    return { [items, notes] style in
      Figure(title: title, subtitle: subtitle, sheet: Sheet(items), notes: notes, style: style)
    }
  }
}

extension FigureMaker {
  /// The runs that a sheet shows, each with what tells it apart.
  fileprivate func chosenRuns(
    _ key: SweepKey?, best metric: Metric?
  ) throws -> [(label: String, run: RunRecord)] {
    guard let key else {
      let (heading, groups) = sweep.legend(by: nil)
      let name = heading.isEmpty ? "" : language.key(heading) + "="
      return groups.flatMap { group -> [(String, RunRecord)] in
        let members = group.points.flatMap(\.members)
        return members.compactMap { member in
          guard let run = member.record else { return nil }
          let label = groups.count > 1 ? name + group.name : ""
          let seed = members.count > 1 ? language(.seedNumber, member.seed) : ""
          return ([label, seed].filter { !$0.isEmpty }.joined(separator: ", "), run)
        }
      }
    }
    let metric = metric ?? sweep.objective.metric
    return try sweep.groups(by: key).compactMap { group in
      let ranked = try sweep.ranked(group.points.filter { !$0.runs.isEmpty }, by: metric, .best)
      guard let best = ranked.first, let run = best.askedRuns(firstOnly: true).runs.first else {
        return nil
      }
      return (language.key(key.label) + "=" + title(of: best, in: group, by: key), run)
    }
  }

  /// A run's picture, or why there is none.
  fileprivate func picture(
    _ name: String, of run: RunRecord, room: Int
  ) throws -> (picture: StoredPicture?, missing: String) {
    let files = try store.artifacts(of: run.id)
    guard let file = files.first(where: { $0.name == "files/" + name || $0.name == name }) else {
      let status = run.status.isResult ? "" : " (\(language.status(run.status)))"
      return (nil, language(.noPicture, name) + status)
    }
    guard file.bytes <= min(room, StoredPicture.mostBytes) else {
      return (
        nil,
        "\(name) is \(Quantity.bytes(Double(file.bytes))) large; a picture may have "
          + "\(StoredPicture.mostBytes >> 20) MiB, all of a sheet \(Sheet.most.bytes >> 20) MiB"
      )
    }
    do {
      return (try StoredPicture(try store.artifact(file.name, of: run.id)), "")
    } catch let fault as StoredPicture.Fault {
      return (nil, "\(name) \(fault.message)")
    } catch let error as LabbookError {
      return (nil, error.message)
    }
  }

  /// The error where no run has such a picture.
  fileprivate func noPicture(
    _ name: String, _ runs: [RunRecord], _ items: [Sheet.Item]
  ) -> LabbookError {
    let own = runs.lazy.compactMap { try? self.store.artifacts(of: $0.id) }.flatMap { $0 }
      .map(\.name).filter { $0.hasPrefix("files/") }.map { String($0.dropFirst(6)) }
    let known = Set(own).sorted()
    let reason = items.first { $0.missing != language(.noPicture, name) }?.missing
    let hint =
      nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
      ?? (known.isEmpty
        ? "a program writes it into $LABBOOK_RUN_DIR, or where {run_dir} says"
        : "they have \(known.prefix(8).joined(separator: ", "))")
    return .failure(
      "no run of the sweep '\(sweep.name)' has a picture '\(name)'"
        + (reason.map { ": \($0)" } ?? ""), hint: hint)
  }
}
