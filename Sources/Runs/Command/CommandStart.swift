/// Where in a typed command the program stands: behind variables, launchers and interpreters.
struct CommandStart {
  /// Variables that stand before the program, as in a shell.
  let environment: [(name: String, value: String)]
  /// The words up to the program itself, which stay as they are.
  let words: [String]
  /// The program: a file or a module.
  let program: String
  /// What is asked for its help: the program by its interpreter, without launchers that start many.
  let asked: [String]
  /// The words behind the program.
  let rest: [String]

  private static let interpreters: Set = [
    "python", "pypy", "pypy3", "ipython", "sh", "bash", "dash", "zsh", "ksh", "Rscript", "julia",
    "node", "deno", "ruby", "perl", "java", "octave", "lua",
  ]
  private static let launchers: Set = [
    "torchrun", "accelerate", "deepspeed", "horovodrun", "mpirun", "mpiexec", "srun", "uv",
    "poetry",
    "pipenv", "conda", "pixi", "rye", "hatch", "nice", "ionice", "nohup", "time", "timeout",
    "stdbuf", "taskset",
    "numactl", "xvfb-run", "env", "coverage", "fabric", "lightning", "ray",
  ]
  private static let launchingModules: Set = [
    "torch.distributed.run", "torch.distributed.launch", "accelerate.commands.launch",
  ]
  private static let endings = [
    ".py", ".sh", ".bash", ".R", ".r", ".jl", ".js", ".rb", ".pl", ".m",
  ]
  /// Options of interpreters behind which a value stands.
  private static let valued: Set = ["-W", "-X", "--project", "-O"]

  /// - Parameter isFile: whether there is a file of this name.
  init(_ typed: [String], isFile: (String) -> Bool) {
    var rest = typed[...]
    var environment: [(String, String)] = []
    if rest.first == "env" { rest = rest.dropFirst() }
    while let first = rest.first, let equals = first.firstIndex(of: "="), equals > first.startIndex,
      first[..<equals].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }),
      first.first?.isNumber == false
    {
      environment.append((String(first[..<equals]), String(first[first.index(after: equals)...])))
      rest = rest.dropFirst()
    }
    self.environment = environment
    let all = Array(rest)
    var place = 0
    var interpreter: [String] = []
    var isLaunched = false
    search: while place < all.count {
      let name = Self.name(all[place])
      if Self.interpreters.contains(name) {
        let start = place
        place += 1
        while place < all.count, all[place].hasPrefix("-"), all[place].count > 1 {
          if ["-m", "-c", "-e"].contains(all[place]), place + 1 < all.count {
            place += 1
            break
          }
          place += Self.valued.contains(all[place]) ? 2 : 1
        }
        if place < all.count, Self.launchingModules.contains(all[place]) {
          isLaunched = true
          place = Self.next(all, behind: place, isFile)
          continue
        }
        interpreter = Array(all[start..<min(place, all.count)])
        break search
      }
      if Self.launchers.contains(name), place + 1 < all.count {
        isLaunched = isLaunched || !["uv", "poetry", "pipenv", "conda", "pixi"].contains(name)
        let next = Self.next(all, behind: place, isFile)
        if next >= all.count { break search }
        if next > 0, all[next - 1] == "-m" {
          interpreter = ["python3", "-m"]
          place = next
          break search
        }
        place = next
        continue
      }
      if all[place].hasSuffix(".py"), isLaunched { interpreter = ["python3"] }
      break search
    }
    place = min(place, max(0, all.count - 1))
    program = all.isEmpty ? "" : all[place]
    words = Array(all.prefix(place + 1))
    asked = isLaunched && !interpreter.isEmpty ? interpreter + [program] : words
    self.rest = Array(all.dropFirst(place + 1))
  }

  private static func name(_ word: String) -> String {
    let last = word.split(separator: "/").last.map(String.init) ?? word
    // python3, python3.11
    return last.hasPrefix("python") && last.dropFirst(6).allSatisfy { $0.isNumber || $0 == "." }
      ? "python" : last
  }

  /// Where behind a launcher and its options the next program stands.
  private static func next(_ all: [String], behind place: Int, _ isFile: (String) -> Bool) -> Int {
    let later = (place + 1)..<all.count
    if let found = later.first(where: { index in
      let word = all[index]
      return interpreters.contains(name(word)) || launchers.contains(name(word))
        || (endings.contains { word.hasSuffix($0) } && !word.hasPrefix("-"))
        || (all[index - 1] == "-m" && index > place + 1)
    }) {
      return found
    }
    return later.first { isFile(all[$0]) } ?? later.first { !all[$0].hasPrefix("-") } ?? all.count
  }
}
