import Datasets
import Experiments
import FileLanguage
import Foundation
import Languages
import Programs
import Results
import RunStorage
import Runner
import Runs
import Sweeps
import Terminal
import Tracking
import Training

/// Grades hand-ins for one notebook: trains what is missing, then judges each by itself.
struct Grading {
  let teacher: LoadedExperiment
  let loader: ExperimentLoader
  let store: RunStore
  let cores: Int
  let threadsEach: Int?
  let limitSeconds: Double
  var options: SweepRunner.Options

  private var experiment: Experiment { teacher.experiment }

  /// One hand-in on its way.
  private struct Paper {
    let path: String
    var handIn: HandIn?
    var state = GradeReport.State.graded
    var predictedSeconds: Double?
    /// The plans of the exercises that it answers by runs, by their ids.
    var plans: [String: GrowingPlan] = [:]
  }

  /// Grades hand-ins by their paths; a status other than 0 where the user ended it early.
  func grade(_ paths: [String]) throws -> (GradeReport, Int32) {
    let costs = MeasuredCosts()
    var papers = paths.map { read($0) }
    for index in papers.indices { try predict(&papers[index], costs) }
    let status = try train(&papers)
    if status != 0 { return (GradeReport(experiment, []), status) }
    let shared = try sharedViews()
    return (GradeReport(experiment, try papers.map { try judge($0, shared) }), 0)
  }

  // MARK: Reading

  private func read(_ path: String) -> Paper {
    var paper = Paper(path: path)
    do {
      let handIn = try experiment.handIn(path)
      paper.handIn = handIn
      paper.plans = try plans(of: handIn)
    } catch let error as Diagnostics {
      paper.state = .refused(error)
    } catch {
      paper.state = .notRun("\(error)")
    }
    return paper
  }

  /// The plans of the exercises that a hand-in answers by runs, and of those whose runs it changes.
  private func plans(of handIn: HandIn) throws -> [String: GrowingPlan] {
    var plans: [String: GrowingPlan] = [:]
    var used: Set<Mark> = []
    var problems: [Diagnostic] = []
    for exercise in experiment.exercises {
      guard let sweep = exercise.sweep else { continue }
      let isAnswered = handIn.answers[exercise.id] != nil
      guard isAnswered || !handIn.values.isEmpty else { continue }
      do throws(Diagnostics) {
        let answered = try experiment.answered(exercise, by: handIn)
        used.formUnion(answered.used)
        let plan: GrowingPlan
        do { plan = try GrowingPlan(answered.experiment, facts: loader.facts) } catch {
          if let found = error as? Diagnostics { throw found }
          throw Diagnostics([Diagnostic(handIn.start, "\(error)")])
        }
        if isAnswered || Self.keys(plan.plan[sweep]) != Self.keys(teacher.plan[sweep]) {
          plans[exercise.id] = plan
        }
      } catch { problems += error.list }
    }
    if problems.isEmpty {
      for value in handIn.values where !used.contains(value.keyMark) {
        problems.append(
          Diagnostic(
            value.keyMark, "no exercise has a run that can use '\(value.written)'"))
      }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
    return plans
  }

  private static func keys(_ plan: SweepPlan?) -> [String] { plan?.runs.map(\.key) ?? [] }

  // MARK: How long

  /// Predicts how long all runs of a hand-in take, whether the store has them or not: whoever hands in the
  /// same is treated alike.
  private func predict(_ paper: inout Paper, _ costs: MeasuredCosts) throws {
    guard case .graded = paper.state, !paper.plans.isEmpty else { return }
    do {
      let plans = paper.plans.values.map(\.plan)
      var runs: [String: PlannedRun] = [:]
      for plan in plans { for run in plan.sweeps.flatMap(\.runs) { runs[run.key] = run } }
      let pending = plans.flatMap(\.sweeps).reduce(0) { $0.addedSaturating($1.pendingRuns) }
      let all = runs.values.sorted { $0.key < $1.key }
      let share = all.isEmpty ? 1 : Double(all.count + pending) / Double(all.count)
      let least = try leastSeconds(of: all) * share
      guard least <= limitSeconds else {
        paper.predictedSeconds = least
        paper.state = tooLong(least, isLeast: true)
        return
      }
      let networks = all.compactMap(\.configuration.network)
      if let problem = try MemoryNeed.problem(networks, jobs: cores, library: loader.library) {
        paper.state = .notRun("\(problem)")
        return
      }
      let seconds =
        try TrainingPrediction(networks, library: loader.library, cores: cores, costs: costs)
        .seconds * share
      paper.predictedSeconds = seconds
      if seconds > limitSeconds { paper.state = tooLong(seconds, isLeast: false) }
    } catch { paper.state = .notRun("\(error)") }
  }

  private func tooLong(_ seconds: Double, isLeast: Bool) -> GradeReport.State {
    .notRun(
      "predicted \(isLeast ? "at least " : "")\(Quantity.duration(seconds)) on \(cores) "
        + "\(cores == 1 ? "core" : "cores"), above the limit of \(Quantity.duration(limitSeconds))")
  }

  /// What runs take at least: each row of an update is multiplied with every weight three times, and no core
  /// does so 10^11 times a second.
  private func leastSeconds(of runs: [PlannedRun]) throws -> Double {
    var work = 0.0
    for run in runs {
      let configuration = run.configuration
      guard let length = try loader.facts.length(of: configuration) else { continue }
      work += try loader.facts.cost(of: configuration, updates: length.updates)
    }
    return 3 * work / 1e11 / Double(cores)
  }

  // MARK: Training

  /// Trains the runs of the notebook that expressions name, then those of the hand-ins.
  private func train(_ papers: inout [Paper]) throws -> Int32 {
    let executor = ThreadExecutor(
      [NetworkTrainer(library: loader.library)], cores: cores, threadsEach: threadsEach)
    let runner = SweepRunner(store, executor, options)
    let printer = { ProgressPrinter(environment: ProcessInfo.processInfo.environment) }
    if !sharedSweeps.isEmpty {
      let work = try PlanWork(teacher.growing, facts: loader.facts, only: sharedSweeps, in: store)
      let report = try runner.run(
        work, experiment: experiment.name, title: experiment.title, printer: printer())
      if report.exitStatus == 130 { return 130 }
    }
    var parts: [CombinedWork.Part] = []
    var owners: [Int] = []
    for (index, paper) in papers.enumerated() {
      guard case .graded = paper.state else { continue }
      for (id, plan) in paper.plans.sorted(by: { $0.key < $1.key }) {
        let work = try PlanWork(plan, facts: loader.facts, in: store)
        let names = plan.plan.sweeps.map {
          ($0.name, Self.storeName(of: paper.path, id, $0.name))
        }
        parts.append(CombinedWork.Part(work, names: Dictionary(uniqueKeysWithValues: names)))
        owners.append(index)
      }
    }
    guard !parts.isEmpty else { return 0 }
    let work = CombinedWork(parts)
    let report = try runner.run(
      work, experiment: Self.storeName(of: experiment.name), title: experiment.title,
      printer: printer())
    if report.exitStatus == 130 { return 130 }
    for failure in report.failures {
      StandardError.write("failed: \(failure.label): \(failure.message)\n")
    }
    for (place, error) in work.problems {
      papers[owners[place]].state = .failed("\(error)")
    }
    return 0
  }

  /// The sweeps of the notebook itself that exercises ask about, with those that they begin with.
  private var sharedSweeps: [String] {
    var names: [String] = []
    for exercise in experiment.exercises {
      for name in exercise.results?.sweeps ?? [] where name != exercise.sweep {
        var next: String? = name
        while let name = next, !names.contains(name) {
          names.append(name)
          next = experiment.sweeps.first { $0.name == name }?.from?.sweep
        }
      }
    }
    return names
  }

  /// What the runs of hand-ins are called in the store.
  private static func storeName(of experiment: String) -> String {
    experiment.prefix(Names.longest - 10) + " hand-ins"
  }

  /// The sweep of one answer in the store: readable, and no other's.
  private static func storeName(of path: String, _ id: String, _ sweep: String) -> String {
    let stem = PathText(path).stem.map { character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "_"
    }
    let digest = SHA256Digest.hex(of: "\(path)\n\(id)\n\(sweep)").prefix(8)
    return "\(id.prefix(40)) by \(String(stem).prefix(40)) \(digest)"
  }

  // MARK: Judging

  private func sharedViews() throws -> [String: SweepView] {
    try teacher.grow(from: store)
    var views: [String: SweepView] = [:]
    for name in sharedSweeps {
      if let sweep = teacher.plan[name] { views[name] = try SweepView(sweep, in: store) }
    }
    return views
  }

  private func judge(
    _ paper: Paper, _ shared: [String: SweepView]
  ) throws -> GradeReport.HandInGrade {
    guard case .graded = paper.state, let handIn = paper.handIn else {
      return GradeReport.HandInGrade(
        path: paper.path, state: paper.state,
        judgements: experiment.exercises.map { _ in ExerciseJudgement(.none) },
        predictedSeconds: paper.predictedSeconds)
    }
    let judgements = try experiment.exercises.map { exercise in
      try judge(exercise, handIn, paper.plans[exercise.id], shared)
    }
    return GradeReport.HandInGrade(
      path: paper.path, state: .graded, judgements: judgements,
      predictedSeconds: paper.predictedSeconds)
  }

  private func judge(
    _ exercise: ExerciseCell, _ handIn: HandIn, _ plan: GrowingPlan?,
    _ shared: [String: SweepView]
  ) throws -> ExerciseJudgement {
    switch exercise.task {
    case .runs(let task):
      guard let plan else { return ExerciseJudgement(.unanswered) }
      try plan.grow(StoreResults(store))
      guard let sweep = plan.plan[task.sweep] else { return ExerciseJudgement(.unanswered) }
      var views = shared
      views[task.sweep] = try SweepView(sweep, in: store)
      return ExerciseJudge.judgement(of: task, StoreAnswers(sweeps: views))
    case .value(let task):
      guard case .value(let value)? = handIn.answers[exercise.id]?.content else {
        return ExerciseJudgement(.unanswered)
      }
      return ExerciseJudge.judgement(of: value, task, StoreAnswers(sweeps: shared))
    }
  }
}
