import Tracking

/// The keys of `slurm:` in a file, and of the user's own `slurm.yaml`.
public enum SlurmKeys {
  /// All of them, in the order of the documentation.
  public static let all: [Key] = [
    Key("partition", .value(.text), "the partition that tasks are handed to"),
    Key("account", .value(.text), "the account that is charged"),
    Key(
      "time", .value(.either([.text, .integer(1...1_000_000)])), default: "the partition's",
      "the longest a task may take, as Slurm writes it: minutes, 2:00:00, 1-12:00:00, or 2h"),
    Key("cpus", .value(.integer(1...4096)), default: "1", "the cores of a task"),
    Key(
      "gpus", .value(.either([.text, .integer(0...1024)])), default: "none",
      "the cards of a task, such as 1 or a100:2"),
    Key("memory", .value(.text), default: "the partition's", "the memory of a task, such as 16G"),
    Key(
      "nodes", .value(.word(["whole"])), default: "parts of nodes",
      "whole: a task has a node for itself"),
    Key(
      "array", .value(.integer(1...1_000_000)), default: "as many as there is room for",
      "tasks at work at once"),
    Key(
      "task_minutes", .value(.number(NumberRange(0, 100_000))), default: "15",
      "how long a task should take at least"),
    Key(
      "options", .value(.list(.text, count: 0...1000)), default: "[]",
      "more options of sbatch, such as --constraint=icelake"),
    Key(
      "setup", .value(.list(.text, count: 0...1000)), default: "[]",
      "lines of the batch script before the work, such as module load gcc"),
    Key(
      "wrap", .value(.text), default: "nothing",
      "words before the work, such as apptainer exec image.sif"),
    Key(
      "shell", .value(.text), default: "/bin/bash",
      "what runs the batch script, such as /bin/bash -l"),
  ]
}
