import Foundation
import Machine
import Runs
import Terminal
public import Tracking

/// The folder of one plan, which all machines see: what is to be trained is written once, then tasks write
/// what came of it.
///
/// `plan.json` says what the plan is, `tasks.tsv` which task has which run, `orders/N.jsonl` what task N
/// trains. Tasks write `segments/`, and aside and renamed `states/` and `files/`. Who has the store writes
/// `jobs.jsonl`, `stops` and `closed`.
public struct PlanFolder: Hashable, Sendable {
  /// Its absolute path.
  public let path: String

  /// The name of the folder that holds the plans of a store, in the folder of its runs.
  public static let home = "plans"

  /// Opens the folder of a plan.
  ///
  /// - Throws: `LabbookError` where there is none, or where others could have written it.
  public init(existing path: String) throws(LabbookError) {
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    var status = stat()
    guard lstat(absolute, &status) == 0 else {
      throw .input("there is no plan '\(path)': \(systemReason(errno))")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .input("'\(path)' is not the folder of a plan")
    }
    guard status.st_uid == geteuid() else {
      throw .input(
        "the plan '\(path)' belongs to another user, who could have it start any program",
        hint: "copy it with 'cp -r' where you trust it")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw .input(
        "others may write into the plan '\(path)'", hint: "chmod go-w it where you trust it")
    }
    self.path = absolute
    guard FileManager.default.fileExists(atPath: absolute + "/plan.json") else {
      throw .input("'\(path)' is not the folder of a plan: it has no plan.json")
    }
  }

  /// Writes the folder of a new plan; it has its name only when it is whole.
  ///
  /// - Parameters:
  ///   - home: the folder of all plans, made where it is not there.
  ///   - tasks: the orders of each task.
  /// - Throws: `LabbookError` where it cannot be written.
  public init(new plan: WorkPlan, _ tasks: [[TaskOrder]], in home: String) throws {
    let unnamed = home + "/.\(plan.id)"
    path = home + "/" + plan.id
    try? FileManager.default.createDirectory(
      atPath: PathText(home).folder, withIntermediateDirectories: true)
    try Self.makeFolder(home)
    do {
      try Self.write(plan, tasks, to: unnamed)
      guard rename(unnamed, path) == 0 else {
        throw LabbookError.failure("the plan '\(path)' cannot be made: \(systemReason(errno))")
      }
    } catch {
      try? FileManager.default.removeItem(atPath: unnamed)
      throw error
    }
  }

  private static func write(_ plan: WorkPlan, _ tasks: [[TaskOrder]], to unnamed: String) throws {
    try makeFolder(unnamed)
    for name in ["orders", "segments", "states", "files", "folders", "logs"] {
      try makeFolder(unnamed + "/" + name)
    }
    var table = "task\trun\tkey\tseconds\tlabel\n"
    for (number, orders) in tasks.enumerated() {
      var lines = Data()
      for order in orders {
        lines += try PlanLine.encoded(order)
        let label = printable(order.order.job.label)
        table +=
          "\(number)\t\(order.run)\t\(order.key)\t\(short(order.seconds))\t\(label)\n"
      }
      try PlanFile.write(lines, to: unnamed + "/orders/\(number).jsonl")
    }
    try PlanFile.write(Data(table.utf8), to: unnamed + "/tasks.tsv")
    try PlanFile.write(try PlanLine.encoded(plan), to: unnamed + "/plan.json")
  }

  private static func short(_ seconds: Double) -> String { String(format: "%.3g", seconds) }

  static func makeFolder(_ path: String) throws(LabbookError) {
    if mkdir(path, 0o700) == 0 { return }
    let reason = errno
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() {
      return
    }
    throw .failure("the folder '\(path)' cannot be made: \(systemReason(reason))")
  }

  /// The plans of a store that are not done, oldest first.
  ///
  /// - Parameters:
  ///   - runs: the folder of the store's runs.
  ///   - store: the store's file, since several may keep their runs in one folder: plans of another that is
  ///     still there are left to it; `nil` for all plans.
  public static func open(in runs: String, of store: String? = nil) -> [PlanFolder] {
    all(in: runs).filter { folder in
      if folder.isClosed { return false }
      guard let store, let owner = try? folder.plan().store, owner != store else { return true }
      return !FileManager.default.fileExists(atPath: owner)
    }
  }

  /// The plans of a store of which all is in the store.
  static func closed(in runs: String) -> [PlanFolder] { all(in: runs).filter(\.isClosed) }

  /// Removes what was begun to be written and never got its name, long ago: its writer was killed.
  static func removeUnnamed(in runs: String) {
    let home = runs + "/" + Self.home
    let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
    for name in names where name.hasPrefix(".2") {
      var status = stat()
      let path = home + "/" + name
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
        status.st_uid == geteuid(), time(nil) - status.st_mtim.tv_sec > unnamedSeconds
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private static let unnamedSeconds = 3_600

  private static func all(in runs: String) -> [PlanFolder] {
    let home = runs + "/" + Self.home
    let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
    return names.sorted().compactMap { name in
      name.hasPrefix(".") ? nil : try? PlanFolder(existing: home + "/" + name)
    }
  }

  // MARK: What is in it

  /// What the plan says of itself.
  ///
  /// - Throws: `LabbookError` where it cannot be read, or another version wrote it.
  public func plan() throws -> WorkPlan {
    let plan: WorkPlan = try PlanLine.decoded(
      try PlanFile.read(path + "/plan.json"), as: "plan", path + "/plan.json")
    guard plan.format == WorkPlan.format else {
      throw LabbookError.input(
        "the plan '\(path)' has format \(plan.format), this program knows \(WorkPlan.format)")
    }
    return plan
  }

  /// What a task is to train.
  ///
  /// - Throws: `LabbookError` where it cannot be read.
  public func orders(of task: Int) throws -> [TaskOrder] {
    let file = path + "/orders/\(task).jsonl"
    return try PlanFile.read(file).split(separator: UInt8(ascii: "\n")).map {
      try PlanLine.decoded(Data($0), as: "run of a plan", file)
    }
  }

  /// What the plan is called.
  public var name: String { PathText(path).name }

  /// The keys of all its runs.
  ///
  /// - Throws: `LabbookError` where its table cannot be read.
  public func keys() throws -> [String] { try keysOfTasks().flatMap { $0 } }

  /// The keys of the runs of each task.
  ///
  /// - Throws: `LabbookError` where its table cannot be read.
  func keysOfTasks() throws -> [[String]] {
    let lines = String(decoding: try PlanFile.read(path + "/tasks.tsv"), as: UTF8.self)
    var tasks: [[String]] = []
    for line in lines.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count > 2, let task = Int(columns[0]), (0...tasks.count).contains(task) else {
        throw LabbookError.failure(
          "'\(path)/tasks.tsv' is damaged: \(printable(String(line.prefix(80))))")
      }
      if task == tasks.count { tasks.append([]) }
      tasks[task].append(String(columns[2]))
    }
    return tasks
  }

  /// The folder of the segments.
  var segments: String { path + "/segments" }

  /// The names of the segments that there are, by task and attempt.
  func segmentNames() -> [SegmentName] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: segments)) ?? []
    return names.compactMap(SegmentName.init).sorted()
  }

  /// Writes a file of some size and takes it away.
  ///
  /// - Throws: `LabbookError` where the folder takes none now.
  func probe() throws(LabbookError) {
    let file = path + "/.probe"
    try PlanFile.write(Data(count: 64 << 10), to: file)
    unlink(file)
  }

  // MARK: What the store's side says

  private var closedMark: String { path + "/closed" }

  /// Whether all of it is in the store, or is given up.
  public var isClosed: Bool { FileManager.default.fileExists(atPath: closedMark) }

  /// Whether nobody waits for it any more: it is closed, or gone.
  var isOver: Bool {
    isClosed || access(path + "/plan.json", F_OK) != 0 && errno == ENOENT
  }

  /// Says that all of it is in the store, or is given up.
  public func close() throws { try PlanFile.write(Data("\n".utf8), to: closedMark) }

  /// Removes the folder with all that is in it.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }

  private var stopsFile: String { path + "/stops" }

  /// Asks the tasks to stop some runs.
  public func askToStop(_ keys: some Sequence<String>) throws {
    try PlanFile.append(Data(keys.map { $0 + "\n" }.joined().utf8), to: stopsFile)
  }

  /// The keys of the runs that are to stop.
  func stops() -> Set<String> {
    guard let data = try? PlanFile.read(stopsFile) else { return [] }
    return Set(String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  private var jobsFile: String { path + "/jobs.jsonl" }

  /// Notes that some tasks were handed to a scheduler.
  public func note(_ job: SubmittedJob) throws {
    try PlanFile.append(try PlanLine.encoded(job), to: jobsFile)
  }

  /// What was handed to a scheduler, in order.
  public func jobs() throws -> [SubmittedJob] {
    guard FileManager.default.fileExists(atPath: jobsFile) else { return [] }
    return try PlanFile.read(jobsFile).split(separator: UInt8(ascii: "\n")).compactMap {
      try? PlanLine.decoded(Data($0), as: "job", jobsFile)
    }
  }

  /// The log of a task, as its launcher keeps it.
  public func log(of task: Int) -> String { path + "/logs/\(task).log" }
}

extension [SubmittedJob] {
  /// The place of the job that was handed each task last.
  func lastOfTasks() -> [Int: Int] {
    reduce(into: (0, [Int: Int]())) { last, job in
      for task in job.tasks { last.1[task] = last.0 }
      last.0 += 1
    }.1
  }
}

/// Tasks that a scheduler was handed.
public struct SubmittedJob: Hashable, Codable, Sendable {
  /// What the scheduler calls them.
  public let job: String
  /// The tasks.
  public let tasks: [Int]
  /// When, in Unix milliseconds.
  public let timeMilliseconds: Int64

  /// Makes a note of tasks that were handed over.
  public init(job: String, tasks: [Int], timeMilliseconds: Int64) {
    self.job = job
    self.tasks = tasks
    self.timeMilliseconds = timeMilliseconds
  }
}
