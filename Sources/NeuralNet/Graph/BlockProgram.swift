import TensorKernels

/// A training pass with whole blocks for each thread, laid out for so many threads and blocks at most.
final class BlockProgram<Scalar: KernelScalar> {
  /// Threads that have memory.
  let threads: Int
  /// Blocks that have memory.
  let blocks: Int
  private let layout: ArenaLayout
  private let arena: Arena
  private let state: RunState
  private let memory: Arena
  private let scratch: ScratchLayout
  /// Where the scratch of the first thread begins, the bytes of one, and the same of what blocks keep.
  private let bytes: (thread: Int, blocks: Int, block: Int)
  /// Where the buffers that a block keeps lie in its memory, in bytes.
  private let kept: [Int: Int]
  /// Where its gradients lie, by where they lie in all gradients, in bytes.
  private let gradients: [Int: Int]
  private let work: BlockWork
  private var lists: [(rows: Int, list: BlockList)] = []

  /// `nil` where the pass cannot be taken so, or its memory is too much.
  init?(
    _ layout: ArenaLayout, _ arena: Arena, _ state: RunState, threads: Int, blocks: Int,
    grants: (Int) -> Bool
  ) {
    let lowering = layout.lowering(.training, rows: layout.rows(of: .training))
    guard let pass = BlockPass(lowering) else { return nil }
    let size = MemoryLayout<Scalar>.stride
    (self.layout, self.arena, self.state) = (layout, arena, state)
    (self.threads, self.blocks) = (threads, blocks)
    let scratch = layout.scratch(.training)
    self.scratch = scratch
    var end = 0
    var kept: [Int: Int] = [:]
    for index in pass.kept.sorted() {
      kept[index] = end
      end += Arena.rounded(lowering.scratchCounts[index] * size)
    }
    var gradients: [Int: Int] = [:]
    for offset in pass.gradients.sorted() {
      gradients[offset] = end
      end += Arena.rounded(layout.gradientCount(from: offset) * size)
    }
    let thread = Arena.rounded(scratch.count * size)
    (self.kept, self.gradients) = (kept, gradients)
    bytes = (thread, thread * threads, end)
    let whole = thread * threads + end * blocks
    guard whole <= layout.mostBlockBytes, grants(whole) else { return nil }
    memory = Arena(byteCount: whole)
    let base = memory.bytes.baseAddress?.advanced(by: thread * threads)
    let sums = gradients.map { offset, place in
      BlockWork.Sum(
        from: base?.advanced(by: place),
        to: layout.address(of: Buffer(section: .gradients(offset)), scratch, arena, scratch: arena),
        count: layout.gradientCount(from: offset), step: end)
    }
    work = BlockWork(sums, blocks: blocks, as: Scalar.self)
  }

  /// Runs the pass over the rows at these places, and the update behind it where there is one.
  func run(
    _ work: TeamWork, _ places: Range<Int>, after: SharedList?, _ team: ThreadTeam, threads: Int
  ) -> Bool {
    let rows = layout.rows(of: .training)
    let left = places.count % rows
    guard let full = list(rows), let last = list(left == 0 ? rows : left) else { return false }
    work.run(
      team, threads: threads, places, rows: rows, self.work, full: full, last: last, after: after)
    return true
  }

  private func list(_ rows: Int) -> BlockList? {
    var index = 0
    while index < lists.count {
      if lists[index].rows == rows { return lists[index].list }
      index += 1
    }
    guard let pass = BlockPass(layout.lowering(.training, rows: rows)),
      pass.gradients == Set(gradients.keys), pass.kept == Set(kept.keys)
    else { return nil }
    let steps = pass.own + pass.ordered
    let entries = steps.map { step in
      let places = step.operands.map(place)
      return BlockList.Entry(
        step.kernel, places.map(\.address), step.kernel.division(step.sizes, rows: rows),
        scalars: step.scalars, threadSteps: places.map(\.thread), blockSteps: places.map(\.block),
        sums: places.map(\.sum))
    }
    let list = BlockList(entries, ordered: pass.ordered.count, state: state, as: Scalar.self)
    lists.append((rows, list))
    return list
  }

  /// Where a buffer lies of the first thread and block, how far on that of the next thread and the next
  /// block, and where it is summed over the blocks.
  private typealias Place = (
    address: UnsafeMutableRawPointer?, thread: Int, block: Int, sum: UnsafeMutableRawPointer?
  )

  private func place(of buffer: Buffer?) -> Place {
    guard let buffer else { return (nil, 0, 0, nil) }
    let base = memory.bytes.baseAddress
    if case .scratch(let index) = buffer.section {
      if let place = kept[index] {
        return (base?.advanced(by: bytes.blocks + place), 0, bytes.block, nil)
      }
      let place = scratch.offsets[index] * MemoryLayout<Scalar>.stride
      return (base?.advanced(by: place), bytes.thread, 0, nil)
    }
    let whole = layout.address(of: buffer, scratch, arena, scratch: arena)
    if case .gradients(let offset) = buffer.section, let place = gradients[offset] {
      return (base?.advanced(by: bytes.blocks + place), 0, bytes.block, whole)
    }
    return (whole, 0, 0, nil)
  }
}
