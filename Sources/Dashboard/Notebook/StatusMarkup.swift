import Foundation
import Pages
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking

/// How far the work of a file is, as it stands above its notebook.
struct StatusMarkup {
  /// The file's path.
  var file: String
  /// How its sweeps stand; `nil` before the file was right.
  var progress: [FileProgress]?
  /// How training stands; `nil` where nothing is trained here.
  var training: FollowedTrainer.State?
  /// Whether the file is wrong now.
  var isWrong = false
  /// What keeps the page from being up to date.
  var trouble: String?

  var html: String {
    var html = "<p class=\"followed\"><code>\(escapedHTML(file))</code> \(words)</p>\n"
    if let progress, !isDone { html += Self.bar(progress.reduce(FileProgress(), +)) }
    if let hindrance = training?.hindrance {
      html += Self.alert("Nothing is trained: \(hindrance)")
    }
    if let failure = training?.failure { html += Self.failed(failure) }
    if let trouble { html += Self.alert(trouble) }
    return html
  }

  private var isDone: Bool { progress.map { $0.allSatisfy(\.isDone) } ?? false }

  private var words: String {
    guard let progress else { return isWrong ? "is wrong" : "is being read" }
    let all = progress.reduce(FileProgress(), +)
    let runs = all.planned == 1 ? "1 run" : "\(Quantity.count(all.planned)) runs"
    if isWrong {
      let left = all.atWork == 1 ? "1 run" : "\(all.atWork) runs"
      return all.atWork > 0 ? "is wrong; \(left) of its last right version at work" : "is wrong"
    }
    if isDone { return "\(runs), all trained" }
    guard let training else { return "is followed; nothing is trained here (--read-only)" }
    return training.atWork > 0 ? "is being trained" : "is not trained whole"
  }

  private static func alert(_ text: String) -> String {
    "<p class=\"trouble\" role=\"alert\">\(escapedHTML(text))</p>\n"
  }

  private static func failed(_ failure: FollowedTrainer.Failure) -> String {
    let how =
      failure.status > 128
      ? "was ended by signal \(failure.status - 128)" : "ended with status \(failure.status)"
    let words = failure.words.filter { !$0.isEmpty }.suffix(12).joined(separator: "\n")
    return
      "<div class=\"trouble\" role=\"alert\"><p>Training \(how); the next save tries again.</p>"
      + (words.isEmpty ? "" : "<pre>\(escapedHTML(words))</pre>") + "</div>\n"
  }

  /// The bar of some runs, with what it says in words.
  static func bar(_ progress: FileProgress) -> String {
    let done = (progress.done + progress.share) * 1000
    let value = progress.planned > 0 ? (done.rounded() / 1000) : 0
    var words = "\(Quantity.count(Int(progress.done))) of \(Quantity.count(progress.planned)) runs"
    if progress.atWork > 0 { words += ", \(progress.atWork) at work" }
    return "<p class=\"progress\"><progress max=\"\(max(1, progress.planned))\" value=\"\(value)\">"
      + "</progress> \(words)</p>\n"
  }
}

/// How far a sweep's runs are.
struct FileProgress: Hashable, Sendable {
  /// Runs that were asked for.
  var planned = 0
  /// Runs that have come to a result.
  var done = 0.0
  /// Runs that are being trained.
  var atWork = 0
  /// How much of those is done, in runs.
  var share = 0.0

  var isDone: Bool { Int(done) >= planned }

  static func + (a: FileProgress, b: FileProgress) -> FileProgress {
    FileProgress(
      planned: a.planned + b.planned, done: a.done + b.done, atWork: a.atWork + b.atWork,
      share: a.share + b.share)
  }
}

extension FileProgress {
  /// What a sweep's runs say.
  ///
  /// - Parameter facts: how long a whole run is.
  init(_ view: SweepView, _ plan: SweepPlan, _ facts: PlanFacts) {
    planned = view.planned
    done = Double(view.members.count(where: \.isDone))
    for (configuration, known) in zip(plan.configurations, view.configurations) {
      for run in known.runs where run.status == .running {
        atWork += 1
        guard let updates = try? facts.length(of: configuration.configuration)?.updates,
          updates > 0,
          let step = run.metrics.map(\.value.lastStep).max()
        else { continue }
        share += min(1, Double(step) / Double(updates))
      }
    }
  }
}
