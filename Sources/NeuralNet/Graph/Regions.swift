import TensorKernels

/// Where threads that share a pass must wait for each other.
///
/// Between two waits a thread goes on by itself: what it reads there nobody else writes, and what it
/// writes nobody else reads. Rows that go through several layers so need no waiting between them.
struct Regions {
  /// For each instruction, whether all before it must be done by all threads.
  private(set) var waits: [Bool] = []
  /// The number of the region each instruction is in.
  private(set) var numbers: [Int] = []

  /// What of a buffer one thread touches.
  enum Extent: Hashable {
    /// Its own places along the axis, of so many numbers.
    case own(Division.Axis, count: Int, grain: Int, step: Int)
    /// What another instruction finds in no other way: columns.
    case columns(step: Int)
    /// All of it, where it is read by every thread.
    case all
    /// All of it, by the first thread.
    case first
  }

  private struct Access {
    let buffer: Buffer
    let extent: Extent
    let isWritten: Bool
    /// The numbers of a flat vector that it is about; `nil` for all of a buffer.
    let places: Range<Int>?
  }

  private var open: [Access] = []
  private var sharedWritten = false
  private var sharedRead = false
  /// Whether two different buffers lie on the same memory.
  private let overlap: (Buffer, Buffer) -> Bool

  /// Finds the regions of instructions with how they are parted.
  ///
  /// - Parameter overlap: whether two different buffers lie on the same memory.
  init(
    _ steps: [Lowering.Step], _ divisions: [Division],
    overlap: @escaping (Buffer, Buffer) -> Bool = { _, _ in false }
  ) {
    self.overlap = overlap
    var number = 0
    for (index, (step, division)) in zip(steps, divisions).enumerated() {
      let accesses = Regions.accesses(step, division, at: index)
      let meets = clash(step, accesses)
      if meets {
        open = []
        (sharedRead, sharedWritten) = (false, false)
        number += 1
      }
      open += accesses
      sharedRead = sharedRead || step.kernel.readsShared
      sharedWritten = sharedWritten || step.kernel.writesShared
      waits.append(meets)
      numbers.append(number)
    }
  }

  private func clash(_ step: Lowering.Step, _ accesses: [Access]) -> Bool {
    if step.kernel.readsShared && sharedWritten { return true }
    if step.kernel.writesShared && sharedRead { return true }
    return accesses.contains { access in open.contains { clash($0, access) } }
  }

  private func clash(_ a: Access, _ b: Access) -> Bool {
    guard a.isWritten || b.isWritten else { return false }
    if let some = a.places, let others = b.places, !some.overlaps(others) { return false }
    if a.buffer == b.buffer { return a.extent != b.extent || a.extent == .all }
    return overlap(a.buffer, b.buffer)
  }

  private static func accesses(
    _ step: Lowering.Step, _ division: Division, at index: Int
  ) -> [Access] {
    step.operands.enumerated().compactMap { place, buffer in
      guard let buffer, place != division.memory else { return nil }
      return Access(
        buffer: buffer, extent: extent(of: place, division, at: index),
        isWritten: division.writes.contains(place), places: division.places)
    }
  }

  private static func extent(of place: Int, _ division: Division, at index: Int) -> Extent {
    if division.axis == .whole { return .first }
    let isWritten = division.writes.contains(place)
    if division.axis == .columns { return isWritten ? .columns(step: index) : .all }
    let step = place < division.steps.count ? division.steps[place] : 0
    if step == 0 { return .all }
    return .own(division.axis, count: division.count, grain: division.grain, step: step)
  }
}
