import FileLanguage
import Foundation
import Runs
import Tracking

/// What the sweep of an outside program needs that one of networks has by itself.
enum ProgramSweep {
  /// Reports seeds that the program is never told, and a rule that ends runs which cannot go on.
  static func check(_ facts: SweepFacts, _ problems: SpecProblems) {
    let programs = facts.sweep.members.compactMap { member -> ProgramRun? in
      if case .program(let program) = member.configuration.body { program } else { nil }
    }
    let spec = facts.sweep.spec
    if let stop = spec.stop { checkRule(stop, isProgram: !programs.isEmpty, problems) }
    if spec.strategy.isAsynchronous, programs.isEmpty {
      problems.report(
        spec.strategy.mark ?? spec.mark,
        "'asynchronous' is for programs, and this sweep trains networks",
        ["networks are searched in rounds: the same at every --jobs"])
    }
    guard let first = programs.first else { return }
    if facts.mostSeeds > 1, !programs.allSatisfy(isToldItsSeed) {
      problems.report(
        spec.mark, "the sweep '\(spec.name)' has several seeds, and its program is not told them",
        [
          "write {seed} into the command, as in \(first.command[0]) ... --seed {seed},",
          "or let the program read $LABBOOK_SEED",
        ])
    }
    if let stop = spec.stop, !stop.isAsynchronous, !programs.allSatisfy(\.handling.resumes) {
      problems.report(
        stop.mark, "'stop' ends a program and goes on with it later, so it must resume",
        [
          "write train: {resume: true} where it goes on from $LABBOOK_CHECKPOINT, or",
          "stop: {name: \(stop.chosen.name), asynchronous: true}, which decides when a run arrives",
        ])
    }
  }

  /// What a rule says that only programs have.
  private static func checkRule(
    _ stop: SweepSpec.Stop, isProgram: Bool, _ problems: SpecProblems
  ) {
    guard !isProgram else { return }
    if stop.isAsynchronous {
      problems.report(
        stop.mark, "'asynchronous' is for programs, and this sweep trains networks",
        ["networks are compared when all of a round have got there: the same at every --jobs"])
    }
    if stop.countsSteps {
      problems.report(
        stop.mark, "'min_steps' is for programs, and this sweep trains networks",
        ["networks are compared after epochs: min_epochs"])
    }
  }

  /// Whether the seed stands in the command, or one of the program's files reads its variable.
  static func isToldItsSeed(_ program: ProgramRun) -> Bool {
    if let template = try? CommandTemplate(words: program.command), template.usesSeed {
      return true
    }
    let variable = Data("LABBOOK_SEED".utf8)
    return program.files.contains { path in
      let data = try? Data(
        contentsOf: URL(fileURLWithPath: program.path(of: path)), options: .mappedIfSafe)
      return data?.range(of: variable) != nil
    } || program.command.contains { $0.contains("LABBOOK_SEED") }
  }
}
