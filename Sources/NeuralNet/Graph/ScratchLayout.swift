/// Where each scratch buffer lies: buffers whose uses do not overlap in time share memory.
struct ScratchLayout {
  /// The place of each buffer, counted in numbers.
  private(set) var offsets: [Int]
  /// How many numbers all of it takes.
  private(set) var count = 0

  /// Every buffer begins at a multiple of so many numbers: a cache line of the smallest.
  static let alignment = 16

  /// Lays out the buffers of a pass in the order of their first use, each at the lowest place that
  /// is free while it lives.
  ///
  /// - Parameter times: when each instruction runs, where several run at once; by default one after the
  ///   other.
  init(_ lowering: Lowering, times: [Int]? = nil) {
    let lives = ScratchLayout.lives(lowering, times ?? Array(lowering.steps.indices))
    offsets = Array(repeating: 0, count: lives.count)
    var placed: [Int] = []
    for index in lives.indices.sorted(by: { lives[$0].lowerBound < lives[$1].lowerBound }) {
      let size = ScratchLayout.rounded(lowering.scratchCounts[index])
      let neighbours = placed.filter { lives[$0].overlaps(lives[index]) }
        .sorted { offsets[$0] < offsets[$1] }
      var offset = 0
      for other in neighbours where offsets[other] < offset + size {
        offset = max(offset, offsets[other] + ScratchLayout.rounded(lowering.scratchCounts[other]))
      }
      offsets[index] = offset
      count = max(count, offset + size)
      placed.append(index)
    }
  }

  /// The layout of a pass without scratch memory.
  static var none: ScratchLayout {
    ScratchLayout(Lowering(rows: 0, isTraining: false, seed: 0))
  }

  static func rounded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

  /// When each buffer is first and last used.
  private static func lives(_ lowering: Lowering, _ times: [Int]) -> [ClosedRange<Int>] {
    var lives = [ClosedRange<Int>?](repeating: nil, count: lowering.scratchCounts.count)
    for (time, step) in zip(times, lowering.steps) {
      for case .scratch(let index)? in step.operands.map({ $0?.section }) {
        lives[index] = (lives[index]?.lowerBound ?? time)...time
      }
    }
    for index in lowering.kept {
      lives[index] = (lives[index]?.lowerBound ?? 0)...lowering.steps.count
    }
    return lives.map { $0 ?? 0...0 }
  }
}
