import CMachine

/// The cores of the processor that this process may use.
public enum Cores {
  /// Their numbers in order; empty where the system does not say.
  public static var allowed: [Int] {
    var numbers = [Int32](repeating: 0, count: 4096)
    let count = labbook_allowed_cores(&numbers, Int32(numbers.count))
    return numbers.prefix(Int(count)).map(Int.init)
  }

  /// What a core is called in a `SlotTable`.
  public static func name(_ core: Int) -> String { "core \(core)" }

  /// Chooses cores for a run: those that no other run holds first, and neighbours of each other.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - allowed: those there are.
  ///   - own: held by runs of this process, which are never shared.
  ///   - held: how much of each thing the runs of all processes hold.
  /// - Returns: their numbers; `nil` where there are not as many.
  public static func choose(
    _ count: Int, of allowed: [Int], own: Set<Int>, held: [String: Int]
  ) -> [Int]? {
    let free = allowed.filter { !own.contains($0) }
    guard free.count >= count else { return nil }
    let ranked = free.sorted { (held[name($0)] ?? 0, $0) < (held[name($1)] ?? 0, $1) }
    return ranked.prefix(count).sorted()
  }
}
