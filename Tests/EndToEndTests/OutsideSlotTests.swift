import Foundation
import Glibc
import Testing

/// Cores, cards and memory that the runs of programs share, within a process and among several.
@Suite struct OutsideSlotTests {
  /// Says when it has a card, which one, and what it was told; `$1` is anything.
  private static let holder = """
    echo "begin $CUDA_VISIBLE_DEVICES $LABBOOK_RUN" >> "$2"
    echo "told $1 $CUDA_VISIBLE_DEVICES|$HIP_VISIBLE_DEVICES|$ROCR_VISIBLE_DEVICES" >> "$2"
    sleep 0.2
    echo "end $CUDA_VISIBLE_DEVICES $LABBOOK_RUN" >> "$2"
    echo '{"loss": 1}'

    """

  private static func file(_ gpus: String, runs: Int, log: String = "log") -> String {
    """
    train:
      command: sh learn.sh {gpu} \(log) {x}
      params: {x: 1}
      files: [learn.sh]
      grace: 0.3s
      resources: {cpus: 1\(gpus.isEmpty ? "" : ", gpus: " + gpus)}
    objective: {minimize: loss}
    over: {x: [\((1...runs).map(String.init).joined(separator: ", "))]}

    """
  }

  private static func runtime(_ place: Workplace) throws -> [String: String] {
    try FileManager.default.createDirectory(
      atPath: place.path + "/runtime", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    return ["XDG_RUNTIME_DIR": place.path + "/runtime"]
  }

  /// The most runs that held one card at a time, and the cards that were held.
  private static func most(_ log: String) -> (at: Int, cards: Set<String>) {
    var held: [String: Int] = [:]
    var most = 0
    for line in log.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 3, words[0] == "begin" || words[0] == "end" else { continue }
      held[words[1], default: 0] += words[0] == "begin" ? 1 : -1
      most = max(most, held[words[1]] ?? 0)
    }
    return (most, Set(held.keys))
  }

  @Test func aCardIsOneRunsAmongAllProcesses() throws {
    let place = try OutsideTrainingTests.place(Self.holder, Self.file("1", runs: 5))
    try place.write("other.yaml", Self.file("1", runs: 4))
    let environment = try Self.runtime(place)
    let arguments = ["--gpus", "0,3", "--jobs", "8"]
    let first = try place.start(["run", "outside.yaml"] + arguments, environment: environment)
    let second = try place.start(
      ["run", "other.yaml", "--db", "other.sqlite"] + arguments, environment: environment)
    let outcomes = [try first.wait(), try second.wait()]
    #expect(outcomes.allSatisfy { $0.status == 0 }, "\(outcomes.map(\.errors))")
    let log = try place.read("log")
    let found = Self.most(log)
    #expect(found.at == 1 && found.cards == ["0", "3"], "\(log)")
    #expect(log.split(separator: "\n").count { $0.hasPrefix("told") } == 9)
    #expect(log.contains("told 3 3|3|3") && log.contains("told 0 0|0|0"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.path + "/runtime/labbook")
        == ["slots.lock"])
  }

  @Test func sharesFillACardAndNoMore() throws {
    let place = try OutsideTrainingTests.place(Self.holder, Self.file("0.4", runs: 6))
    let outcome = try place.labbook(
      ["run", "outside.yaml", "--gpus", "1,", "--jobs", "6"],
      environment: try Self.runtime(place))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let found = Self.most(try place.read("log"))
    #expect(found.at == 2 && found.cards == ["1"])
  }

  @Test func noCardHidesAllOfThem() throws {
    let place = try OutsideTrainingTests.place(
      "echo \"[$1|$CUDA_VISIBLE_DEVICES|$HIP_VISIBLE_DEVICES]\" > log\necho '{\"loss\": 1}'\n",
      """
      train: {command: "sh learn.sh x{gpu}", resources: {gpus: 0}}
      objective: {minimize: loss}

      """)
    var environment = try Self.runtime(place)
    environment["CUDA_VISIBLE_DEVICES"] = "0,1"
    #expect(try place.labbook(["run", "outside.yaml"], environment: environment).status == 0)
    #expect(try place.read("log") == "[x||-1]\n")
  }

  @Test func whatAKilledProcessHeldIsFree() throws {
    let place = try OutsideTrainingTests.place(
      "echo here > here\nsleep 60\n", Self.file("1", runs: 1))
    let environment = try Self.runtime(place)
    let tool = try place.start(["run", "outside.yaml", "--gpus", "1"], environment: environment)
    #expect(try tool.reaches { place.exists("here") })
    kill(tool.id, SIGKILL)
    _ = try tool.wait()
    try place.write("learn.sh", Self.holder)
    let next = try place.labbook(
      ["run", "outside.yaml", "--gpus", "1"], environment: environment)
    #expect(next.status == 0, "\(next.errors)")
  }

  @Test func whatThisMachineCannotGiveIsAnErrorOfTheFile() throws {
    let place = try OutsideTrainingTests.place(Self.holder, Self.file("", runs: 1))
    try place.write("three.yaml", Self.file("3", runs: 1))
    try place.write("odd.yaml", Self.file("1.5", runs: 1))
    try place.write(
      "memory.yaml",
      Self.file("0", runs: 1).replacingOccurrences(of: "gpus: 0", with: "gpus: 0, memory: 9000 TB"))
    let environment = ["CUDA_VISIBLE_DEVICES": "0,1"]
    for (file, words) in [
      ("outside.yaml", "gpus: 0, which hides them all"), ("three.yaml", "there are 2"),
      ("odd.yaml", "gpus cannot be 1.5"), ("memory.yaml", "of memory, and"),
    ] {
      for command in ["check", "run"] {
        let outcome = try place.labbook([command, file], environment: environment)
        #expect(outcome.status == 2, "\(command) \(file)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.contains("\(file):"))
      }
    }
    let seven = try place.labbook(["run", "three.yaml", "--gpus", "7"], environment: environment)
    #expect(seven.status == 2)
    #expect(seven.errors.contains("--gpus asks for 7 cards, and there are 2"))
    #expect(!place.exists("log"))
  }

  /// A driver with two cards, on the first of which a process of nobody known computes.
  private static let driver = """
    #!/bin/sh
    case "$*" in
    *--query-gpu*) echo "0, GPU-aa-1, Fake"; echo "1, GPU-bb-2, Fake";;
    *--query-compute-apps*) echo "GPU-aa-1, 999999999";;
    esac

    """

  @Test func aCardOfAnotherUserIsTakenOnlyByItsName() throws {
    let place = try OutsideTrainingTests.place(Self.holder, Self.file("1", runs: 2))
    var environment = try Self.runtime(place)
    try FileManager.default.createDirectory(
      atPath: place.path + "/bin", withIntermediateDirectories: true)
    try place.write("bin/nvidia-smi", Self.driver)
    chmod(place.path + "/bin/nvidia-smi", 0o755)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    environment["PATH"] = place.path + "/bin:" + path
    let outcome = try place.labbook(["run", "outside.yaml"], environment: environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(Self.most(try place.read("log")).cards == ["1"])
    let named = try place.labbook(
      ["run", "outside.yaml", "--fresh", "--gpus", "0,"], environment: environment)
    #expect(named.status == 0, "\(named.errors)")
    #expect(Self.most(try place.read("log")).cards == ["0", "1"])
    let check = try place.labbook(["check", "outside.yaml"], environment: environment)
    #expect(check.output.contains("1 graphics card; cards 0, 1 (nvidia-smi)"), "\(check.output)")
  }

  @Test func coresAreDistinctAndTold() throws {
    let place = try OutsideTrainingTests.place(
      """
      grep Cpus_allowed_list /proc/self/status | cut -f2 > "core.$1"
      echo "$OMP_NUM_THREADS $2" >> "core.$1"
      sleep 0.3
      echo '{"loss": 1}'

      """,
      """
      train: {command: "sh learn.sh {x} {cpus}", params: {x: 1}, resources: {cpus: 1}}
      objective: {minimize: loss}
      over: {x: [1, 2]}

      """)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    guard cores >= 2 else { return }
    let outcome = try place.labbook(
      ["run", "outside.yaml", "--jobs", "2"], environment: try Self.runtime(place))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let told = try (1...2).map { try place.read("core.\($0)").split(separator: "\n") }
    #expect(Int(told[0][0]) != nil && Int(told[1][0]) != nil && told[0][0] != told[1][0])
    #expect(told.allSatisfy { $0[1] == "1 1" })
    // A run that is alone has all cores.
    try place.write(
      "alone.yaml",
      """
      train: {command: "sh learn.sh {x} {cpus}", params: {x: 3}}
      objective: {minimize: loss}

      """)
    let alone = try place.labbook(
      ["run", "alone.yaml", "--jobs", "2"], environment: try Self.runtime(place))
    #expect(alone.status == 0, "\(alone.errors)")
    #expect(try place.read("core.3").hasSuffix("2 2\n"))
  }

  @Test func memoryOfTheRunsAtWorkStaysWithinTheMachine() throws {
    let place = try OutsideTrainingTests.place(
      Self.holder, Self.file("0", runs: 3))
    let bytes = ProcessInfo.processInfo.physicalMemory
    try place.write(
      "outside.yaml",
      Self.file("0", runs: 3).replacingOccurrences(
        of: "gpus: 0", with: "gpus: 0, memory: \(bytes * 6 / 10 / 1_000_000) MB"))
    let outcome = try place.labbook(
      ["run", "outside.yaml", "--jobs", "3"], environment: try Self.runtime(place))
    // A container may have less than the machine.
    if outcome.status == 2, outcome.errors.contains("container") { return }
    #expect(outcome.status == 0, "\(outcome.errors)")
    var (held, most) = (0, 0)
    for line in try place.read("log").split(separator: "\n") {
      if line.hasPrefix("begin") { held += 1 } else if line.hasPrefix("end") { held -= 1 }
      most = max(most, held)
    }
    #expect(most == 1)
  }
}
