import Runs
import Tracking

/// The keys of `train` for runs that an outside program trains.
enum ProgramKeys {
  static let all: [Key] = [
    Key(
      "command", .value(.either([.text, words])),
      "the program that trains: a command with {placeholders}, or its words one by one"),
    Key(
      "params", .map(.anything, of: "name"),
      "the program's parameters with their defaults; a bare key of its sweeps is one of them"),
    Key(
      "files", .value(.list(.text, count: 0...1000)),
      default: "the command's words that are files, and what they import",
      "files, folders or globs whose contents are in the key"),
    Key(
      "inputs", .value(.list(.text, count: 0...1000)), default: "[]",
      "data that the program reads: their contents are in the key"),
    Key(
      "env", .value(.mapping(.text)), "variables of the program's environment, in the key"),
    Key(
      "pass_env", .value(.list(.text, count: 0...1000)), default: "[]",
      "names of variables that are handed on and not stored"),
    Key("resources", .section(resources), "what one run takes of the machine"),
    Key(
      "metrics", .either([.value(.word(["stdout", "mlflow"])), .section(metrics)]),
      default: "stdout",
      "where its metrics come from, beside $LABBOOK_METRICS"),
    Key(
      "resume", .value(.flag), default: "false",
      "whether it goes on from $LABBOOK_CHECKPOINT when it is started again"),
    Key("timeout", .value(.orOff(.text)), default: "none", "ends a run after this time: 2h, 90s"),
    Key(
      "idle_timeout", .value(.orOff(.text)), default: "none",
      "ends a run that has told nothing for so long"),
    Key("grace", .value(.text), default: "30s", "time between SIGTERM and SIGKILL"),
    Key(
      "snapshot", .value(.flag), default: "false",
      "whether runs are started from a copy of the files that is made with the plan"),
    Key(
      "absent", .map(.anything, of: "name"),
      "parameters that are not in the key where they have these values, as if they were not there yet"
    ),
  ]

  private static let words = Setting.Kind.list(.text, count: 1...10_000)

  static let resources: [Key] = [
    Key(
      "cpus", .value(.integer(1...1024)), default: "those of --jobs, shared out",
      "cores of one run"),
    Key(
      "gpus", .value(.number(.notNegative)),
      "graphics cards of one run: 0 hides all, 0.5 is half of one; needed on a machine that has some"
    ),
    Key(
      "memory", .value(.text),
      "what one run takes, as 16 GB: as many are at work as the machine has memory for"),
  ]

  static let metrics: [Key] = [
    Key("file", .value(.text), "a file of JSON lines that the program writes"),
    Key("pattern", .value(.text), "a regular expression with named groups for lines of output"),
    Key("csv", .value(.text), "a table that the program writes, a row a step"),
    Key("tfevents", .value(.text), "a folder of TensorBoard's event files"),
  ]

  /// The key of a name.
  static func key(_ name: String) -> Key? { all.first { $0.name == name } }

  /// What a program has of the keys of `train`.
  static let names = all.map(\.name) + ["seed"]
}
