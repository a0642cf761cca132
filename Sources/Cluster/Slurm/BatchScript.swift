import Foundation
public import Tracking

/// The batch script of a plan: what Slurm is asked for, what the site needs, and the work of one task.
public enum BatchScript {
  /// The script.
  ///
  /// - Parameters:
  ///   - executable: the program, at a path that all machines see.
  ///   - plan: the folder of the plan.
  ///   - log: where a task's output goes; `%a` is its number.
  ///   - tasks: which tasks.
  /// - Throws: `LabbookError` where a path has a sign that Slurm gives a meaning.
  public static func text(
    _ options: SlurmOptions, executable: String, name: String, plan: String, tasks: [Int]
  ) throws(LabbookError) -> String {
    for path in [plan, executable] where path.contains(where: { "%\\\"\n".contains($0) }) {
      throw .input(
        "Slurm gives signs of the path '\(path)' a meaning",
        hint: "LABBOOK_RUNS names another folder for plans, without % \\ \" and line breaks")
    }
    var lines = ["#!" + options.shell]
    func ask(_ words: String?) { if let words { lines.append("#SBATCH " + words) } }
    ask("--job-name=" + quoted("labbook-" + name))
    ask("--array=" + array(tasks) + (options.array.map { "%\($0)" } ?? ""))
    ask("--output=" + quoted(plan + "/logs/%a.log"))
    ask("--open-mode=append")
    ask("--requeue")
    ask("--signal=B:TERM@\(options.graceSeconds)")
    ask(options.partition.map { "--partition=" + quoted($0) })
    ask(options.account.map { "--account=" + quoted($0) })
    ask(options.time.map { "--time=" + $0 })
    ask("--nodes=1")
    ask(options.hasWholeNodes ? "--exclusive" : "--cpus-per-task=\(options.cpus)")
    ask(options.gpus.map { "--gpus-per-node=" + quoted($0) })
    ask(options.memory.map { "--mem=" + $0 })
    for option in options.options { ask(option) }
    lines += options.setup
    let wrap = options.wrap.map { $0 + " " } ?? ""
    lines.append(
      "exec \(wrap)\(word(executable)) work \(word(plan)) --task \"$SLURM_ARRAY_TASK_ID\"")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    let plain = text.allSatisfy { $0.isLetter || $0.isNumber || "-_./%:,=+@".contains($0) }
    return plain ? text : "\"" + text.filter { $0 != "\"" && $0 != "\n" && $0 != "\\" } + "\""
  }

  /// A word as a shell takes it.
  public static func word(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }

  /// Numbers as Slurm writes a list of them: `0-7,9`.
  static func array(_ tasks: [Int]) -> String {
    var parts: [ClosedRange<Int>] = []
    for task in tasks.sorted() {
      if let last = parts.last, last.upperBound + 1 == task {
        parts[parts.count - 1] = last.lowerBound...task
      } else {
        parts.append(task...task)
      }
    }
    return parts.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// The numbers of such a list, `0-30:3` among them, without what stands behind `%`; `nil` where it is none.
  static func numbers(_ array: String) -> [Int]? {
    var numbers: [Int] = []
    for part in array.prefix(while: { $0 != "%" }).split(separator: ",") {
      let words = part.split(separator: ":")
      let ends = words.first?.split(separator: "-").map { Int($0) } ?? []
      let step = words.count == 2 ? Int(words[1]) : 1
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
        let step, step > 0, words.count <= 2, first <= last, last - first < 10_000_000
      else { return nil }
      numbers += stride(from: first, through: last, by: step)
    }
    return numbers
  }
}
