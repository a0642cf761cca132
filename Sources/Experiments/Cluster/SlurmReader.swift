import FileLanguage
import Foundation
import Tracking

/// Reads `slurm:`.
struct SlurmReader {
  let problems: SpecProblems

  /// What is written; what is wrong is reported and left out.
  func settings(_ node: SpecNode) -> SlurmSettings {
    var settings = SlurmSettings()
    guard SectionReader(problems: problems).section(node, SlurmKeys.all, of: "slurm") != nil,
      let entries = node.entries, !entries.isEmpty
    else { return settings }
    settings.partition = text("partition", node)
    settings.account = text("account", node)
    settings.gpus = text("gpus", node)
    settings.wrap = text("wrap", node)
    settings.shell = text("shell", node)
    settings.options = texts("options", node)
    settings.setup = texts("setup", node)
    settings.cpus = value("cpus", node).flatMap(Self.integer)
    settings.array = value("array", node).flatMap(Self.integer)
    settings.taskMinutes = value("task_minutes", node)?.asNumber
    if node["nodes"] != nil { settings.hasWholeNodes = text("nodes", node) == "whole" }
    if let memory = text("memory", node) { settings.memory = self.memory(memory, node) }
    if let time = text("time", node) { take(time, node, &settings) }
    checkOptions(node, settings)
    return settings
  }

  private func value(_ name: String, _ node: SpecNode) -> ParameterValue? {
    guard let item = node[name], let key = SlurmKeys.all.first(where: { $0.name == name }),
      case .value(let kind) = key.shape
    else { return nil }
    // Reported once, with the section.
    return ValueReader(problems: SpecProblems()).value(item, as: kind, of: name)
  }

  private static func integer(_ value: ParameterValue) -> Int? {
    if case .integer(let number) = value { number } else { nil }
  }

  private func text(_ name: String, _ node: SpecNode) -> String? {
    switch value(name, node) {
    case .text(let text)?: text
    case .integer(let number)?: String(number)
    default: nil
    }
  }

  private func texts(_ name: String, _ node: SpecNode) -> [String] {
    guard case .list(let items)? = value(name, node) else { return [] }
    return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  private func memory(_ text: String, _ node: SpecNode) -> String? {
    let plain = text.filter { $0 != " " }.uppercased()
    let short = plain.hasSuffix("B") ? String(plain.dropLast()) : plain
    let digits = short.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, ["", "K", "M", "G", "T"].contains(short.dropFirst(digits.count)) else {
      report(
        "memory", node, "\(Words.quoted(text)) is no memory", "expected one such as 16G or 800M")
      return nil
    }
    return short
  }

  private func take(_ text: String, _ node: SpecNode, _ settings: inout SlurmSettings) {
    guard let seconds = SlurmTime.seconds(text) else {
      return report(
        "time", node, "\(Words.quoted(text)) is no time of Slurm's",
        "expected minutes, 2:00:00, 1-12:00:00, or 90m, 2h, 3d")
    }
    settings.limitSeconds = seconds
    settings.time = SlurmTime.text(seconds)
  }

  /// Options that Labbook says itself would say something else.
  private func checkOptions(_ node: SpecNode, _ settings: SlurmSettings) {
    let own = [
      "array", "output", "error", "open-mode", "chdir", "signal", "requeue", "wrap", "parsable",
    ]
    let short = ["-a", "-o", "-e", "-D"]
    for (index, option) in settings.options.enumerated() {
      let place = node["options"]?.items?[index] ?? node
      let name = option.drop { $0 == "-" }.prefix { $0 != "=" && $0 != " " }
      if !option.hasPrefix("-") {
        problems.report(
          place.mark, "\(Words.quoted(option)) is no option of sbatch", ["expected --NAME=VALUE"])
      } else if option.hasPrefix("--")
        ? own.contains(String(name)) : short.contains(where: { option.hasPrefix($0) })
      {
        problems.report(
          place.mark, "\(Words.quoted(option)) is said by labbook itself",
          ["it names the tasks, their logs and how they end; leave it out"])
      } else if option.contains("\n") {
        problems.report(place.mark, "an option is one line", [])
      }
    }
    for (index, line) in settings.setup.enumerated() where line.contains("\0") {
      problems.report((node["setup"]?.items?[index] ?? node).mark, "a line holds a zero byte", [])
    }
  }

  private func report(_ name: String, _ node: SpecNode, _ message: String, _ note: String) {
    problems.report((node[name] ?? node).mark, message, [note])
  }
}

/// Lengths of time as Slurm writes them.
enum SlurmTime {
  /// Seconds of `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
  /// `days-hours:minutes`, `days-hours:minutes:seconds`, and of a number with s, m, h or d.
  static func seconds(_ text: String) -> Double? {
    let text = text.trimmingCharacters(in: .whitespaces)
    let units = ["s": 1.0, "m": 60, "h": 3600, "d": 86400]
    if let last = text.last, let unit = units[String(last)] {
      guard let number = Double(text.dropLast()), number > 0, number < 1e6 else { return nil }
      return (number * unit).rounded(.up)
    }
    let days = text.split(separator: "-", omittingEmptySubsequences: false)
    guard days.count <= 2, let rest = days.last else { return nil }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard !parts.contains(nil), (1...3).contains(parts.count) else { return nil }
    let numbers = parts.compactMap { $0 }
    guard numbers.allSatisfy({ (0..<1_000_000).contains($0) }) else { return nil }
    var seconds: Int
    if days.count == 2 {
      guard let day = Int(days[0]), (0..<10_000).contains(day) else { return nil }
      let padded = numbers + Array(repeating: 0, count: 3 - numbers.count)
      seconds = day * 86_400 + padded[0] * 3600 + padded[1] * 60 + padded[2]
    } else {
      switch numbers.count {
      case 1: seconds = numbers[0] * 60
      case 2: seconds = numbers[0] * 60 + numbers[1]
      default: seconds = numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
      }
    }
    return seconds > 0 ? Double(seconds) : nil
  }

  /// Seconds as `days-hours:minutes:seconds`.
  static func text(_ seconds: Double) -> String {
    let all = Int(seconds)
    return "\(all / 86_400)-"
      + String(
        format: "%02d:%02d:%02d", all / 3600 % 24, all / 60 % 60, all % 60)
  }
}
